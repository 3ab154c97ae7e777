"""Cyclists: on the road's right edge, or along parked vehicles, on their way."""

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.families.street.parameters import StreetParameters
from scenes.families.street.placement import StreetLayout, standing
from scenes.families.street.plan import LANE, NEAR, StreetPlan
from scenes.measure import bounds
from scenes.people.rider import cyclist

__all__ = ["add_riders"]

APART = 0.45  # metres from a bicycle to anything


def add_riders(rng: np.random.Generator, plan: StreetPlan, parameters: StreetParameters, layout: StreetLayout) -> None:
    """Add bicycles and, after each, its rider, whom it carries."""
    for _ in range(draw.integer(rng, 0, parameters.riders + 1)):
        models = [model.rounded() for model in cyclist(rng)]
        rise = float(bounds(models[1]).low[2])  # of the lower sole, on its pedal
        bicycle, rider = (finished(model, center=False) for model in models)
        for _ in range(8):
            side = draw.choice(rng, [-1, 1])
            x = side * (plan.lanes * LANE - draw.uniform(rng, 0.5, 1.0))
            yaw = (np.pi if side > 0 else 0.0) + draw.normal(rng, 0, 0.03)
            y = float(np.clip(draw.normal(rng, 6, 16), NEAR[0] + 5, NEAR[1] - 10))
            if abs(y - plan.zebra) <= 4:
                continue
            added = layout.add_free(layout.standing_on("road", bicycle, x, y, 0.0, yaw), APART)
            if added is not None:
                layout.add(standing(rider, x, y, rise, yaw, support=added))
                break
