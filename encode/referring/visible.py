"""What the evaluator knows of each visible object, measured from the truth maps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Bool, Int64, Shaped, UInt8

from encode.colors.distance import srgb_to_lab
from encode.frame import CategoryRecord, Frame, ObjectId, ObjectRecord
from encode.frame_cache import cached_per_frame
from encode.frame_ids import instance_windows
from encode.referring.attributes import looks_like
from encode.referring.visibility import Visibility, judge_visibility

__all__ = ["OBJECT_GROUPS", "VisibleObject", "faint_ids", "visible_objects"]

#: Group of an object by its supercategory; all others are "object". By "the object on the left" people mean none of
#: these, except perhaps a fixture: what hangs on a wall.
OBJECT_GROUPS: Mapping[str, str] = {
    "furniture": "furniture",
    "household appliance": "furniture",
    "plumbing fixture": "furniture",
    "shop fixture": "furniture",
    "floor textile": "cover",
    "table covering": "cover",
    "building part": "room",
    "room structure": "room",
    "window covering": "room",
    "wall decoration": "fixture",
}

# Pixels of an object that are enough to see its colour and how far away it is.
_SAMPLES = 2000


@dataclass(frozen=True, slots=True)
class VisibleObject:
    """One visible object.

    record: as in scene.json, but for `color`, which is "" where the visible pixels do not look like it.
    supercategory: of its category, "" for an object without one.
    group: "object", or "furniture", "cover" (a cloth), "room" (a window, a door), "fixture" (a picture on a wall).
    area: `pixels` as a share of the image.
    x, y: centre of the visible pixels as shares of width and height (right, down); left, right, top, bottom: ends of
        their box.
    depth: median planar depth, near: its 5th percentile, middle: that of the 3D box's centre, metres.
    low, high: ends of the world-aligned box, metres.
    faint: so little is visible that a viewer may or may not count it.
    """

    record: ObjectRecord
    supercategory: str
    group: str
    pixels: int
    area: float
    x: float
    y: float
    left: float
    right: float
    top: float
    bottom: float
    depth: float
    near: float
    middle: float
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    faint: bool

    @property
    def id(self) -> ObjectId:
        """The object's id."""
        return self.record.id

    @property
    def surrounding(self) -> bool:
        """Whether it is part of the surroundings: what other objects stand on, in or in front of."""
        return self.group != "object"


def faint_ids(frame: Frame) -> frozenset[ObjectId]:
    """Return the visible objects that some viewers would overlook: counts and boxes of these are not scored."""
    return frozenset(obj.id for obj in visible_objects(frame) if obj.faint)


@cached_per_frame
def visible_objects(frame: Frame) -> tuple[VisibleObject, ...]:
    """Return every object of a category of things of which a viewer sees anything, in order of id.

    Unlabelled objects are among them as faint: "the object on the left" may mean one of them.
    """
    categories = {c.id: c for c in frame.categories if c.kind == "thing"}
    records = {o.id: o for o in frame.objects if o.category_id in categories or not o.category_id}
    visible = []
    for instance, window in instance_windows(frame).items():
        if instance in records:
            record = records[instance]
            # One pixel more than the object on every side, where there is one: scorability looks at its border.
            rows, columns = (slice(max(side.start - 1, 0), side.stop + 1) for side in window)
            mask = frame.truth.instance[rows, columns] == instance
            seen = judge_visibility(frame, record, mask)
            if seen is not Visibility.UNSEEN:
                obj = _measure(frame, record, categories, mask, (rows, columns))
                faint = seen is Visibility.FAINT or not record.category_id
                visible.append(replace(obj, faint=faint))
    return tuple(visible)


def _measure(
    frame: Frame,
    record: ObjectRecord,
    categories: Mapping[int, CategoryRecord],
    mask: Bool[np.ndarray, "a b"],
    window: tuple[slice, slice],
) -> VisibleObject:
    height, width = frame.truth.shape
    ys, xs = np.nonzero(mask)
    top, left = window[0].start, window[1].start
    reach = np.abs(np.array(record.box_3d.rotation)) @ (np.array(record.box_3d.extent) / 2)
    center = np.array(record.box_3d.center)
    low, high = (center - reach).tolist(), (center + reach).tolist()
    rows, columns = _some(ys) + top, _some(xs) + left
    depths = np.sort(frame.truth.depth[rows, columns])
    return VisibleObject(
        record=replace(record, color=_seen_color(frame.image[rows, columns], record.color)),
        supercategory=categories[record.category_id].supercategory if record.category_id in categories else "",
        group=_group_of(categories.get(record.category_id)),
        pixels=len(ys),
        area=len(ys) / (height * width),
        x=(left + float(xs.mean()) + 0.5) / width,
        y=(top + float(ys.mean()) + 0.5) / height,
        left=(left + int(xs.min())) / width,
        right=(left + int(xs.max()) + 1) / width,
        top=(top + int(ys[0])) / height,
        bottom=(top + int(ys[-1]) + 1) / height,
        depth=_quantile(depths, 0.5),
        near=_quantile(depths, 0.05),
        middle=float((frame.camera_to_world[:3, 3] - center) @ frame.camera_to_world[:3, 2]),
        low=(low[0], low[1], low[2]),
        high=(high[0], high[1], high[2]),
        faint=False,
    )


def _group_of(category: CategoryRecord | None) -> str:
    return OBJECT_GROUPS.get(category.supercategory, "object") if category else "object"


def _seen_color(pixels: UInt8[np.ndarray, "n 3"], color: str) -> str:
    if not color:
        return ""
    ordered = np.sort(pixels.T, axis=-1)  # whole channels, of which np.median takes several times as long
    return color if looks_like(srgb_to_lab(np.array([_quantile(channel, 0.5) for channel in ordered])), color) else ""


def _quantile(ordered: Shaped[np.ndarray, " n"], share: float) -> float:
    """A quantile of values in ascending order, between two of them by their distances, as np.quantile has it."""
    place = (len(ordered) - 1) * share
    low, high = ordered[int(place)], ordered[min(int(place) + 1, len(ordered) - 1)]
    return float(low) + (float(high) - float(low)) * (place - int(place))


def _some(values: Int64[np.ndarray, " n"]) -> Int64[np.ndarray, " m"]:
    """Evenly spread values, at most twice _SAMPLES."""
    return values[:: max(1, len(values) // _SAMPLES)]
