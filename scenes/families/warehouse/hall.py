"""The shell of one hall: floor, walls with doors, roof with trusses and rooflights, lamps, and the ground outside."""

from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.catalog import finished
from scenes.craft.finishes import finish, vary
from scenes.craft.paint import painted
from scenes.craft.style import Style
from scenes.floor_layout import SIDES, FloorArea, FloorLayout, Side
from scenes.furnish.casework import CutOut, box_part
from scenes.furnish.ceiling_lights import (
    high_bay,
    high_bay_lamp,
    skylight,
    skylight_lamp,
    strip_lamp,
    strip_light,
)
from scenes.furnish.industrial import (
    Doorway,
    column,
    duct,
    hall_floor,
    hall_wall,
    outside_ground,
    roof,
    shutter,
    truss,
)
from scenes.furnish.wallware import door
from scenes.layout import NOTHING
from scenes.material import Material
from scenes.measure import size_of
from scenes.model import ObjectSpec
from scenes.scene import Lamp

__all__ = ["Door", "Hall", "raise_hall"]

WATTS = 6.0  # of light for each square metre of floor
STRIP, SHORT_STRIP = 1.5, 1.2  # metres


@dataclass(frozen=True)
class Door:
    """A door in a wall at `s` metres along it; `up` is the share its shutter is raised, None for a plain door."""

    side: Side
    s: float
    width: float
    height: float
    up: float | None


@dataclass(eq=False)
class Hall(FloorArea):
    """A hall, `z` metres high to the roof. `lamps` are those of what shines under it."""

    doors: tuple[Door, ...]
    night: bool
    outside_z: float = -0.03  # height of the ground outside
    floor: int = NOTHING
    ground: int = NOTHING
    lamps: list[Lamp] = field(default_factory=list)
    glazed: float = 0.0  # square metres of rooflight

    @property
    def is_open(self) -> bool:
        """Whether daylight falls in through a door."""
        return any(opening.up for opening in self.doors)

    def keeps_clear(self, side: Side, s: float, width: float) -> bool:
        """Whether an object of `width` at `s` along a wall leaves its doors free."""
        return all(
            opening.side != side or abs(opening.s - s) > (opening.width + width) / 2 + 0.25 for opening in self.doors
        )


def raise_hall(rng: np.random.Generator, style: Style, layout: FloorLayout, hall: Hall) -> None:
    """Build the shell."""
    hall.floor = layout.put(finished(hall_floor(rng, hall.x + 0.52, hall.y + 0.52)), 0, 0, -0.2)
    construction, wall_material = _wall_finish(rng, hall.z)
    for side in SIDES:
        holes = tuple(
            Doorway(opening.s, opening.width, opening.height) for opening in hall.doors if opening.side == side
        )
        length = hall.length(side) + (0.52 if side in ("north", "south") else 0.0)
        model = finished(hall_wall(rng, construction, wall_material, length, hall.z + 0.1, holes), center=False)
        x, y, yaw = hall.at(side, 0.0, 0.0)
        layout.put(model, x, y, 0.0, yaw)
    for opening in hall.doors:
        _hang_door(rng, style, layout, hall, opening)
    if hall.z > 4.0:
        _industrial_roof(rng, layout, hall)
    else:
        _flat_ceiling(rng, layout, hall)
    if hall.is_open:
        hall.ground = layout.put(finished(outside_ground(rng)), 0, 0, hall.outside_z)


