"""Floor, ceiling, walls with their openings, skirting, doors, windows, curtains, radiators."""

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.catalog import finished
from scenes.colors import color_name_of
from scenes.craft.finishes import finish, vary
from scenes.families.room.finishes import Finishes
from scenes.families.room.layout import RoomLayout
from scenes.families.room.plan import RoomOpening, RoomPlan, Wall
from scenes.furnish.casework import box_part
from scenes.furnish.drapery import curtains
from scenes.furnish.wallware import door, window
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.objects.blind import of_size as blind_of_size
from scenes.objects.radiator import of_width as radiator_of_width
from scenes.part_boxes import body

__all__ = ["build_shell", "dress_windows"]

THICK = 0.2  # of walls
FRAME_IN = 0.13  # metres from a wall's face to the outside of a window's frame


def build_shell(room: RoomLayout, finishes: Finishes) -> None:
    """Build the room's shell before it is furnished."""
    plan = room.plan
    span = (plan.width / 2 + THICK, plan.depth / 2 + THICK)
    rotation = about_z(np.pi / 2 if room.chance(0.5) else 0.0)
    flip = span[::-1] if rotation[0, 0] < 0.5 else span
    _take(room, _slab("floor", flip, finishes.floor), np.array([0, 0, -0.1]), rotation)
    _take(room, _slab("ceiling", span, finishes.ceiling), np.array([0, 0, plan.height]))
    for wall, material in zip(plan.walls, finishes.walls, strict=True):
        location = np.array([*wall.point(0, -THICK / 2), 0.0])
        _take(room, _wall(wall, plan, material), location, about_z(wall.yaw))
    _skirtings(room, finishes)
    room.shell = len(room)
    for wall in plan.walls:
        for opening in wall.openings:
            (_put_door if opening.kind == "door" else _put_window)(room, wall, opening)


def _take(room: RoomLayout, model: ObjectSpec, location: np.ndarray, rotation: np.ndarray | None = None) -> None:
    room.put(body(finished(model)), location, rotation, obstacle=False)


def _slab(category: str, half: tuple[float, float], material: Material) -> ObjectSpec:
    sheet = box_part(category, (-half[0], -half[1], 0), (half[0], half[1], 0.1), material, bevel=0)
    return ObjectSpec(category=category, parts=(sheet,), color=color_name_of(material.color), material=material.name)


def _wall(wall: Wall, plan: RoomPlan, material: Material) -> ObjectSpec:
    """A wall built of pieces around its windows; the north and south walls close the corners."""
    half = wall.length / 2 + (THICK if wall.number % 2 == 0 else 0.0)
    y, height, left = THICK / 2, plan.height, -half
    parts: list[Part] = []
    for k, hole in enumerate(sorted(wall.windows, key=lambda opening: opening.s), 1):
        a, b, top = hole.s - hole.width / 2, hole.s + hole.width / 2, hole.z + hole.height
        parts += [
            box_part(f"pier {k}", (left, -y, 0), (a, y, height), material, bevel=0),
            box_part(f"breast {k}", (a, -y, 0), (b, y, hole.z), material, bevel=0),
            box_part(f"lintel {k}", (a, -y, top), (b, y, height), material, bevel=0),
        ]
        left = b
    parts.append(box_part("pier", (left, -y, 0), (half, y, height), material, bevel=0))
    return ObjectSpec(category="wall", parts=tuple(parts), color=color_name_of(material.color), material=material.name)


def _skirtings(room: RoomLayout, finishes: Finishes) -> None:
    """Boards along the walls that are not tiled, left out where doors are."""
    rng = room.rng
    pale = draw.chance(rng, 0.8)
    color = vary(rng, (0.9, 0.89, 0.87), 0.02) if pale else vary(rng, finishes.floor.color, 0.03)
    material = finish(rng, "painted_wood", "wood", color, roughness=0.35)
    height = draw.uniform(rng, 0.06, 0.11)
    for wall, face in zip(room.plan.walls, finishes.walls, strict=True):
        if face.kind == "tiles":
            continue
        edges = [-wall.length / 2]
        for gap in wall.doors:
            edges += [gap.s - gap.width / 2 - 0.05, gap.s + gap.width / 2 + 0.05]
        edges.append(wall.length / 2)
        for a, b in zip(edges[::2], edges[1::2], strict=True):
            if b - a > 0.05:
                board = box_part("board", (a, -0.008, 0), (b, 0.008, height), material, bevel=0.004)
                model = ObjectSpec(
                    category="skirting board", parts=(board,), color="white" if pale else "", material="wood"
                )
                _take(room, model, np.array([*wall.point((a + b) / 2, 0.0085), 0.0]), about_z(wall.yaw))


def _put_door(room: RoomLayout, wall: Wall, opening: RoomOpening) -> None:
    """A closed door; the floor before it is reserved."""
    model = room.new(door(room.rng, room.style))
    room.put(model, np.array([*wall.point(opening.s, float(model.high[1]) + 0.0005), 0.0]), about_z(wall.yaw))
    half = opening.width / 2
    room.keep_free(
        np.array([*wall.point(opening.s - half, 0.0), 0.03]), np.array([*wall.point(opening.s + half, 0.85), 2.2])
    )


def _put_window(room: RoomLayout, wall: Wall, opening: RoomOpening) -> None:
    """A frame in the wall's thickness; objects before it must stay below its sill."""
    frame = room.new(window(room.rng, opening.width, opening.height))
    out = float(frame.high[1]) - FRAME_IN
    location = np.array([*wall.point(opening.s, out), opening.z - 0.029])
    room.put(frame, location, about_z(wall.yaw))
    half = opening.width / 2
    low = np.array([*wall.point(opening.s - half, 0.0), opening.z + 0.3])
    room.keep_free(low, np.array([*wall.point(opening.s + half, 0.4), opening.z + opening.height]))


def dress_windows(room: RoomLayout, *, curtain_share: float, blind_share: float) -> None:
    """Curtains or blinds, all of one kind, and radiators under sills."""
    rng, plan = room.rng, room.plan
    chance = rng.random()
    seed = draw.integer(rng, 2**31)
    warm = room.chance(0.75)
    for wall, opening in plan.windows():
        same = np.random.Generator(np.random.PCG64(seed))
        if chance < curtain_share:
            _curtains(room, same, wall, opening)
        elif chance < curtain_share + blind_share:
            drop = draw.uniform(same, 0.2, 0.6) * opening.height
            model = blind_of_size(same, room.style, opening.width + 0.08, drop)
            room.hang(room.new(model), wall, opening.s, opening.z + opening.height + 0.02 - drop, reserved=False)
        if warm and opening.z > 0.72:
            width = min(opening.width - 0.1, 1.4)
            model = radiator_of_width(np.random.Generator(np.random.PCG64(seed + 1)), room.style, width)
            room.hang(room.new(model), wall, opening.s, 0.12)


def _curtains(room: RoomLayout, rng: np.random.Generator, wall: Wall, opening: RoomOpening) -> None:
    half_width = min(wall.length / 2 - abs(opening.s) - 0.06, opening.width / 2 + 0.35)
    if half_width < opening.width / 2 + 0.08:
        return
    top = min(opening.z + opening.height + 0.16, room.plan.height - 0.04)
    low = 0.02 if opening.z < 0.95 else opening.z - 0.15
    closed = draw.uniform(rng, 0.6, 0.9) if room.dark and draw.chance(rng, 0.5) else draw.uniform(rng, 0.22, 0.42)
    model = curtains(rng, room.style, 2 * half_width, top - low, closed)
    room.hang(room.new(model), wall, opening.s, low, reserved=False)
