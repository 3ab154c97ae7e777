"""Who is in a shop: somebody at each till or counter, customers, one of them with a cart."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.families.shop.premises import Premises
from scenes.families.warehouse.filling import Spot
from scenes.families.warehouse.site import TOUCH, Site, size_of
from scenes.objects.shopping_cart import HANDLE
from scenes.people.person import make_person
from scenes.people.reaching import Top
from scenes.people.recolor import recolored

__all__ = ["people"]

MODELS = 4  # distinct customers; the others are these in other colours
_POSES = ("walk", "stand", "phone", "carry", "folded")


def people(rng: np.random.Generator, style: Style, site: Site, place: Premises, most: int, *, carts: bool) -> None:
    """Those who serve, where there is room for them, and up to `most` customers."""
    for x, y, yaw in place.desks[:3]:
        model = finished(
            make_person(
                rng, draw.choice(rng, ("counter", "stand", "folded")), age="adult", role="home", top=Top(0.9, 0.24)
            )
        )
        if site.is_free(model, x, y, yaw, gap=-0.05):
            site.put(model, x, y, TOUCH, yaw, on=place.floor)
    count = draw.integer(rng, 0, most + 1)
    if carts and count:
        _with_cart(rng, style, site, place)
        count -= 1
    known = []
    for _ in range(count):
        if len(known) < MODELS:
            known.append(finished(make_person(rng, draw.choice(rng, _POSES, p=(0.35, 0.25, 0.1, 0.2, 0.1)))))
        model = known[-1] if len(known) < MODELS else recolored(rng, known[draw.integer(rng, MODELS)])
        _somewhere(rng, site, place, (model,), ((0.0, 0.0),))


def _with_cart(rng: np.random.Generator, style: Style, site: Site, place: Premises) -> None:
    """Somebody who pushes a cart, the hands on its handle."""
    cart, reach = make("shopping cart", rng, style), draw.uniform(rng, 0.22, 0.27)
    person = finished(make_person(rng, "counter", age="adult", top=Top(HANDLE - 0.02, reach)))
    behind = size_of(cart)[1] / 2 + reach + 0.05
    _somewhere(rng, site, place, (cart, person), ((0.0, 0.0), (0.0, behind)))


def _somewhere(rng: np.random.Generator, site: Site, place: Premises, models, offsets) -> None:
    for _ in range(40):
        x, y = draw.uniform(rng, -0.5, 0.5) * (place.x - 1.2), draw.uniform(rng, -0.5, 0.5) * (place.y - 1.2)
        spot = Spot(x, y, draw.uniform(rng, 0, 2 * np.pi) if len(models) == 1 else draw.choice(rng, (0.0, np.pi)))
        places = [spot.world(*offset) for offset in offsets]
        if all(site.is_free(model, *at, spot.yaw, gap=0.1) for model, at in zip(models, places, strict=True)):
            for model, at in zip(models, places, strict=True):
                site.put(model, *at, TOUCH, spot.yaw, on=place.floor)
            return
