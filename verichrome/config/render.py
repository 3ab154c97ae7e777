"""The section `render`: what decides, with the scenes, which frames there are."""

from typing import Any

from pydantic import Field, model_validator

from render.settings import (
    DEFAULT_SAMPLES,
    MOST_SAMPLES,
    QUALITY_SAMPLES,
    Device,
    Quality,
    RenderSettings,
)
from verichrome.config.fields import ConfigSection, Count, Resolution, Size

__all__ = ["RenderConfig"]


class RenderConfig(ConfigSection):
    """How views are rendered."""

    resolution: Resolution = Field(
        Size(512, 512), description="Size of the images in pixels: 512 is a square, 640x480 is width x height."
    )
    quality: Quality = Field(
        "standard",
        description="draft, standard or final: how much an image costs, and how little noise it keeps. Truth is the "
        "same in all.",
    )
    samples: Count = Field(
        DEFAULT_SAMPLES,
        ge=1,
        le=MOST_SAMPLES,
        description="Cycles samples a pixel of the image, in place of those of its quality ("
        + ", ".join(f"{quality} {samples}" for quality, samples in QUALITY_SAMPLES.items())
        + "). Truth takes one, exact.",
    )
    denoise: bool = Field(True, description="Remove noise from the image by OpenImageDenoise. Truth is never denoised.")
    albedo: bool = Field(
        False, description="Keep the base colour of each view too (KEY.albedo.png), which the task albedo needs."
    )
    surface: bool = Field(
        False,
        description="Keep the part and the material of each pixel too (KEY.surface.exr), which the tasks parts and "
        "materials need.",
    )
    shading: bool = Field(
        False,
        description="Keep the diffuse light on each surface and what the image has besides (KEY.shading.exr), which "
        "the task shading needs; only with albedo.",
    )
    depth_of_field: bool = Field(
        False,
        description="Focus each image on one distance, through an aperture drawn for each view. Truth stays sharp.",
    )
    motion_blur: bool = Field(
        False,
        description="Move the camera a little while the shutter is open. Truth is that of the shutter's middle.",
    )
    photo: bool = Field(
        True,
        description="Show each view as a photograph: exposure, white balance, lens, noise, tone and JPEG of a camera, "
        "drawn anew for each. Truth is untouched; without it images are the renders themselves.",
    )
    device: Device = Field(
        "auto",
        description="What Cycles renders on; auto takes a GPU where there is one. Pixels differ between devices.",
    )

    @model_validator(mode="before")
    @classmethod
    def _samples_of_quality(cls, values: Any) -> Any:
        """Where only the quality is named, the samples are its own."""
        if not isinstance(values, dict) or "samples" in values:
            return values
        samples = [samples for quality, samples in QUALITY_SAMPLES.items() if quality == values.get("quality")]
        return {**values, "samples": samples[0]} if samples else values

    def settings(self, threads: int = 2, *, profile: bool = False) -> RenderSettings:
        """The engine's settings, with `threads` CPU threads and what is timed, which change no pixel."""
        return RenderSettings(
            width=self.resolution.width,
            height=self.resolution.height,
            quality=self.quality,
            samples=self.samples,
            denoise=self.denoise,
            albedo=self.albedo,
            surface=self.surface,
            shading=self.shading,
            depth_of_field=self.depth_of_field,
            motion_blur=self.motion_blur,
            photo=self.photo,
            device=self.device,
            threads=threads,
            profile=profile,
        )
