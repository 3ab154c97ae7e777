"""Sizes of objects as a viewer compares them."""

from collections.abc import Iterable

from encode.referring.attributes import size_fits
from encode.referring.visible import VisibleObject

__all__ = ["larger", "looks_sized", "mean_size"]

_RATIO = 1.25
_PIXEL_RATIO = 1.3

# Least visible fraction of an object whose size can be judged.
_MOSTLY = 0.7


def mean_size(obj: VisibleObject) -> float:
    """Geometric mean of the three dimensions, metres."""
    x, y, z = obj.record.dimensions
    return float((x * y * z) ** (1 / 3))


def larger(a: VisibleObject, b: VisibleObject) -> bool:
    """Whether `a` is clearly larger than `b`; in close calls neither is larger than the other.

    Size in space and size in the image must agree: a large far mug looks like a small near one.
    """
    if any(obj.record.truncated or obj.record.visible_fraction < _MOSTLY for obj in (a, b)):
        return False
    return mean_size(a) > mean_size(b) * _RATIO and a.pixels > b.pixels * _PIXEL_RATIO


def looks_sized(obj: VisibleObject, word: str, objects: Iterable[VisibleObject]) -> bool | None:
    """Whether a viewer calls the object small or large: only beside one of its category of clearly another size."""
    fits = size_fits(word, obj.record.size)
    if fits is not True:
        return fits
    kin = [other for other in objects if other.record.category == obj.record.category and not other.faint]
    contrast = (larger(other, obj) if word == "small" else larger(obj, other) for other in kin)
    return True if any(contrast) else None
