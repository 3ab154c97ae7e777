"""Where a room has its door and its windows."""

from dataclasses import replace

import numpy as np

from scenes import draw
from scenes.families.room.parameters import RoomKind, RoomParameters
from scenes.families.room.plan import RoomOpening, RoomPlan, Wall

__all__ = ["sample_plan"]

DOOR = (1.06, 2.18)  # largest width of a door with its frame
CORNER = 0.35  # metres that openings keep from corners

# Where between the least and the largest side a kind of room lies.
SHARES = {"living room": (0.35, 1.0), "bedroom": (0.1, 0.75), "kitchen": (0.15, 0.85), "office": (0.0, 0.7)}


def sample_plan(rng: np.random.Generator, kind: RoomKind, parameters: RoomParameters) -> RoomPlan:
    """A floor of a size that suits the kind, one or two walls with windows, a door in another."""
    width, depth = _size(rng, kind, parameters)
    height = draw.uniform(rng, 2.4, 2.9)
    walls = [
        Wall(0, np.array([0.0, depth / 2]), np.array([0.0, -1.0]), width),
        Wall(1, np.array([width / 2, 0.0]), np.array([-1.0, 0.0]), depth),
        Wall(2, np.array([0.0, -depth / 2]), np.array([0.0, 1.0]), width),
        Wall(3, np.array([-width / 2, 0.0]), np.array([1.0, 0.0]), depth),
    ]
    order = [int(wall_index) for wall_index in rng.permutation(4)]
    walls[order[0]] = replace(walls[order[0]], openings=_windows(rng, kind, walls[order[0]], height))
    if kind in ("living room", "office", "kitchen") and draw.chance(rng, 0.4):
        walls[order[1]] = replace(walls[order[1]], openings=_windows(rng, kind, walls[order[1]], height)[:1])
    walls[order[3]] = replace(walls[order[3]], openings=(_door(rng, walls[order[3]]),))
    return RoomPlan(width, depth, height, tuple(walls))


def _size(rng: np.random.Generator, kind: RoomKind, parameters: RoomParameters) -> tuple[float, float]:
    """Two sides in metres, the larger one at random along x or y."""
    low, high = parameters.min_side, parameters.max_side
    if kind == "bathroom":
        sides = draw.uniform(rng, 1.9, 2.5), draw.uniform(rng, 2.5, min(3.6, high))
    else:
        shares = rng.uniform(*SHARES[kind], 2)
        sides = low + (high - low) * shares[0], low + (high - low) * shares[1]
    first, second = (float(side) for side in rng.permutation(sides))
    return first, second


def _windows(rng: np.random.Generator, kind: RoomKind, wall: Wall, height: float) -> tuple[RoomOpening, ...]:
    """One wide window, or two alike, with room to the corners."""
    small = kind == "bathroom"
    sill = float(
        draw.uniform(rng, 1.1, 1.4)
        if small
        else rng.choice([draw.uniform(rng, 0.35, 0.6), draw.uniform(rng, 0.8, 1.0)])
    )
    if kind == "kitchen":
        sill = draw.uniform(rng, 1.08, 1.15)
    top = float(min(height - draw.uniform(rng, 0.25, 0.45), draw.uniform(rng, 2.05, 2.35)))
    room = wall.length - 2 * CORNER
    if not small and room > 3.2 and draw.chance(rng, 0.6):
        width = draw.uniform(rng, 0.9, min(1.5, 0.4 * room))
        apart = draw.uniform(rng, width + 0.4, room - width)
        return tuple(RoomOpening("window", s, sill, width, top - sill) for s in (-apart / 2, apart / 2))
    width = draw.uniform(rng, 0.5, 0.8) if small else draw.uniform(rng, 1.1, min(2.4, room))
    slack = (room - width) / 2
    return (RoomOpening("window", float(draw.uniform(rng, -0.6, 0.6) * slack), sill, width, top - sill),)


def _door(rng: np.random.Generator, wall: Wall) -> RoomOpening:
    """A door, mostly toward one end of its wall."""
    slack = wall.length / 2 - DOOR[0] / 2 - 0.16
    s = float(draw.choice(rng, [-1, 1]) * slack * draw.uniform(rng, 0.55, 1.0))
    return RoomOpening("door", s, 0.0, *DOOR)
