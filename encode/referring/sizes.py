"""Sizes of things as a viewer compares them."""

from collections.abc import Iterable

from encode.referring.attributes import size_fits
from encode.referring.things import Thing

__all__ = ["larger", "looks_sized", "mean_size"]

_RATIO = 1.25
_PIXEL_RATIO = 1.3

# Less of a thing seen says too little of its size.
_MOSTLY = 0.7


def mean_size(thing: Thing) -> float:
    """Geometric mean of the three dimensions, metres."""
    x, y, z = thing.record.dimensions
    return float((x * y * z) ** (1 / 3))


def larger(a: Thing, b: Thing) -> bool:
    """Whether `a` is beyond doubt larger than `b`; neither way round holds for close calls.

    Size in space and size in the image must agree: nobody can tell a large far mug from a small near one for sure.
    """
    if any(thing.record.truncated or thing.record.visible_fraction < _MOSTLY for thing in (a, b)):
        return False
    return mean_size(a) > mean_size(b) * _RATIO and a.pixels > b.pixels * _PIXEL_RATIO


def looks_sized(thing: Thing, word: str, things: Iterable[Thing]) -> bool | None:
    """Whether a viewer calls the thing small or large: by its kind, and only beside one of its kind of another size."""
    fits = size_fits(word, thing.record.size)
    if fits is not True:
        return fits
    kin = [other for other in things if other.record.category == thing.record.category and not other.faint]
    contrast = (larger(other, thing) if word == "small" else larger(thing, other) for other in kin)
    return True if any(contrast) else None
