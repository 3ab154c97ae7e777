"""Where shops are: the floor area, and the room round it, at times open to a street."""

from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.families.street.buildings.row import add_houses
from scenes.floor_layout import FloorArea, FloorLayout, FloorPose
from scenes.furnish.flooring import shop_floor
from scenes.furnish.industrial import outside_ground
from scenes.furnish.plain_room import RoomMaterials, add_light_strips, build_plain_room
from scenes.furnish.surfaces import WallOpening, wall_material
from scenes.material import MaterialKind
from scenes.scene import Lamp

__all__ = ["Premises", "build_room"]

WATTS = 9.0  # of light for each square metre of floor
STEP = 0.12  # metres from the street up to the floor


@dataclass(eq=False)
class Premises(FloorArea):
    """The floor area of a shop; `desks` are the poses of the staff, `floor` the index of the floor."""

    floor: int = 0
    desks: list[FloorPose] = field(default_factory=list)
    lamps: list[Lamp] = field(default_factory=list)


def build_room(
    rng: np.random.Generator, style: Style, layout: FloorLayout, premises: Premises, *, shopfront: float = 0.0
) -> None:
    """Build the shell; `shopfront` is the width of the opening in the south wall, 0 for none."""
    kind: MaterialKind = "tiles" if draw.chance(rng, 0.7) else "plaster"
    panels = finish(rng, kind, "panels", vary(rng, (0.88, 0.88, 0.86), 0.02), scale=0.6, roughness=0.9)
    opening = WallOpening(0.0, -0.05, shopfront, premises.z - 0.3) if shopfront else None
    materials = RoomMaterials(shop_floor(rng), wall_material(rng, style), panels)
    premises.floor = build_plain_room(layout, premises, materials, opening)
    premises.lamps = add_light_strips(rng, layout, premises, WATTS, rows=max(2, round(premises.x / 2.2)))
    if shopfront:
        ground = layout.put_goods(finished(outside_ground(rng)), 0, 0, -STEP)
        add_houses(rng, layout, premises, ("south",), 11.0, ground)