def _wall_finish(rng: np.random.Generator, height: float) -> tuple[str, Material]:
    chance = rng.random()
    if height > 4.0 and chance < 0.45:
        sheet_color: Rgb = ((0.8, 0.8, 0.78), (0.62, 0.66, 0.68), (0.45, 0.52, 0.6), (0.72, 0.7, 0.62))[
            draw.integer(rng, 4)
        ]
        return "sheet", finish(rng, "painted_metal", "metal", vary(rng, sheet_color, 0.04), roughness=0.5)
    if chance < 0.65:
        brick_color: Rgb = (0.5, 0.32, 0.26) if draw.chance(rng, 0.5) else (0.82, 0.8, 0.76)
        return "brick", finish(
            rng, "brick", "brick", vary(rng, brick_color, 0.1), accent=(0.7, 0.68, 0.64), scale=0.24, wear=0.3
        )
    if chance < 0.85:
        gray = draw.uniform(rng, 0.45, 0.7)
        return "cast", finish(rng, "concrete", "concrete", vary(rng, (gray, gray, 0.97 * gray)), scale=1.5, wear=0.4)
    white = draw.uniform(rng, 0.7, 0.88)
    return "plain", finish(rng, "plaster", "plaster", vary(rng, (white, white, 0.95 * white)), scale=0.4, wear=0.3)


def _hang_door(rng: np.random.Generator, style: Style, layout: FloorLayout, hall: Hall, opening: Door) -> None:
    if opening.up is None:
        model = finished(door(rng, style))
        x, y, yaw = hall.at(opening.side, opening.s, size_of(model)[1] / 2 + 0.001)
    else:
        model = finished(shutter(rng, opening.width, opening.height, opening.up), center=False)
        x, y, yaw = hall.at(opening.side, opening.s, 0.0)
    layout.put(model, x, y, 0.0, yaw, on=hall.floor)


def _industrial_roof(rng: np.random.Generator, layout: FloorLayout, hall: Hall) -> None:
    """Sheet roof, girders across x every few metres, rooflights and lamps in the fields between them, a duct."""
    fields = max(2, round(hall.y / draw.uniform(rng, 4.5, 6.0)))
    lines = np.linspace(-hall.y / 2, hall.y / 2, fields + 1)
    middles = (lines[:-1] + lines[1:]) / 2
    panes = _panes(rng, hall, middles) if draw.chance(rng, (0.75 if not hall.night else 0.5)) else []
    layout.put(finished(roof(rng, hall.x + 0.5, hall.y + 0.5, panes)), 0, 0, hall.z)
    radiance = 0.0 if hall.night else draw.uniform(rng, 3.0, 7.0)
    for pane in panes:
        length, width = pane.width + 0.04, pane.depth + 0.04
        layout.put(finished(skylight(rng, length, width, day=not hall.night)), pane.x, pane.y, hall.z)
        hall.glazed += pane.width * pane.depth
        if not hall.night:
            hall.lamps.append(skylight_lamp(pane.x, pane.y, hall.z, length, width, radiance))
    paint = painted(rng, draw.choice(rng, ["gray", "white", "blue", "green", "red", "gray"]))
    depth = float(np.clip(0.06 * hall.x, 0.55, 1.1))
    girder = finished(truss(rng, paint, hall.x - 0.04, depth))
    for y in lines[1:-1]:
        layout.put(girder, 0, float(y), hall.z - depth - 0.002)
    steel_column = finished(column(rng, paint, hall.z - depth - 0.004, guarded=True))
    for y in lines[1:-1]:
        for sign in (-1, 1):
            x = sign * (hall.x / 2 - 0.24)
            if not _before_a_door(hall, x, float(y)):
                layout.put(steel_column, x, float(y), 0.0, on=hall.floor)
    _lamps(rng, layout, hall, middles, depth)
    if draw.chance(rng, 0.4):
        pipe = finished(duct(rng, hall.x - 0.3))
        layout.put(pipe, 0, float(lines[1]) - 1.2, hall.z - depth - size_of(pipe)[2] + 0.2)


def _before_a_door(hall: Hall, x: float, y: float) -> bool:
    doorways = [(hall.at(opening.side, opening.s, 0.0), opening.width) for opening in hall.doors]
    return any(abs(px - x) < 0.8 + width / 2 and abs(py - y) < 0.8 + width / 2 for (px, py, _), width in doorways)


