"""Shops: a supermarket, a greengrocer's, a bakery, a market on a square."""

from collections.abc import Callable, Mapping

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.craft.style import sample_style
from scenes.families.shop import bakery, grocer, market, supermarket
from scenes.families.shop.parameters import Shop, ShopParameters
from scenes.families.shop.people import add_people
from scenes.families.shop.placing import ShopLayout
from scenes.families.shop.premises import Premises
from scenes.families.shop.stocking import Stocker
from scenes.families.shop.views import KINDS, sample_view
from scenes.families.street.light import sky
from scenes.scene import SceneSpec, Sky, World

__all__ = ["ShopParameters", "sample"]

LEAST_CATEGORIES = 6
LEAST_COVERED = 0.1  # share of a view that goods and people must cover together
TURN = 2.2  # radians from one view's heading to the next

_SHOPS: Mapping[Shop, Callable[[np.random.Generator, Stocker], Premises]] = {
    "supermarket": supermarket.fill,
    "grocer": grocer.fill,
    "bakery": bakery.fill,
    "market": market.fill,
}


def sample(seed: int, index: SceneIndex, attempt: int, views: int, parameters: ShopParameters) -> SceneSpec:
    """A shop scene; the views change nothing but the cameras."""

    def chance(*names: str | int) -> np.random.Generator:
        return draw.stream(seed, "shop", index, attempt, *names)

    rng = chance("setting")
    style, shop, layout = sample_style(rng), draw.choice(rng, parameters.shops), ShopLayout()
    stock = Stocker(chance("goods"), style, layout, parameters.fullness)
    premises = _SHOPS[shop](chance("plan"), stock)
    add_people(chance("people"), style, layout, premises, parameters.customers, carts=shop == "supermarket")
    looking = chance("views")
    order, heading = looking.permutation(len(KINDS)), draw.uniform(looking, 0, 2 * np.pi)
    return SceneSpec(
        family="shop",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=layout.objects(),
        world=_world(chance("light"), shop),
        views=tuple(
            sample_view(chance("view", k), layout, premises, KINDS[int(order[k % len(order)])], heading + TURN * k)
            for k in range(views)
        ),
        exposure=round(draw.uniform(chance("exposure"), 0.0, 0.5), 3),
        min_categories=LEAST_CATEGORIES,
        min_things=LEAST_COVERED,
    )


def _world(rng: np.random.Generator, shop: Shop) -> World:
    """The sky: at full strength over a market, much weaker where lamps light the shop."""
    if shop == "market":
        return sky(rng, draw.choice(rng, ("sun", "overcast")))
    elevation, rotation = round(draw.uniform(rng, 0.3, 1.0), 4), round(draw.uniform(rng, 0, 2 * np.pi), 4)
    return Sky(sun_elevation=elevation, sun_rotation=rotation, sun_disc=False, strength=0.3)
