"""The one configuration of a job. Every field is a flag of `generate` and a line of the YAML file."""

import logging
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from verichrome.config.resolution import Resolution, Size
from verichrome.validation_messages import closest, one_of, validation_sentences

__all__ = ["FRAME_FIELDS", "LAYOUT_FIELDS", "PAIR_FIELDS", "Config"]

#: Fields that decide what a scene and its frames are.
FRAME_FIELDS = (
    "family", "parameters", "library", "library_share", "seed", "views", "resolution", "samples", "denoise", "albedo",
    "device", "max_attempts",
)  # fmt: skip
#: Fields that decide, with the frames, what the pairs are.
PAIR_FIELDS = ("seed", "tasks", "prompts_per_task", "split", "source_format", "source_quality")
#: Pairs of a shard at most, so that its receipt stays readable.
MOST_PAIRS = 30_000
#: Fields that decide which file a scene stands in, and nothing inside it.
LAYOUT_FIELDS = ("scenes_per_shard",)


def _no_flag(value: Any) -> Any:
    """YAML's true is 1 to pydantic, and `scenes: true` surely meant something else."""
    if isinstance(value, bool):
        raise ValueError("must be a number")
    return value


Count = Annotated[int, BeforeValidator(_no_flag)]
Amount = Annotated[float, BeforeValidator(_no_flag), Field(allow_inf_nan=False)]


