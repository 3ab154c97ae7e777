"""Objects on pavements: trees and lamps in rows at the kerb, street furniture between them."""

from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.catalog import make
from scenes.craft.style import Style
from scenes.craft.switch import switched
from scenes.families.street.parameters import StreetParameters
from scenes.families.street.placement import StreetLayout, standing
from scenes.families.street.plan import KERB, NEAR, StreetPlan
from scenes.families.street.rows import facing
from scenes.layout import Placement
from scenes.measure import size_of
from scenes.model import ObjectSpec

__all__ = ["add_furniture"]

STEP = 3.4  # metres between places at the kerb
_AT_KERB = {
    "bollard": 0.2,
    "litter bin": 0.12,
    "traffic sign": 0.17,
    "bicycle": 0.12,
    "post box": 0.07,
    "parking meter": 0.08,
    "fire hydrant": 0.08,
    "utility cabinet": 0.05,
    "wheelie bin": 0.06,
    "park bench": 0.05,
}
_KINDS = {"bicycle": 3, "traffic sign": 4, "wheelie bin": 2}  # distinct ones a street
_WIDE = {"bus shelter": 0.12, "park bench": 0.3, "street planter": 0.28, "bicycle": 0.3}


@dataclass(frozen=True, eq=False)
class _StreetFurniture:
    """Models of which one street has many copies."""

    rng: np.random.Generator
    style: Style
    trees: tuple[ObjectSpec, ...]
    lamp: ObjectSpec
    models_of: dict[str, list[ObjectSpec]] = field(default_factory=dict)

    def one(self, category: str) -> ObjectSpec:
        """A street has one model of each category, except for belongings of people and signs."""
        models = self.models_of.setdefault(category, [])
        if len(models) < _KINDS.get(category, 1):
            models.append(make(category, self.rng, self.style))
            return models[-1]
        return draw.choice(self.rng, models)


def add_furniture(
    rng: np.random.Generator,
    style: Style,
    plan: StreetPlan,
    parameters: StreetParameters,
    layout: StreetLayout,
    *,
    lit: bool,
) -> None:
    """Add the objects on pavements and lawns; `lit`: whether the lamps are on."""
    trees = tuple(make("street tree", rng, style) for _ in range(3))
    lamp = switched(rng, make("street lamp", rng, style), on=lit)
    stock = _StreetFurniture(rng, style, trees, lamp)
    _signals(rng, style, plan, layout)
    for side in (-1, 1):
        _kerb(plan, parameters, layout, side, stock)
        if plan.park == side or plan.setback:
            _planted(plan, parameters, layout, side, stock)


def _signals(rng: np.random.Generator, style: Style, plan: StreetPlan, layout: StreetLayout) -> None:
    """Traffic lights or signs at the crossing."""
    category = "traffic light" if plan.cross_half and draw.chance(rng, 0.75) else "traffic sign"
    model = make(category, rng, style)
    for side in (-1, 1):
        for way in (-1.0, 1.0) if category == "traffic light" else (-float(side),):
            yaw = 0.0 if way < 0 else np.pi
            layout.add_free(layout.on_pavement(model, plan, side, plan.zebra + way * 2.1, 0.45, yaw), 0.2)


def _kerb(
    plan: StreetPlan, parameters: StreetParameters, layout: StreetLayout, side: int, stock: _StreetFurniture
) -> None:
    """One position after the other along the kerb."""
    rng = stock.rng
    lamps, trees = draw.integer(rng, 6, 9), draw.integer(rng, 2, 5)
    shift = draw.integer(rng, 8)
    green = parameters.greenery if plan.pavement > 2.3 else 0.4 * parameters.greenery
    treed = draw.chance(rng, green + 0.2)
    for k, y in enumerate(np.arange(NEAR[0] + 4, NEAR[1] - 4, STEP)):
        y = float(y + draw.uniform(rng, -0.4, 0.4))
        if plan.cross_half and abs(y - plan.cross) < plan.cross_half + 1.0:
            continue
        if (k + shift) % lamps == 0:
            item = layout.on_pavement(stock.lamp, plan, side, y, 0.4, facing(side))
        elif treed and (k + shift) % trees == 1 and draw.chance(rng, green):
            tree = draw.choice(rng, stock.trees)
            item = layout.on_pavement(tree, plan, side, y, 0.75, draw.uniform(rng, 0, 6.28))
            trunk = standing(
                stock.one("bollard"), item.x, item.y
            )  # crowns may meet overhead: only the trunk takes room
            if not plan.near_crossing(y, 0.5) and layout.claim_ground(trunk, 0.3):
                layout.add(item)
            continue
        elif draw.chance(rng, plan.district.clutter) and abs(y) < 60:
            item = _clutter(plan, layout, side, y, stock)
        else:
            continue
        if not plan.near_crossing(y, 0.6):
            layout.add_free(item, 0.25)


def _clutter(plan: StreetPlan, layout: StreetLayout, side: int, y: float, stock: _StreetFurniture) -> Placement:
    """An object at the kerb, or farther in on wide pavements."""
    rng = stock.rng
    table = _WIDE if plan.pavement > 3.3 and draw.chance(rng, 0.4) else _AT_KERB
    names, weights = list(table), np.array(list(table.values()))
    category = draw.choice(rng, names, p=weights / weights.sum())
    model = stock.one(category)
    depth = size_of(model)[1]
    inset = 0.35 + depth / 2
    match category:
        case "traffic sign":
            yaw, inset = (0.0 if side > 0 else np.pi), 0.45
        case "bicycle":
            yaw = draw.choice(rng, [0.0, np.pi]) + draw.normal(rng, 0, 0.05)
            inset = 0.6
        case "park bench" | "bus shelter":
            yaw = facing(side)
            inset = plan.pavement - 1.3 - depth / 2 if table is _WIDE else inset
        case _:
            yaw = facing(-side) if draw.chance(rng, 0.6) else facing(side)
    return layout.on_pavement(model, plan, side, y, inset, yaw)


def _planted(
    plan: StreetPlan, parameters: StreetParameters, layout: StreetLayout, side: int, stock: _StreetFurniture
) -> None:
    """Trees on the grass: a few in front gardens, many in a park."""
    rng = stock.rng
    park = plan.park == side
    start = plan.kerb(side) + plan.pavement
    depth = 55.0 if park else plan.setback - 1.6
    for _ in range(int((26 if park else 9) * parameters.greenery)):
        tree = draw.choice(rng, stock.trees)
        x, y = start + 1.6 + draw.uniform(rng, 0, max(depth - 1.6, 0.1)), draw.uniform(rng, *NEAR)
        item = layout.standing_on("verge", tree, side * x, y, KERB, draw.uniform(rng, 0, 6.28))
        trunk = standing(stock.one("bollard"), item.x, item.y)
        if plan.cross_half and abs(y - plan.cross) < plan.cross_half + 3:
            continue
        if layout.claim_ground(trunk, 1.4):
            layout.add(item)
