"""The texts on objects as `scene.json` records them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from jaxtyping import Bool, Float, Float64, UInt32

from encode.formulas.indices import ObjectId
from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import project, rays_through, to_world
from encode.schema import Key

__all__ = ["TextRecord", "located_texts"]

# Digits of the numbers in scene.json: micrometres, ten-thousandths of a pixel and of a share.
_METRE_DIGITS, _PIXEL_DIGITS, _SHARE_DIGITS = 6, 4, 4
#: Points along and across a text at which it is looked for.
_COLUMNS, _ROWS = 32, 8
#: Metres from the plane of the letters within which a surface of the object is what they stand on.
_DEEP = 0.03

Vec2 = tuple[float, float]
Vec3 = tuple[float, float, float]


#: Where these points are in the box, as shares of its width and height.
_ACROSS, _DOWN = (
    shares.reshape(-1, 1)
    for shares in np.meshgrid((np.arange(_COLUMNS) + 0.5) / _COLUMNS, (np.arange(_ROWS) + 0.5) / _ROWS)
)


@dataclass(frozen=True, slots=True)
class TextRecord:
    """A line of lettering on an object, as one view sees it."""

    text: Annotated[str, Key("what it reads: capitals, digits, spaces, `.` and `-`")]
    corners: Annotated[
        tuple[Vec3, Vec3, Vec3, Vec3],
        Key("of the box round the letters, world axes, metres: the top left one as one reads it, then clockwise"),
    ]
    pixels: Annotated[
        tuple[Vec2, Vec2, Vec2, Vec2],
        Key("the corners in the image, pixel centres at +0.5, or outside it; all `[0, 0]` where nothing of it is seen"),
    ]
    visible_fraction: Annotated[
        float,
        Key(
            "the share of that box that is seen, by 32 x 8 points in it: those whose pixel shows the object within 3 cm"
            " of the plane of the letters. 0 from behind, and where a corner is behind the camera"
        ),
    ]


def located_texts(
    texts: Sequence[str],
    corners: Float64[np.ndarray, "n 4 3"],
    object_id: ObjectId,
    depth: Float[np.ndarray, "h w"],
    instance: UInt32[np.ndarray, "h w"],
    k: Float64[np.ndarray, "3 3"],
    camera_to_world: Float64[np.ndarray, "4 4"],
    lens: Lens = PINHOLE,
) -> tuple[TextRecord, ...]:
    """The texts of an object whose boxes have their `corners` there (world axes, metres), found in the view's truth.

    Pixels and visibility follow from the rounded corners, so that what is recorded can be computed again.
    """
    records = []
    for text, box in zip(texts, corners.round(_METRE_DIGITS) + 0.0, strict=True):
        pixels, planar = project(box, k, camera_to_world, lens)
        in_reach = bool((planar > 0).all() and np.isfinite(pixels).all())
        seen = in_reach and _seen(box, object_id, depth, instance, k, camera_to_world, lens)
        share = round(float(np.mean(seen)), _SHARE_DIGITS)
        where = pixels.round(_PIXEL_DIGITS) if share else np.zeros((4, 2))
        records.append(
            TextRecord(text, tuple(map(tuple, box.tolist())), tuple(map(tuple, where.tolist())), share)  # type: ignore[arg-type]
        )
    return tuple(records)


def _seen(
    box: Float64[np.ndarray, "4 3"],
    object_id: ObjectId,
    depth: Float[np.ndarray, "h w"],
    instance: UInt32[np.ndarray, "h w"],
    k: Float64[np.ndarray, "3 3"],
    camera_to_world: Float64[np.ndarray, "4 4"],
    lens: Lens,
) -> Bool[np.ndarray, " points"]:
    """For points all over a text's box, whether the truth shows its object near the plane of the letters there."""
    height, width = depth.shape
    right, down = box[1] - box[0], box[3] - box[0]
    normal = np.cross(down, right)
    area = float(np.linalg.norm(normal))
    if not 0 < (camera_to_world[:3, 3] - box[0]) @ normal < np.inf:
        return np.zeros(_COLUMNS * _ROWS, bool)
    points = box[0] + _ACROSS * right + _DOWN * down
    u, v = np.floor(project(points, k, camera_to_world, lens)[0]).T
    inside = (u >= 0) & (u < width) & (v >= 0) & (v < height)
    column, row = np.where(inside, u, 0).astype(np.int64), np.where(inside, v, 0).astype(np.int64)
    own = inside & (instance[row, column] == object_id)
    ahead = np.where(own, depth[row, column], 0.0).astype(np.float64)
    surface = to_world(rays_through(column + 0.5, row + 0.5, k, lens) * ahead[:, None], camera_to_world)
    seen: Bool[np.ndarray, " points"] = own & (np.abs((surface - box[0]) @ normal) <= _DEEP * area)
    return seen
