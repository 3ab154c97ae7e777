"""A run of fitted kitchen units along a wall: base units, worktop, sink, hob, cupboards above."""

from dataclasses import dataclass

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.craft.finishes import finish, tint, vary
from scenes.families.room.layout import BEHIND, RoomLayout
from scenes.families.room.plan import Wall
from scenes.families.room.tops import part_box
from scenes.furnish.casework import CutOut, box_part
from scenes.furnish.kitchen import BASE, Kitchen, base_unit, wall_unit, worktop
from scenes.material import Material
from scenes.model import ObjectSpec, PartRole
from scenes.objects.extractor_hood import of_height as hood_of_height
from scenes.objects.oven import of_finish as oven_of
from scenes.objects.sink import DROP
from scenes.objects.tap import kitchen_tap
from scenes.part_boxes import TOUCH, Body

__all__ = ["REACH", "Run", "build_run"]

REACH = 0.625  # metres, depth of a worktop
HANG = 1.46  # metres from the floor to the cupboards on the wall


@dataclass(frozen=True)
class KitchenUnit:
    """A stretch of the run: what stands there, from `left` along the wall, `width` metres."""

    kind: str  # cabinet, sink, oven, washer
    left: float
    width: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


@dataclass(frozen=True)
class Run:
    """The worktop's number, size and free stretches (x in its own axes), and the hob's number, -1 for none."""

    top: int
    width: float
    depth: float
    free: tuple[tuple[float, float], ...]
    hob: int


def build_run(room: RoomLayout, kitchen: Kitchen, wall: Wall, start: float, end: float) -> Run:
    """Everything from `start` to `end` along the wall."""
    units = _units(room, start, end)
    stood = [(unit.kind == "washer", _stand(room, kitchen, wall, unit)) for unit in units]
    middle, width = (start + end) / 2, end - start
    holes, sinks = _sinks(room, units, middle)
    slab = room.new(worktop(kitchen, width, REACH, holes))
    under = min(stood)[1]  # a washing machine stands free below the worktop
    location = np.array([*wall.point(middle, REACH / 2 + 0.001), BASE + TOUCH])
    top = room.put(slab, location, about_z(wall.yaw), on=under)
    for sink, x, y in sinks:
        _let_in(room, sink, top, (x, y))
    hob = -1
    for unit in units:
        if unit.kind == "oven":
            added = room.on_top(room.make("hob"), top, np.array([unit.middle - middle, -0.01]), 0.0)
            hob = -1 if added is None else added
    _splash(room, wall, (start, end), BASE + kitchen.thickness)
    _uppers(room, kitchen, wall, units)
    free = [
        (unit.left - middle, unit.left + unit.width - middle) for unit in units if unit.kind in ("cabinet", "washer")
    ]
    return Run(top, width, REACH, tuple(_joined(free)), hob)


def _units(room: RoomLayout, start: float, end: float) -> list[KitchenUnit]:
    """Modules from end to end: an oven and a sink once each, the rest cabinets of even width."""
    rng, rest = room.rng, end - start
    wanted = [("oven", 0.6), ("sink", draw.choice(rng, [0.8, 0.9]))]
    if rest > 3.0 and room.chance(0.3):
        wanted.append(("washer", 0.6))
    rest -= sum(width for _, width in wanted)
    while rest < 0:
        rest += wanted.pop(0)[1]
    if rest < 0.3:
        kind, width = wanted.pop()
        wanted.append((kind, width + rest))
        rest = 0.0
    count = max(1, round(rest / draw.uniform(rng, 0.5, 0.8))) if rest else 0
    stretch = [("cabinet", rest / count)] * count if count else []
    for k in rng.permutation(len(wanted)):
        stretch.insert(draw.integer(rng, 0, len(stretch) + 1), wanted[int(k)])
    units, left = [], start
    for kind, width in stretch:
        units.append(KitchenUnit(kind, left, width))
        left += width
    return units