def _names(value: Any) -> Any:
    """`a,b,c` as on the command line, or a list as in YAML."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _mapping(value: Any) -> Any:
    """A mapping as in YAML, or its text as on the command line."""
    if not isinstance(value, str):
        return value
    from encode import FormatError  # slow to import, and only a flag needs them here
    from shards.reading.yaml_text import read_yaml

    try:
        return read_yaml(value, "parameters")
    except FormatError as error:
        raise ValueError("must be a YAML mapping such as '{objects: 6}'") from error


def _all_tasks() -> tuple[str, ...]:
    from encode import task_names  # numpy is slow to import, and --help needs no task

    return tuple(task_names())


def _possible_tasks(data: dict[str, Any]) -> tuple[str, ...]:
    """All tasks that the frames of the fields so far can answer."""
    return tuple(name for name in _usable_tasks() if data.get("albedo") or name != "albedo")


@cache
def _usable_tasks() -> tuple[str, ...]:
    """All tasks but those of third parties that do not load, which are told once."""
    from encode import why_unusable

    troubles = {name: why_unusable(name) for name in _all_tasks()}
    for name, trouble in troubles.items():
        if trouble is not None:
            logging.getLogger(__name__).warning("The task %s is left out: %s.", name, trouble)
    return tuple(name for name, trouble in troubles.items() if trouble is None)


class Config(BaseModel):
    """What to render, how to encode it, and how to run the job."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    family: str = Field(
        "mix", description="Family of scenes to sample from; mix draws from most, `verichrome doctor` lists them."
    )
    parameters: Annotated[dict[str, JsonValue], BeforeValidator(_mapping)] = Field(
        default_factory=dict, description="The family's own parameters; what is not named keeps the family's default."
    )
    assets: str | None = Field(
        None,
        validate_default=True,
        description="Folder or URL of your own meshes, used as things; docs/assets.md tells how to label them.",
    )
    blend: str | None = Field(
        None,
        validate_default=True,
        description="A finished .blend, or a folder or URL of them, as the place to render in (family blend).",
    )
    rules: str | None = Field(
        None, description="YAML that says what a .blend's objects are; null takes rules.yaml beside it, if it is there."
    )
    categories: str | None = Field(
        None,
        description="YAML of categories of your own, beside ours; docs/assets.md has its fields, and "
        "`verichrome categories` lists all.",
    )
    new_categories: bool = Field(
        False,
        description="Make a category of each label or folder of assets that names none, but for what looks misspelt.",
    )
    hdris: str | None = Field(None, description="Folder or URL of your own .hdr and .exr panoramas, used as light.")
    materials: str | None = Field(None, description="Folder or URL of your own PBR texture sets, used on our objects.")
    library_share: Amount = Field(
        0.5, ge=0, le=1, description="How much of what assets, hdris and materials have something for they replace."
    )
    library: str | None = Field(
        None,
        description="SHA-256 of what assets, blend, hdris and materials hold; filled in, checked where it is given.",
    )
    scenes: Count = Field(
        8, ge=1, le=10_000_000, description="Scenes to have in the end. Raise it later to extend the same folder."
    )
    views: Count = Field(2, ge=1, le=100, description="Cameras a scene, each of which gives a frame.")
    seed: Count = Field(0, ge=0, lt=2**31, description="The same seed and settings give the same scenes and prompts.")
    resolution: Resolution = Field(
        Size(512, 512), description="Size of the images in pixels: 512 is a square, 640x480 is width x height."
    )
    side_multiple: Count = Field(
        16,
        ge=1,
        le=8192,
        description="Both sides must be multiples of it; trainers blur targets of other sizes by resizing.",
    )
    samples: Count = Field(
        12, ge=1, le=65536, description="Cycles samples a pixel of the image. Truth takes one, exact."
    )
    denoise: bool = Field(True, description="Remove noise from the image by OpenImageDenoise. Truth is never denoised.")
    albedo: bool = Field(
        False, description="Keep the base colour of each view too (KEY.albedo.png), which the task albedo needs."
    )
    device: Literal["auto", "cpu", "optix", "cuda", "hip", "metal", "oneapi"] = Field(
        "auto",
        description="What Cycles renders on; auto takes a GPU where there is one. Pixels differ between devices.",
    )
    tasks: Annotated[tuple[str, ...], BeforeValidator(_names)] = Field(
        default_factory=_possible_tasks, min_length=1, description="Tasks to make pairs for, separated by commas."
    )
    prompts_per_task: Count = Field(1, ge=1, le=100, description="Pairs made of each frame for each task.")
    split: Literal["train", "heldout"] = Field(
        "train", description="Which prompt templates to draw from; the two sets share none."
    )
    source_format: Literal["png", "jpg", "webp"] = Field(
        "png", description="File format of the source images in the pairs. Targets are always PNG."
    )
    source_quality: Count = Field(95, ge=1, le=100, description="Quality of jpg and webp sources; png ignores it.")
    scenes_per_shard: Count = Field(
        4, ge=1, le=10_000, description="Scenes in each shard file, the unit that is committed, retried and resumed."
    )
    max_attempts: Count = Field(
        8, ge=1, le=1000, description="How often a scene whose frames fail the checks is sampled anew before it fails."
    )
    scene_retries: Count = Field(
        2,
        ge=0,
        le=1000,
        description="How often a scene that made Blender crash or hang is tried again in a fresh process.",
    )
    scene_timeout: Count = Field(
        3600,
        ge=1,
        le=10_000_000,
        description="Seconds after which a scene, or preparing a .blend, counts as hung and its Blender is ended.",
    )
    workers: Count | None = Field(
        None, ge=1, le=100_000, description="Blender processes at a time; null takes as many as the cores allow."
    )
    cpus_per_worker: Count | None = Field(
        None, ge=1, le=1024, description="CPU threads of each worker; null shares the cores out between the workers."
    )
    gpus_per_worker: Amount | None = Field(
        None,
        ge=0,
        le=64,
        description="GPUs each worker asks Ray for, 0.5 puts two on one; null shares out what there is.",
    )
    worker_scenes: Count = Field(
        200, ge=1, le=10_000_000, description="Scenes after which a worker is replaced by a fresh process."
    )
    worker_memory: Amount = Field(
        8.0, gt=0, description="GiB of resident memory above which a worker is replaced after the scene in hand."
    )
    scene_memory: Amount | None = Field(
        None,
        gt=0,
        description="GiB at which a scene, or the preparation of a file, is ended at once, as a crash; "
        "null shares out this machine's memory.",
    )
    address: str | None = Field(
        None, description="Ray cluster to run on (`auto` from within one); null starts Ray on this machine."
    )
    out: str | None = Field(None, description="Folder or URL (s3://...) to write to.")

    @model_validator(mode="before")
    @classmethod
    def _text_is_text(cls, given: Any) -> Any:
        for name, value in given.items() if isinstance(given, dict) else ():
            if isinstance(value, str) and not value.isascii():
                try:
                    value.encode()
                except UnicodeEncodeError as error:
                    raise ValueError(f"{name} must be UTF-8 text, got {ascii(value)[:200]}.") from error
        return given

    @field_validator("family")
    @classmethod
    def _family_exists(cls, name: str) -> str:
        from scenes import family_names

        if name not in family_names():
            raise ValueError(one_of(family_names(), name))
        return name

    @field_validator("parameters")
    @classmethod
    def _parameters_fit(cls, given: dict[str, JsonValue], info: ValidationInfo) -> dict[str, JsonValue]:
        from scenes import family_parameters

        if "family" not in info.data:
            return given  # the family is at fault already
        model = family_parameters(info.data["family"])
        try:
            return model.model_validate(given).model_dump(mode="json")
        except ValidationError as error:
            raise ValueError(" ".join(validation_sentences(error, model, "parameters."))) from error

    @field_validator("assets")
    @classmethod
    def _assets_to_show(cls, path: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("family") == "assets" and not path:
            raise ValueError("must name a folder of meshes for the family assets (assets: PATH or --assets PATH)")
        return path

    @field_validator("blend")
    @classmethod
    def _blend_to_stand_in(cls, path: str | None, info: ValidationInfo) -> str | None:
        family = info.data.get("family")
        if family == "blend" and not path:
            raise ValueError("must name a .blend for the family blend (blend: PATH or --blend PATH)")
        if path and family not in ("blend", None):
            raise ValueError(f"must be left out unless the family is blend, and it is {family}")
        return path

    @field_validator("rules")
    @classmethod
    def _rules_of_a_blend(cls, path: str | None, info: ValidationInfo) -> str | None:
        if path and "blend" in info.data and not info.data["blend"]:
            raise ValueError("must be left out unless blend names a .blend")
        return path

    @field_validator("categories")
    @classmethod
    def _categories_of_something(cls, path: str | None, info: ValidationInfo) -> str | None:
        if path and not (info.data.get("assets") or info.data.get("blend")):
            raise ValueError("must be left out unless assets or blend names something that may be of them")
        return path

    @field_validator("new_categories")
    @classmethod
    def _new_categories_of_assets(cls, wanted: bool, info: ValidationInfo) -> bool:
        if wanted and not info.data.get("assets"):
            raise ValueError("must be false unless assets names a folder")
        return wanted

    @field_validator("tasks")
    @classmethod
    def _tasks_exist(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        known = _all_tasks()
        for name in names:
            if name not in known:
                raise ValueError(f"must be among {', '.join(known)}, and {name} is not{closest(name, known)}")
        if len(set(names)) < len(names):
            raise ValueError("must name each task once")
        if "albedo" in names and not info.data.get("albedo"):
            raise ValueError("must not name albedo unless frames keep the base colour (albedo: true or --albedo)")
        return tuple(sorted(names, key=known.index))  # one order, so that a,b and b,a are one configuration

    @model_validator(mode="after")
    def _shard_fits(self) -> "Config":
        """A receipt names every pair of its shard, and readers refuse one that is too large (docs/formats.md)."""
        pairs = self.scenes_per_shard * self.views * len(self.tasks) * self.prompts_per_task
        if pairs > MOST_PAIRS:
            raise ValueError(
                f"scenes_per_shard x views x tasks x prompts_per_task must be at most {MOST_PAIRS:,}, the pairs of a "
                f"shard, got {pairs:,}."
            )
        return self

    @model_validator(mode="after")
    def _sides_fit(self) -> "Config":
        if any(side % self.side_multiple for side in self.resolution):
            raise ValueError(
                f"resolution must have sides that are multiples of {self.side_multiple} (side_multiple), "
                f"got {self.resolution}."
            )
        return self

    def family_of(self, scene: int) -> str:
        """The family of the scene with this number: the configured one, or what the mix draws for it."""
        from scenes import family_of_scene

        return family_of_scene(self.family, self.seed, scene, self.parameters)
