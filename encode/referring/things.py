"""What the evaluator knows of each visible thing, measured anew from the truth maps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, UInt8

from encode.colors.distance import srgb_to_lab
from encode.frame import Category, Frame, ObjectRecord
from encode.idmap import compact_ids
from encode.late import late
from encode.memo import once_a_frame
from encode.referring.attributes import looks_like
from encode.segmentation.instances import is_scorable

__all__ = ["Thing", "visible_things"]

# Under these a viewer may overlook a thing, so no expression may depend on it.
_FAINT_PIXELS = 40
_FAINT_SHARE = 4e-4
_FAINT_FRACTION = 0.15

# Of a thing cut by the frame at least this share of its projected box must be inside, or it must be large regardless: a
# mug is no mug to a viewer when only its handle reaches into the picture.
_LEAST_INSIDE = 0.4
_LARGE_SHARE = 0.05

# What people do not mean by "the object on the left": what things stand on is never meant, what hangs on walls may be.
_SUPPORTS = frozenset({"furniture", "textile"})
_ROOM_PARTS = frozenset({"building", "furnishing", "structure"})

# Pixels of a thing that are enough to see its colour and how far away it is.
_SAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Thing:
    """One visible thing.

    record: as in scene.json, but for `color`, which is "" where the visible pixels do not look like it.
    role: "object", or "support" (a table, a cloth) or "room" (a window, a door).
    x, y: centre of the visible pixels as shares of width and height (right, down); left, right, top, bottom: ends of
        their box.
    depth: median planar depth, near: its 5th percentile, metres. low, high: ends of the world-aligned box, metres.
    faint: so little is visible that whether it counts is open.
    """

    record: ObjectRecord
    role: str
    pixels: int
    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float
    depth: float
    near: float
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    faint: bool

    @property
    def id(self) -> int:
        """The object's id."""
        return self.record.id

    @property
    def scenery(self) -> bool:
        """Whether it is what things stand on or before."""
        return self.role != "object"


@once_a_frame
def visible_things(frame: Frame) -> tuple[Thing, ...]:
    """Every object of kind `thing` with at least one visible pixel, in order of id."""
    find_objects = late("scipy.ndimage").find_objects

    categories = {c.id: c for c in frame.categories if c.kind == "thing"}
    records = {o.id: o for o in frame.objects if o.category_id in categories}
    ids, place = compact_ids(frame.truth.instance)
    labels = place + 1
    windows = find_objects(labels)
    found = []
    for number, (instance, window) in enumerate(zip(ids.tolist(), windows, strict=True), start=1):
        if instance in records:
            record = records[instance]
            # One pixel more than the thing on every side, where there is one: scorability looks at its border.
            rows, columns = (slice(max(side.start - 1, 0), side.stop + 1) for side in window)
            mask = labels[rows, columns] == number
            found.append(_measure(frame, record, categories, mask, (rows, columns)))
    return tuple(found)


def _measure(
    frame: Frame,
    record: ObjectRecord,
    categories: Mapping[int, Category],
    mask: Bool[np.ndarray, "a b"],
    window: tuple[slice, slice],
) -> Thing:
    height, width = frame.truth.shape
    ys, xs = np.nonzero(mask)
    top, left = window[0].start, window[1].start
    reach = np.abs(np.array(record.box_3d.rotation)) @ (np.array(record.box_3d.extent) / 2)
    center = np.array(record.box_3d.center)
    low, high = (center - reach).tolist(), (center + reach).tolist()
    depths = _some(frame.truth.depth[window][mask])
    return Thing(
        record=replace(record, color=_seen_color(frame.image[window][mask], record.color)),
        role=_role(categories[record.category_id]),
        pixels=len(ys),
        x=(left + float(xs.mean()) + 0.5) / width,
        y=(top + float(ys.mean()) + 0.5) / height,
        left=(left + int(xs.min())) / width,
        right=(left + int(xs.max()) + 1) / width,
        top=(top + int(ys[0])) / height,
        bottom=(top + int(ys[-1]) + 1) / height,
        depth=float(np.median(depths)),
        near=float(np.percentile(depths, 5)),
        low=(low[0], low[1], low[2]),
        high=(high[0], high[1], high[2]),
        faint=_is_faint(frame, record, mask),
    )


def _role(category: Category) -> str:
    if category.supercategory in _SUPPORTS:
        return "support"
    return "room" if category.supercategory in _ROOM_PARTS else "object"


def _is_faint(frame: Frame, record: ObjectRecord, mask: Bool[np.ndarray, "a b"]) -> bool:
    pixels, size = int(mask.sum()), frame.truth.depth.size
    if pixels < max(_FAINT_PIXELS, _FAINT_SHARE * size) or record.visible_fraction < _FAINT_FRACTION:
        return True
    if pixels > _LARGE_SHARE * size:
        return False
    if record.truncated and _share_inside(frame, record) < _LEAST_INSIDE:
        return True
    return not is_scorable(mask, image_size=size)


def _share_inside(frame: Frame, record: ObjectRecord) -> float:
    """Share of the rectangle round the projected 3D box that is inside the image; 1 where it reaches the camera."""
    signs = np.array(np.meshgrid([-0.5, 0.5], [-0.5, 0.5], [-0.5, 0.5])).reshape(3, -1)
    box = record.box_3d
    world = np.array(box.rotation) @ (signs * np.array(box.extent)[:, None]) + np.array(box.center)[:, None]
    to_world = frame.camera_to_world
    camera = to_world[:3, :3].T @ (world - to_world[:3, 3:])
    depth = -camera[2]
    if depth.min() < 1e-3:
        return 1.0
    k = frame.intrinsics
    u, v = k[0, 0] * camera[0] / depth + k[0, 2], k[1, 2] - k[1, 1] * camera[1] / depth
    height, width = frame.truth.shape
    inside = max(min(u.max(), width) - max(u.min(), 0), 0) * max(min(v.max(), height) - max(v.min(), 0), 0)
    area = float((u.max() - u.min()) * (v.max() - v.min()))
    return float(inside) / area if area else 1.0


def _seen_color(pixels: UInt8[np.ndarray, "n 3"], color: str) -> str:
    if not color:
        return ""
    return color if looks_like(srgb_to_lab(np.median(_some(pixels), axis=0)), color) else ""


def _some(values: np.ndarray) -> np.ndarray:
    """Evenly spread rows of `values`, at most twice _SAMPLES."""
    return values[:: max(1, len(values) // _SAMPLES)]
