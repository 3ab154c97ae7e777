"""What hangs on walls and from the ceiling: pictures, shelves with objects on them, lamps."""

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.families.room.layout import RoomLayout
from scenes.families.room.plan import Wall
from scenes.families.room.tops import part_box
from scenes.furnish.wallware import picture, shelf
from scenes.mesh import Floats
from scenes.model import PartRole
from scenes.objects.ceiling_lamp import flush, pendant
from scenes.part_boxes import body

__all__ = ["ceiling_lamp", "pictures", "wall_shelf"]


def ceiling_lamp(room: RoomLayout, point: Floats, *, over: float | None = None, flat: bool = False) -> int | None:
    """A lamp under the ceiling; a pendant hangs low only `over` a table (the height of its top)."""
    height = room.plan.height
    if flat or (over is None and room.chance(0.45)):
        model = flush(room.rng)
    else:
        length = (
            height - over - draw.uniform(room.rng, 0.7, 0.85)
            if over
            else min(height - 2.0, draw.uniform(room.rng, 0.4, 0.7))
        )
        model = pendant(room.rng, room.style, float(max(length, 0.4)))
    lamp = room.lamp(room.new(model), lit=0.25)
    location = np.array([*point, height - float(lamp.high[2]) - 2e-4])
    return room.hang_at(lamp, location)


def pictures(room: RoomLayout, count: int, *, walls: tuple[Wall, ...] | None = None) -> None:
    """Framed prints at eye level, at times two or three in line."""
    choice = walls or room.plan.walls
    for _ in range(count):
        wall = draw.choice(room.rng, choice)
        seed, row = draw.integer(room.rng, 2**31), draw.choice(room.rng, [1, 1, 2, 3])
        model = finished(picture(np.random.Generator(np.random.PCG64(seed)), room.style))
        first = body(model, whole=True)
        width, middle = float(first.size[0]), draw.uniform(room.rng, 1.45, 1.65)
        s = draw.uniform(room.rng, -0.5, 0.5) * (wall.length - width)
        for k in range(row):
            fresh = first if k == 0 or room.chance(0.4) else body(finished(picture(room.rng, room.style)), whole=True)
            if abs(float(fresh.size[2]) - float(first.size[2])) < 0.25 and fresh.size[0] < 1.3 * width:
                at = s + (k - (row - 1) / 2) * (width + 0.09)
                room.hang(fresh, wall, at, middle - float(fresh.size[2]) / 2)


def wall_shelf(room: RoomLayout, wall: Wall, s: float, z: float) -> int | None:
    """A shelf with a few small objects on it."""
    support = room.hang(room.new(shelf(room.rng, room.style)), wall, s, z)
    if support is not None:
        board = part_box(room[support].own, PartRole.BOARD)
        half, y = float(board[1, 0]), float(board.mean(0)[1])
        x = -half + 0.05
        while x < half - 0.08:
            ornament = room.make(
                draw.choice(room.rng, ("vase", "jar", "bowl", "mug", "potted plant", "candle", "clock", "book")),
                whole=True,
            )
            width = float(ornament.size[0])
            if ornament.size[1] < board[1, 1] - board[0, 1] + 0.03 and x + width < half and ornament.size[2] < 0.34:
                room.on_top(ornament, support, np.array([x + width / 2, y]), 0.0, z=float(board[1, 2]))
            x += width + draw.uniform(room.rng, 0.03, 0.2)
    return support
