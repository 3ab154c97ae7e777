"""The keypoints of a person as `scene.json` records them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from jaxtyping import Float, Float64, UInt32

from encode.formulas.indices import ObjectId
from encode.formulas.keypoints import KeypointVisibility, keypoint_visibility
from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import project
from encode.schema import Key

__all__ = ["Keypoint", "located_keypoints"]

# Digits of the numbers in scene.json: micrometres, and ten-thousandths of a pixel.
_METRE_DIGITS, _PIXEL_DIGITS = 6, 4


@dataclass(frozen=True, slots=True)
class Keypoint:
    """One keypoint of a person, as one view sees it."""

    name: Annotated[str, Key("one of COCO's seventeen, `left_wrist`; left is the person's own left")]
    position: Annotated[
        tuple[float, float, float],
        Key("world axes, metres: the centre of the joint; on the skin for nose, eyes and ears"),
    ]
    radius: Annotated[float, Key("metres from there to the surface of the clothed limb, at most")]
    pixel: Annotated[
        tuple[float, float],
        Key("position in the image in pixels, pixel centres at +0.5; `[0, 0]` with a visibility of 0"),
    ]
    visibility: Annotated[
        int,
        Key(
            "0 outside the image, 1 hidden, 2 visible. Hidden is what has a surface in front of it at its pixel: one"
            " of the person's own that is nearer by more than `radius`, or another object's that is nearer",
            0,
            2,
        ),
    ]


def located_keypoints(
    names: Sequence[str],
    positions: Float64[np.ndarray, "n 3"],
    radii: Float64[np.ndarray, " n"],
    object_id: ObjectId,
    depth: Float[np.ndarray, "h w"],
    instance: UInt32[np.ndarray, "h w"],
    k: Float64[np.ndarray, "3 3"],
    camera_to_world: Float64[np.ndarray, "4 4"],
    lens: Lens = PINHOLE,
) -> tuple[Keypoint, ...]:
    """The keypoints of an object at `positions` (world axes, metres), found in the view by its truth.

    Pixels follow from the rounded positions, and visibility from the rounded pixels, so that what is recorded can be
    computed again, and a visible keypoint is in the image also after rounding.
    """
    if not names:  # most objects have none
        return ()
    positions = positions.round(_METRE_DIGITS) + 0.0
    exact, planar = project(positions, k, camera_to_world, lens)
    pixels = exact.round(_PIXEL_DIGITS)
    seen = keypoint_visibility(pixels, planar, radii, object_id, depth, instance)
    pixels = np.where((seen != KeypointVisibility.OUTSIDE)[:, None], pixels, 0.0)
    return tuple(
        Keypoint(name, (x, y, z), float(radius), (u, v), int(visibility))
        for name, (x, y, z), radius, (u, v), visibility in zip(
            names, positions.tolist(), radii, pixels.tolist(), seen, strict=True
        )
    )
