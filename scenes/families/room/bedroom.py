"""Bedrooms: a bed with its head to a wall, stands with lamps beside it, a wardrobe, a chest."""

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.catalog import finished
from scenes.families.room.cushions import lean
from scenes.families.room.hangings import ceiling_lamp, pictures
from scenes.families.room.layout import RoomLayout
from scenes.families.room.plan import Wall
from scenes.families.room.shell import dress_windows
from scenes.families.room.shelving import fill_shelves
from scenes.families.room.standing import along_wall, corner, floor_things
from scenes.families.room.tops import dress, part_box, plain_top
from scenes.families.room.workplace import desk_set
from scenes.furnish.wallware import picture
from scenes.measure import bounds
from scenes.model import PartRole
from scenes.objects.blanket import for_mattress
from scenes.objects.mirror import of_size as mirror_of_size
from scenes.objects.rug import of_size as rug_of_size
from scenes.part_boxes import body

__all__ = ["furnish_bedroom"]


def furnish_bedroom(room: RoomLayout) -> None:
    """Furnish a bedroom: a bed with linen, nightstands, wardrobes and seats."""
    dress_windows(room, curtain_share=0.75, blind_share=0.15)
    plan, rng = room.plan, room.rng
    walls = sorted(plan.walls, key=lambda wall: (len(wall.doors) + len(wall.windows), rng.random()))
    for wall in walls:
        if _bed(room, wall):
            break
    ceiling_lamp(room, np.zeros(2))
    wardrobe = room.make("wardrobe")
    room.anywhere(wardrobe, clear=0.55)
    chest = room.make("chest of drawers")
    support = room.anywhere(chest, clear=0.45)
    if support is not None:
        _over_chest(room, support)
        dress(room, support, "still life" if room.chance(0.5) else "living room", 7, table=plain_top(chest))
    _rest(room)
    pictures(room, draw.integer(rng, 4, 8))
    floor_things(room)


def _bed(room: RoomLayout, wall: Wall) -> bool:
    model = room.make("bed")
    bed = room.against(model, wall, near=0.0, spread=0.4)
    if bed is None:
        return False
    s = along_wall(room, bed, wall)
    _linen(room, bed)
    seed, half = draw.integer(room.rng, 2**31), float(model.size[0]) / 2
    for side in (-1, 1):
        stand = room.same("nightstand", seed)
        support = room.against(stand, wall, near=s + side * (half + float(stand.size[0]) / 2 + 0.05))
        if support is not None:
            lamp = room.lamp(room.same("desk lamp", seed))
            room.on_top(body(lamp.model, whole=True), support, np.array([0.06 * side, 0.07]), 0.0)
            dress(room, support, "living room", 3, table=plain_top(stand))
    if room.chance(0.7):
        _pictures_over(room, wall, s, float(model.high[2]))
    return True


def _pictures_over(room: RoomLayout, wall: Wall, s: float, top: float) -> None:
    """One to three prints in line over a bed."""
    model = body(finished(picture(room.rng, room.style)), whole=True)
    width, count = float(model.size[0]), draw.integer(room.rng, 1, 4)
    for k in range(count):
        room.hang(model, wall, s + (k - (count - 1) / 2) * (width + 0.1), top + 0.2)
        model = body(finished(picture(room.rng, room.style)), whole=True)
        width = max(width, float(model.size[0]))


def _linen(room: RoomLayout, bed: int) -> None:
    """Pillows at the head, a blanket over the rest, a throw or cushions at times."""
    rng, frame = room.rng, room[bed].own
    mattress, foot = part_box(frame, PartRole.MATTRESS), part_box(frame, PartRole.FOOT_BOARD)
    width, top = float(mattress[1, 0] - mattress[0, 0]), float(mattress[1, 2])
    mattress_length = float(mattress[1, 1] - mattress[0, 1])
    drop = max(0.05, 0.88 * (top - float(foot[1, 2])))
    covered = mattress_length * draw.uniform(rng, 0.62, 0.74)
    raw = for_mattress(rng, room.style, width, covered, drop)
    under = -float(bounds(raw).low[2])
    cloth = body(finished(raw), whole=True)
    y = float(mattress[0, 1]) + 0.02 + float(cloth.size[1]) / 2
    piece = room[bed]
    location = piece.location + piece.matrix @ np.array([0.0, y, top - under + 0.002])
    room.put(cloth, location, piece.matrix, on=bed)
    count = 2 if width > 1.15 else 1
    head = float(mattress[1, 1])
    color_name = "white" if room.chance(0.5) else ""
    size = (min(0.7, 0.92 * width / count), draw.uniform(rng, 0.42, 0.48), 0.16)
    for k in range(count):
        x = (k - (count - 1) / 2) * width / count
        lean(room, bed, size, (np.array([x, head + 0.0, top]), draw.uniform(rng, 0.5, 1.0)), color_name=color_name)
    if room.chance(0.5):
        side = draw.uniform(rng, 0.36, 0.44)
        for x in (-0.24, 0.24) if count == 2 and room.chance(0.6) else (0.0,):
            lean(room, bed, (side, 0.9 * side, 0.13), (np.array([x, head - 0.3, top]), 0.95))


def _over_chest(room: RoomLayout, chest: int) -> None:
    """A mirror on the wall over a chest."""
    piece = room[chest]
    for wall in room.plan.walls:
        if np.allclose(about_z(wall.yaw), piece.matrix, atol=1e-6) and room.chance(0.6):
            model = mirror_of_size(
                room.rng, room.style, draw.uniform(room.rng, 0.5, 0.8), draw.uniform(room.rng, 0.6, 0.9)
            )
            s = float((piece.location[:2] - wall.middle) @ wall.along)
            room.hang(room.new(model, whole=True), wall, s, float(piece.high[2]) + draw.uniform(room.rng, 0.2, 0.35))


def _rest(room: RoomLayout) -> None:
    rng, plan = room.rng, room.plan
    if room.chance(0.7):
        for _ in range(8):
            width = draw.uniform(rng, 0.9, 1.7)
            model = rug_of_size(rng, room.style, width, width * draw.uniform(rng, 0.55, 0.7))
            point = rng.uniform(-0.35, 0.35, 2) * [plan.width, plan.depth]
            if room.stand(room.new(model), point, draw.choice(rng, [0.0, np.pi / 2])) is not None:
                break
    for category in rng.permutation(
        ["armchair", "bookshelf", "desk", "floor plant", "basket", "floor lamp", "stool", "ottoman"]
    )[:4]:
        match str(category):
            case "desk":
                desk_set(room, plan.walls[draw.integer(rng, 4)])
            case "bookshelf":
                bookshelf = room.anywhere(room.make("bookshelf"), clear=0.4)
                if bookshelf is not None:
                    fill_shelves(room, bookshelf)
            case name:
                corner(room, room.lamp(room.make(name)) if name == "floor lamp" else room.make(name))
