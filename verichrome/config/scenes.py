"""The section `scenes`: what decides which scenes there are, and their cameras."""

from typing import TYPE_CHECKING, Annotated, cast

from pydantic import Field, JsonValue, ValidationError, ValidationInfo, field_validator

from verichrome.config.fields import Amount, ConfigSection, Count, Mapping
from verichrome.validation_messages import one_of, validation_sentences

if TYPE_CHECKING:
    from scenes.lens_choice import LensChoice

__all__ = ["ScenesConfig"]


class ScenesConfig(ConfigSection):
    """Which scenes are sampled. Their number is a field of `job`: it does not change a scene."""

    family: str = Field(
        "mix", description="Family of scenes to sample from; mix draws from most, `verichrome doctor` lists them."
    )
    parameters: Annotated[dict[str, JsonValue], Mapping] = Field(
        default_factory=dict, description="The family's own parameters; what is not named keeps the family's default."
    )
    seed: Count = Field(0, ge=0, lt=2**31, description="The same seed and settings give the same scenes and prompts.")
    views: Count = Field(2, ge=1, le=100, description="Cameras a scene, each of which gives a frame.")
    max_attempts: Count = Field(
        8, ge=1, le=1000, description="How often a scene whose frames fail the checks is sampled again before it fails."
    )
    lens: str = Field(
        "pinhole",
        description="Lenses of the cameras, for image and truth alike: pinhole (none), distorted (radial-tangential), "
        "fisheye, or mixed (each view one of the three).",
    )
    library_share: Amount = Field(
        0.5, ge=0, le=1, description="Share of objects, lights and materials that your own replace, where one fits."
    )
    library: str | None = Field(
        None,
        description="SHA-256 of what assets, blend, hdris and materials hold; filled in, checked where it is given.",
    )

    @field_validator("family")
    @classmethod
    def _family_exists(cls, name: str) -> str:
        from scenes import family_names  # lazy: numpy is slow to import, and --help needs no family

        if name not in family_names():
            raise ValueError(one_of(family_names(), name))
        return name

    @field_validator("lens")
    @classmethod
    def _lens_exists(cls, name: str) -> str:
        from scenes.lens_choice import LENS_CHOICES  # lazy, as above

        if name not in LENS_CHOICES:
            raise ValueError(one_of(LENS_CHOICES, name))
        return name

    @field_validator("parameters")
    @classmethod
    def _parameters_fit(cls, parameters: dict[str, JsonValue], info: ValidationInfo) -> dict[str, JsonValue]:
        from scenes import family_parameters

        if "family" not in info.data:
            return parameters  # the family is refused already
        model = family_parameters(info.data["family"])
        try:
            return model.model_validate(parameters).model_dump(mode="json")
        except ValidationError as error:
            raise ValueError(" ".join(validation_sentences(error, model, "parameters."))) from error

    @property
    def lens_choice(self) -> "LensChoice":
        """`lens`, which is one of them, in its type."""
        return cast("LensChoice", self.lens)

    def family_of(self, scene: int) -> str:
        """The family of the scene with this index: the configured one, or what the mix draws for it."""
        from scenes import family_of_scene

        return family_of_scene(self.family, self.seed, scene, self.parameters)
