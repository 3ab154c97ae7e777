"""Shops: a supermarket, a greengrocer's, a bakery, a market on a square."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.craft.style import sample_style
from scenes.families.shop import bakery, grocer, market, supermarket
from scenes.families.shop.parameters import Shop, ShopParameters
from scenes.families.shop.people import add_people
from scenes.families.shop.premises import Premises
from scenes.families.shop.views import RULES, scenery
from scenes.families.street.light import sky
from scenes.floor_layout import FloorLayout
from scenes.furnish.stocking import Stocker
from scenes.hall_cameras import hall_surroundings, hall_views
from scenes.scene import NO_DAYLIGHT, SceneSpec, Sky, World
from scenes.subjects import layout_subjects

__all__ = ["sample"]

LEAST_CATEGORIES = 6
LEAST_COVERED = 0.1  # share of a view that goods and people must cover together

_SHOPS: Mapping[Shop, Callable[[np.random.Generator, Stocker], Premises]] = {
    "supermarket": supermarket.fill,
    "grocer": grocer.fill,
    "bakery": bakery.fill,
    "market": market.fill,
}


def sample(seed: int, index: SceneIndex, attempt: int, views: int, parameters: ShopParameters) -> SceneSpec:
    """A shop scene; the views change nothing but the cameras."""
    stream = partial(draw.stream, seed, "shop", index, attempt)
    rng = stream("setting")
    style, shop, layout = sample_style(rng), draw.choice(rng, parameters.shops), FloorLayout()
    stock = Stocker(stream("goods"), style, layout, parameters.fullness)
    premises = _SHOPS[shop](stream("plan"), stock)
    add_people(stream("people"), style, layout, premises, parameters.customers, carts=shop == "supermarket")
    space = scenery(layout, premises)
    return SceneSpec(
        family="shop",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=layout.objects(),
        world=_world(stream("light"), shop),
        lamps=tuple(premises.lamps),
        views=parameters.framed(
            stream, hall_views(stream, space, RULES, views), layout_subjects(layout), hall_surroundings(space)
        ),
        exposure=round(draw.uniform(stream("exposure"), 0.0, 0.5), 3),
        min_categories=LEAST_CATEGORIES,
        min_things=LEAST_COVERED,
    )


def _world(rng: np.random.Generator, shop: Shop) -> World:
    """The sky: at full strength over a market, much weaker where lamps light the shop; a supermarket is shut to it."""
    if shop == "market":
        return sky(rng, draw.choice(rng, ("sun", "overcast")))
    strength = NO_DAYLIGHT if shop == "supermarket" else 0.3
    elevation, rotation = round(draw.uniform(rng, 0.3, 1.0), 4), round(draw.uniform(rng, 0, 2 * np.pi), 4)
    return Sky(sun_elevation=elevation, sun_rotation=rotation, sun_disc=False, strength=strength)
