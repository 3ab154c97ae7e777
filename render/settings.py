"""How scenes are rendered: what decides the pixels beside the scene itself."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "DEFAULT_SAMPLES",
    "LARGEST_SIDE",
    "LENS_DEVICES",
    "LOOK",
    "MOST_SAMPLES",
    "PHOTOGRAPH",
    "QUALITY_SAMPLES",
    "SMALLEST_SIDE",
    "Device",
    "Quality",
    "RenderSettings",
]

#: How much an image costs and how little noise it keeps (docs/quality.md).
Quality = Literal["draft", "standard", "final"]
#: Cycles samples a pixel of an image of each quality.
QUALITY_SAMPLES: Mapping[Quality, int] = MappingProxyType({"draft": 4, "standard": 8, "final": 64})
DEFAULT_SAMPLES = QUALITY_SAMPLES["standard"]
MOST_SAMPLES = 65_536
#: The view transform of images that are not photographs. Plain AgX is meant to be graded further; this is about what a
#: camera's JPEG shows.
LOOK = "AgX - Medium High Contrast"
#: In place of a view transform, where the image is what a camera makes of the render.
PHOTOGRAPH = "photograph"
#: Pixels of a side of an image. Cycles' buffers of one view fit a worker's memory up to about the larger.
SMALLEST_SIDE, LARGEST_SIDE = 16, 8192
#: What Cycles renders on; `auto` takes a GPU where there is one.
Device = Literal["auto", "cpu", "optix", "cuda", "hip", "metal", "oneapi"]
#: Those that shoot through lenses: Cycles runs scripts of cameras on no other.
LENS_DEVICES: tuple[Device, ...] = ("auto", "cpu", "optix")


class RenderSettings(BaseModel):
    """Cycles settings of a job.

    width, height: of the image in pixels. quality: how carefully the image is denoised. samples: Cycles samples a pixel
    of the image; truth takes one. denoise: by OpenImageDenoise. albedo: render the base colour too. surface: and each
    pixel's part and material. shading: and the diffuse light, which takes the base colour. depth_of_field, motion_blur:
    of the image alone. photo: the image is what a camera makes of the render, not the render itself. threads: how many
    the worker may use; profile: what Cycles does is timed; neither changes a pixel.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    width: Annotated[int, Field(ge=SMALLEST_SIDE, le=LARGEST_SIDE)] = 512
    height: Annotated[int, Field(ge=SMALLEST_SIDE, le=LARGEST_SIDE)] = 512
    quality: Quality = "standard"
    samples: Annotated[int, Field(ge=1, le=MOST_SAMPLES)] = DEFAULT_SAMPLES
    denoise: bool = True
    albedo: bool = False
    surface: bool = False
    shading: bool = False
    depth_of_field: bool = False
    motion_blur: bool = False
    photo: bool = True
    device: Device = "cpu"
    threads: Annotated[int, Field(ge=1, le=1024)] = 2
    profile: bool = False

    @property
    def view_transform(self) -> str:
        """How linear light becomes the image: by Blender's view transform of this name, or as a photograph."""
        return PHOTOGRAPH if self.photo else LOOK
