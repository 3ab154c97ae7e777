"""Is the image of a frame made of its base colour, its shading and its residual?"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from pydantic import ValidationError

from encode import Frame
from encode.formulas.srgb import to_linear
from render.photo import take_photo
from scenes.photo import Photo, noise_stream
from verichrome.versions import installed

__all__ = ["shading_problems"]

#: Codes of 255 by which a pixel may differ from the photograph of what the maps add up to, which have 16 bits a number.
_CODES = 8
#: Share of the pixels that may differ by more: JPEG spreads a difference over a block.
_SHARE = 0.03


def shading_problems(frame: Frame, scene: Mapping[str, Any]) -> Iterator[str]:
    """The same camera takes the same photograph of base colour times shading plus residual.

    Only of photographs, and by the versions that took them: other images were developed by Blender.
    """
    record = scene["render"].get("photo")
    if frame.shading is None or not isinstance(record, dict):
        return
    if frame.albedo is None:
        yield "expected a base colour (albedo.png) beside shading.exr"
        return
    if any(scene["versions"].get(name) != installed(name) for name in ("verichrome", "numpy")):
        return
    try:
        photo = Photo.model_validate({name: record[name] for name in Photo.model_fields})
        exposure = float(scene["render"]["exposure"])
    except (KeyError, TypeError, ValueError, ValidationError):
        return  # reported by the rule `photo`, and by the form of scene.json
    light = to_linear(frame.albedo / 255) * frame.shading.shading + frame.shading.residual
    noise = noise_stream(scene["seed"], scene["scene_index"], scene["attempt"], scene["view_index"])
    taken = take_photo(light.astype(np.float32), photo, exposure, noise)
    apart = np.abs(taken.image.astype(np.int16) - frame.image).max(axis=-1) > _CODES
    if apart.mean() > _SHARE:
        yield (
            f"expected the photograph of base colour times shading plus residual, {apart.mean():.1%} of the pixels"
            f" differ by more than {_CODES} of 255"
        )
