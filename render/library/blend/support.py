"""What each object of a setting stands on, by rays down from its underside onto what is near."""

from typing import Any

import numpy as np
from jaxtyping import Float64
from mathutils import Vector

from scenes.settings import SettingFixture
from scenes.taxonomy import Category, load_taxonomy

__all__ = ["find_supports"]

LIFT = 0.004  # metres above the underside from where rays start: objects may sink in a little
GAP = 0.02  # metres that an object may be above what it stands on
DOWN = Vector((0, 0, -1))


def find_supports(
    records: tuple[SettingFixture, ...], by_number: dict[int, list[Any]], graph: Any, own: tuple[Category, ...]
) -> dict[int, int]:
    """The number of what each labelled object stands on, for those that stand on something."""
    categories = load_taxonomy(own)
    boxes = np.array([(record.low, record.high) for record in records])
    supports = {}
    for record in records:
        if record.category and categories[record.category].kind == "thing":
            feet = _feet(by_number[record.number])
            below = [_below(point, record.number, boxes, by_number, graph) for point in feet]
            votes = [number for number in below if number]
            if votes:
                supports[record.number] = max(set(votes), key=lambda number: (votes.count(number), -number))
    return supports


def _feet(parts: list[Any]) -> list[Float64[np.ndarray, " 3"]]:
    """Up to 5 points just above the lowest vertices, spread over them."""
    world = np.concatenate([_vertices(obj) for obj in parts])
    bottom = float(world[:, 2].min())
    low = world[world[:, 2] <= bottom + LIFT]
    picks = {int(choose(low[:, axis])) for choose in (np.argmax, np.argmin) for axis in (0, 1)}
    middle = low.mean(axis=0)
    # A little inward, so that a ray does not pass the edge of the support.
    points = [middle, *(low[pick] + 0.1 * (middle - low[pick]) for pick in sorted(picks))]
    return [np.array([*point[:2], bottom + LIFT]) for point in points]


def _vertices(obj: Any) -> Float64[np.ndarray, "n 3"]:
    """Those of a Blender object, in world axes."""
    flat = np.empty(len(obj.data.vertices) * 3, np.float32)
    obj.data.vertices.foreach_get("co", flat)
    matrix = np.array(obj.matrix_world, np.float64)
    return np.asarray(flat.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3])


def _below(
    point: Float64[np.ndarray, " 3"],
    own: int,
    boxes: Float64[np.ndarray, "n 2 3"],
    by_number: dict[int, list[Any]],
    graph: Any,
) -> int:
    """The nearest other object under the point, 0 for none; one ray through the scene would meet the object itself."""
    flat = (boxes[:, 0, :2] <= point[:2]) & (boxes[:, 1, :2] >= point[:2])
    level = (boxes[:, 0, 2] <= point[2]) & (boxes[:, 1, 2] >= point[2] - LIFT - GAP)
    nearest, support = LIFT + GAP, 0
    for number in (np.flatnonzero(flat.all(axis=1) & level) + 1).tolist():
        for obj in by_number[number] if number != own else ():
            distance = _distance(obj, Vector(point), graph)
            if distance is not None and distance < nearest:
                nearest, support = distance, number
    return support


def _distance(obj: Any, start: Any, graph: Any) -> float | None:
    """How far down from a point the object is, in metres."""
    inverse = obj.matrix_world.inverted_safe()
    # A metre down in the world is the way between these two in the object's axes.
    first, last = inverse @ start, inverse @ (start + DOWN)
    hit, position, _, _ = obj.ray_cast(first, last - first, depsgraph=graph)
    return (position - first).length / max((last - first).length, 1e-12) if hit else None
