"""A small shop, open to the street: crates of produce on stands, shelves, a fridge, a counter with scales."""

import numpy as np

from scenes import draw
from scenes.catalog import make
from scenes.families.shop.placing import TOUCH
from scenes.families.shop.premises import Premises, build_room
from scenes.families.shop.stocking import Stocker
from scenes.families.warehouse.filling import FloorPose
from scenes.furnish.displays import ShopFinish, gondola, sample_finish, tiered_stand
from scenes.furnish.shop_fixtures import display_fridge, shop_counter
from scenes.measure import size_of

__all__ = ["fill", "serve"]


def fill(rng: np.random.Generator, stock: Stocker) -> Premises:
    """Fill a small grocer: shelves, a fridge, a counter with its till, stands of fruit."""
    premises = Premises(draw.uniform(rng, 4.6, 6.2), draw.uniform(rng, 5.6, 7.6), draw.uniform(rng, 2.7, 3.2))
    build_room(rng, stock.style, stock.layout, premises, shopfront=draw.uniform(rng, 2.4, premises.x - 0.8))
    look = sample_finish(rng, stock.style, timber=0.7)
    fridge = display_fridge(rng, 1.5, doors=True)
    stock.shelve(fridge, premises.against("north", -premises.x / 2 + 1.5), "cold", premises.floor, rows=1)
    shelf = gondola(rng, look, premises.x - 3.4, 1.9, 5)
    stock.shelve(
        shelf, premises.against("north", 1.25), draw.choice(rng, ("dry", "tins", "snacks")), premises.floor, rows=1
    )
    serve(rng, stock, premises, look, (draw.uniform(rng, -0.2, 0.4), premises.y / 2 - 1.75), 1.6)
    for side in ("west", "east"):
        lengths = (draw.choice(rng, (1.82, 2.42)), 1.82)
        end = 0.55 - premises.y / 2 + sum(lengths)
        rest = premises.y / 2 - 0.75 - end
        if rest > 0.9:
            shelf = gondola(rng, look, rest, draw.uniform(rng, 1.7, 2.1), 5)
            theme = draw.choice(rng, ("dry", "tins", "drinks"))
            stock.shelve(shelf, premises.against(side, end + rest / 2 + 0.02), theme, premises.floor, rows=1)
        for length in lengths:
            stand = tiered_stand(rng, look, length, draw.integer(rng, 2, 4))
            end -= length + 0.02
            stock.crates_on(stand, premises.against(side, end + length / 2), premises.floor)
    for _ in range(draw.integer(rng, 2, 5)):
        x, y = draw.uniform(rng, -0.9, 0.9), draw.uniform(rng, 0.4 - premises.y / 2, 0.6)
        if stock.layout.is_clear(np.array([x - 0.4, y - 0.1, 0.05]), np.array([x + 0.4, y + 0.5, 1.0])):
            stock.crate(
                FloorPose(x, y, 0.0),
                (0.0, 0.0, 0.0),
                draw.choice(rng, ("potato", "cabbage", "melon", "carrot")),
                premises.floor,
            )
    return premises


def serve(
    rng: np.random.Generator,
    stock: Stocker,
    premises: Premises,
    look: ShopFinish,
    at: tuple[float, float],
    length: float,
    *,
    showcase: bool = False,
) -> None:
    """A counter with a till and scales on it, and the shopkeeper's position behind it."""
    desk = shop_counter(rng, look, length, showcase=showcase)
    pose = FloorPose(*at, 0.0)
    counter = stock.layout.build(desk.model, pose, on=premises.floor)
    *shelves, top = desk.levels
    for level in shelves:
        stock.lay(level, pose, ("croissant", "bread roll", "donut"), counter)
    categories = ["cash register", "weighing scale", "jar", "price card"]
    x = at[0] - length / 2 + 0.08
    for kind in rng.permutation(categories):
        model = make(str(kind), rng, stock.style)
        width, depth, _ = size_of(model)
        if x + width < at[0] + length / 2 - 0.05:
            back = str(kind) == "cash register"
            y = at[1] + (top.back - depth / 2 if back else top.front + depth / 2 + 0.02)
            stock.layout.put(model, x + width / 2, y, top.z + TOUCH, np.pi if back else 0.0, on=counter)
            x += width + draw.uniform(rng, 0.06, 0.2)
    premises.desks.append(FloorPose(at[0] + draw.normal(rng, 0, 0.15), at[1] + 0.36, 0.0))
