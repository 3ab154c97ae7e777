"""Orders and relations of objects as a viewer sees them: yes, no, or too close to call (None)."""

from collections.abc import Mapping

from encode.formulas.indices import ObjectId
from encode.referring.sizes import larger, mean_size
from encode.referring.visible import VisibleObject

__all__ = ["comes_before", "is_between", "relates", "rests_on", "stands_on_side"]

# Shares of the image's width or height; 6 % is 30 px of 512.
_IMAGE_MARGIN = 0.06
_ORDER_MARGIN = 0.07
_EDGE_MARGIN = 0.02
_REVERSE_MARGIN = 0.02
# Depths are compared by ratio.
_DEPTH_RATIO = 1.1
_NEAR_RATIO = 1.08
_MIDDLE_RATIO = 1.03

# Metres; objects at rest sink a little, and cloth is thin.
_CONTACT = 0.02

# What holds objects inside: in a bowl, not on it.
_VESSELS = frozenset(
    {"basket", "bowl", "bucket", "drinking glass", "jar", "mug", "pan", "pitcher", "pot", "vase", "wine glass"}
)


def comes_before(a: VisibleObject, b: VisibleObject, by: str, end: str) -> bool:
    """Return whether `a` clearly comes before `b`, counted from `end`; neither does in close calls."""
    first, second = (a, b) if end == "low" else (b, a)
    # Centres decide, and the edges on the side that one counts from must agree.
    if by == "x":
        edge = second.left - first.left if end == "low" else second.right - first.right
        middles = second.left + second.right > first.left + first.right
        return (
            second.x - first.x > _order_margin(a.right - a.left, b.right - b.left) and edge > _EDGE_MARGIN and middles
        )
    if by == "y":
        edge = second.top - first.top if end == "low" else second.bottom - first.bottom
        middles = second.top + second.bottom > first.top + first.bottom
        return (
            second.y - first.y > _order_margin(a.bottom - a.top, b.bottom - b.top) and edge > _EDGE_MARGIN and middles
        )
    if by == "depth":
        return (
            second.depth > first.depth * _DEPTH_RATIO
            and second.near > first.near * _NEAR_RATIO
            and second.middle > first.middle * _MIDDLE_RATIO
        )
    return larger(second, first)


def _order_margin(*extents: float) -> float:
    """Least distance of centres that decides an order: objects that overlap by most of their extent have none."""
    return max(_ORDER_MARGIN, 0.4 * min(extents))


def stands_on_side(obj: VisibleObject, side: str) -> bool | None:
    """On the left: centre in the left 42 %, not on the left: beyond 55 %; at the top or the bottom: 36 % and 50 %."""
    offset = {"left": obj.x, "right": 1 - obj.x, "top": obj.y, "bottom": 1 - obj.y}[side]
    surely, surely_not = (0.42, 0.55) if side in ("left", "right") else (0.36, 0.5)
    if offset < surely:
        return True
    return False if offset > surely_not else None


def relates(
    a: VisibleObject, relation: str, b: VisibleObject, objects: Mapping[ObjectId, VisibleObject]
) -> bool | None:
    """Whether `a` stands in `relation` to `b`.

    People do not say that a table is in front of the ball on it, or that a mug is next to the wall: surroundings, which
    objects stand on or in front of, are related to these by `on` and `under` only, and an expression that asks for what
    is beside them is open. Furniture is related to furniture: a chair stands next to the bed.
    """
    if a.id == b.id:
        return False
    if relation == "on":
        return _on(a, b, objects)
    if relation == "in":
        return _in(a, b)
    if relation == "under":
        return _under(a, b, objects)
    alike = a.group == b.group == "furniture"
    if a.surrounding and not alike:
        return False
    if (b.surrounding and not alike) or _stacked(a, b, objects):
        return None
    if relation == "next_to":
        return _next_to(a, b)
    if relation in ("left_of", "right_of"):
        return _left_of(a, b) if relation == "left_of" else _left_of(b, a)
    return _in_front(a, b) if relation == "in_front_of" else _in_front(b, a)


def is_between(
    a: VisibleObject, b: VisibleObject, c: VisibleObject, objects: Mapping[ObjectId, VisibleObject]
) -> bool | None:
    """Whether `a` is between `b` and `c`: near the line from one to the other, in the image and in the room's plan.

    Open where one of them is part of the surroundings, or stands on another of them.
    """
    if a.id in (b.id, c.id) or a.surrounding:
        return False
    if b.surrounding or c.surrounding or _stacked(a, b, objects) or _stacked(a, c, objects):
        return None
    seen = _place_between((a.x, a.y), (b.x, b.y), (c.x, c.y))
    real = _place_between(_plan(a), _plan(b), _plan(c))
    if any(along < -0.1 or along > 1.1 or beside > 0.8 for along, beside in (seen, real)):
        return False
    apart = ((b.x - c.x) ** 2 + (b.y - c.y) ** 2) ** 0.5 > 2 * _IMAGE_MARGIN
    clear = all(0.2 < along < 0.8 and beside < 0.2 for along, beside in (seen, real))
    return True if apart and clear and max(_covered(a, b), _covered(a, c)) < 0.25 else None


def _covered(a: VisibleObject, b: VisibleObject) -> float:
    """Share of the box around `a` in the image that the box around `b` covers."""
    wide = min(a.right, b.right) - max(a.left, b.left)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(wide, 0) * max(high, 0) / ((a.right - a.left) * (a.bottom - a.top))


