"""What each thing of a place stands on, by rays down from its underside."""

from typing import Any

import numpy as np
from mathutils import Vector

from render.library.blend.pieces import Thing
from scenes.taxonomy import taxonomy

__all__ = ["supports"]

LIFT = 0.004  # metres above the underside from where rays start
GAP = 0.02  # metres that a thing may be above what it stands on
THROUGH = 4  # surfaces of its own that a ray goes through


def supports(things: list[Thing], shown: dict[int, list[Any]], scene: Any, graph: Any) -> dict[int, int]:
    """The number of what each labelled thing stands on, for those that stand on something."""
    found = {}
    for number, thing in enumerate(things, 1):
        name = thing.label.category
        if name and taxonomy()[name].kind == "thing":
            below = [_below(point, number, scene, graph) for point in _feet(shown[number])]
            carriers = [carrier for carrier in below if carrier]
            if carriers:
                found[number] = max(set(carriers), key=lambda carrier: (carriers.count(carrier), -carrier))
    return found


def _feet(shown: list[Any]) -> list[np.ndarray]:
    """Up to 5 points just above the lowest vertices, spread over them."""
    points = []
    for entry in shown:
        flat = np.empty(len(entry.data.vertices) * 3, np.float32)
        entry.data.vertices.foreach_get("co", flat)
        matrix = np.array(entry.matrix_world, np.float64)
        points.append(flat.reshape(-1, 3) @ matrix[:3, :3].T + matrix[:3, 3])
    world = np.concatenate(points)
    low = world[world[:, 2] <= world[:, 2].min() + LIFT]
    picks = {int(np.argmax(low[:, 0])), int(np.argmin(low[:, 0])), int(np.argmax(low[:, 1])), int(np.argmin(low[:, 1]))}
    middle = low.mean(axis=0)
    # A little inward, so that a ray does not pass the edge of what carries it.
    spots = [middle, *(low[pick] + 0.1 * (middle - low[pick]) for pick in sorted(picks))]
    return [np.array([*spot[:2], world[:, 2].min() + LIFT]) for spot in spots]


def _below(point: np.ndarray, own: int, scene: Any, graph: Any) -> int:
    start, left = Vector(point), LIFT + GAP
    for _ in range(THROUGH):
        hit, spot, _, _, entry, _ = scene.ray_cast(graph, start, Vector((0, 0, -1)), distance=left)
        if not hit:
            return 0
        if entry.original.pass_index != own:
            return int(entry.original.pass_index)
        left -= (start - spot).length + 1e-5
        start = spot + Vector((0, 0, -1e-5))
        if left <= 0:
            return 0
    return 0
