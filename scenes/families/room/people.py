"""People at home and at work: on sofas and chairs, at tables and desks, at the worktop, standing in the room."""

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.catalog import finished
from scenes.families.room.layout import Furnishing, RoomLayout
from scenes.families.room.parameters import RoomKind
from scenes.families.room.seats import SEATS, SeatPlace, places, top_edges
from scenes.mesh import Floats
from scenes.part_boxes import TOUCH, cellular, moved
from scenes.people.person import make_person
from scenes.people.reach import Top

__all__ = ["add_people"]

SHARES: dict[RoomKind, float] = {
    "living room": 0.45,
    "kitchen": 0.42,
    "office": 0.45,
    "bedroom": 0.42,
    "bathroom": 0.12,
}
TABLES = ("table", "desk")
COUNTERS = ("countertop", "washbasin")
UNDER_HAND = frozenset({"keyboard", "computer mouse"})
ABOUT = ("stand", "phone", "pockets", "folded")
TRIES = 10
_STEPS = np.array([(x, y, 0.0) for x in (-0.2, 0.2) for y in (-0.2, 0.2)])  # where feet may be


def add_people(rng: np.random.Generator, room: RoomLayout, kind: RoomKind, most: int) -> None:
    """Add up to `most` people where they fit; more than half of the rooms have none."""
    if not most or not draw.chance(rng, SHARES[kind]):
        return
    wanted = draw.integer(rng, 1, most + 1) if kind != "bathroom" else 1
    for _ in range(TRIES):
        if wanted and _one(rng, room):
            wanted -= 1


def _one(rng: np.random.Generator, room: RoomLayout) -> bool:
    """A person on a free seat, at a worktop or on the floor."""
    pieces = list(enumerate(room.placements))
    taken = {piece.support for piece in room.placements if piece.category == "person"}
    seats = [
        (placed, seat_place) for placed, piece in pieces if piece.category in SEATS for seat_place in places(piece.own)
    ]
    counters = [placed for placed, piece in pieces if piece.category in COUNTERS]
    chance = rng.random()
    if counters and chance < 0.4:
        return _at_counter(rng, room, draw.choice(rng, counters))
    if seats and chance < 0.85:
        placed, seat_place = draw.choice(rng, seats)
        single = room[placed].category != "sofa"
        return not (single and placed in taken) and _sits(rng, room, placed, seat_place)
    return _about(rng, room)


def _sits(rng: np.random.Generator, room: RoomLayout, placed: int, seat_place: SeatPlace) -> bool:
    seat = room[placed]
    if seat.category in ("sofa", "armchair"):
        pose = draw.choice(rng, ["sit", "sit with phone", "sit upright"], p=[0.5, 0.3, 0.2])
        return _seated(rng, room, placed, seat_place, pose, None)
    table = _before(room, seat, seat_place)
    if table is not None:
        if _draw_up(room, placed, seat_place, table, draw.uniform(rng, 0.23, 0.31)) and _seated(
            rng, room, placed, seat_place, "sit at table", table
        ):
            return True
        if not _draw_up(room, placed, seat_place, table, draw.uniform(rng, 0.44, 0.6)):
            return False
    return _seated(rng, room, placed, seat_place, draw.choice(rng, ["sit upright", "sit with phone"]), None)


def _seated(
    rng: np.random.Generator, room: RoomLayout, placed: int, seat_place: SeatPlace, pose: str, table: int | None
) -> bool:
    """A person on the seat, with the hands on the table if one is given."""
    seat = room[placed]
    feet = [np.array([seat_place.x + x, seat_place.y + y, 0.0]) for x in (-0.2, 0.2) for y in (-0.65, -0.2)]
    floor = max(_rug(room, seat.location + seat.matrix @ foot) for foot in feet)
    height = float(seat.location[2]) + seat_place.top - floor
    top, skip = None, {placed}
    if table is not None:
        top = Top(float(room[table].high[2]) - floor, _edge(room, seat, seat_place, table))
        skip |= {
            k for k, piece in enumerate(room.placements) if piece.category in UNDER_HAND and piece.support == table
        }
    raw = make_person(rng, pose, age=None if table is None else "adult", role="home", seat=height, top=top)
    figure = cellular(finished(raw, center=False))
    own = np.array([seat_place.x, seat_place.depth(figure.model), floor - float(seat.location[2])])
    foot = seat.location + seat.matrix @ own
    if not room.fits(moved(figure.boxes, foot, seat.matrix), ignore=frozenset(skip), reserved=False):
        return False
    room.put(figure, foot, seat.matrix, on=placed)
    return True


