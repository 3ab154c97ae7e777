"""The rooms that shops are in: floor, walls, ceiling and light strips; a street outside where the front is open."""

from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.families.shop.placing import TOUCH, ShopLayout
from scenes.families.street.buildings import STYLES
from scenes.families.street.buildings.materials import sample_town
from scenes.families.warehouse.filling import FloorPose
from scenes.furnish.casework import box_part
from scenes.furnish.flooring import shop_floor
from scenes.furnish.industrial import strip_light, yard
from scenes.furnish.surfaces import WallOpening, wall, wall_material
from scenes.measure import size_of
from scenes.model import ObjectSpec
from scenes.shapes import Box

__all__ = ["Premises", "build_room"]

WATTS = 9.0  # of light for each square metre of floor


@dataclass(eq=False)
class Premises:
    """The floor area, `x` by `y` metres about the origin, `z` metres high; `desks` are the poses of the staff."""

    x: float
    y: float
    z: float
    floor: int = 0
    is_open: bool = False
    desks: list[FloorPose] = field(default_factory=list)

    def against(self, side: str, s: float) -> FloorPose:
        """The pose of a display with its back to a wall, `s` metres along it."""
        match side:
            case "north":
                return FloorPose(s, self.y / 2 - 0.01, 0.0)
            case "west":
                return FloorPose(-self.x / 2 + 0.01, s, np.pi / 2)
            case _:
                return FloorPose(self.x / 2 - 0.01, s, -np.pi / 2)


def build_room(
    rng: np.random.Generator, style: Style, layout: ShopLayout, premises: Premises, *, shopfront: float = 0.0
) -> None:
    """Build the shell; `shopfront` is the width of the opening in the south wall, 0 for none."""
    floor = ObjectSpec(
        category="floor", parts=(part("floor", Box(size=(premises.x + 0.4, premises.y + 0.4, 0.1)), shop_floor(rng)),)
    )
    premises.floor = layout.put(finished(floor), 0, 0, -0.1)
    paint = wall_material(rng, style)
    premises.is_open = shopfront > 0
    for k, (width, x, y, yaw) in enumerate(
        (
            (premises.x + 0.4, 0, -premises.y / 2 - 0.1, np.pi),
            (premises.x + 0.4, 0, premises.y / 2 + 0.1, 0.0),
            (premises.y, -premises.x / 2 - 0.1, 0, np.pi / 2),
            (premises.y, premises.x / 2 + 0.1, 0, -np.pi / 2),
        )
    ):
        hole = WallOpening(0.0, -0.05, shopfront, premises.z - 0.3) if shopfront and k == 0 else None
        layout.build(finished(wall(paint, width, premises.z, hole), center=False), FloorPose(x, y, yaw))
    grid = finish(
        rng,
        "tiles" if draw.chance(rng, 0.7) else "plaster",
        "panels",
        vary(rng, (0.88, 0.88, 0.86), 0.02),
        scale=0.6,
        roughness=0.9,
    )
    slab = box_part(
        "panels",
        (-premises.x / 2 - 0.2, -premises.y / 2 - 0.2, 0.0),
        (premises.x / 2 + 0.2, premises.y / 2 + 0.2, 0.1),
        grid,
        bevel=0,
    )
    layout.put(finished(ObjectSpec(category="ceiling", parts=(slab,), color="white")), 0, 0, premises.z)
    _strips(rng, layout, premises)
    if shopfront:
        layout.put(finished(yard(rng)), 0, 0, -0.12)
        _across_the_street(rng, layout, premises)


def _strips(rng: np.random.Generator, layout: ShopLayout, premises: Premises) -> None:
    """Rows of tubes along y, end to end."""
    rows, count = max(2, round(premises.x / 2.2)), max(2, int((premises.y - 1.0) / 1.55))
    lamp = finished(strip_light(rng, 1.5, 0.04, WATTS * premises.x * premises.y / (rows * count)))
    for row in range(rows):
        x = ((row + 0.5) / rows - 0.5) * premises.x
        for k in range(count):
            layout.put(lamp, x, (k - (count - 1) / 2) * 1.52, premises.z - size_of(lamp)[2] + 0.001, np.pi / 2)


def _across_the_street(rng: np.random.Generator, layout: ShopLayout, premises: Premises) -> None:
    town = sample_town(rng, night=False)
    x = -16.0
    while x < 16:
        width = draw.uniform(rng, 6, 10)
        house = finished(STYLES[draw.choice(rng, ("terrace", "townhouse", "block"))](rng, width, town), center=False)
        layout.put(house, x + width / 2, -premises.y / 2 - draw.uniform(rng, 11, 12), -0.12 + TOUCH, np.pi)
        x += width + 0.05
