"""Orders and relations of things as a viewer sees them: yes, no, or too close to call (None)."""

from collections.abc import Mapping

from encode.referring.things import Thing

__all__ = ["comes_before", "is_between", "relates", "stands_on_side"]

# Shares of the image's width or height; 6 % is 30 px of 512.
_IMAGE_MARGIN = 0.06
_REVERSE_MARGIN = 0.02
# Depths and sizes are compared by ratio.
_DEPTH_RATIO = 1.1
_SIZE_RATIO = 1.25
_PIXEL_RATIO = 1.15


def comes_before(a: Thing, b: Thing, by: str, end: str) -> bool:
    """Whether `a` clearly comes before `b`, counted from `end`; neither way round holds for close calls."""
    first, second = (a, b) if end == "low" else (b, a)
    if by == "x":
        return second.x - first.x > _IMAGE_MARGIN
    if by == "y":
        return second.y - first.y > _IMAGE_MARGIN
    if by == "depth":
        return second.depth > first.depth * _DEPTH_RATIO
    # Size in space and size in the image must agree: nobody can tell a large far mug from a small near one for sure.
    larger = _size(second) > _size(first) * _SIZE_RATIO
    return larger and second.pixels > first.pixels * _PIXEL_RATIO and not (a.record.truncated or b.record.truncated)


def stands_on_side(thing: Thing, side: str) -> bool | None:
    """On the left: centre in the left 42 %; not on the left: beyond 55 %; the others alike."""
    place = {"left": thing.x, "right": 1 - thing.x, "top": thing.y, "bottom": 1 - thing.y}[side]
    if place < 0.42:
        return True
    return False if place > 0.55 else None


def relates(a: Thing, relation: str, b: Thing, things: Mapping[int, Thing]) -> bool | None:
    """Whether `a` stands in `relation` to `b`."""
    if a.id == b.id:
        return False
    if relation == "on":
        return _on(a, b, things)
    if relation == "under":
        return _under(a, b, things)
    if relation == "next_to":
        return _next_to(a, b, things)
    if relation in ("left_of", "right_of"):
        return _left_of(a, b) if relation == "left_of" else _left_of(b, a)
    return _in_front(a, b) if relation == "in_front_of" else _in_front(b, a)


def is_between(a: Thing, b: Thing, c: Thing) -> bool | None:
    """Whether `a` is between `b` and `c`: in the image from left to right, at about their height and depth."""
    if a.id in (b.id, c.id):
        return False
    first, last = (b, c) if b.x < c.x else (c, b)
    if a.x < first.x or a.x > last.x:
        return False
    clear = min(a.x - first.x, last.x - a.x) > _IMAGE_MARGIN
    level = min(b.y, c.y) - 0.1 < a.y < max(b.y, c.y) + 0.1
    deep = min(b.depth, c.depth) / 1.2 < a.depth < max(b.depth, c.depth) * 1.2
    return True if clear and level and deep else None


def _size(thing: Thing) -> float:
    x, y, z = thing.record.dimensions
    return float((x * y * z) ** (1 / 3))


def _left_of(a: Thing, b: Thing) -> bool | None:
    if b.x - a.x > _IMAGE_MARGIN and a.right <= b.left + 0.25 * min(a.right - a.left, b.right - b.left):
        return True
    return False if a.x - b.x > _REVERSE_MARGIN else None


def _in_front(a: Thing, b: Thing) -> bool | None:
    overlap = min(a.right, b.right) - max(a.left, b.left)
    facing = overlap > 0.3 * min(a.right - a.left, b.right - b.left)
    if b.depth > a.depth * _DEPTH_RATIO and facing:
        return True
    # Nearer but far to the side is not "in front of"; nearer and a little to the side may be.
    return False if a.depth > b.depth * 1.03 or overlap < -_IMAGE_MARGIN else None


def _on(a: Thing, b: Thing, things: Mapping[int, Thing]) -> bool | None:
    if a.record.supported_by == b.id:
        return True
    return None if b.id in _supports(a, things) else False  # a book on a book on a table is open


def _under(a: Thing, b: Thing, things: Mapping[int, Thing]) -> bool | None:
    if b.record.supported_by == a.id:
        return True
    overlap = all(min(a.high[i], b.high[i]) > max(a.low[i], b.low[i]) for i in (0, 1))
    below = (a.low[2] + a.high[2]) < (b.low[2] + b.high[2])
    return None if a.id in _supports(b, things) or (overlap and below) else False


def _next_to(a: Thing, b: Thing, things: Mapping[int, Thing]) -> bool | None:
    if b.id in _supports(a, things) or a.id in _supports(b, things):
        return False
    gap = max(max(a.low[i], b.low[i]) - min(a.high[i], b.high[i]) for i in (0, 1, 2))
    size = (_size(a) + _size(b)) / 2
    level = min(a.high[2], b.high[2]) > max(a.low[2], b.low[2])
    if gap < 0.4 * size and level:
        return True
    return False if gap > 1.5 * size else None


def _supports(thing: Thing, things: Mapping[int, Thing]) -> set[int]:
    """Ids of all that the thing stands on, directly or not."""
    found: set[int] = set()
    below = thing.record.supported_by
    while below and below not in found:
        found.add(below)
        below = things[below].record.supported_by if below in things else 0
    return found
