"""Rows of houses round a place: what is seen from a square or through a shopfront."""

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.families.street.buildings import STYLES
from scenes.families.street.buildings.materials import sample_town
from scenes.floor_layout import TOUCH, FloorArea, FloorLayout, Side
from scenes.measure import size_of

__all__ = ["add_houses"]

_STYLES = ("terrace", "townhouse", "block", "townhouse", "terrace")


def add_houses(
    rng: np.random.Generator, layout: FloorLayout, area: FloorArea, sides: tuple[Side, ...], away: float, ground: int
) -> None:
    """Houses side by side that face the area, `away` metres outside it on the `ground`; neighbours differ."""
    town = sample_town(rng, night=False)
    houses = [finished(STYLES[style](rng, draw.uniform(rng, 6.5, 11), town), center=False) for style in _STYLES]
    z = float(layout[ground].high[2]) + TOUCH
    for side in sides:
        # Rows meet in corners: those along y stand behind the ends of the others.
        distance = away + (0.0 if side in ("north", "south") else 1.0)
        end = area.length(side) / 2 + away + 4
        u, house = -end, draw.integer(rng, len(houses))
        while u < end:
            house = (house + draw.integer(rng, 1, len(houses))) % len(houses)
            width = size_of(houses[house])[0]
            pose = area.against(side, u + width / 2, -distance)
            layout.put_goods(houses[house], pose.x, pose.y, z, pose.yaw, on=ground)
            u += width + 0.05
