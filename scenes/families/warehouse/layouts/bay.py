"""An open bay: blocks of pallets on marked ground, drums and tanks in a corner, a rack along one wall."""

from dataclasses import replace

import numpy as np

from scenes import draw
from scenes.craft.paint import painted
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Door, Hall
from scenes.families.warehouse.layouts.floorwork import block, frame, lane, park
from scenes.families.warehouse.layouts.racks import wall_rack
from scenes.floor_layout import FloorRectangle, Side
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
    floor = hall.inset(1.9, 1.2, 1.4, 1.2)
    left = replace(floor, right=walk - half - 0.6)
    right = replace(floor, left=walk + half + 0.6)
    for area in (left, right):
        _zone(filler, hall, area, paint)
    walkway = replace(hall.inset(2), left=walk - half + 0.4, right=walk + half - 0.4)
    park(filler, hall, walkway, ("forklift", "pallet truck"), 2)
    free = hall.inset(0.6)
    categories = (
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
    filler.scatter(categories, draw.integer(rng, 8, 11), free, hall.floor)
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


def _zone(filler: Filler, hall: Hall, area: FloorRectangle, paint: Material) -> None:
    """One or two marked blocks of pallets."""
    rng = filler.rng
    if area.width < 1.5:
        return
    cut = draw.uniform(rng, 0.35, 0.65) * area.depth + area.front
    for front, back in ((area.front, cut - 0.7), (cut + 0.7, area.back)):
        length = min(back - front, draw.uniform(rng, 3.2, 6.5))
        width = min(area.width, draw.uniform(rng, 2.8, 5.6))
        left = draw.uniform(rng, area.left, max(area.right - width, area.left + 1e-6))
        part = FloorRectangle(left, front, left + width, front + length)
        frame(filler, hall, paint, part)
        block(filler, hall, part, loose=0.4)
