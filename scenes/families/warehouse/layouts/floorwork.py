"""Floor equipment of all layouts: painted lines, guards at rack ends, parked trucks, blocks of goods, signs."""

from functools import partial

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Hall
from scenes.floor_layout import SIDES, TOUCH, FloorPose, FloorRectangle
from scenes.furnish.industrial import marking
from scenes.material import Material
from scenes.measure import size_of
from scenes.objects.safety_railing import railing

__all__ = ["block", "end_guards", "frame", "lane", "park", "signs"]


def lane(filler: Filler, hall: Hall, paint: Material, x: float, y: float, width: float, length: float) -> None:
    """A painted line about (x, y), `width` along x and `length` along y, cut off at the walls."""
    low = np.maximum([x - width / 2, y - length / 2], [0.1 - hall.x / 2, 0.1 - hall.y / 2])
    high = np.minimum([x + width / 2, y + length / 2], [hall.x / 2 - 0.1, hall.y / 2 - 0.1])
    size = high - low
    if size.min() > 0.02:
        model = finished(marking(filler.rng, paint, float(size[0]), float(size[1])))
        filler.layout.put(model, float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2, 0.0005, on=hall.floor)


def frame(filler: Filler, hall: Hall, paint: Material, area: FloorRectangle, width: float = 0.1) -> None:
    """A painted rectangle around an area."""
    for y in (area.front, area.back):
        lane(filler, hall, paint, (area.left + area.right) / 2, y, area.width + width, width)
    for x in (area.left, area.right):
        lane(filler, hall, paint, x, (area.front + area.back) / 2, width, area.depth - width)


def end_guards(
    filler: Filler, hall: Hall, x: float, y: float, length: float, sign: int, first: bool, last: bool
) -> None:
    """A railing or a post before the free ends of a row of racks along y."""
    for wanted, end in ((first, -1), (last, 1)):
        at = y + end * (length / 2 + 0.3)
        if not wanted or abs(at) > hall.y / 2 - 0.5 or draw.chance(filler.rng, 0.25):
            continue
        if draw.chance(filler.rng, 0.6):
            model = filler.stock.pools.setdefault("end railing", [finished(railing(filler.rng, 1.1, 0.42))])[0]
            yaw = 0.0 if end < 0 else np.pi
            if filler.layout.is_free(model, x, at, yaw):
                filler.layout.put(model, x, at, TOUCH, yaw, on=hall.floor)
        else:
            post = filler.stock.pick("guard post")
            for side in (-0.45, 0.45):
                if filler.layout.is_free(post, x + side, at, 0.0):
                    filler.layout.put(post, x + side, at, TOUCH, 0.0, on=hall.floor)


def park(filler: Filler, hall: Hall, area: FloorRectangle, categories: tuple[str, ...], count: int) -> None:
    """Trucks in the area along its longer side, some with a load on their forks."""
    rng, layout = filler.rng, filler.layout
    for category in rng.permutation(categories)[:count]:
        model = filler.stock.pick(str(category))
        layout.stand_somewhere(model, partial(_parked, rng, area), on=hall.floor, gap=0.15, tries=20)


def _parked(rng: np.random.Generator, area: FloorRectangle) -> FloorPose:
    x, y = area.random_point(rng)
    along = 0.0 if area.depth > area.width else np.pi / 2
    return FloorPose(x, y, along + draw.choice(rng, [0.0, np.pi]) + draw.normal(rng, 0, 0.12))


def block(filler: Filler, hall: Hall, area: FloorRectangle, *, loose: float, height: float = 1.9) -> None:
    """Pallets in rows within an area, with gaps to walk between."""
    columns, rows = max(1, int(area.width / 1.36)), max(1, int(area.depth / 1.05))
    yaw = draw.choice(filler.rng, [0.0, np.pi])
    for i in range(columns):
        for j in range(rows):
            if filler.is_full or not draw.chance(filler.rng, filler.fullness):
                continue
            x = area.left + (i + 0.5) * area.width / columns + draw.normal(filler.rng, 0, 0.03)
            y = area.front + (j + 0.5) * area.depth / rows + draw.normal(filler.rng, 0, 0.03)
            low, high = np.array([x - 0.66, y - 0.56, 0.02]), np.array([x + 0.66, y + 0.56, height])
            if filler.layout.is_clear(low, high):
                heading = yaw + draw.normal(filler.rng, 0, 0.03)
                filler.unit(x, y, 0.0, heading, height, hall.floor, loose=loose)


def signs(filler: Filler, hall: Hall, count: int) -> None:
    """Signs on the walls, above the objects that stand there, and extinguishers below some."""
    rng, layout = filler.rng, filler.layout
    for _ in range(count):
        model = make("safety sign", rng, filler.style)
        width, depth, height = size_of(model)
        for _ in range(10):
            side = SIDES[draw.integer(rng, 4)]
            s = draw.uniform(rng, -0.45, 0.45) * hall.length(side)
            # Sheet walls have waves 5 cm deep behind their face: fixed to the crests.
            x, y, yaw = hall.at(side, s, depth / 2 - 0.06)
            z = draw.uniform(rng, 1.5, min(2.6, hall.z - height - 0.2))
            low, high = (
                np.array([x - width / 2, y - width / 2, z]),
                np.array([x + width / 2, y + width / 2, z + height]),
            )
            inner = np.clip(low, (-hall.x / 2, -hall.y / 2, 0), (hall.x / 2, hall.y / 2, 9))
            outer = np.clip(high, (-hall.x / 2, -hall.y / 2, 0), (hall.x / 2, hall.y / 2, 9))
            if hall.keeps_clear(side, s, width + 0.4) and layout.is_clear(inner, outer):
                layout.put(model, *hall.at(side, s, depth / 2 + 0.001)[:2], z, yaw)
                break
