"""Kitchens: a run of units along a wall with worktop, sink, hob, oven and refrigerator, and a table."""

import numpy as np

from scenes import draw
from scenes.families.room.dining import dining_set
from scenes.families.room.hangings import ceiling_lamp, pictures, wall_shelf
from scenes.families.room.kitchen_run import REACH, Run, build_run
from scenes.families.room.layout import RoomLayout
from scenes.families.room.plan import Wall
from scenes.families.room.shell import dress_windows
from scenes.families.room.standing import corner
from scenes.families.room.tops import dress
from scenes.furnish.kitchen import Kitchen, sample_kitchen
from scenes.furnish.tables import Table
from scenes.objects.refrigerator import of_finish as refrigerator_of
from scenes.objects.rug import mat

__all__ = ["furnish_kitchen"]


def furnish_kitchen(room: RoomLayout) -> None:
    """The run on the longest wall without a door, then what goes on it, then the rest of the room."""
    kitchen = sample_kitchen(room.rng, room.style)
    main = min(room.plan.walls, key=lambda wall: (len(wall.doors), draw.uniform(room.rng, 0, 0.8) - _free(room, wall)))
    start, end = _fridge(room, kitchen, main, _stretch(room, main))
    run = build_run(room, kitchen, main, start, end)
    dress_windows(room, curtain_share=0.15, blind_share=0.35)
    _appliances(room, run)
    _clutter(room, run)
    _table(room, main)
    for category in ("floor plant", "waste bin", "stool"):
        if room.chance(0.5):
            corner(room, room.make(category))
    if room.chance(0.5):
        wall = room.plan.walls[draw.integer(room.rng, 4)]
        wall_shelf(room, wall, float(draw.uniform(room.rng, -0.3, 0.3) * wall.length), draw.uniform(room.rng, 1.3, 1.6))
    pictures(room, draw.integer(room.rng, 1, 5))


def _stretch(room: RoomLayout, wall: Wall) -> tuple[float, float]:
    """How much of the wall is free of the doors next to its corners."""
    half, ends = wall.length / 2, []
    for side, other in zip((1, -1), room.plan.beside(wall), strict=True):
        near = [other.length / 2 - side * door.s - door.width / 2 for door in other.doors]
        ends.append(half - (0.95 if any(gap < REACH + 0.12 for gap in near) else 0.02))
    return -ends[0], ends[1]


def _free(room: RoomLayout, wall: Wall) -> float:
    low, high = _stretch(room, wall)
    return high - low


def _fridge(room: RoomLayout, kitchen: Kitchen, wall: Wall, span: tuple[float, float]) -> tuple[float, float]:
    """A refrigerator at one end of the stretch; what is left of it for units."""
    fridge = room.new(refrigerator_of(room.rng, room.style, steel=kitchen.steel))
    width, (low, high) = float(fridge.size[0]), span
    for side in room.rng.permutation([-1, 1]):
        near = high - width / 2 - 0.01 if side > 0 else low + width / 2 + 0.01
        if room.against(fridge, wall, near=near) is not None:
            return (low + width + 0.03, high) if side < 0 else (low, high - width - 0.03)
    return span


def _appliances(room: RoomLayout, run: Run) -> None:
    """A microwave and a toaster at the back, a pot on the hob."""
    for category, share in (("microwave", 0.6), ("toaster", 0.5), ("soap dispenser", 0.5)):
        if not room.chance(share):
            continue
        appliance = room.make(category, whole=True)
        back = float(run.depth / 2 - appliance.size[1] / 2 - 0.04)
        for _ in range(8):
            x = draw.uniform(room.rng, -0.5, 0.5) * (run.width - float(appliance.size[0]) - 0.06)
            if room.on_top(appliance, run.top, np.array([x, back]), draw.normal(room.rng, 0, 0.05)) is not None:
                break
    if run.hob >= 0:
        hob = room[run.hob].own
        for side in (-1, 1):
            if room.chance(0.45):
                pot = room.make("pot", whole=True)
                point = np.array([side * 0.24 * hob.size[0], draw.choice(room.rng, [-0.2, 0.22]) * hob.size[1]])
                room.on_top(pot, run.hob, point, draw.uniform(room.rng, 0, 6.28))


def _clutter(room: RoomLayout, run: Run) -> None:
    """What stands on each free stretch of the worktop."""
    model = room[run.top].own.model
    z = float(room[run.top].own.high[2])
    for low, high in run.free:
        if high - low > 0.35:
            y = run.depth / 2 - 0.03
            outline = np.array([(low + 0.02, -y), (high - 0.02, -y), (high - 0.02, y), (low + 0.02, y)])
            table = Table("desk", model, z, outline)
            dress(room, run.top, "kitchen", round(9 * (high - low)), table=table)


def _table(room: RoomLayout, wall: Wall) -> None:
    """A table with chairs in the free part of the room, a pendant over it, a mat before the run."""
    plan, rng = room.plan, room.rng
    across = plan.depth if wall.number % 2 == 0 else plan.width
    for _ in range(30):
        point = wall.point(
            float(draw.uniform(rng, -0.3, 0.3) * wall.length), float(draw.uniform(rng, 0.5, 0.8) * across)
        )
        table = dining_set(room, point, draw.choice(rng, [0.0, np.pi / 2]), "breakfast", most=10)
        if table is not None:
            ceiling_lamp(room, point, over=0.75)
            break
    else:
        ceiling_lamp(room, np.zeros(2))
    if room.chance(0.3):
        floor_mat = room.new(mat(rng, room.style))
        room.stand(floor_mat, wall.point(float(draw.uniform(rng, -0.2, 0.2) * wall.length), 1.0), wall.yaw)
