"""People in a shop: staff at tills and counters, customers, one of them with a cart."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.families.shop.premises import Premises
from scenes.floor_layout import TOUCH, FloorLayout, FloorPose
from scenes.measure import size_of
from scenes.model import ObjectSpec
from scenes.objects.shopping_cart import HANDLE
from scenes.people.colors import recolored
from scenes.people.person import make_person
from scenes.people.reach import Top

__all__ = ["add_people"]

MODELS = 3  # distinct customers; the others are these in other colours
SERVING = 3  # largest number of staff
GAP = 0.1  # metres of free floor beside a customer
BEHIND_COUNTER = -0.06  # metres: arms may lie over the counter's edge
BAR = 0.016  # metres: half the thickness of a cart's handle
_POSES = ("walk", "stand", "phone", "carry", "folded")


def add_people(
    rng: np.random.Generator, style: Style, layout: FloorLayout, premises: Premises, most: int, *, carts: bool
) -> None:
    """Add staff where they fit, and up to `most` customers."""
    for desk in premises.desks[:SERVING] if most else ():
        pose = draw.choice(rng, ("counter", "stand", "folded"))
        seller = finished(make_person(rng, pose, age="adult", role="home", top=Top(0.9, 0.24)))
        layout.stand(seller, desk, on=premises.floor, gap=BEHIND_COUNTER)
    count = draw.integer(rng, 0, most + 1)

    def anywhere() -> FloorPose:
        x, y = (draw.uniform(rng, -0.5, 0.5) * (side - 1.2) for side in (premises.x, premises.y))
        return FloorPose(x, y, draw.uniform(rng, 0, 2 * np.pi))

    if carts and count:
        _with_cart(rng, style, layout, premises)
        count -= 1
    known: list[ObjectSpec] = []
    for k in range(count):
        if k < MODELS:
            known.append(finished(make_person(rng, draw.choice(rng, _POSES, p=(0.35, 0.25, 0.1, 0.2, 0.1)))))
        customer = known[k] if k < MODELS else recolored(rng, draw.choice(rng, known))
        layout.stand_somewhere(customer, anywhere, on=premises.floor, gap=GAP, tries=30)


def _with_cart(rng: np.random.Generator, style: Style, layout: FloorLayout, premises: Premises) -> None:
    """A customer who pushes a cart, with the hands on its handle."""
    cart, edge = make("shopping cart", rng, style), draw.uniform(rng, 0.29, 0.34)
    person = finished(make_person(rng, "counter", age="adult", top=Top(HANDLE - BAR, edge, rail=True)))
    length = size_of(cart)[1]
    behind = length / 2 - BAR + edge
    for _ in range(40):
        x, y = (draw.uniform(rng, -0.5, 0.5) * (side - 1.6) for side in (premises.x, premises.y))
        pose = FloorPose(x, y, draw.choice(rng, (0.0, np.pi)))
        ends = np.array([pose.world(-0.4, -length / 2 - 0.1), pose.world(0.4, behind + 0.4)])
        if layout.is_clear(np.array([*ends.min(0), 0.15]), np.array([*ends.max(0), 1.8])):
            layout.put_fixture(cart, pose, TOUCH, on=premises.floor)
            layout.put_fixture(person, pose.moved(0.0, behind), TOUCH, on=premises.floor)
            return
