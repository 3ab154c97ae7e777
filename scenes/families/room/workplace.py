"""A desk with its chair, screen, lamp and papers."""

import numpy as np

from scenes import draw
from scenes.families.room.layout import RoomLayout
from scenes.families.room.plan import Wall
from scenes.families.room.tops import dress, plain_top
from scenes.mesh import Floats

__all__ = ["desk_set"]


def desk_set(room: RoomLayout, wall: Wall, *, near: float | None = None) -> int | None:
    """A desk at a wall with a chair, a screen or a laptop, a lamp and papers."""
    model = room.make("desk")
    desk = room.against(model, wall, near=near, spread=0.3 if near is not None else 0.0, clear=0.75)
    if desk is None:
        return None
    room.release()  # the room before the desk is for its chair
    half = model.size / 2
    chair = room.make("office chair" if room.chance(0.75) else "chair")
    front = room[desk]
    for tuck in (0.22, 0.1, 0.0, -0.12, -0.3):
        local = np.array([draw.normal(room.rng, 0, 0.06), -half[1] - float(chair.size[1]) / 2 + tuck, 0.0])
        point = (front.location + front.matrix @ local)[:2]
        yaw = wall.yaw + np.pi + draw.normal(room.rng, 0, 0.2)
        if room.stand(chair, point, yaw) is not None:
            break
    _equip(room, desk, half)
    dress(room, desk, "work desk", 8, table=plain_top(model))
    return desk


def _equip(room: RoomLayout, desk: int, half: Floats) -> None:
    rng = room.rng
    if room.chance(0.75):
        screen = room.make("monitor", whole=True)
        double = room.chance(0.3) and half[0] > 0.65
        offsets = (
            (-0.5 * float(screen.size[0]) - 0.02, 0.5 * float(screen.size[0]) + 0.02)
            if double
            else (draw.normal(rng, 0, 0.08),)
        )
        for x in offsets:
            room.on_top(
                screen, desk, np.array([x, half[1] - float(screen.size[1]) / 2 - 0.05]), 0.1 * -np.sign(x) * double
            )
        room.on_top(
            room.make("keyboard", whole=True), desk, np.array([0.0, -half[1] + 0.17]), draw.normal(rng, 0, 0.04)
        )
        room.on_top(
            room.make("computer mouse", whole=True),
            desk,
            np.array([0.32, -half[1] + 0.17]),
            draw.normal(rng, 0, 0.15),
        )
    if room.chance(0.6):
        lamp = room.lamp(room.make("desk lamp", whole=True))
        side = draw.choice(rng, [-1.0, 1.0])
        room.on_top(lamp, desk, np.array([side * (half[0] - 0.16), half[1] - 0.18]), float(-0.4 * side))
