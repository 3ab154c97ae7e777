"""What the evaluator knows of each visible thing, measured anew from the truth maps."""

from dataclasses import dataclass

import numpy as np

from encode.frame import Frame, ObjectRecord
from encode.idmap import compact_ids

__all__ = ["Thing", "visible_things"]

# Under these a viewer may overlook a thing, so no expression may depend on it.
_FAINT_PIXELS = 40
_FAINT_SHARE = 4e-4
_FAINT_FRACTION = 0.15


@dataclass(frozen=True, slots=True)
class Thing:
    """One visible thing.

    x, y: centre of the visible pixels as shares of width and height (right, down); left, right: ends of their box.
    depth: median planar depth, metres. low, high: ends of the world-aligned box, metres.
    faint: so little is visible that whether it counts is open.
    """

    record: ObjectRecord
    pixels: int
    x: float
    y: float
    left: float
    right: float
    depth: float
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    faint: bool

    @property
    def id(self) -> int:
        """The object's id."""
        return self.record.id


def visible_things(frame: Frame) -> tuple[Thing, ...]:
    """Every object of kind `thing` with at least one visible pixel, in order of id."""
    from scipy.ndimage import find_objects  # late, since it takes 0.4 s to import

    things = {c.id for c in frame.categories if c.kind == "thing"}
    records = {o.id: o for o in frame.objects if o.category_id in things}
    ids, place = compact_ids(frame.truth.instance)
    labels = place + 1
    windows = find_objects(labels)
    found = []
    for number, (instance, window) in enumerate(zip(ids.tolist(), windows, strict=True), start=1):
        if instance in records:
            found.append(_measure(frame, records[instance], labels[window] == number, window))
    return tuple(found)


def _measure(frame: Frame, record: ObjectRecord, mask: np.ndarray, window: tuple[slice, slice]) -> Thing:
    height, width = frame.truth.shape
    ys, xs = np.nonzero(mask)
    top, left = window[0].start, window[1].start
    reach = np.abs(np.array(record.box_3d.rotation)) @ (np.array(record.box_3d.extent) / 2)
    center = np.array(record.box_3d.center)
    low, high = (center - reach).tolist(), (center + reach).tolist()
    few = len(ys) < max(_FAINT_PIXELS, _FAINT_SHARE * height * width)
    return Thing(
        record=record,
        pixels=len(ys),
        x=(left + float(xs.mean()) + 0.5) / width,
        y=(top + float(ys.mean()) + 0.5) / height,
        left=left / width,
        right=window[1].stop / width,
        depth=float(np.median(frame.truth.depth[window][mask])),
        low=(low[0], low[1], low[2]),
        high=(high[0], high[1], high[2]),
        faint=few or record.visible_fraction < _FAINT_FRACTION,
    )
