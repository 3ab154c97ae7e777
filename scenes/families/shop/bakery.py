"""A bakery: loaves on wooden shelves behind a showcase of rolls, croissants and donuts, baskets before it."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.families.shop.grocer import serve
from scenes.families.shop.premises import Premises, build_room
from scenes.families.shop.stocking import PASTRY, Stocker
from scenes.families.warehouse.site import TOUCH, size_of
from scenes.furnish.displays import gondola, sample_finish, tiered_stand
from scenes.furnish.lettering import hanging_sign

__all__ = ["fill"]


def fill(rng: np.random.Generator, stock: Stocker) -> Premises:
    place = Premises(draw.uniform(rng, 4.2, 5.6), draw.uniform(rng, 4.8, 6.2), draw.uniform(rng, 2.7, 3.2))
    build_room(rng, stock.style, stock.site, place, shopfront=draw.uniform(rng, 2.2, place.x - 1.0))
    look = sample_finish(rng, stock.style, timber=0.85)
    north = place.y / 2
    shelves = gondola(rng, look, place.x - 0.4, draw.uniform(rng, 1.9, 2.2), draw.integer(rng, 5, 7))
    stock.shelve(shelves, place.against("north", 0.0), "bread", place.floor, rows=1)
    length = place.x - 1.4
    serve(rng, stock, place, look, (-0.55, north - 1.75), length, showcase=True)
    sign = finished(hanging_sign(rng, 1.6, 0.62, 0.12))
    stock.site.put(sign, -0.5, north - 1.9, place.z - size_of(sign)[2], 0.0)
    for side in ("west", "east"):
        stand = tiered_stand(rng, look, 1.22, 2)
        spot = place.against(side, north - 3.2 if side == "west" else north - 3.5)
        number = stock.site.put(stand.model, spot.x, spot.y, 0.0, spot.yaw, on=place.floor)
        for level in stand.levels:
            stock.crates(level, spot, number, (*PASTRY, "loaf of bread"))
    shelf = gondola(rng, look, 1.2, 1.6, 4)
    if north - 4.3 - 0.6 > 0.2 - north:
        stock.shelve(
            shelf, place.against("west", north - 4.6), draw.choice(rng, ("dry", "snacks", "tins")), place.floor, rows=1
        )
    for kind in ("potted plant", "stool", "waste bin", "basket"):
        model = make(kind, rng, stock.style)
        for _ in range(12):
            x, y = draw.uniform(rng, -0.5, 0.5) * (place.x - 0.8), draw.uniform(rng, 0.4 - north, north - 2.8)
            if abs(x) > 0.28 * place.x and stock.site.is_free(model, x, y, 0.0, gap=0.05):
                stock.site.put(model, x, y, TOUCH, 0.0, on=place.floor)
                break
    return place
