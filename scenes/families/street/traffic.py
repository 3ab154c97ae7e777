"""Vehicles: parked at the kerb and under way in the lanes. They keep to the right."""

import numpy as np

from scenes import draw
from scenes.catalog import make
from scenes.craft.style import Style
from scenes.families.street.parameters import StreetParameters
from scenes.families.street.placement import StreetLayout
from scenes.families.street.plan import LANE, NEAR, StreetPlan
from scenes.measure import size_of

__all__ = ["add_vehicles"]

MODELS = 7  # distinct parked vehicles, repeated along the street


def add_vehicles(
    rng: np.random.Generator, style: Style, plan: StreetPlan, parameters: StreetParameters, layout: StreetLayout
) -> None:
    """Add vehicles under way, then parked ones."""
    _moving(rng, style, plan, parameters, layout)
    _parked(rng, style, plan, parameters, layout)


def _heading(side: int) -> float:
    """The yaw of what drives on this side: away (+y) on the right."""
    return np.pi if side > 0 else 0.0


def _parked(
    rng: np.random.Generator, style: Style, plan: StreetPlan, parameters: StreetParameters, layout: StreetLayout
) -> None:
    if not parameters.parked:
        return
    kinds = rng.choice(["car", "van", "truck"], size=MODELS, p=[0.82, 0.14, 0.04])
    models = [make(str(kind), rng, style) for kind in kinds]
    fresh = 0
    for side in (-1, 1):
        if not plan.parking[side > 0]:
            continue
        y = NEAR[0] + 8 + draw.uniform(rng, 0, 5)
        while y < NEAR[1] - 4:
            if not draw.chance(rng, parameters.parked):
                y += draw.uniform(rng, 2.5, 7)
                continue
            model = models[fresh % MODELS]
            fresh += 1
            length = size_of(model)[1]
            x = side * (plan.kerb(side) - 0.25 - size_of(model)[0] / 2 + draw.normal(rng, 0, 0.04))
            yaw = _heading(side) + (np.pi if draw.chance(rng, 0.12) else 0.0) + draw.normal(rng, 0, 0.012)
            if not plan.near_crossing(y + length / 2, length / 2 + 2):
                layout.add_free(layout.standing_on("road", model, x, y + length / 2, 0.0, yaw), 0.35)
            y += length + draw.uniform(rng, 0.6, 1.6)


def _moving(
    rng: np.random.Generator, style: Style, plan: StreetPlan, parameters: StreetParameters, layout: StreetLayout
) -> None:
    big = plan.district.buses
    for _ in range(draw.integer(rng, 0, parameters.moving + 1)):
        rest = 1 - 0.35 * big
        kind = draw.choice(rng, ["car", "van", "truck", "bus"], p=[0.75 * rest, 0.15 * rest, 0.1 * rest, 0.35 * big])
        model = make(kind, rng, style)
        side = draw.choice(rng, [-1, 1])
        lane = draw.integer(rng, plan.lanes) + 0.5
        y = draw.uniform(rng, NEAR[0] + 5, NEAR[1] - 10)
        length = size_of(model)[1]
        if abs(y) < 9 + length / 2:  # not right before the cameras
            continue
        x = side * lane * LANE + draw.normal(rng, 0, 0.12)
        if abs(y - plan.zebra) > length / 2 + 3:
            layout.add_free(layout.standing_on("road", model, x, y, 0.0, _heading(side)), 0.4)
