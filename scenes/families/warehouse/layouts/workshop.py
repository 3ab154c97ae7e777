"""A workshop: benches with tools along the walls, shelves, tyres, gas, a trolley, work in the middle of the floor."""

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Door, Hall
from scenes.families.warehouse.layouts.racks import wall_shelves
from scenes.floor_layout import SIDES, TOUCH, FloorRectangle
from scenes.measure import bounds, part_mesh, size_of
from scenes.model import ObjectSpec, PartRole
from scenes.objects.workbench import of_length as workbench_of_length

__all__ = ["fill", "plan"]

ON_BENCH = (
    "toolbox",
    "toolbox",
    "box",
    "tin can",
    "mug",
    "jerry can",
    "tote",
    "bucket",
    "desk lamp",
    "bottle",
    "jar",
    "tyre",
)
ON_SHELF = ("tote", "tote", "box", "toolbox", "tin can", "bucket", "jerry can", "box")


def plan(rng: np.random.Generator, *, night: bool) -> Hall:
    """A hall for a few benches, with a shutter and a plain door."""
    x, y, z = draw.uniform(rng, 6.5, 10.5), draw.uniform(rng, 6, 9.5), draw.uniform(rng, 3.3, 5.4)
    up = draw.choice(rng, [0.0, 0.5, 1.0])
    doors = [Door("south", draw.uniform(rng, -0.2, 0.2) * x, draw.uniform(rng, 2.4, 3.2), 2.7, up)]
    doors.append(Door("west", draw.uniform(rng, -0.3, 0.3) * y, 0.94, 2.06, None))
    return Hall(x, y, z, tuple(doors), night)


def fill(filler: Filler, hall: Hall) -> None:
    """Shelves, benches, goods along the walls, tyres, and work on the floor."""
    rng = filler.rng
    if draw.chance(rng, 0.7):
        wall_shelves(filler, hall, "east" if draw.chance(rng, 0.5) else "north", ON_SHELF)
    for k in range(draw.integer(rng, 2, 4)):
        model = finished(
            workbench_of_length(rng, filler.style, draw.uniform(rng, 1.5, 2.6), panel=k == 0 or draw.chance(rng, 0.5))
        )
        _bench(filler, hall, model)
    if draw.chance(rng, 0.4):
        wall_shelves(filler, hall, "west", ON_SHELF)
    filler.along(
        (
            "gas bottle",
            "gas bottle",
            "barrel",
            "control cabinet",
            "fire extinguisher",
            "cable drum",
            "box",
            "tote",
            "barrel",
            "crate",
        ),
        8,
        hall,
        hall.floor,
    )
    free = hall.inset(0.5, front=0.9)
    _tyres(filler, hall, free)
    categories = (
        "stepladder",
        "trolley",
        "hand truck",
        "bucket",
        "crate",
        "barrel",
        "stool",
        "jerry can",
        "toolbox",
        "pallet truck",
        "cable drum",
        "traffic cone",
        "waste bin",
        "sack",
        "pallet",
        "box",
        "box",
        "tote",
        "barrel",
    )
    filler.scatter(categories, draw.integer(rng, 10, 15), free, hall.floor)


def _bench(filler: Filler, hall: Hall, model: ObjectSpec) -> None:
    """A bench against a wall with objects on it."""
    rng, layout = filler.rng, filler.layout
    width, depth, _ = size_of(model)
    for _ in range(16):
        side = SIDES[draw.integer(rng, 4)]
        reach = max(hall.length(side) / 2 - width / 2 - 0.05, 0.05)
        s = draw.uniform(rng, -reach, reach)
        x, y, yaw = hall.at(side, s, depth / 2 + 0.02)
        if hall.keeps_clear(side, s, width) and layout.is_free(model, x, y, yaw, gap=0.01):
            break
    else:
        return
    support = layout.put(model, x, y, TOUCH, yaw, on=hall.floor)
    top = _top(model) + TOUCH
    u = -width / 2 + 0.5
    for category in rng.permutation(ON_BENCH)[: draw.integer(rng, 3, 7)]:
        tool = make(str(category), rng, filler.style)
        tool_width, tool_depth, _ = size_of(tool)
        u += tool_width / 2 + draw.uniform(rng, 0.02, 0.25)
        if u + tool_width / 2 > width / 2 - 0.05:
            break
        if tool_depth > depth - 0.18:
            continue
        v = draw.uniform(rng, -(depth - tool_depth) / 2 + 0.08, (depth - tool_depth) / 2 - 0.08)
        px, py = x + u * np.cos(yaw) - v * np.sin(yaw), y + u * np.sin(yaw) + v * np.cos(yaw)
        layout.put(tool, px, py, top + TOUCH, yaw + draw.normal(rng, 0, 0.1), on=support)
        u += tool_width / 2


def _tyres(filler: Filler, hall: Hall, free: FloorRectangle) -> None:
    """A stack of tyres of one size."""
    rng, layout = filler.rng, filler.layout
    model = filler.stock.pick("tyre")
    for _ in range(12):
        x, y = free.random_point(rng)
        if layout.is_free(model, x, y, 0.0, gap=0.12):
            under = layout.put(model, x, y, TOUCH, 0.0, on=hall.floor)
            for _ in range(draw.integer(rng, 1, 5)):
                slip = rng.normal(0, 0.012, 2)
                under = layout.put_on(under, model, x + float(slip[0]), y + float(slip[1]), draw.uniform(rng, 0, 6.28))
            return


def _top(model: ObjectSpec) -> float:
    """The height of a bench's top, without its back panel."""
    return float(bounds(part_mesh(next(part for part in model.parts if part.role is PartRole.TOP))).high[2])
