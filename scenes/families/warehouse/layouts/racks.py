"""Racks and shelves along walls."""

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Hall
from scenes.floor_layout import FloorPose, Side
from scenes.furnish.racking import Rack, pallet_rack, shelving

__all__ = ["measured_rack", "wall_rack", "wall_shelves"]


def measured_rack(rack: Rack) -> Rack:
    """The rack with its model as it goes into the scene."""
    return Rack(finished(rack.model), rack.bays, rack.levels, rack.depth, rack.height)


def wall_rack(filler: Filler, hall: Hall, side: Side) -> None:
    """A pallet rack with its back to a wall, as long as the wall and its doors allow."""
    rng = filler.rng
    bay = draw.choice(rng, [1.9, 2.7])
    most = int((hall.length(side) - 1.2) / (bay + 0.09))
    count = int(np.clip(rng.integers(2, 5), 1, max(most, 1)))
    step = draw.uniform(rng, 1.4, 1.8)
    levels = tuple(round(step * (k + 1), 3) for k in range(int(np.clip((hall.z - 2.0) / step, 1, 3))))
    rack = measured_rack(pallet_rack(rng, count, levels, 1.0, bay))
    length = count * (bay + 0.09) + 0.2
    room = max((hall.length(side) - length) / 2 - 0.3, 0.0)
    for _ in range(10):
        s = draw.uniform(rng, -room, room)
        x, y, yaw = hall.at(side, s, 0.5 + 0.45)
        if hall.keeps_clear(side, s, length) and filler.layout.is_free(rack.model, x, y, yaw):
            filler.pallet_rack(rack, FloorPose(x, y, yaw), hall.floor)
            return


def wall_shelves(filler: Filler, hall: Hall, side: Side, categories: tuple[str, ...]) -> None:
    """Stockroom shelving along a wall."""
    rng = filler.rng
    length = float(np.clip(draw.uniform(rng, 0.5, 0.95) * hall.length(side), 1.0, 4.8))
    depth, height = draw.choice(rng, [0.4, 0.5, 0.6]), float(min(draw.uniform(rng, 1.8, 2.5), hall.z - 0.3))
    rack = measured_rack(shelving(rng, length, depth, height, draw.integer(rng, 4, 6)))
    room = max((hall.length(side) - length) / 2 - 0.05, 0.0)
    for _ in range(12):
        s = draw.uniform(rng, -room, room)
        x, y, yaw = hall.at(side, s, depth / 2 + 0.02)
        if hall.keeps_clear(side, s, length) and filler.layout.is_free(rack.model, x, y, yaw, gap=0.015):
            filler.shelving(rack, FloorPose(x, y, yaw), hall.floor, categories)
            return