def _place_between(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> tuple[float, float]:
    """How far along the line from start to end the point is, and how far beside it, in lengths of the line."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    px, py = point[0] - start[0], point[1] - start[1]
    square = max(dx * dx + dy * dy, 1e-9)
    return (px * dx + py * dy) / square, abs(px * dy - py * dx) / square


def _plan(obj: VisibleObject) -> tuple[float, float]:
    """Centre seen from above, metres."""
    return (obj.low[0] + obj.high[0]) / 2, (obj.low[1] + obj.high[1]) / 2


def _left_of(a: VisibleObject, b: VisibleObject) -> bool | None:
    across, up = b.x - a.x, abs(b.y - a.y)
    beside = a.right <= b.left + 0.25 * min(a.right - a.left, b.right - b.left)
    # What is far above or below in the image is "left of" to some only.
    if across > _IMAGE_MARGIN and across > 0.6 * up and beside:
        return True
    return False if across < -_REVERSE_MARGIN else None


def _in_front(a: VisibleObject, b: VisibleObject) -> bool | None:
    overlap = min(a.right, b.right) - max(a.left, b.left)
    narrow, wide = sorted((a, b), key=lambda obj: obj.right - obj.left)
    facing = overlap > 0.3 * (narrow.right - narrow.left) and wide.left < narrow.x < wide.right
    # The nearer object must also be lower in the image, and not at the other end of the table.
    lower, near = a.bottom > b.bottom, _gap(a, b) < 5 * (mean_size(a) * mean_size(b)) ** 0.5
    deeper = b.depth > a.depth * _DEPTH_RATIO and b.middle > a.middle * _MIDDLE_RATIO
    if deeper and facing and lower and near:
        return True
    # Nearer but far to the side is not "in front of"; nearer and a little to the side may be.
    behind = a.depth > b.depth * _MIDDLE_RATIO and a.middle > b.middle
    return False if behind or overlap < -_IMAGE_MARGIN else None


def _gap(a: VisibleObject, b: VisibleObject) -> float:
    """Distance between the boxes along the axis that separates them most, metres; negative where they overlap."""
    return max(max(a.low[i], b.low[i]) - min(a.high[i], b.high[i]) for i in (0, 1, 2))


def _on(a: VisibleObject, b: VisibleObject, objects: Mapping[ObjectId, VisibleObject]) -> bool | None:
    if a.record.supported_by == b.id:
        covered = any(rests_on(a, c) for c in objects.values() if c.id not in (a.id, b.id))
        return None if b.record.category in _VESSELS or covered else True
    # A book on a book on a table is open, and so is a mug on a cloth that scene.json does not count as its support.
    return None if b.id in _supports(a, objects) or rests_on(a, b) else False


def _in(a: VisibleObject, b: VisibleObject) -> bool | None:
    if a.record.supported_by == b.id and b.record.category in _VESSELS:
        return True
    middle = [(a.low[i] + a.high[i]) / 2 for i in range(3)]
    return None if all(b.low[i] <= middle[i] <= b.high[i] for i in range(3)) else False


def _under(a: VisibleObject, b: VisibleObject, objects: Mapping[ObjectId, VisibleObject]) -> bool | None:
    if b.record.supported_by == a.id:
        return None if a.record.category in _VESSELS else True
    overlap = all(min(a.high[i], b.high[i]) > max(a.low[i], b.low[i]) for i in (0, 1))
    below = (a.low[2] + a.high[2]) < (b.low[2] + b.high[2])
    return None if a.id in _supports(b, objects) or (overlap and below) else False


def _next_to(a: VisibleObject, b: VisibleObject) -> bool | None:
    gap = _gap(a, b)
    size = (mean_size(a) * mean_size(b)) ** 0.5
    level = min(a.high[2], b.high[2]) > max(a.low[2], b.low[2])
    # Also beside each other in the image: objects far apart there for their size are "next to" only in the plan.
    apart = max(a.left, b.left) - min(a.right, b.right)
    if gap < 0.4 * size and level and apart < 0.5 * max(a.right - a.left, b.right - b.left):
        return True
    # Long objects are next to more objects than their mean size suggests.
    length = (max(a.record.dimensions) * max(b.record.dimensions)) ** 0.5
    return False if gap > 1.5 * max(size, 0.7 * length) else None


def _stacked(a: VisibleObject, b: VisibleObject, objects: Mapping[ObjectId, VisibleObject]) -> bool:
    """Whether one stands on the other, directly or not, or in it."""
    if b.id in _supports(a, objects) or a.id in _supports(b, objects):
        return True
    return rests_on(a, b) or rests_on(b, a) or bool(_in(a, b) is not False or _in(b, a) is not False)


def rests_on(a: VisibleObject, b: VisibleObject) -> bool:
    """Whether by their boxes `a` stands on `b`, whatever its support in scene.json: a mug on a thin cloth."""
    over = all(b.low[i] <= (a.low[i] + a.high[i]) / 2 <= b.high[i] for i in (0, 1))
    return over and -_CONTACT < a.low[2] - b.high[2] < _CONTACT


def _supports(obj: VisibleObject, objects: Mapping[ObjectId, VisibleObject]) -> set[ObjectId]:
    """Ids of all that the object stands on, directly or not."""
    supports: set[ObjectId] = set()
    below = obj.record.supported_by
    while below and below not in supports:
        supports.add(below)
        below = objects[below].record.supported_by if below in objects else ObjectId(0)
    return supports
