"""A supermarket: gondolas between fridges and wall shelves, freezers, produce, checkouts at the front."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.families.shop.placing import TOUCH
from scenes.families.shop.premises import Premises, build_room
from scenes.families.shop.stocking import Stocker
from scenes.families.warehouse.filling import FloorPose
from scenes.furnish.displays import gondola, sample_finish, tiered_stand
from scenes.furnish.lettering import hanging_sign
from scenes.furnish.shop_fixtures import checkout, chest_freezer, display_fridge
from scenes.measure import size_of

__all__ = ["fill"]

PAIR = 1.04  # metres that two gondolas back to back take up


def fill(rng: np.random.Generator, stock: Stocker) -> Premises:
    """Fill a supermarket; the first aisle's shelves come first and get the most goods."""
    aisle, length, rows = draw.uniform(rng, 1.8, 2.3), draw.uniform(rng, 3.6, 5.2), draw.integer(rng, 1, 3)
    x = 0.9 + aisle + rows * (PAIR + aisle) + 0.6
    premises = Premises(x, length + 8.2, draw.uniform(rng, 3.0, 3.7))
    build_room(rng, stock.style, stock.layout, premises)
    look = sample_finish(rng, stock.style, timber=0.1)
    height = draw.uniform(rng, 1.55, 1.9)
    count = 5 if height > 1.7 else 4
    middle = premises.y / 2 - 0.9 - 1.9 - length / 2
    _produce(rng, stock, premises, middle - (length + 1.2) / 2 - 1.45)
    _checkouts(rng, stock, premises)
    themes = [str(name) for name in rng.permutation(["dry", "tins", "drinks", "household", "snacks", "dry"])]
    _walls(rng, stock, premises, middle, length)
    for row in range(rows):
        at = -x / 2 + 0.9 + aisle + row * (PAIR + aisle) + PAIR / 2
        for sign in (-1, 1):
            side = gondola(rng, look, length, height, count)
            pose = FloorPose(at + sign * 0.002, middle, sign * np.pi / 2)
            stock.shelve(side, pose, themes[row * 2 + (sign > 0)], premises.floor, rows=2 - row)
        for sign in (-1, 1):
            cap = gondola(rng, look, 0.92, height - 0.1, count - 1)
            pose = FloorPose(at, middle + sign * (length / 2 + 0.006), 0.0 if sign < 0 else np.pi)
            stock.shelve(cap, pose, draw.choice(rng, ("snacks", "drinks", "cases")), premises.floor, rows=1)
    for row in range(rows + 1):
        drop = premises.z - 2.85 if premises.z > 3.2 else 0.25
        board = finished(hanging_sign(rng, draw.uniform(rng, 0.9, 1.3), draw.choice(rng, (0.3, 0.62)), drop))
        at = -x / 2 + 0.9 + aisle / 2 + row * (PAIR + aisle)
        stock.layout.put(board, at, middle - 0.32 * length, premises.z - size_of(board)[2])
    _floor(rng, stock, premises)
    return premises


def _produce(rng: np.random.Generator, stock: Stocker, premises: Premises, y: float) -> None:
    """Crates on a stand at the front of the west wall."""
    look = sample_finish(rng, stock.style, timber=0.6)
    stand = tiered_stand(rng, look, draw.choice(rng, (1.82, 2.42)), 2)
    stock.crates_on(stand, premises.against("west", y), premises.floor)


def _walls(rng: np.random.Generator, stock: Stocker, premises: Premises, middle: float, length: float) -> None:
    """Fridges along the west and north walls, shelves along the east."""
    half = (length + 1.2) / 2
    fridge = display_fridge(rng, half, doors=draw.chance(rng, 0.5))
    stock.shelve(fridge, premises.against("west", middle + half / 2 + 0.02), "cold", premises.floor, rows=1)
    if draw.chance(rng, 0.5):
        stock.shelve(fridge, premises.against("west", middle - half / 2 - 0.02), "cold", premises.floor, rows=1)
    back = display_fridge(rng, premises.x / 2 - 0.5, doors=draw.chance(rng, 0.6))
    for sign in (-1, 1):
        stock.shelve(
            back, premises.against("north", sign * (premises.x / 4 - 0.22) + 0.44), "cold", premises.floor, rows=1
        )
    shelf = gondola(rng, sample_finish(rng, stock.style, timber=0.2), length, 2.0, 5)
    stock.shelve(shelf, premises.against("east", middle), "household", premises.floor, rows=1)


def _checkouts(rng: np.random.Generator, stock: Stocker, premises: Premises) -> None:
    """Belts along y with goods, a till and a cashier at each."""
    look = sample_finish(rng, stock.style, timber=0.0)
    desk = checkout(rng, look, 2.6)
    count = max(1, int((premises.x - 2.4) / 2.1))
    for k in range(count):
        pose = FloorPose((k - (count - 1) / 2) * 2.1 + 0.3, -premises.y / 2 + 2.0, -np.pi / 2)
        support = stock.layout.build(desk.model, pose, on=premises.floor)
        belt, till = desk.levels[:2]
        if draw.chance(rng, 0.8):
            stock.face(belt, pose, ("carton", "drink carton", "food packet", "jar", "bottle"), support, rows=2)
        register = make("cash register", rng, stock.style)
        u, v = (till.left + till.right) / 2, (till.front + till.back) / 2
        x, y = pose.world(u, v)
        stock.layout.put(register, x, y, till.z + TOUCH, pose.yaw + np.pi, on=support)
        premises.desks.append(FloorPose(*pose.world(u - 0.1, till.back + 0.34), pose.yaw))


def _floor(rng: np.random.Generator, stock: Stocker, premises: Premises) -> None:
    """A freezer if it fits, promotions, carts and baskets on the free floor."""
    front = -premises.y / 2
    freezer, pose = chest_freezer(rng, draw.choice(rng, (1.8, 2.4))), FloorPose(0.4, front + 4.1, 0.0)
    reach = np.array([size_of(freezer.model)[0] / 2 + 0.8, 1.2, 1.5])
    middle = np.array([pose.x, pose.y, 1.6])
    if stock.layout.is_clear(middle - reach, middle + reach):
        stock.shelve(freezer, pose, "frozen", premises.floor, rows=4)

    def anywhere() -> FloorPose:
        x, y = draw.uniform(rng, -0.5, 0.5) * (premises.x - 1.8), draw.uniform(rng, front + 0.7, premises.y / 2 - 1.7)
        return FloorPose(x, y, draw.choice(rng, (0.0, np.pi)) + draw.normal(rng, 0, 0.2))

    case = stock.goods.one("case")
    for _ in range(draw.integer(rng, 2, 6)):
        pose = anywhere()
        for side in (-0.5, 0.5):
            beside = FloorPose(*pose.world(side * (size_of(case)[0] + 0.12), 0.0), pose.yaw)
            stock.stack(case, beside, draw.integer(rng, 2, 5), premises.floor)
    for kind in ("shopping cart", "shopping basket", "shopping cart", "shopping basket", "waste bin"):
        stock.layout.stand_somewhere(make(kind, rng, stock.style), anywhere, on=premises.floor)
