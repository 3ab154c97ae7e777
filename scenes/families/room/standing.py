"""Single objects in corners and on the floor near walls, and how many a room takes."""

import numpy as np

from scenes import draw
from scenes.families.room.layout import RoomLayout
from scenes.families.room.plan import Wall
from scenes.part_boxes import Body

__all__ = ["along_wall", "amount", "corner", "floor_things"]


def along_wall(room: RoomLayout, placed: int, wall: Wall) -> float:
    """The position of an object along the wall, metres."""
    return float((room[placed].location[:2] - wall.middle) @ wall.along)


def amount(room: RoomLayout, low: int, high: int) -> int:
    """How many objects stand along the walls: more in a large room."""
    return int(np.clip(room.plan.width * room.plan.depth / 2.8, low, high))


def corner(room: RoomLayout, model: Body, *, away: float = 0.06) -> int | None:
    """Place it in one of the corners, in random order, facing the middle of the room; None if nothing fits."""
    margin = float(np.abs(model.boxes[:, :, :2]).max()) + away
    half = np.array([room.plan.width / 2, room.plan.depth / 2])
    for k in room.rng.permutation(4):
        sign = np.array([1.0 if k in (0, 1) else -1.0, 1.0 if k in (0, 3) else -1.0])
        point = sign * (half - margin - draw.uniform(room.rng, 0, 0.12))
        yaw = float(np.arctan2(-sign[1], -sign[0]) + np.pi / 2)
        added = room.stand(model, point, yaw)
        if added is not None:
            return added
    return None


def floor_things(room: RoomLayout) -> None:
    """A few objects on the floor near the walls: boxes, a ball, a basket, a pile of books."""
    for _ in range(draw.integer(room.rng, 0, 2 + round(3 * room.clutter))):
        model = room.make(draw.choice(room.rng, ("box", "ball", "basket", "gift", "book", "waste bin")), whole=True)
        for _ in range(5):
            wall = room.plan.walls[draw.integer(room.rng, 4)]
            s = draw.uniform(room.rng, -0.45, 0.45) * wall.length
            out = float(np.abs(model.boxes[0, :, :2]).max()) * 1.42 + draw.uniform(room.rng, 0.03, 0.5)
            if room.stand(model, wall.point(s, out), draw.uniform(room.rng, 0, 6.28)) is not None:
                break
