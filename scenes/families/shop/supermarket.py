"""A supermarket: gondolas between fridges and wall shelves, freezers, produce, checkouts at the front."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.families.shop.premises import Premises, build_room
from scenes.families.shop.stocking import Stocker
from scenes.families.warehouse.filling import Spot
from scenes.families.warehouse.site import TOUCH, size_of
from scenes.furnish.displays import gondola, sample_finish, tiered_stand
from scenes.furnish.lettering import hanging_sign
from scenes.furnish.shop_fixtures import checkout, chest_freezer, display_fridge

__all__ = ["fill"]

PAIR = 1.04  # metres that two gondolas back to back take up


def fill(rng: np.random.Generator, stock: Stocker) -> Premises:
    """The first aisle's shelves first: they get the most goods."""
    aisle, length, rows = draw.uniform(rng, 1.8, 2.3), draw.uniform(rng, 3.6, 5.2), draw.integer(rng, 1, 3)
    x = 0.9 + aisle + rows * (PAIR + aisle) + 0.6
    place = Premises(x, length + 8.2, draw.uniform(rng, 3.0, 3.7))
    build_room(rng, stock.style, stock.site, place)
    look = sample_finish(rng, stock.style, timber=0.1)
    height, count = draw.uniform(rng, 1.55, 1.85), draw.integer(rng, 5, 7)
    middle = place.y / 2 - 0.9 - 1.9 - length / 2
    themes = [str(name) for name in rng.permutation(["dry", "tins", "drinks", "household", "snacks", "dry"])]
    for row in range(rows):
        at = -x / 2 + 0.9 + aisle + row * (PAIR + aisle) + PAIR / 2
        for sign in (-1, 1):
            spot = Spot(at + sign * 0.002, middle, sign * np.pi / 2)
            stock.shelve(
                gondola(rng, look, length, height, count),
                spot,
                themes[row * 2 + (sign > 0)],
                place.floor,
                rows=2 if row == 0 else 1,
            )
        for sign in (-1, 1):
            cap = gondola(rng, look, 0.92, height - 0.1, count - 1)
            spot = Spot(at, middle + sign * (length / 2 + 0.006), 0.0 if sign < 0 else np.pi)
            stock.shelve(cap, spot, draw.choice(rng, ("snacks", "drinks", "cases")), place.floor, rows=1)
    _walls(rng, stock, place, middle, length)
    _checkouts(rng, stock, place)
    for row in range(rows + 1):
        sign = finished(
            hanging_sign(
                rng,
                draw.uniform(rng, 0.9, 1.3),
                draw.choice(rng, (0.3, 0.62)),
                place.z - 2.85 if place.z > 3.2 else 0.25,
            )
        )
        at = -x / 2 + 0.9 + aisle / 2 + row * (PAIR + aisle)
        stock.site.put(sign, at, middle - 0.32 * length, place.z - size_of(sign)[2], 0.0)
    _floor(rng, stock, place)
    return place


def _walls(rng: np.random.Generator, stock: Stocker, place: Premises, middle: float, length: float) -> None:
    """Fridges along the west and north walls, produce at the west's front, shelves along the east."""
    half = (length + 1.2) / 2
    fridge = display_fridge(rng, half, doors=draw.chance(rng, 0.5))
    stock.shelve(fridge, place.against("west", middle + half / 2 + 0.02), "cold", place.floor, rows=1)
    if draw.chance(rng, 0.5):
        stock.shelve(fridge, place.against("west", middle - half / 2 - 0.02), "cold", place.floor, rows=1)
    look = sample_finish(rng, stock.style, timber=0.6)
    stand = tiered_stand(rng, look, draw.choice(rng, (1.82, 2.42)), 2)
    spot = place.against("west", middle - half - 1.45)
    number = stock.site.put(stand.model, spot.x, spot.y, 0.0, spot.yaw, on=place.floor)
    for level in stand.levels:
        stock.crates(level, spot, number)
    back = display_fridge(rng, place.x / 2 - 0.5, doors=draw.chance(rng, 0.6))
    for sign in (-1, 1):
        stock.shelve(back, place.against("north", sign * (place.x / 4 - 0.22) + 0.44), "cold", place.floor, rows=1)
    shelf = gondola(rng, sample_finish(rng, stock.style, timber=0.2), length, 2.0, 5)
    stock.shelve(shelf, place.against("east", middle), "household", place.floor, rows=1)


def _checkouts(rng: np.random.Generator, stock: Stocker, place: Premises) -> None:
    """Belts along y, goods on them, a till and somebody at each."""
    look = sample_finish(rng, stock.style, timber=0.0)
    desk = checkout(rng, look, 2.6)
    count = max(1, int((place.x - 2.4) / 2.1))
    for k in range(count):
        spot = Spot((k - (count - 1) / 2) * 2.1 + 0.3, -place.y / 2 + 2.0, -np.pi / 2)
        number = stock.site.put(desk.model, spot.x, spot.y, 0.0, spot.yaw, on=place.floor)
        belt, till, bags = desk.levels
        if draw.chance(rng, 0.8):
            stock.face(belt, spot, ("carton", "drink carton", "food packet", "jar", "bottle"), number, rows=2)
        register = make("cash register", rng, stock.style)
        u, v = (till.left + till.right) / 2, (till.front + till.back) / 2
        x, y = spot.world(u, v)
        stock.site.put(register, x, y, till.z + TOUCH, spot.yaw + np.pi, on=number)
        place.desks.append((*spot.world(u - 0.1, till.back + 0.34), spot.yaw))


def _floor(rng: np.random.Generator, stock: Stocker, place: Premises) -> None:
    """Promotions, carts and baskets where the floor is free, a freezer if there is room for one."""
    site, front = stock.site, -place.y / 2
    freezer = chest_freezer(rng, draw.choice(rng, (1.8, 2.4)))
    y = front + 4.1
    if site.is_free(freezer.model, 0.4, y, 0.0, gap=0.7):
        stock.shelve(freezer, Spot(0.4, y, 0.0), "frozen", place.floor, rows=4)
    for _ in range(draw.integer(rng, 1, 3)):
        case = stock.product("case")
        width, depth, height = size_of(case)
        for _ in range(20):
            x, y = (
                draw.uniform(rng, -place.x / 2 + 0.9, place.x / 2 - 0.9),
                draw.uniform(rng, front + 0.6, place.y / 2 - 1.6),
            )
            area = (
                np.array([x - width - 0.35, y - depth - 0.35, 0.05]),
                np.array([x + width + 0.35, y + depth + 0.35, 1.5]),
            )
            if not site.is_clear(*area):
                continue
            for i, j in ((-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)):
                below = place.floor
                for layer in range(draw.integer(rng, 2, 5)):
                    spot = (x + i * (width + 0.006), y + j * (depth + 0.006))
                    below = site.put(
                        case, *spot, layer * (height + TOUCH) + TOUCH, draw.normal(rng, 0, 0.006), on=below
                    )
            break
    for kind in ("shopping cart", "shopping basket", "shopping cart", "shopping basket", "waste bin"):
        model = make(kind, rng, stock.style)
        for _ in range(12):
            x, y = draw.uniform(rng, -0.5, 0.5) * (place.x - 1.6), draw.uniform(rng, front + 0.6, place.y / 2 - 1.5)
            yaw = draw.choice(rng, (0.0, np.pi)) + draw.normal(rng, 0, 0.25)
            if site.is_free(model, x, y, yaw, gap=0.12):
                site.put(model, x, y, TOUCH, yaw, on=place.floor)
                break
