"""An open bay: blocks of pallets on marked ground, drums and tanks in a corner, a rack along one wall."""

import numpy as np

from scenes import draw
from scenes.craft.paint import painted
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Door, Hall
from scenes.families.warehouse.layouts.floorwork import block, frame, lane, park
from scenes.families.warehouse.layouts.racks import wall_rack
from scenes.floor_layout import Side
from scenes.material import Material

__all__ = ["fill", "plan"]


def plan(rng: np.random.Generator, *, night: bool) -> Hall:
    """A wide hall with one big door."""
    x, y, z = draw.uniform(rng, 13, 20), draw.uniform(rng, 12, 20), draw.uniform(rng, 5.2, 7.5)
    side: Side = "east" if draw.chance(rng, 0.5) else "south"
    up = draw.choice(rng, [0.0, 0.4, 1.0, 1.0])
    doors = [Door(side, draw.uniform(rng, -2, 2), draw.uniform(rng, 3.2, 4.2), draw.uniform(rng, 3.4, 4.0), up)]
    doors.append(Door("north", draw.uniform(rng, -0.35, 0.35) * x, 0.94, 2.06, None))
    return Hall(x, y, z, tuple(doors), night)


def fill(filler: Filler, hall: Hall) -> None:
    """A walkway divides the floor; goods stand on either side of it."""
    rng = filler.rng
    paint = painted(rng, draw.choice(rng, ["yellow", "white", "yellow"]))
    walk = draw.uniform(rng, -0.15, 0.15) * hall.x
    half = draw.uniform(rng, 1.3, 1.8)
    for sign in (-1, 1):
        lane(filler, hall, paint, walk + sign * half, 0.0, 0.12, hall.y)
    wall_rack(filler, hall, "west")
    left = (-hall.x / 2 + 1.9, -hall.y / 2 + 1.2, walk - half - 0.6, hall.y / 2 - 1.2)
    right = (walk + half + 0.6, -hall.y / 2 + 1.2, hall.x / 2 - 1.4, hall.y / 2 - 1.2)
    for area in (left, right):
        _zone(filler, hall, area, paint)
    park(
        filler,
        hall,
        (walk - half + 0.4, -hall.y / 2 + 2, walk + half - 0.4, hall.y / 2 - 2),
        ("forklift", "pallet truck"),
        2,
    )
    free = (-hall.x / 2 + 0.6, -hall.y / 2 + 0.6, hall.x / 2 - 0.6, hall.y / 2 - 0.6)
    kinds = (
        "barrel",
        "crate",
        "traffic cone",
        "traffic cone",
        "cable drum",
        "trolley",
        "hand truck",
        "stepladder",
        "IBC tank",
        "pallet",
    )
    filler.scatter(kinds, draw.integer(rng, 8, 11), free, hall.floor)
    filler.along(
        (
            "gas bottle",
            "barrel",
            "barrel",
            "fire extinguisher",
            "control cabinet",
            "tyre",
            "waste bin",
            "crate",
            "box",
            "cable drum",
            "pallet",
        ),
        9,
        hall,
        hall.floor,
    )


def _zone(filler: Filler, hall: Hall, area: tuple[float, float, float, float], paint: Material) -> None:
    """One or two marked blocks of pallets."""
    rng = filler.rng
    x0, y0, x1, y1 = area
    if x1 - x0 < 1.5:
        return
    cut = draw.uniform(rng, 0.35, 0.65) * (y1 - y0) + y0
    for low, high in ((y0, cut - 0.7), (cut + 0.7, y1)):
        length = min(high - low, draw.uniform(rng, 3.2, 6.5))
        width = min(x1 - x0, draw.uniform(rng, 2.8, 5.6))
        left = draw.uniform(rng, x0, max(x1 - width, x0 + 1e-6))
        part = (left, low, left + width, low + length)
        frame(filler, hall, paint, part)
        block(filler, hall, part, loose=0.4)
