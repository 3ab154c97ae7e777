"""A small shop, open to the street: crates of produce on stands, shelves, a fridge, a counter with scales."""

import numpy as np

from scenes import draw
from scenes.catalog import make
from scenes.families.shop.premises import Premises, build_room
from scenes.floor_layout import TOUCH, FloorPose, Side
from scenes.furnish.displays import ShopFinish, gondola, sample_finish, tiered_stand
from scenes.furnish.shop_fixtures import display_fridge, shop_counter
from scenes.furnish.stocking import Stocker
from scenes.measure import size_of

__all__ = ["fill", "serve"]

_ON_FLOOR = ("potato", "cabbage", "melon", "carrot")


def fill(rng: np.random.Generator, stock: Stocker) -> Premises:
    """Fill a small grocer: shelves, a fridge, a counter with its till, stands of fruit."""
    premises = Premises(draw.uniform(rng, 4.6, 6.2), draw.uniform(rng, 5.6, 7.6), draw.uniform(rng, 2.7, 3.2))
    build_room(rng, stock.style, stock.layout, premises, shopfront=draw.uniform(rng, 2.4, premises.x - 0.8))
    look = sample_finish(rng, stock.style, timber=0.7)
    fridge = display_fridge(rng, 1.5, doors=True)
    stock.shelve(fridge, premises.against("north", 1.5 - premises.x / 2), "cold", premises.floor)
    shelf, theme = gondola(rng, look, premises.x - 3.4, 1.9, 5), draw.choice(rng, ("dry", "tins", "snacks"))
    stock.shelve(shelf, premises.against("north", 1.25), theme, premises.floor)
    serve(rng, stock, premises, look, FloorPose(draw.uniform(rng, -0.2, 0.4), premises.y / 2 - 1.75, 0.0), 1.6)
    _along_the_walls(rng, stock, premises, look)
    for _ in range(draw.integer(rng, 2, 5)):
        pose = FloorPose(draw.uniform(rng, -0.9, 0.9), draw.uniform(rng, 0.4 - premises.y / 2, 0.6), 0.0)
        stock.crate_on_floor(pose, draw.choice(rng, _ON_FLOOR), premises.floor)
    return premises


def _along_the_walls(rng: np.random.Generator, stock: Stocker, premises: Premises, look: ShopFinish) -> None:
    """Stands of produce from the front to the middle of both long walls, shelves where room is left."""
    sides: tuple[Side, Side] = ("west", "east")
    for side in sides:
        sign = 1 if side == "west" else -1  # positions along the east wall run toward the front
        lengths = (draw.choice(rng, (1.82, 2.42)), 1.82)
        end = 0.55 - premises.y / 2 + sum(lengths)
        rest = premises.y / 2 - 0.75 - end
        if rest > 0.9:
            shelf = gondola(rng, look, rest, draw.uniform(rng, 1.7, 2.1), 5)
            theme = draw.choice(rng, ("dry", "tins", "drinks"))
            stock.shelve(shelf, premises.against(side, sign * (end + rest / 2 + 0.02)), theme, premises.floor)
        for length in lengths:
            stand = tiered_stand(rng, look, length, draw.integer(rng, 2, 4))
            end -= length + 0.02
            stock.fill_crates(stand, premises.against(side, sign * (end + length / 2)), premises.floor)


def serve(
    rng: np.random.Generator,
    stock: Stocker,
    premises: Premises,
    look: ShopFinish,
    pose: FloorPose,
    length: float,
    *,
    showcase: bool = False,
) -> None:
    """A counter with a till and scales on it, and the shopkeeper's position behind it."""
    desk = shop_counter(rng, look, length, showcase=showcase)
    counter = stock.layout.put_fixture(desk.model, pose, on=premises.floor)
    *shelves, top = desk.levels
    for level in shelves:
        stock.lay(level, pose, ("croissant", "bread roll", "donut"), counter)
    u = 0.08 - length / 2
    for kind in rng.permutation(["cash register", "weighing scale", "jar", "price card"]):
        model, behind = make(str(kind), rng, stock.style), str(kind) == "cash register"
        width, depth, _ = size_of(model)
        if u + width < length / 2 - 0.05:
            x, y = pose.world(u + width / 2, top.back - depth / 2 if behind else top.front + depth / 2 + 0.02)
            stock.layout.put(model, x, y, top.z + TOUCH, pose.yaw + np.pi * behind, on=counter)
            u += width + draw.uniform(rng, 0.06, 0.2)
    premises.desks.append(pose.moved(draw.normal(rng, 0, 0.15), 0.36))