def _before(room: RoomLayout, seat: Furnishing, seat_place: SeatPlace) -> int | None:
    """The table in front of a person who sits there."""
    way = seat.matrix @ np.array([0.0, -1.0, 0.0])
    hips = seat.location + seat.matrix @ np.array([seat_place.x, seat_place.hips, 0.0])
    for placed, piece in enumerate(room.placements):
        if piece.category in TABLES and 0.6 < piece.high[2] - seat.location[2] < 0.85:
            for ahead in (0.3, 0.5):
                point = (hips + ahead * way)[:2]
                if np.all(point > piece.low[:2]) and np.all(point < piece.high[:2]):
                    return placed
    return None


def _edge(room: RoomLayout, seat: Furnishing, seat_place: SeatPlace, table: int) -> float:
    """Distance from the sitter's hips to the table's edge, metres."""
    piece = room[table]
    way = seat.matrix @ np.array([0.0, -1.0, 0.0])
    hips = seat.location + seat.matrix @ np.array([seat_place.x, seat_place.hips, 0.0])
    points = piece.location + top_edges(piece.own) @ piece.matrix.T
    side = np.array([-way[1], way[0], 0.0])
    near = points[np.abs((points - hips) @ side) < 0.25]
    return float(((near - hips) @ way).min()) if len(near) else 0.3


def _draw_up(room: RoomLayout, placed: int, seat_place: SeatPlace, table: int, edge: float) -> bool:
    """Move the seat so that the table's edge is `edge` metres from the sitter's hips."""
    seat = room[placed]
    back = edge - _edge(room, seat, seat_place, table)
    return abs(back) < 0.6 and room.shift(placed, seat.matrix @ np.array([0.0, back, 0.0]))


def _at_counter(rng: np.random.Generator, room: RoomLayout, counter: int) -> bool:
    """At a worktop or a washbasin, with both hands on it."""
    piece = room[counter]
    own, away = piece.own, draw.uniform(rng, 0.19, 0.25)
    slack = max(float(own.size[0]) / 2 - 0.3, 0.0) if piece.category == "countertop" else 0.0
    top = Top(float(piece.high[2]), away)
    figure = cellular(finished(make_person(rng, "counter", age="adult", role="home", top=top), center=False))
    rotation = piece.matrix @ about_z(np.pi)
    for _ in range(TRIES):
        x = float(own.low[0] + own.high[0]) / 2 + slack * draw.uniform(rng, -1, 1)
        location = piece.location + piece.matrix @ np.array([x, float(own.low[1]) - away, 0.0])
        location[2] = max(_rug(room, location + step) for step in _STEPS)
        if room.fits(moved(figure.boxes, location, rotation), reserved=False):
            room.put(figure, location, rotation)
            return True
    return False


def _about(rng: np.random.Generator, room: RoomLayout) -> bool:
    """On free floor, at times looking out of a window."""
    pose = draw.choice(rng, ABOUT, p=(0.35, 0.3, 0.2, 0.15))
    figure = cellular(finished(make_person(rng, pose, role="home")))
    half = np.array([room.plan.width, room.plan.depth]) / 2
    windows = room.plan.windows()
    for _ in range(3 * TRIES):
        if windows and draw.chance(rng, 0.4):
            wall, opening = draw.choice(rng, windows)
            point = wall.point(opening.s + draw.uniform(rng, -0.4, 0.4), draw.uniform(rng, 0.45, 0.8))
            yaw = wall.yaw + draw.normal(rng, 0, 0.3)
        else:
            point = rng.uniform(-1, 1, 2) * (half - 0.5)
            yaw = float(np.arctan2(point[0], -point[1]) + np.pi + draw.normal(rng, 0, 0.7))  # toward the middle
        if room.stand(figure, point, yaw, reserved=False) is not None:
            return True
    return False


def _rug(room: RoomLayout, point: Floats) -> float:
    """The height of the floor or the rug under a point."""
    rugs = [piece for piece in room.placements if piece.category == "rug"]
    under = [p for p in rugs if np.all(point[:2] > p.low[:2]) and np.all(point[:2] < p.high[:2])]
    return max((float(piece.high[2]) + TOUCH for piece in under), default=0.0)