def _stand(room: RoomLayout, kitchen: Kitchen, wall: Wall, unit: KitchenUnit) -> int:
    match unit.kind:
        case "oven":
            model = room.new(oven_of(room.rng, steel=kitchen.steel))
        case "washer":
            model = room.make("washing machine")
        case kind:
            model = room.new(base_unit(room.rng, kitchen, unit.width, sink=kind == "sink"))
    point = wall.point(unit.middle, BEHIND + float(model.high[1]))
    return room.put(model, np.array([*point, 0.0]), about_z(wall.yaw))


def _sinks(
    room: RoomLayout, units: list[KitchenUnit], middle: float
) -> tuple[list[CutOut], list[tuple[Body, float, float]]]:
    """Cut-outs of the worktop, and the sinks that go into them with the middle of their bowls."""
    holes, sinks = [], []
    for unit in units:
        if unit.kind == "sink":
            sink = room.make("sink")
            bowl = part_box(sink, PartRole.BOWL)
            x, y = unit.middle - middle, -0.02
            width, depth = (float(side) for side in (bowl[1] - bowl[0])[:2])
            holes.append(CutOut(x, y, width - 0.034, depth - 0.034))
            sinks.append((sink, x, y))
    return holes, sinks


def _let_in(room: RoomLayout, sink: Body, top: int, point: tuple[float, float]) -> None:
    """The sink with its rim on the worktop, and a tap behind it."""
    base = room[top]
    bowl = part_box(sink, PartRole.BOWL).mean(0)
    lift = float(base.own.high[2]) - DROP + TOUCH
    local = np.array([point[0] - bowl[0], point[1] - bowl[1], lift])
    room.put(sink, base.location + base.matrix @ local, base.matrix, on=top)
    tap = room.new(kitchen_tap(room.rng, room.style))
    x, y = point[0], REACH / 2 - 0.045
    room.on_top(tap, top, np.array([x, y - float(tap.high[1])]), 0.0)


def _splash(room: RoomLayout, wall: Wall, span: tuple[float, float], low: float) -> None:
    """Tiles on the wall from the worktop to the cupboards, or to the sill of a window."""
    top = min([HANG - 0.004, *(hole.z - 0.036 for hole in wall.windows)])
    if top < low + 0.05:
        return
    sheet = box_part("tiles", (span[0], -0.004, low), (span[1], 0.004, top), _tiles(room), bevel=0)
    tiles = room.new(ObjectSpec(category="wall", parts=(sheet,), material="tiles"))
    location = np.array([*wall.point((span[0] + span[1]) / 2, 0.0045), low + TOUCH])
    room.put(tiles, location, about_z(wall.yaw), obstacle=False)


def _tiles(room: RoomLayout) -> Material:
    rng = room.rng
    pale = draw.uniform(rng, 0.75, 0.93)
    hue = [(0.4, 0.55, 0.55), (0.35, 0.45, 0.55), (0.6, 0.5, 0.42), (0.35, 0.42, 0.36)][draw.integer(rng, 4)]
    color = tint(
        (pale, pale, 0.98 * pale), vary(rng, (hue[0], hue[1], hue[2]), 0.05), draw.choice(rng, [0.0, 0.0, 0.7, 1.0])
    )
    return finish(rng, "tiles", "tiles", color, scale=draw.choice(rng, [0.08, 0.1, 0.15, 0.2]))


def _uppers(room: RoomLayout, kitchen: Kitchen, wall: Wall, units: list[KitchenUnit]) -> None:
    """A hood over the hob and cupboards over the rest, where no window is."""
    plan, rng = room.plan, room.rng
    height = min(draw.uniform(rng, 0.58, 0.74), plan.height - HANG - 0.2)
    without_cupboards = room.chance(0.15)
    for unit in units:
        if unit.kind == "oven":
            hood = room.new(hood_of_height(rng, plan.height - 1.6))
            room.hang(hood, wall, unit.middle, 1.595)
        elif not without_cupboards:
            room.hang(room.new(wall_unit(kitchen, unit.width, height)), wall, unit.middle, HANG)


def _joined(stretches: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Neighbouring stretches as one."""
    joined: list[tuple[float, float]] = []
    for low, high in stretches:
        if joined and abs(joined[-1][1] - low) < 1e-6:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined
