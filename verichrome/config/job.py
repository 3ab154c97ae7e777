"""The section `job`: how many scenes, from which files, on which workers, to which folder."""

from pydantic import Field, ValidationInfo, field_validator

from verichrome.config.fields import Amount, ConfigSection, Count

__all__ = ["JobConfig"]


class JobConfig(ConfigSection):
    """How much is made, by whom and where. Nothing here changes what a scene, a frame or a pair is.

    `scenes_per_shard` decides in which file a scene is, so it must stay the same within one output.
    """

    scenes: Count = Field(
        8, ge=1, le=10_000_000, description="Scenes to have in the end. Raise it later to extend the same folder."
    )
    scenes_per_shard: Count = Field(
        4, ge=1, le=10_000, description="Scenes in each shard file, the unit that is committed, retried and resumed."
    )
    out: str | None = Field(None, description="Folder or URL (s3://...) to write to.")
    assets: str | None = Field(
        None, description="Folder or URL of your own meshes, used as objects; docs/assets.md describes their labels."
    )
    blend: str | None = Field(
        None, description="A finished .blend, or a folder or URL of them, as the setting to render in (family blend)."
    )
    rules: str | None = Field(
        None, description="YAML that labels a .blend's objects; null takes rules.yaml beside it, if it exists."
    )
    categories: str | None = Field(
        None,
        description="YAML of your own categories, added to the taxonomy; docs/assets.md has its fields, and "
        "`verichrome categories` lists all.",
    )
    new_categories: bool = Field(
        False,
        description="Make a category of each label or folder of assets that names none, but for what looks misspelt.",
    )
    hdris: str | None = Field(None, description="Folder or URL of your own .hdr and .exr panoramas, used as light.")
    materials: str | None = Field(
        None, description="Folder or URL of your own PBR texture sets, used on parametric objects."
    )
    side_multiple: Count = Field(
        16,
        ge=1,
        le=8192,
        description="Both sides of the resolution must be multiples of it; trainers blur targets of other sizes by "
        "resizing.",
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
    scene_memory: Amount | None = Field(
        None,
        gt=0,
        description="GiB at which a scene, or the preparation of a file, is ended at once, as a crash; "
        "null shares out this machine's memory.",
    )
    workers: Count | None = Field(
        None,
        ge=1,
        le=100_000,
        description="Blender processes at a time; null takes one a core, fewer where memory is short.",
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
        8.0, gt=0, description="GiB of resident memory above which a worker is replaced after the current scene."
    )
    address: str | None = Field(
        None, description="Ray cluster to run on (`auto` from within one); null starts Ray on this machine."
    )
    profile: bool = Field(
        False,
        description="Time what Cycles does within each view: profile.json in the output, and a table at the end.",
    )
    dashboard: bool = Field(
        False,
        description="Start Ray's dashboard and metrics on this machine, which take seconds; a cluster has its own.",
    )

    @field_validator("rules")
    @classmethod
    def _rules_need_a_blend(cls, path: str | None, info: ValidationInfo) -> str | None:
        if path and "blend" in info.data and not info.data["blend"]:
            raise ValueError("must be left out unless blend names a .blend")
        return path

    @field_validator("dashboard")
    @classmethod
    def _cluster_has_its_own_dashboard(cls, wanted: bool, info: ValidationInfo) -> bool:
        if wanted and info.data.get("address"):
            raise ValueError("must be left out with an address, whose cluster has a dashboard of its own")
        return wanted

    @field_validator("categories")
    @classmethod
    def _categories_need_files(cls, path: str | None, info: ValidationInfo) -> str | None:
        if path and not (info.data.get("assets") or info.data.get("blend")):
            raise ValueError("must be left out unless assets or blend names something that may be of them")
        return path

    @field_validator("new_categories")
    @classmethod
    def _new_categories_need_assets(cls, wanted: bool, info: ValidationInfo) -> bool:
        if wanted and not info.data.get("assets"):
            raise ValueError("must be false unless assets names a folder")
        return wanted

    @property
    def shards(self) -> int:
        """How many shards the scenes fill; the last may be cut short."""
        return -(-self.scenes // self.scenes_per_shard)

    @property
    def uses_library(self) -> bool:
        """Whether the user brings files of their own."""
        return bool(self.assets or self.blend or self.hdris or self.materials)
