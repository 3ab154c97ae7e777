"""A supermarket: gondolas between fridges and wall shelves, freezers, produce, checkouts at the front."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.families.shop.premises import Premises, build_room
from scenes.floor_layout import TOUCH, FloorPose
from scenes.furnish.displays import gondola, sample_finish, tiered_stand
from scenes.furnish.goods import SIGNS
from scenes.furnish.hanging_sign import hanging_sign
from scenes.furnish.shop_fixtures import checkout, chest_freezer, display_fridge
from scenes.furnish.stocking import Stocker
from scenes.measure import size_of

__all__ = ["fill"]

PAIR = 1.04  # metres that two gondolas back to back take up
_ON_BELT = ("carton", "drink carton", "food packet", "jar", "bottle")


def fill(rng: np.random.Generator, stock: Stocker) -> Premises:
    """Fill a supermarket; the first aisle's shelves come first and get the most goods."""
    aisle, length, rows = draw.uniform(rng, 1.8, 2.3), draw.uniform(rng, 3.6, 5.2), draw.integer(rng, 1, 3)
    x = 0.9 + aisle + rows * (PAIR + aisle) + 0.6
    premises = Premises(x, length + 8.2, draw.uniform(rng, 3.0, 3.7))
    build_room(rng, stock.style, stock.layout, premises)
    middle = premises.y / 2 - 0.9 - 1.9 - length / 2
    stand = tiered_stand(rng, sample_finish(rng, stock.style, timber=0.6), draw.choice(rng, (1.82, 2.42)), 2)
    stock.fill_crates(stand, premises.against("west", middle - (length + 1.2) / 2 - 1.45), premises.floor)
    _checkouts(rng, stock, premises)
    _walls(rng, stock, premises, middle, length)
    lines = [-x / 2 + 0.9 + aisle + row * (PAIR + aisle) + PAIR / 2 for row in range(rows)]
    themes = ["cold", *_gondolas(rng, stock, premises, lines, middle, length), "household"]
    for k, line in enumerate((lines[0] - (PAIR + aisle) / 2, *(line + (PAIR + aisle) / 2 for line in lines))):
        words = tuple(draw.choice(rng, SIGNS[theme]) for theme in themes[2 * k : 2 * k + 2])
        drop = premises.z - 2.85 if premises.z > 3.2 else 0.25
        board = finished(hanging_sign(rng, words, draw.uniform(rng, 0.9, 1.3), drop))
        stock.layout.put_goods(board, line, middle - 0.32 * length, premises.z - size_of(board)[2])
    _floor(rng, stock, premises)
    return premises


def _gondolas(
    rng: np.random.Generator, stock: Stocker, premises: Premises, lines: list[float], middle: float, length: float
) -> list[str]:
    """Shelves back to back along y on each line, and one at each end; the themes of the long ones from west to east."""
    look, height = sample_finish(rng, stock.style, timber=0.1), draw.uniform(rng, 1.55, 1.9)
    count = 5 if height > 1.7 else 4
    small = draw.choice(rng, ("tins", "drinks"))  # both together would be more objects than a scene may hold
    themes = [str(theme) for theme in rng.permutation(["dry", small, "household", "snacks"])]
    for row, line in enumerate(lines):
        for theme, sign in zip(themes[2 * row :], (-1, 1), strict=False):
            pose = FloorPose(line + sign * 0.002, middle, sign * np.pi / 2)
            side = gondola(rng, look, length, height, count)
            stock.shelve(side, pose, theme, premises.floor, rows=3 - len(lines))
        for sign in (-1, 1):
            pose = FloorPose(line, middle + sign * (length / 2 + 0.006), 0.0 if sign < 0 else np.pi)
            end = gondola(rng, look, 0.92, height - 0.1, count - 1)
            stock.shelve(end, pose, draw.choice(rng, ("snacks", "drinks", "cases")), premises.floor)
    return themes[: 2 * len(lines)]


def _walls(rng: np.random.Generator, stock: Stocker, premises: Premises, middle: float, length: float) -> None:
    """Fridges along the west and north walls, shelves along the east."""
    half = (length + 1.2) / 2
    fridge = display_fridge(rng, half, doors=draw.chance(rng, 0.5))
    for sign in (1, -1)[: draw.integer(rng, 1, 3)]:
        stock.shelve(fridge, premises.against("west", middle + sign * (half / 2 + 0.02)), "cold", premises.floor)
    back = display_fridge(rng, premises.x / 2 - 0.5, doors=draw.chance(rng, 0.6))
    for sign in (-1, 1):
        stock.shelve(back, premises.against("north", sign * (premises.x / 4 - 0.22) + 0.44), "cold", premises.floor)
    shelf = gondola(rng, sample_finish(rng, stock.style, timber=0.2), length, 2.0, 5)
    stock.shelve(shelf, premises.against("east", -middle), "household", premises.floor)


def _checkouts(rng: np.random.Generator, stock: Stocker, premises: Premises) -> None:
    """Belts along y with goods, a till and a cashier at each."""
    desk = checkout(rng, sample_finish(rng, stock.style, timber=0.0), 2.6)
    belt, till = desk.levels[:2]
    u = (till.left + till.right) / 2
    count = max(1, int((premises.x - 2.4) / 2.1))
    for k in range(count):
        pose = FloorPose((k - (count - 1) / 2) * 2.1 + 0.3, -premises.y / 2 + 2.0, -np.pi / 2)
        support = stock.layout.put_fixture(desk.model, pose, on=premises.floor)
        if draw.chance(rng, 0.8):
            stock.face(belt, pose, _ON_BELT, support, rows=2)
        x, y = pose.world(u, (till.front + till.back) / 2)
        register = make("cash register", rng, stock.style)
        stock.layout.put(register, x, y, till.z + TOUCH, pose.yaw + np.pi, on=support)
        premises.desks.append(pose.moved(u - 0.1, till.back + 0.34))


def _floor(rng: np.random.Generator, stock: Stocker, premises: Premises) -> None:
    """A freezer if it fits, promotions, carts and baskets on the free floor."""
    front = -premises.y / 2
    freezer, pose = chest_freezer(rng, draw.choice(rng, (1.8, 2.4))), FloorPose(0.4, front + 4.1, 0.0)
    half = np.array([size_of(freezer.model)[0] / 2 + 0.8, 1.2, 1.5])
    middle = np.array([pose.x, pose.y, 1.6])
    if stock.layout.is_clear(middle - half, middle + half):
        stock.shelve(freezer, pose, "frozen", premises.floor, rows=4)

    def anywhere() -> FloorPose:
        x, y = draw.uniform(rng, -0.5, 0.5) * (premises.x - 1.8), draw.uniform(rng, front + 0.7, premises.y / 2 - 1.7)
        return FloorPose(x, y, draw.choice(rng, (0.0, np.pi)) + draw.normal(rng, 0, 0.2))

    case = stock.goods.one("case")
    for _ in range(draw.integer(rng, 2, 6)):
        pose = anywhere()
        for side in (-0.5, 0.5):
            beside = pose.moved(side * (size_of(case)[0] + 0.12), 0.0)
            stock.stack_on_floor(case, beside, draw.integer(rng, 2, 5), premises.floor)
    for kind in ("shopping cart", "shopping basket", "shopping cart", "shopping basket", "waste bin"):
        stock.layout.stand_somewhere(make(kind, rng, stock.style), anywhere, on=premises.floor, gap=0.1)
