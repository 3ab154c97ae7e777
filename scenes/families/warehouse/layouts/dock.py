"""A loading dock: a row of shutters with levellers, goods staged in lanes before them, containers outside."""

from dataclasses import replace

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.craft.paint import painted
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Door, Hall
from scenes.families.warehouse.layouts.floorwork import block, frame, lane, park
from scenes.families.warehouse.layouts.racks import wall_rack
from scenes.floor_layout import TOUCH, FloorRectangle
from scenes.furnish.industrial import dock_leveller
from scenes.measure import size_of

__all__ = ["fill", "plan"]

PITCH = 4.6


def plan(rng: np.random.Generator, *, night: bool) -> Hall:
    """Two to four shutters in the north wall, at least one of them open by day; the ground outside lies 1.1 m lower."""
    count = draw.integer(rng, 2, 5)
    x, y, z = count * PITCH + draw.uniform(rng, 1.0, 4.0), draw.uniform(rng, 11, 18), draw.uniform(rng, 5.2, 7.0)
    ups = [draw.choice(rng, [0.0, 0.0, 0.6, 1.0]) for _ in range(count)]
    ups[draw.integer(rng, count)] = 1.0
    width, height = draw.uniform(rng, 2.5, 2.9), draw.uniform(rng, 2.7, 3.2)
    doors = [Door("north", (k - (count - 1) / 2) * PITCH, width, height, up) for k, up in enumerate(ups)]
    doors.append(Door("west", draw.uniform(rng, -0.3, 0.3) * y, 0.94, 2.06, None))
    return Hall(x, y, z, tuple(doors), night, outside_z=-1.1)


def fill(filler: Filler, hall: Hall) -> None:
    """Levellers and posts at the doors, lanes of pallets, trucks, a rack opposite."""
    rng, layout = filler.rng, filler.layout
    paint = painted(rng, draw.choice(rng, ["yellow", "white"]))
    leveller = finished(dock_leveller(rng))
    depth = size_of(leveller)[1]
    for door in hall.doors:
        if door.up is None:
            continue
        x, y, yaw = hall.at(door.side, door.s, depth / 2 - 0.28)
        layout.put(leveller, x, y, TOUCH, yaw, on=hall.floor)
        for sign in (-1, 1):
            post = filler.stock.pick("guard post")
            px = x + sign * (door.width / 2 + 0.5)
            if layout.is_free(post, px, hall.y / 2 - 0.5, 0.0):
                layout.put(post, px, hall.y / 2 - 0.5, TOUCH, 0.0, on=hall.floor)
        area = FloorRectangle(x - 1.5, hall.y / 2 - 9.3, x + 1.5, hall.y / 2 - 4.0)
        if draw.chance(rng, 0.9):
            frame(filler, hall, paint, area)
            block(filler, hall, area, loose=0.35)
    lane(filler, hall, paint, 0.0, hall.y / 2 - 3.3, hall.x, 0.12)
    if draw.chance(rng, 0.8):
        wall_rack(filler, hall, "south")
    before_doors = replace(hall.inset(2), front=hall.y / 2 - 4)
    park(filler, hall, before_doors, ("forklift", "pallet truck", "pallet truck"), 2)
    free = hall.inset(0.6, front=1.8, back=3.2)
    categories = (
        "trolley",
        "hand truck",
        "traffic cone",
        "traffic cone",
        "crate",
        "box",
        "pallet",
        "safety railing",
        "IBC tank",
    )
    filler.scatter(categories, draw.integer(rng, 6, 9), free, hall.floor)
    filler.along(
        (
            "fire extinguisher",
            "control cabinet",
            "waste bin",
            "trolley",
            "barrel",
            "crate",
            "pallet",
            "box",
            "gas bottle",
        ),
        8,
        hall,
        hall.floor,
    )
    _outside(filler, hall)


def _outside(filler: Filler, hall: Hall) -> None:
    """Containers on the ground outside."""
    rng, layout = filler.rng, filler.layout
    x = -draw.uniform(rng, 8, 14)
    while x < 16:
        model = filler.stock.pick("shipping container")
        yaw = draw.choice(rng, [0.0, np.pi / 2]) + draw.normal(rng, 0, 0.03)
        y = hall.y / 2 + draw.uniform(rng, 14, 30)
        if layout.is_clear(
            np.array([x - 3.2, y - 3.2, hall.outside_z]), np.array([x + 3.2, y + 3.2, hall.outside_z + 3])
        ):
            support = layout.put(model, x, y, hall.outside_z + TOUCH, yaw, on=hall.ground)
            if draw.chance(rng, 0.35):
                layout.put_on(support, filler.stock.pick("shipping container"), x, y, yaw)
        x += draw.uniform(rng, 5.5, 9)
