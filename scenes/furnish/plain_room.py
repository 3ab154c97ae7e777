"""A plain room round a floor area: a floor, four walls, one of them with an opening, a ceiling with strips of light."""

from dataclasses import dataclass

import numpy as np

from scenes.catalog import finished
from scenes.colors import color_name_of
from scenes.floor_layout import SIDES, FloorArea, FloorLayout, Side
from scenes.furnish.casework import box_part
from scenes.furnish.ceiling_lights import strip_lamp, strip_light
from scenes.furnish.surfaces import WallOpening, wall
from scenes.material import Material
from scenes.measure import size_of
from scenes.model import ObjectSpec
from scenes.scene import Lamp

__all__ = ["RoomMaterials", "add_light_strips", "build_plain_room"]

THICKNESS = 0.2  # metres, of the walls


@dataclass(frozen=True)
class RoomMaterials:
    """What the surfaces of a room are made of."""

    floor: Material
    walls: Material
    ceiling: Material


def build_plain_room(
    layout: FloorLayout,
    area: FloorArea,
    materials: RoomMaterials,
    opening: WallOpening | None = None,
    side: Side = "south",
) -> int:
    """Build the shell, with `opening` in the wall of one `side`; the index of the floor."""
    floor = layout.put_goods(_slab("floor", area, materials.floor), 0, 0, -0.1)
    for each in SIDES:
        length = area.length(each) + (2 * THICKNESS if each in ("north", "south") else 0.0)
        model = finished(wall(materials.walls, length, area.z, opening if each == side else None), center=False)
        layout.put_fixture(model, area.against(each, 0.0, -THICKNESS / 2))
    layout.put_goods(_slab("ceiling", area, materials.ceiling), 0, 0, area.z)
    return floor


def _slab(category: str, area: FloorArea, material: Material) -> ObjectSpec:
    x, y = area.x / 2 + THICKNESS, area.y / 2 + THICKNESS
    slab = box_part(category, (-x, -y, 0.0), (x, y, 0.1), material, bevel=0)
    return finished(ObjectSpec(category=category, parts=(slab,), color=color_name_of(material.color)))


def add_light_strips(
    rng: np.random.Generator, layout: FloorLayout, area: FloorArea, watts: float, *, rows: int, length: float = 1.5
) -> list[Lamp]:
    """Rows of tubes along y under the ceiling, end to end, and their light: `watts` for each square metre of floor."""
    count = max(2, int((area.y - 1.0) / (length + 0.05)))
    strip, power = finished(strip_light(rng, length, 0.04, lit=True)), watts * area.x * area.y / (rows * count)
    z = area.z - size_of(strip)[2] + 0.001
    lamps = []
    for row in range(rows):
        for k in range(count):
            x, y = ((row + 0.5) / rows - 0.5) * area.x, (k - (count - 1) / 2) * (length + 0.02)
            layout.put_goods(strip, x, y, z, np.pi / 2)
            lamps.append(strip_lamp(x, y, z, power, length, across=True))
    return lamps
