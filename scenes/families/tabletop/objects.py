"""All objects of a tabletop scene in one layout: the surroundings, the table, its cloth, and the objects on it."""

from dataclasses import replace

import numpy as np

from scenes.catalog import finished
from scenes.families.tabletop.filling import Filling, TableCover
from scenes.families.tabletop.placement import TopPlacement
from scenes.families.tabletop.surroundings import Surroundings
from scenes.furnish.tables import Table
from scenes.layout import NOTHING, Layout, Placement

__all__ = ["scene_layout"]

DROP = 0.003  # metres that dynamic objects start above their support
DENSITY = 500.0  # kg/m3 of the solid model: an average of hollow objects and wood


def scene_layout(surroundings: Surroundings, table: Table, filling: Filling) -> Layout[Placement]:
    """The surroundings, then the table, its cloth, and the objects on it, dynamic ones just over their support."""
    layout = surroundings.layout
    top = layout.add(
        Placement(model=table.model, location=np.zeros(3), body="passive", support=surroundings.ground),
    )
    cloth = _add_cloth(layout, filling.cover, table.height, top) if filling.cover else NOTHING
    indices: list[int] = []
    lifts: list[float] = []
    for item in filling.placed:
        rests_on_object = item.support != NOTHING
        lift = (lifts[item.support] if rests_on_object else 0.0) + (DROP if item.body == "dynamic" else 0.0)
        under = indices[item.support] if rests_on_object else _under(item, filling.cover, top, cloth)
        lifts.append(lift)
        indices.append(layout.add(_in_scene(item, table.height + lift, under)))
    return layout


def _add_cloth(layout: Layout[Placement], cover: TableCover, height: float, top: int) -> int:
    location = np.array([cover.x, 0.0, height + cover.z])
    return layout.add(Placement(model=finished(cover.model), location=location, body="passive", support=top))


def _under(item: TopPlacement, cover: TableCover | None, top: int, cloth: int) -> int:
    return cloth if cover and cover.holds(item.point) else top


def _in_scene(item: TopPlacement, height: float, under: int) -> TopPlacement:
    """The placement with the top at `height`, carried by `under`."""
    location = np.array([item.x, item.y, height + item.z])
    mass = float(np.clip(DENSITY * item.measured.volume, 0.01, 5.0))
    return replace(item, location=location, support=under, mass=round(mass, 4))
