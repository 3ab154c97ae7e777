"""Where shops are: floor, walls, ceiling and light strips; houses across the street or around a square."""

from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.families.street.buildings import STYLES
from scenes.families.street.buildings.materials import sample_town
from scenes.floor_layout import SIDES, TOUCH, FloorArea, FloorLayout, FloorPose, Side
from scenes.furnish.casework import box_part
from scenes.furnish.flooring import shop_floor
from scenes.furnish.industrial import strip_light, yard
from scenes.furnish.surfaces import WallOpening, wall, wall_material
from scenes.material import MaterialKind
from scenes.measure import size_of
from scenes.model import ObjectSpec
from scenes.shapes import Box

__all__ = ["Premises", "add_houses", "build_room"]

WATTS = 9.0  # of light for each square metre of floor
STEP = 0.12  # metres from the street up to the floor


@dataclass(eq=False)
class Premises(FloorArea):
    """The floor area of a shop; `desks` are the poses of the staff, `floor` the index of the floor."""

    floor: int = 0
    desks: list[FloorPose] = field(default_factory=list)


def build_room(
    rng: np.random.Generator, style: Style, layout: FloorLayout, premises: Premises, *, shopfront: float = 0.0
) -> None:
    """Build the shell; `shopfront` is the width of the opening in the south wall, 0 for none."""
    x, y, z = premises.x, premises.y, premises.z
    slab = part("floor", Box(size=(x + 0.4, y + 0.4, 0.1)), shop_floor(rng))
    premises.floor = layout.put_goods(finished(ObjectSpec(category="floor", parts=(slab,))), 0, 0, -0.1)
    paint = wall_material(rng, style)
    for side in SIDES:
        hole = WallOpening(0.0, -0.05, shopfront, z - 0.3) if shopfront and side == "south" else None
        length = premises.length(side) + (0.4 if side in ("north", "south") else 0.0)
        layout.put_fixture(finished(wall(paint, length, z, hole), center=False), premises.against(side, 0.0, -0.1))
    kind: MaterialKind = "tiles" if draw.chance(rng, 0.7) else "plaster"
    pale = finish(rng, kind, "panels", vary(rng, (0.88, 0.88, 0.86), 0.02), scale=0.6, roughness=0.9)
    panels = box_part("panels", (-x / 2 - 0.2, -y / 2 - 0.2, 0), (x / 2 + 0.2, y / 2 + 0.2, 0.1), pale, bevel=0)
    layout.put_goods(finished(ObjectSpec(category="ceiling", parts=(panels,), color="white")), 0, 0, z)
    _strips(rng, layout, premises)
    if shopfront:
        ground = layout.put_goods(finished(yard(rng)), 0, 0, -STEP)
        add_houses(rng, layout, premises, ("south",), 11.0, -STEP, ground)


def _strips(rng: np.random.Generator, layout: FloorLayout, premises: Premises) -> None:
    """Rows of tubes along y, end to end."""
    rows, count = max(2, round(premises.x / 2.2)), max(2, int((premises.y - 1.0) / 1.55))
    lamp = finished(strip_light(rng, 1.5, 0.04, WATTS * premises.x * premises.y / (rows * count)))
    for row in range(rows):
        x = ((row + 0.5) / rows - 0.5) * premises.x
        for k in range(count):
            y = (k - (count - 1) / 2) * 1.52
            layout.put_goods(lamp, x, y, premises.z - size_of(lamp)[2] + 0.001, np.pi / 2)


def add_houses(
    rng: np.random.Generator,
    layout: FloorLayout,
    premises: Premises,
    sides: tuple[Side, ...],
    away: float,
    z: float,
    ground: int,
) -> None:
    """Rows of houses that face the premises, `away` metres outside; neighbours differ."""
    town = sample_town(rng, night=False)
    styles = ("terrace", "townhouse", "block", "townhouse", "terrace")
    houses = [finished(STYLES[style](rng, draw.uniform(rng, 6.5, 11), town), center=False) for style in styles]
    for side in sides:
        distance = away + (0.0 if side in ("north", "south") else 1.0)
        end = premises.length(side) / 2 + away + 4
        u, house = -end, draw.integer(rng, len(houses))
        while u < end:
            house = (house + draw.integer(rng, 1, len(houses))) % len(houses)
            width = size_of(houses[house])[0]
            pose = premises.against(side, u + width / 2, -distance)
            layout.put_goods(houses[house], pose.x, pose.y, z + TOUCH, pose.yaw, on=ground)
            u += width + 0.05
