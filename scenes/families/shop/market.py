"""A market on a square between houses: two rows of stalls under striped awnings, crates of produce and bread."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.families.shop.placing import TOUCH
from scenes.families.shop.premises import Premises
from scenes.families.shop.stocking import Stocker
from scenes.families.street.buildings import STYLES
from scenes.families.street.buildings.materials import sample_town
from scenes.families.warehouse.filling import FloorPose
from scenes.furnish.goods import PRODUCE
from scenes.furnish.shop_fixtures import market_stall
from scenes.material import MaterialKind
from scenes.measure import size_of
from scenes.model import ObjectSpec
from scenes.shapes import HeightField

__all__ = ["fill"]


def fill(rng: np.random.Generator, stock: Stocker) -> Premises:
    """Fill a market: stalls on paved ground."""
    premises = Premises(draw.uniform(rng, 12, 16), draw.uniform(rng, 12, 16), 8.0, is_open=True)
    tone = draw.uniform(rng, 0.42, 0.62)
    kind: MaterialKind = "cobbles" if draw.chance(rng, 0.6) else "paving"
    stone = finish(
        rng,
        kind,
        "paving",
        vary(rng, (tone, 0.96 * tone, 0.9 * tone)),
        accent=(0.5, 0.44, 0.38),
        scale=0.12 if kind == "cobbles" else 0.6,
        wear=0.4,
    )
    sheet = part("ground", HeightField(size=(400.0, 400.0), resolution=2), stone)
    premises.floor = stock.layout.put(
        finished(ObjectSpec(category="ground", parts=(sheet,), material="paving")), 0, 0, 0
    )
    lane = draw.uniform(rng, 2.6, 3.4)
    for sign in (-1, 1):
        x = -premises.x / 2 + draw.uniform(rng, 0.0, 1.0)
        while x + 3 < premises.x / 2:
            length = draw.uniform(rng, 2.4, 3.1)
            _stall(
                rng,
                stock,
                premises,
                FloorPose(x + length / 2, sign * (lane / 2 + 1.0), 0.0 if sign > 0 else np.pi),
                length,
            )
            x += length + draw.uniform(rng, 0.45, 1.4)
    _houses(rng, stock, premises)
    _about(rng, stock, premises, lane)
    return premises


def _stall(rng: np.random.Generator, stock: Stocker, premises: Premises, pose: FloorPose, length: float) -> None:
    """One stall: most sell produce, the others bread; scales, boxes behind, crates before it."""
    stall = market_stall(rng, stock.style, length)
    support = stock.layout.build(stall.model, pose, on=premises.floor)
    kinds = PRODUCE if draw.chance(rng, 0.75) else ("loaf of bread", "bread roll", "croissant")
    for level in stall.levels:
        if not stock.is_full:
            stock.crates(level, pose, support, kinds)
    for k in range(draw.integer(rng, 1, 4)):
        case = stock.goods.one("case")
        u = draw.uniform(rng, -0.45, 0.2) * length + 0.4 * k
        stock.stack(case, FloorPose(*pose.world(u, 1.0), pose.yaw), draw.integer(rng, 1, 4), premises.floor)
    premises.desks.append(FloorPose(*pose.world(draw.uniform(rng, -0.2, 0.2) * length, 0.62), pose.yaw))


def _houses(rng: np.random.Generator, stock: Stocker, premises: Premises) -> None:
    """Houses on all four sides of the square."""
    town = sample_town(rng, night=False)
    models = []
    for _ in range(4):
        width = draw.uniform(rng, 7, 11)
        models.append(
            finished(
                STYLES[draw.choice(rng, ("terrace", "townhouse", "block", "townhouse"))](rng, width, town), center=False
            )
        )
    for yaw, far in (
        (0.0, premises.y / 2 + 8),
        (np.pi / 2, premises.x / 2 + 8),
        (np.pi, premises.y / 2 + 9),
        (-np.pi / 2, premises.x / 2 + 9),
    ):
        u = -far - 4
        while u < far + 4:
            model = models[draw.integer(rng, len(models))]
            width = size_of(model)[0]
            x, y = FloorPose(0, 0, yaw).world(u + width / 2, far)
            stock.layout.put(model, x, y, TOUCH, yaw, on=premises.floor)
            u += width + 0.05


def _about(rng: np.random.Generator, stock: Stocker, premises: Premises, lane: float) -> None:
    """Trees, benches and bins of the square, crates and baskets in the lane's edges."""
    kinds = (
        "street tree",
        "street tree",
        "street tree",
        "park bench",
        "litter bin",
        "street lamp",
        "bollard",
        "bicycle",
        "shopping basket",
        "tote",
    )

    def aside() -> FloorPose:
        y = draw.choice(rng, (-1, 1)) * draw.uniform(rng, lane / 2 + 2.4, premises.y / 2 + 4)
        return FloorPose(draw.uniform(rng, -0.5, 0.5) * (premises.x + 8), y, draw.choice(rng, (0.0, np.pi / 2, np.pi)))

    for kind in kinds:
        stock.layout.stand_somewhere(make(kind, rng, stock.style), aside, on=premises.floor, clearance=0.3)
    for _ in range(draw.integer(rng, 2, 5)):
        x, y = draw.uniform(rng, -0.45, 0.45) * premises.x, draw.choice(rng, (-1, 1)) * (lane / 2 + 0.15)
        yaw = 0.0 if y > 0 else np.pi
        low, high = np.array([x - 0.4, y - 0.45, 0.05]), np.array([x + 0.4, y + 0.45, 0.6])
        if stock.layout.is_clear(low, high) and not stock.is_full:
            stock.crate(
                FloorPose(x, y, yaw),
                (0.0, 0.0, 0.0),
                draw.choice(rng, ("potato", "melon", "cabbage", "apple")),
                premises.floor,
            )
