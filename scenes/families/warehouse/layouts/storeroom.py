"""A small storeroom: shelves along the walls, goods on the floor, a narrow way between."""

import numpy as np

from scenes import draw
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Door, Hall
from scenes.families.warehouse.layouts.racks import wall_shelves

__all__ = ["fill", "plan"]

GOODS = (
    "box",
    "box",
    "box",
    "tote",
    "tote",
    "jerry can",
    "bucket",
    "tin can",
    "jar",
    "bottle",
    "sack",
    "toolbox",
    "toilet paper",
    "basket",
)


def plan(rng: np.random.Generator, *, night: bool) -> Hall:
    """A low room with a plain door, at times with a shutter."""
    x, y, z = draw.uniform(rng, 3.4, 5.5), draw.uniform(rng, 4.2, 7.0), draw.uniform(rng, 2.6, 3.3)
    doors = [Door("south", draw.uniform(rng, -0.25, 0.25) * x, 0.94, 2.06, None)]
    if draw.chance(rng, 0.25):
        doors.append(Door("east", draw.uniform(rng, -0.2, 0.2) * y, 2.0, 2.3, draw.choice(rng, [0.0, 0.6, 1.0])))
    return Hall(x, y, z, tuple(doors), night)


def fill(filler: Filler, hall: Hall) -> None:
    """Shelves along the walls, then goods before the walls and on the floor."""
    rng = filler.rng
    wall_shelves(filler, hall, "north", GOODS)
    for side in ("west", "east", "west"):
        if draw.chance(rng, 0.75):
            wall_shelves(filler, hall, side, GOODS)
    free = hall.inset(0.4)
    filler.along(
        (
            "fire extinguisher",
            "box",
            "box",
            "box",
            "tote",
            "tote",
            "sack",
            "crate",
            "barrel",
            "control cabinet",
            "gas bottle",
        ),
        8,
        hall,
        hall.floor,
    )
    categories = (
        "stepladder",
        "hand truck",
        "box",
        "box",
        "crate",
        "sack",
        "bucket",
        "tote",
        "barrel",
        "jerry can",
        "trolley",
        "waste bin",
    )
    filler.scatter(categories, draw.integer(rng, 8, 12), free, hall.floor)
