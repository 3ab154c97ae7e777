"""Aisles between long pallet racks, with trucks in them."""

import numpy as np

from scenes import draw
from scenes.craft.paint import painted
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Door, Hall
from scenes.families.warehouse.layouts.floorwork import end_guards, lane, park
from scenes.families.warehouse.layouts.racks import measured_rack
from scenes.floor_layout import FloorPose, FloorRectangle
from scenes.furnish.racking import pallet_rack

__all__ = ["fill", "plan"]


def plan(rng: np.random.Generator, *, night: bool) -> Hall:
    """A deep hall, a shutter at one end sometimes open."""
    x, y, z = draw.uniform(rng, 10, 18), draw.uniform(rng, 16, 30), draw.uniform(rng, 5.8, 8.5)
    doors = [Door("north", draw.uniform(rng, -0.2, 0.2) * x, draw.uniform(rng, 2.6, 3.6), 3.4, _up(rng))]
    if draw.chance(rng, 0.6):
        doors.append(Door("south", draw.uniform(rng, -0.3, 0.3) * x, 0.94, 2.06, None))
    return Hall(x, y, z, tuple(doors), night)


def _up(rng: np.random.Generator) -> float:
    return draw.choice(rng, [0.0, 0.0, 0.5, 1.0])


def fill(filler: Filler, hall: Hall) -> None:
    """Rows of racks along y from wall to wall, the ones beside the first aisle first: they get the most goods."""
    rng = filler.rng
    aisle, depth = draw.uniform(rng, 2.7, 3.6), draw.choice(rng, [1.0, 1.1])
    bay, count = draw.choice(rng, [2.7, 2.7, 1.9]), draw.integer(rng, 2, 4)
    step = draw.uniform(rng, 1.45, 1.9)
    most = int((hall.z - 1.6) / step)
    levels = tuple(round(step * (k + 1), 3) for k in range(int(np.clip(most, 1, 3))))
    racks = [measured_rack(pallet_rack(rng, count, levels, depth, bay)) for _ in range(2)]
    length = count * (bay + 0.09) + 0.2
    rows = max(1, int((hall.y - 5.0) / length))
    middle = draw.uniform(rng, -0.15, 0.15) * hall.x
    for ring in range(3):
        for sign in (-1, 1):
            for back in (0, 1):
                offset = aisle / 2 + depth / 2 + ring * (aisle + 2 * depth + 0.25) + back * (depth + 0.25)
                x = middle + sign * offset
                if abs(x) + depth / 2 > hall.x / 2 - 0.5:
                    continue
                yaw = sign * np.pi / 2 * (-1 if back == 0 else 1)
                for row in range(rows):
                    y = (row - (rows - 1) / 2) * (length + 0.15) - 0.6
                    filler.pallet_rack(racks[(ring + back) % 2], FloorPose(x, y, yaw), hall.floor)
                    if ring == 0 and back == 0:
                        end_guards(filler, hall, x, y, length, sign, row == 0, row == rows - 1)
    paint = painted(rng, draw.choice(rng, ["yellow", "yellow", "white"]))
    half_length = rows * (length + 0.15) / 2 + 0.8
    for sign in (-1, 1):
        lane(filler, hall, paint, middle + sign * (aisle / 2 - 0.12), -0.6, 0.1, 2 * half_length)
    area = FloorRectangle(middle - aisle / 2 + 0.1, -hall.y / 2 + 0.6, middle + aisle / 2 - 0.1, hall.y / 2 - 0.8)
    park(filler, hall, area, ("forklift", "pallet truck"), 2)
    filler.scatter(
        ("trolley", "hand truck", "stepladder", "box", "traffic cone", "pallet", "crate"),
        draw.integer(rng, 3, 6),
        area,
        hall.floor,
    )
    filler.along(
        ("fire extinguisher", "control cabinet", "tote", "barrel", "trolley", "waste bin", "crate", "pallet", "box"),
        7,
        hall,
        hall.floor,
    )
