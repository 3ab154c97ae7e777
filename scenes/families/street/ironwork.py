"""Cast iron in the road: covers over manholes, grates over drains along the kerb."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.families.street.plan import LANE, NEAR, PAINT, StreetPlan
from scenes.model import Part
from scenes.shapes import Array, Box, Cylinder, Group, Lathe, Placed

__all__ = ["iron_parts"]

RELIEF = 0.006  # metres that the pattern of a cover stands over it
GRATE = (0.42, 0.5)  # metres across the road and along it
#: Studs, bars and a chequer: how many across and along a cover, and the metres of each.
PATTERNS = (((9, 9), (0.022, 0.022)), ((1, 8), (0.38, 0.02)), ((5, 5), (0.045, 0.045)))


def iron_parts(rng: np.random.Generator, plan: StreetPlan) -> list[Part]:
    """Covers in the lanes and drains by both kerbs, along the part of the road that is built in full."""
    iron = finish(rng, "rusted_metal", "iron", (0.2, 0.18, 0.17), roughness=0.65, scale=0.3)
    dark = finish(rng, "matte_plastic", "iron", (0.03, 0.03, 0.03), roughness=0.9)
    low, high = (round(y) for y in NEAR)
    covers = [
        Placed(
            shape=_cover(draw.integer(rng, len(PATTERNS))),
            at=(draw.uniform(rng, -0.7, 0.7) * LANE, float(y + draw.uniform(rng, -6, 6)), 0.0),
        )
        for y in range(low + 8, high, 22)
    ]
    points = [
        (side * (plan.kerb(side) - 0.05 - GRATE[0] / 2), float(y + draw.uniform(rng, -3, 3)), 0.0)
        for side in (-1, 1)
        for y in range(low + 4, high, 24)
    ]
    drains = [point for point in points if not _on_crossing(plan, point[1])]
    return [
        part("covers", Group(members=tuple(covers)), iron),
        part("drain shafts", Group(members=tuple(Placed(shape=_shaft(), at=point) for point in drains)), dark),
        part("drains", Group(members=tuple(Placed(shape=_grate(), at=point) for point in drains)), iron),
    ]


def _cover(pattern: int) -> Group:
    """A plate in its frame, with relief against slipping."""
    plate = Placed(shape=Cylinder(radius=0.3, height=PAINT, segments=40))
    profile = ((0.312, 0.0), (0.312, RELIEF), (0.345, RELIEF), (0.35, 0.0))
    rim = Placed(shape=Lathe(profile=profile, segments=40))
    count, size = PATTERNS[pattern]
    step = (0.4 / max(count[0], 2), 0.4 / count[1], 0.0)
    studs = Array(shape=Box(size=(*size, RELIEF)), counts=(*count, 1), step=step)
    start = tuple(-(n - 1) / 2 * s for n, s in zip(count, step, strict=False))
    return Group(members=(plate, rim, Placed(shape=studs, at=(start[0], start[1], 0.0))))


def _shaft() -> Box:
    return Box(size=(GRATE[0] - 0.04, GRATE[1] - 0.04, PAINT / 2))


def _grate() -> Group:
    """A frame and bars across, over a dark shaft."""
    width, length = GRATE
    ends = Array(shape=Box(size=(width, 0.03, RELIEF)), counts=(1, 2, 1), step=(0, length - 0.03, 0))
    sides = Array(shape=Box(size=(0.03, length - 0.06, RELIEF)), counts=(2, 1, 1), step=(width - 0.03, 0, 0))
    bars = Array(shape=Box(size=(width, 0.022, RELIEF - 0.001)), counts=(1, 9, 1), step=(0, 0.05, 0))
    return Group(
        members=(
            Placed(shape=ends, at=(0.0, -(length - 0.03) / 2, 0.0)),
            Placed(shape=sides, at=(-(width - 0.03) / 2, 0.0, 0.0)),
            Placed(shape=bars, at=(0.0, -0.2, 0.0)),
        )
    )


def _on_crossing(plan: StreetPlan, y: float) -> bool:
    return abs(y - plan.zebra) < 2.5 or (plan.cross_half > 0 and abs(y - plan.cross) < plan.cross_half + 1.0)
