"""A small storeroom: shelves along the walls, goods on the floor, a narrow way between."""

import numpy as np

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
    x, y, z = float(rng.uniform(3.4, 5.5)), float(rng.uniform(4.2, 7.0)), float(rng.uniform(2.6, 3.3))
    doors = [Door("south", float(rng.uniform(-0.25, 0.25)) * x, 0.94, 2.06, None)]
    if rng.random() < 0.25:
        doors.append(Door("east", float(rng.uniform(-0.2, 0.2)) * y, 2.0, 2.3, float(rng.choice([0.0, 0.6, 1.0]))))
    return Hall(x, y, z, tuple(doors), night)


def fill(filler: Filler, hall: Hall) -> None:
    rng = filler.rng
    wall_shelves(filler, hall, "north", GOODS)
    for side in ("west", "east", "west"):
        if rng.random() < 0.75:
            wall_shelves(filler, hall, side, GOODS)
    free = (-hall.x / 2 + 0.4, -hall.y / 2 + 0.4, hall.x / 2 - 0.4, hall.y / 2 - 0.4)
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
    kinds = (
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
    filler.scatter(kinds, int(rng.integers(8, 12)), free, hall.floor)