def _panes(rng: np.random.Generator, hall: Hall, middles: np.ndarray) -> list[CutOut]:
    """Rooflights: bands across, or rows of panes."""
    count = 1 if draw.chance(rng, 0.5) else 2
    width = draw.uniform(rng, 0.22, 0.4) * hall.x if count == 2 else draw.uniform(rng, 0.3, 0.7) * hall.x
    depth = draw.uniform(rng, 0.9, 1.6)
    offsets = (-0.25 * hall.x, 0.25 * hall.x) if count == 2 else (0.0,)
    offset = draw.choice(rng, [-0.9, 0.9])
    return [CutOut(x, float(y) + offset, width, depth) for y in middles for x in offsets]


def _lamps(rng: np.random.Generator, layout: FloorLayout, hall: Hall, middles: np.ndarray, depth: float) -> None:
    """A lamp or two in every field, high-bay bells or long battens; by night only some are on."""
    bells = hall.z > 5.0 and draw.chance(rng, 0.65)
    columns = max(1, round(hall.x / 6.0))
    drop = depth * draw.uniform(rng, 0.5, 1.1)
    share = (
        draw.uniform(rng, 0.3, 0.7)
        if hall.night
        else (draw.uniform(rng, 0.5, 1.0) if hall.glazed == 0 or draw.chance(rng, 0.45) else 0.0)
    )
    points = [(float(x), float(y)) for y in middles for x in (np.arange(columns) + 0.5) / columns * hall.x - hall.x / 2]
    shining = int(np.ceil(share * len(points)))
    watts = WATTS * hall.x * hall.y / max(shining, 1)
    models = {
        on: finished(high_bay(rng, drop, lit=on) if bells else strip_light(rng, STRIP, drop, lit=on))
        for on in (False, True)
    }
    chosen = {int(k) for k in rng.permutation(len(points))[:shining]}
    for k, (x, y) in enumerate(points):
        z = hall.z - size_of(models[k in chosen])[2] + 0.03
        if not layout.is_clear(np.array([x - 0.3, y - 0.3, z]), np.array([x + 0.3, y + 0.3, z + 0.5])):
            y += 0.7
        layout.put(models[k in chosen], x, y, z)
        if k not in chosen:
            continue
        if bells:
            hall.lamps.append(high_bay_lamp(x, y, z, watts, _tone(rng)))
        else:
            hall.lamps.append(strip_lamp(x, y, z, watts, STRIP, across=False))


def _tone(rng: np.random.Generator) -> Rgb:
    warm = draw.uniform(rng, 0, 1)
    return 1.0, round(0.985 - 0.045 * warm, 3), round(0.98 - 0.14 * warm, 3)


def _flat_ceiling(rng: np.random.Generator, layout: FloorLayout, hall: Hall) -> None:
    """A low room: a plain slab with tube lights."""
    gray = draw.uniform(rng, 0.62, 0.86)
    material = finish(
        rng, "concrete" if draw.chance(rng, 0.5) else "plaster", "plaster", (gray, gray, 0.97 * gray), scale=1.0
    )
    half = (hall.x / 2 + 0.26, hall.y / 2 + 0.26)
    body = box_part("slab", (-half[0], -half[1], 0), (*half, 0.15), material, bevel=0)
    slab = ObjectSpec(category="ceiling", parts=(body,), material=material.name)
    layout.put(finished(slab), 0, 0, hall.z)
    count = max(1, round(hall.y / 2.6))
    drop, watts = draw.choice(rng, [0.01, 0.3]), WATTS * hall.x * hall.y / count
    models = {on: finished(strip_light(rng, SHORT_STRIP, drop, lit=on)) for on in (True, False)}
    across = hall.x <= hall.y
    for k in range(count):
        x, y = draw.normal(rng, 0, 0.2), (k + 0.5) / count * hall.y - hall.y / 2
        lit = not (hall.night and k % 2)
        z = hall.z - size_of(models[lit])[2] + 0.001
        layout.put(models[lit], x, y, z, np.pi / 2 if across else 0.0)
        if lit:
            hall.lamps.append(strip_lamp(x, y, z, watts, SHORT_STRIP, across=across))
