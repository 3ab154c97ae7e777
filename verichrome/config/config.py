"""The configuration of a job, in four sections."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic.fields import FieldInfo

from render.settings import LENS_DEVICES
from verichrome.config.fields import ConfigSection
from verichrome.config.job import JobConfig
from verichrome.config.pairs import PairsConfig, default_tasks
from verichrome.config.render import RenderConfig
from verichrome.config.scenes import ScenesConfig

__all__ = ["FIELDS", "FORMAT", "SECTIONS", "Config"]

#: Of config.yaml. Format 1 had no sections and did not name its format.
FORMAT: Final = 2
#: Pairs of a shard at most, so that its receipt stays readable.
MOST_PAIRS = 30_000


#: By the field of `render` that keeps what they need: tasks, and what that is.
_KEPT_FOR = {
    "albedo": (("albedo",), "the base colour"),
    "surface": (("parts", "materials"), "them"),
    "shading": (("shading",), "it"),
}


class Config(ConfigSection):
    """What to render, how to encode it, and how to run the job.

    Every field of a section is also a flag of `generate`, so its name exists once in all sections.
    """

    format: Literal[2] = Field(FORMAT, description="Of this file.")
    scenes: ScenesConfig = Field(
        default_factory=ScenesConfig,
        description="What the scenes are. With `render` it decides the frames: their fingerprint covers these two.",
    )
    render: RenderConfig = Field(default_factory=RenderConfig, description="How they are rendered.")
    pairs: PairsConfig = Field(
        default_factory=PairsConfig,
        description="Which pairs are made of the frames; `verichrome encode` makes others of the same frames.",
    )
    job: JobConfig = Field(
        default_factory=JobConfig,
        description="How many scenes, from which files, on which workers, to which folder. All but scenes_per_shard "
        "may change from run to run.",
    )

    @field_validator("render")
    @classmethod
    def _device_has_lenses(cls, render: RenderConfig, info: ValidationInfo) -> RenderConfig:
        lens = info.data["scenes"].lens if "scenes" in info.data else "pinhole"
        if lens != "pinhole" and render.device not in LENS_DEVICES:
            raise ValueError(
                f"device must be one of {', '.join(LENS_DEVICES)} unless the lens is pinhole, and it is {lens}, "
                f"got {render.device}."
            )
        return render

    @field_validator("render")
    @classmethod
    def _shading_has_its_base_colour(cls, render: RenderConfig) -> RenderConfig:
        if render.shading and not render.albedo:
            raise ValueError(
                "albedo must be true where shading is (albedo: true or --albedo), since shading is what the image has "
                "besides the base colour, got false."
            )
        return render

    @field_validator("render")
    @classmethod
    def _images_can_be_blurred(cls, render: RenderConfig) -> RenderConfig:
        if not render.shading:
            return render
        from encode.frame import BLURS  # lazy: numpy is slow to import, and --help needs no frames

        for name in BLURS:
            if getattr(render, name):
                raise ValueError(
                    f"{name} must be false where shading is kept, which is that of a sharp image, got true."
                )
        return render

    @field_validator("pairs", mode="before")
    @classmethod
    def _tasks_of_these_frames(cls, pairs: Any, info: ValidationInfo) -> Any:
        """Where no tasks are chosen, take all that the frames can answer."""
        render = info.data.get("render")
        if render is None or not isinstance(pairs, dict) or "tasks" in pairs:
            return pairs
        return {**pairs, "tasks": default_tasks(render.albedo)}

    @field_validator("pairs")
    @classmethod
    def _truth_of_the_tasks_is_kept(cls, pairs: PairsConfig, info: ValidationInfo) -> PairsConfig:
        render = info.data.get("render")
        for field, (tasks, kept) in _KEPT_FOR.items():
            if render is not None and set(tasks) & set(pairs.tasks) and not getattr(render, field):
                raise ValueError(
                    f"tasks must not name {' or '.join(tasks)} unless frames keep {kept} ({field}: true or --{field}), "
                    f"got {','.join(pairs.tasks)}."
                )
        return pairs

    @field_validator("job")
    @classmethod
    def _files_suit_the_family(cls, job: JobConfig, info: ValidationInfo) -> JobConfig:
        family = info.data["scenes"].family if "scenes" in info.data else None
        if family == "assets" and not job.assets:
            raise ValueError(
                "assets must name a folder of meshes for the family assets (assets: PATH or --assets PATH), "
                "got nothing."
            )
        if family == "blend" and not job.blend:
            raise ValueError(
                "blend must name a .blend for the family blend (blend: PATH or --blend PATH), got nothing."
            )
        if job.blend and family not in ("blend", None):
            raise ValueError(f"blend must be left out unless the family is blend, and it is {family}, got {job.blend}.")
        return job

    @model_validator(mode="after")
    def _receipts_stay_readable(self) -> "Config":
        """A receipt names every pair of its shard, and readers refuse one that is too large (docs/formats.md)."""
        frames = self.job.scenes_per_shard * self.scenes.views
        pairs = frames * len(self.pairs.tasks) * self.pairs.prompts_per_task
        if pairs > MOST_PAIRS:
            raise ValueError(
                f"scenes_per_shard x views x tasks x prompts_per_task must be at most {MOST_PAIRS:,}, the pairs of a "
                f"shard, got {pairs:,}."
            )
        return self

    @model_validator(mode="after")
    def _sides_fit(self) -> "Config":
        if any(side % self.job.side_multiple for side in self.render.resolution):
            raise ValueError(
                f"resolution must have sides that are multiples of {self.job.side_multiple} (side_multiple), "
                f"got {self.render.resolution}."
            )
        return self

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Config":
        """The configuration with these fields, named without their sections as flags are.

        Raises pydantic's ValidationError, and KeyError for an unknown field.
        """
        sections: dict[str, dict[str, Any]] = {name: {} for name in SECTIONS}
        for name, value in values.items():
            sections[_SECTION_OF[name]][name] = value
        return cls.model_validate(sections)

    def values(self) -> dict[str, Any]:
        """Every field as JSON has it, named without its section; `Config.of` makes the same configuration of it."""
        sections = self.model_dump(mode="json", exclude={"format"})
        return {name: value for section in sections.values() for name, value in section.items()}

    def changed(self, **values: Any) -> "Config":
        """A copy with other values of these fields, which are not validated again."""
        sections = {_SECTION_OF[name] for name in values}
        return self.model_copy(update={name: _changed(getattr(self, name), values) for name in sections})


def _changed(section: ConfigSection, values: Mapping[str, Any]) -> ConfigSection:
    own = type(section).model_fields
    return section.model_copy(update={name: value for name, value in values.items() if name in own})


SECTIONS: dict[str, type[ConfigSection]] = {
    "scenes": ScenesConfig,
    "render": RenderConfig,
    "pairs": PairsConfig,
    "job": JobConfig,
}
#: Every field of every section, in the order of config.yaml.
FIELDS: dict[str, FieldInfo] = {
    name: field for model in SECTIONS.values() for name, field in model.model_fields.items()
}
_SECTION_OF = {name: section for section, model in SECTIONS.items() for name in model.model_fields}


def section_of(field: str) -> str:
    """The section that a field belongs to; raises KeyError for an unknown field."""
    return _SECTION_OF[field]
