"""Halls where goods are kept: racks and their loads, docks, open bays, workshops, storerooms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.craft.style import sample_style
from scenes.draw import stream
from scenes.families.warehouse.fallen import drop_boxes
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Hall, raise_hall
from scenes.families.warehouse.layouts import aisles, bay, dock, storeroom, workshop
from scenes.families.warehouse.layouts.floorwork import signs
from scenes.families.warehouse.light import light_hall
from scenes.families.warehouse.parameters import HallKind, WarehouseParameters
from scenes.families.warehouse.stock import Stock
from scenes.families.warehouse.views import RULES, scenery
from scenes.families.warehouse.workers import add_workers
from scenes.floor_layout import FloorLayout
from scenes.hall_cameras import hall_surroundings, hall_views
from scenes.scene import Physics, SceneSpec
from scenes.subjects import layout_subjects

__all__ = ["sample"]

MOST_WANTED = 5  # categories that a view must show
LEAST_COVERED = 0.06  # share of a view that goods and vehicles must cover together


@dataclass(frozen=True)
class _HallPlan:
    """How a kind of hall is planned, how it is filled, and how many signs hang in it."""

    plan: Callable[..., Hall]
    fill: Callable[[Filler, Hall], None]
    signs: int


_PLANS: Mapping[HallKind, _HallPlan] = {
    "aisles": _HallPlan(aisles.plan, aisles.fill, 4),
    "bay": _HallPlan(bay.plan, bay.fill, 5),
    "dock": _HallPlan(dock.plan, dock.fill, 5),
    "workshop": _HallPlan(workshop.plan, workshop.fill, 4),
    "storeroom": _HallPlan(storeroom.plan, storeroom.fill, 2),
}


def sample(seed: int, index: SceneIndex, attempt: int, views: int, parameters: WarehouseParameters) -> SceneSpec:
    """A warehouse scene; the views change nothing but the cameras."""

    def chance(*names: str | int) -> np.random.Generator:
        return stream(seed, "warehouse", index, attempt, *names)

    rng = chance("setting")
    style = sample_style(rng)
    kind = draw.choice(rng, parameters.layouts)
    night = draw.chance(rng, parameters.night_share)
    chosen, layout = _PLANS[kind], FloorLayout()
    hall = chosen.plan(chance("plan"), night=night)
    raise_hall(chance("hall"), style, layout, hall)
    filler = Filler(chance("goods"), style, layout, Stock(chance("stock"), style), parameters.fullness)
    chosen.fill(filler, hall)
    signs(filler, hall, chosen.signs)
    fallen = draw.chance(rng, parameters.fallen_share) and drop_boxes(filler, hall)
    if not fallen:
        add_workers(chance("workers"), layout, hall, parameters.workers)
    world, lamps = light_hall(chance("light"), hall)
    space = scenery(layout, hall)
    return SceneSpec(
        family="warehouse",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=layout.objects(),
        world=world,
        lamps=lamps,
        views=parameters.framed(
            chance, hall_views(chance, space, RULES, views), layout_subjects(layout), hall_surroundings(space)
        ),
        physics=Physics(steps=90) if fallen else None,
        exposure=round(draw.uniform(chance("exposure"), -0.5, 0.15), 3),
        min_categories=MOST_WANTED,
        min_things=LEAST_COVERED,
    )
