"""Environment maps and texture sets: checked once, so that no scene has one that does not load."""

import shutil
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from render.exposure import LUMINANCE
from render.library.image_headers import image_problem
from render.library.requests import PreparationRequest, PreparationResult, Unusable

__all__ = ["prepare_environment_map", "prepare_texture_set"]

COLORED = {"color"}  # roles of maps that hold colours; all others hold measures


def prepare_environment_map(request: PreparationRequest, target: Path) -> PreparationResult:
    """Copy an equirectangular image as it is, and measure its mean luminance over the sphere."""
    image = _load(request.source)
    width, height = image.size
    if width != 2 * height:
        raise Unusable(f"it is {width}x{height}, and an equirectangular image is twice as wide as high")
    flat = np.empty(width * height * 4, np.float32)
    image.pixels.foreach_get(flat)
    luminance = flat.reshape(height, width, 4)[..., :3] @ LUMINANCE
    weight = np.sin((np.arange(height) + 0.5) / height * np.pi)
    brightness = float((luminance.mean(axis=1) * weight).sum() / weight.sum())
    if not np.isfinite(brightness) or brightness <= 0:
        raise Unusable("it gives no light")
    shutil.copyfile(request.source, target)
    return PreparationResult(brightness=brightness)


def prepare_texture_set(request: PreparationRequest, target: Path) -> PreparationResult:
    """Pack the maps of a texture set, named by role, into one .blend."""
    images = set()
    for role, path in request.maps.items():
        image = _load(path)
        image.name = role
        image.colorspace_settings.name = "sRGB" if role in COLORED else "Non-Color"
        image.pack()
        image.buffers_free()
        images.add(image)
    bpy.data.libraries.write(str(target), images, fake_user=True, compress=True)
    return PreparationResult()


def _load(path: str) -> Any:
    if problem := image_problem(Path(path)):
        raise Unusable(f"{Path(path).name} {problem}")
    try:
        image = bpy.data.images.load(path)
    except RuntimeError as error:
        raise Unusable(f"{Path(path).name} cannot be read") from error
    if image.size[0] == 0:
        raise Unusable(f"{Path(path).name} is not an image that Blender reads")
    return image
