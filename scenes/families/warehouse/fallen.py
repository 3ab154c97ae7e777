"""A few fallen, closed boxes: upright or upside down, slightly tilted until the physics simulation."""

import numpy as np

from encode.formulas.rotation import quaternion_about, quaternion_matrix, quaternion_product
from scenes import draw
from scenes.base import Vec4
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Hall
from scenes.furnish.cartons import is_open
from scenes.layout import Placement
from scenes.measure import object_mesh, size_of
from scenes.mesh import Floats
from scenes.quaternions import spec_quaternion

__all__ = ["drop_boxes"]

REACH = 1.2  # metres: half the side of the area where they lie
OVER = 0.004  # metres that the lowest corner starts over the floor
ASKEW = 0.07  # radians: more would let a box roll over, and start too far from where it ends


def drop_boxes(filler: Filler, hall: Hall) -> bool:
    """Two to five boxes on a free area of the floor; False if there is none."""
    rng, layout = filler.rng, filler.layout
    middle = _clearing(filler, hall)
    if middle is None:
        return False
    layout.change(hall.floor, body="passive")
    circles: list[tuple[Floats, float]] = []
    for _ in range(60):
        model = filler.stock.pick("box")
        if is_open(model):
            continue  # open ones would roll over their flaps
        radius = 0.5 * float(np.linalg.norm(size_of(model))) + 0.03
        point = middle + rng.uniform(-REACH, REACH, 2)
        inside = np.abs(point - middle).max() + radius < REACH
        if inside and all(np.linalg.norm(point - other) > radius + other_radius for other, other_radius in circles):
            circles.append((point, radius))
            rotation = _tumbled(rng)
            low = (object_mesh(model).vertices @ quaternion_matrix(rotation).T)[:, 2].min()
            z = float(OVER - low)
            box = np.array([[(*(point - radius), 0.0), (*(point + radius), 2 * radius)]])
            dropped = Placement(
                model=model, location=np.array([*point, z]), rotation=rotation, support=hall.floor, boxes=box,
                body="dynamic", mass=3.0,
            )  # fmt: skip
            layout.add(dropped, box)
        if len(circles) == 5:
            break
    return bool(circles)


def _clearing(filler: Filler, hall: Hall) -> Floats | None:
    """The middle of a free area of the floor."""
    half_sides = np.array([REACH, REACH])
    for _ in range(60):
        point = filler.rng.uniform(-1, 1, 2) * (np.array([hall.x, hall.y]) / 2 - REACH - 0.1)
        if filler.layout.is_clear(np.array([*(point - half_sides), 0.02]), np.array([*(point + half_sides), 1.0])):
            return point
    return None


def _tumbled(rng: np.random.Generator) -> Vec4:
    """A rotation about the vertical, upright or upside down, with a small tilt.

    Not on a side: the simulation puts the centre of mass at the middle of the foot, so the box would turn upright.
    """
    side = draw.integer(rng, 2) * np.pi
    rotation = quaternion_product(
        _about(2, draw.uniform(rng, 0, 2 * np.pi)), _about(0, ASKEW * draw.uniform(rng, -1, 1))
    )
    rotation = quaternion_product(rotation, _about(1, ASKEW * draw.uniform(rng, -1, 1)))
    return spec_quaternion(quaternion_product(rotation, _about(draw.integer(rng, 2), side)))


def _about(axis: int, angle: float) -> Floats:
    return quaternion_about(np.eye(3)[axis].tolist(), angle)
