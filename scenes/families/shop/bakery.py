"""A bakery: loaves on wooden shelves behind a showcase of rolls, croissants and donuts, baskets before it."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.families.shop.grocer import serve
from scenes.families.shop.premises import Premises, build_room
from scenes.floor_layout import FloorPose
from scenes.furnish.displays import gondola, sample_finish, tiered_stand
from scenes.furnish.goods import PASTRY, SIGNS
from scenes.furnish.hanging_sign import hanging_sign
from scenes.furnish.stocking import Stocker
from scenes.measure import size_of

__all__ = ["fill"]


def fill(rng: np.random.Generator, stock: Stocker) -> Premises:
    """Fill a bakery: a counter with a showcase, shelves and stands of bread."""
    premises = Premises(draw.uniform(rng, 4.2, 5.6), draw.uniform(rng, 4.8, 6.2), draw.uniform(rng, 2.7, 3.2))
    build_room(rng, stock.style, stock.layout, premises, shopfront=draw.uniform(rng, 2.2, premises.x - 1.0))
    look = sample_finish(rng, stock.style, timber=0.85)
    north = premises.y / 2
    shelves = gondola(rng, look, premises.x - 0.4, draw.uniform(rng, 1.9, 2.2), draw.integer(rng, 5, 7))
    stock.shelve(shelves, premises.against("north", 0.0), "bread", premises.floor)
    serve(rng, stock, premises, look, FloorPose(-0.55, north - 1.75, 0.0), premises.x - 1.4, showcase=True)
    sign = finished(hanging_sign(rng, (draw.choice(rng, SIGNS["bread"]),), 1.6, 0.12))
    stock.layout.put_goods(sign, -0.5, north - 1.9, premises.z - size_of(sign)[2])
    stand = tiered_stand(rng, look, 1.22, 2)
    for pose in (premises.against("west", north - 3.2), premises.against("east", 3.5 - north)):
        stock.fill_crates(stand, pose, premises.floor, (*PASTRY, "loaf of bread"))
    if north - 4.9 > 0.2 - north:
        shelf, theme = gondola(rng, look, 1.2, 1.6, 4), draw.choice(rng, ("dry", "snacks", "tins"))
        stock.shelve(shelf, premises.against("west", north - 4.6), theme, premises.floor)

    def beside() -> FloorPose:
        x = draw.choice(rng, (-1, 1)) * draw.uniform(rng, 0.28, 0.5) * (premises.x - 0.8)
        return FloorPose(x, draw.uniform(rng, 0.4 - north, north - 2.8), 0.0)

    for kind in ("potted plant", "stool", "waste bin", "basket"):
        stock.layout.stand_somewhere(make(kind, rng, stock.style), beside, on=premises.floor)
    return premises
