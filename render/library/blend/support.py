"""What each thing of a place stands on, by rays down from its underside onto what is near."""

from typing import Any

import numpy as np
from jaxtyping import Float64
from mathutils import Vector

from scenes.settings import SettingFixture
from scenes.taxonomy import Category, load_taxonomy

__all__ = ["find_supports"]

LIFT = 0.004  # metres above the underside from where rays start: things may sink in a little
GAP = 0.02  # metres that a thing may be above what it stands on
DOWN = Vector((0, 0, -1))


def find_supports(
    entries: tuple[SettingFixture, ...], shown: dict[int, list[Any]], graph: Any, own: tuple[Category, ...]
) -> dict[int, int]:
    """The number of what each labelled thing stands on, for those that stand on something."""
    known = load_taxonomy(own)
    boxes = np.array([(entry.low, entry.high) for entry in entries])
    found = {}
    for entry in entries:
        if entry.category and known[entry.category].kind == "thing":
            carriers = [_below(point, entry.number, boxes, shown, graph) for point in _feet(shown[entry.number])]
            met = [carrier for carrier in carriers if carrier]
            if met:
                found[entry.number] = max(set(met), key=lambda carrier: (met.count(carrier), -carrier))
    return found


def _feet(shown: list[Any]) -> list[Float64[np.ndarray, " 3"]]:
    """Up to 5 points just above the lowest vertices, spread over them."""
    world = np.concatenate([_vertices(entry) for entry in shown])
    bottom = float(world[:, 2].min())
    low = world[world[:, 2] <= bottom + LIFT]
    picks = {int(choose(low[:, axis])) for choose in (np.argmax, np.argmin) for axis in (0, 1)}
    middle = low.mean(axis=0)
    # A little inward, so that a ray does not pass the edge of what carries it.
    spots = [middle, *(low[pick] + 0.1 * (middle - low[pick]) for pick in sorted(picks))]
    return [np.array([*spot[:2], bottom + LIFT]) for spot in spots]


def _vertices(entry: Any) -> Float64[np.ndarray, "n 3"]:
    flat = np.empty(len(entry.data.vertices) * 3, np.float32)
    entry.data.vertices.foreach_get("co", flat)
    matrix = np.array(entry.matrix_world, np.float64)
    return np.asarray(flat.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3])


def _below(
    point: Float64[np.ndarray, " 3"],
    own: int,
    boxes: Float64[np.ndarray, "n 2 3"],
    shown: dict[int, list[Any]],
    graph: Any,
) -> int:
    """The nearest other thing under the point, 0 for none; a ray through all the scene would meet the thing itself."""
    flat = (boxes[:, 0, :2] <= point[:2]) & (boxes[:, 1, :2] >= point[:2])
    level = (boxes[:, 0, 2] <= point[2]) & (boxes[:, 1, 2] >= point[2] - LIFT - GAP)
    nearest, carrier = LIFT + GAP, 0
    for number in (np.flatnonzero(flat.all(axis=1) & level) + 1).tolist():
        for entry in shown[number] if number != own else ():
            distance = _distance(entry, Vector(point), graph)
            if distance is not None and distance < nearest:
                nearest, carrier = distance, number
    return carrier


def _distance(entry: Any, start: Any, graph: Any) -> float | None:
    """How far down from a point the object is, in metres."""
    inverse = entry.matrix_world.inverted_safe()
    # A metre down in the world is as long in the object's axes as the way between these two.
    first, last = inverse @ start, inverse @ (start + DOWN)
    hit, spot, _, _ = entry.ray_cast(first, last - first, depsgraph=graph)
    return (spot - first).length / max((last - first).length, 1e-12) if hit else None
