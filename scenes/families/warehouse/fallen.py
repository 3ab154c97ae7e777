"""A few closed boxes that fell off something: on foot or head, a little askew until physics settles them."""

import numpy as np

from scenes import draw
from scenes.base import Vec4
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Hall
from scenes.furnish.cartons import is_open
from scenes.layout import Placement
from scenes.measure import object_mesh, size_of
from scenes.mesh import Floats

__all__ = ["drop_boxes"]

REACH = 1.2  # metres about the middle of where they lie
OVER = 0.004  # metres that the lowest corner starts over the floor
ASKEW = 0.07  # radians: more would let a box roll over, and start too far from where it ends


def drop_boxes(filler: Filler, hall: Hall) -> bool:
    """Two to five boxes on a free piece of floor; False where there is none."""
    rng, layout = filler.rng, filler.layout
    middle = _clearing(filler, hall)
    if middle is None:
        return False
    layout.change(hall.floor, body="passive")
    spots: list[tuple[Floats, float]] = []
    for _ in range(60):
        model = filler.stock.pick("box")
        if is_open(model):
            continue  # open ones would roll over their flaps
        radius = 0.5 * float(np.linalg.norm(size_of(model))) + 0.03
        spot = middle + rng.uniform(-REACH, REACH, 2)
        inside = np.abs(spot - middle).max() + radius < REACH
        if inside and all(np.linalg.norm(spot - other) > radius + reach for other, reach in spots):
            spots.append((spot, radius))
            turn = _tumbled(rng)
            low = (object_mesh(model).vertices @ _matrix(turn).T)[:, 2].min()
            z = float(OVER - low)
            box = np.array([[(*(spot - radius), 0.0), (*(spot + radius), 2 * radius)]])
            dropped = Placement(
                model=model, location=np.array([*spot, z]), rotation=turn, support=hall.floor, boxes=box,
                body="dynamic", mass=3.0,
            )  # fmt: skip
            layout.add(dropped, box)
        if len(spots) == 5:
            break
    return bool(spots)


def _clearing(filler: Filler, hall: Hall) -> Floats | None:
    """The middle of a free piece of floor."""
    reach = np.array([REACH, REACH])
    for _ in range(60):
        spot = filler.rng.uniform(-1, 1, 2) * (np.array([hall.x, hall.y]) / 2 - REACH - 0.1)
        if filler.layout.is_clear(np.array([*(spot - reach), 0.02]), np.array([*(spot + reach), 1.0])):
            return spot
    return None


def _tumbled(rng: np.random.Generator) -> Vec4:
    """Turned about the vertical, on its foot or its head, and a little askew.

    Not on a side: physics takes the middle of the foot for the centre of mass, so that the box would right itself.
    """
    side = draw.integer(rng, 2) * np.pi
    turn = _times(_about(2, draw.uniform(rng, 0, 2 * np.pi)), _about(0, ASKEW * draw.uniform(rng, -1, 1)))
    turn = _times(turn, _about(1, ASKEW * draw.uniform(rng, -1, 1)))
    w, x, y, z = _times(turn, _about(draw.integer(rng, 2), side))
    return round(w, 6), round(x, 6), round(y, 6), round(z, 6)


def _about(axis: int, angle: float) -> Vec4:
    vector = np.zeros(3)
    vector[axis] = np.sin(angle / 2)
    x, y, z = (float(value) for value in vector)
    return float(np.cos(angle / 2)), x, y, z


def _times(a: Vec4, b: Vec4) -> Vec4:
    """The quaternion that turns by b, then by a."""
    w, v = a[0] * b[0] - float(np.dot(a[1:], b[1:])), a[0] * np.array(b[1:]) + b[0] * np.array(a[1:])
    x, y, z = (float(value) for value in v + np.cross(a[1:], b[1:]))
    return float(w), x, y, z


def _matrix(turn: Vec4) -> Floats:
    w, x, y, z = turn
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.asarray(np.eye(3) + 2 * w * cross + 2 * cross @ cross)
