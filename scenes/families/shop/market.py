"""A market on a square between houses: two rows of stalls under striped awnings, crates of produce and bread."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.families.shop.premises import Premises
from scenes.families.street.buildings.row import add_houses
from scenes.floor_layout import SIDES, FloorPose
from scenes.furnish.goods import PRODUCE
from scenes.furnish.shop_fixtures import market_stall
from scenes.furnish.stocking import Stocker
from scenes.material import MaterialKind
from scenes.model import ObjectSpec
from scenes.shapes import HeightField

__all__ = ["fill"]

_BREAD = ("loaf of bread", "bread roll", "croissant")
_ON_FLOOR = ("potato", "melon", "cabbage", "apple")
_ABOUT = (
    "street tree", "street tree", "street tree", "park bench", "litter bin", "street lamp", "bollard", "bicycle",
    "shopping basket", "tote",
)  # fmt: skip


def fill(rng: np.random.Generator, stock: Stocker) -> Premises:
    """Fill a market: stalls on paved ground."""
    premises = Premises(draw.uniform(rng, 12, 16), draw.uniform(rng, 12, 16), 8.0)
    premises.floor = stock.layout.put_goods(_paving(rng), 0, 0, 0)
    lane = draw.uniform(rng, 2.6, 3.4)
    for sign in (-1, 1):
        x = -premises.x / 2 + draw.uniform(rng, 0.0, 1.0)
        while x + 3 < premises.x / 2:
            length = draw.uniform(rng, 2.4, 3.1)
            pose = FloorPose(x + length / 2, sign * (lane / 2 + 1.0), 0.0 if sign > 0 else np.pi)
            _stall(rng, stock, premises, pose, length)
            x += length + draw.uniform(rng, 0.45, 1.4)
    add_houses(rng, stock.layout, premises, SIDES, 8.0, premises.floor)
    _about(rng, stock, premises, lane)
    return premises


def _paving(rng: np.random.Generator) -> ObjectSpec:
    tone = draw.uniform(rng, 0.42, 0.62)
    kind: MaterialKind = "cobbles" if draw.chance(rng, 0.6) else "paving"
    color, scale = vary(rng, (tone, 0.96 * tone, 0.9 * tone)), 0.12 if kind == "cobbles" else 0.6
    stone = finish(rng, kind, "paving", color, accent=(0.5, 0.44, 0.38), scale=scale, wear=0.4)
    sheet = part("ground", HeightField(size=(400.0, 400.0), resolution=2), stone)
    return finished(ObjectSpec(category="ground", parts=(sheet,), material="paving"))


def _stall(rng: np.random.Generator, stock: Stocker, premises: Premises, pose: FloorPose, length: float) -> None:
    """One stall: most sell produce, the others bread; boxes behind it, and the seller."""
    kinds = PRODUCE if draw.chance(rng, 0.75) else _BREAD
    stock.fill_crates(market_stall(rng, stock.style, length), pose, premises.floor, kinds)
    for k in range(draw.integer(rng, 1, 4)):
        beside = pose.moved(draw.uniform(rng, -0.45, 0.2) * length + 0.4 * k, 1.0)
        stock.stack_on_floor(stock.goods.one("case"), beside, draw.integer(rng, 1, 4), premises.floor)
    premises.desks.append(pose.moved(draw.uniform(rng, -0.2, 0.2) * length, 0.62))


def _about(rng: np.random.Generator, stock: Stocker, premises: Premises, lane: float) -> None:
    """Trees, benches and bins of the square, crates at the lane's edges."""

    def aside() -> FloorPose:
        y = draw.choice(rng, (-1, 1)) * draw.uniform(rng, lane / 2 + 2.4, premises.y / 2 + 4)
        return FloorPose(draw.uniform(rng, -0.5, 0.5) * (premises.x + 8), y, draw.choice(rng, (0.0, np.pi / 2, np.pi)))

    for kind in _ABOUT:
        stock.layout.stand_somewhere(make(kind, rng, stock.style), aside, on=premises.floor, gap=0.3)
    for _ in range(draw.integer(rng, 2, 5)):
        sign = draw.choice(rng, (-1, 1))
        x, y = draw.uniform(rng, -0.45, 0.45) * premises.x, sign * (lane / 2 + 0.08)
        pose = FloorPose(x, y, 0.0 if sign > 0 else np.pi)
        stock.crate_on_floor(pose, draw.choice(rng, _ON_FLOOR), premises.floor)
