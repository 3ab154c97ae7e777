"""People at home and at work: on sofas and chairs, at tables and desks, at the worktop, about the room."""

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.catalog import finished
from scenes.families.room.parameters import RoomKind
from scenes.families.room.room import Piece, Room
from scenes.families.room.seats import SEATS, Place, places, top_edges
from scenes.mesh import Floats
from scenes.part_boxes import TOUCH, cellular, moved
from scenes.people.person import make_person
from scenes.people.reach import Top

__all__ = ["people"]

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


def people(rng: np.random.Generator, room: Room, kind: RoomKind, most: int) -> None:
    """Up to `most` people where they find a place; none in more than half of the rooms."""
    if not most or not draw.chance(rng, SHARES[kind]):
        return
    wanted = draw.integer(rng, 1, most + 1) if kind != "bathroom" else 1
    for _ in range(TRIES):
        if wanted and _one(rng, room):
            wanted -= 1


def _one(rng: np.random.Generator, room: Room) -> bool:
    """Somebody on a free seat, at a worktop or on the floor."""
    pieces = list(enumerate(room.pieces))
    taken = {piece.on for piece in room.pieces if piece.category == "person"}
    seats = [(number, place) for number, piece in pieces if piece.category in SEATS for place in places(piece.body)]
    counters = [number for number, piece in pieces if piece.category in COUNTERS]
    chance = rng.random()
    if counters and chance < 0.4:
        return _at_counter(rng, room, draw.choice(rng, counters))
    if seats and chance < 0.85:
        number, place = draw.choice(rng, seats)
        single = room.pieces[number].category != "sofa"
        return not (single and number in taken) and _sits(rng, room, number, place)
    return _about(rng, room)


def _sits(rng: np.random.Generator, room: Room, number: int, place: Place) -> bool:
    seat = room.pieces[number]
    if seat.category in ("sofa", "armchair"):
        pose = draw.choice(rng, ["sit", "sit with phone", "sit upright"], p=[0.5, 0.3, 0.2])
        return _seated(rng, room, number, place, pose, None)
    table = _before(room, seat, place)
    if table is not None:
        if _draw_up(room, number, place, table, draw.uniform(rng, 0.23, 0.31)) and _seated(
            rng, room, number, place, "sit at table", table
        ):
            return True
        if not _draw_up(room, number, place, table, draw.uniform(rng, 0.44, 0.6)):
            return False
    return _seated(rng, room, number, place, draw.choice(rng, ["sit upright", "sit with phone"]), None)


def _seated(rng: np.random.Generator, room: Room, number: int, place: Place, pose: str, table: int | None) -> bool:
    """Somebody on the place, with the hands on the table if one is given."""
    seat = room.pieces[number]
    feet = [np.array([place.x + x, place.y + y, 0.0]) for x in (-0.2, 0.2) for y in (-0.65, -0.2)]
    floor = max(_rug(room, seat.location + seat.rotation @ spot) for spot in feet)
    height = float(seat.location[2]) + place.top - floor
    top, skip = None, {number}
    if table is not None:
        top = Top(float(room.pieces[table].high[2]) - floor, _edge(room, seat, place, table))
        skip |= {k for k, piece in enumerate(room.pieces) if piece.category in UNDER_HAND and piece.on == table}
    raw = make_person(rng, pose, age=None if table is None else "adult", role="home", seat=height, top=top)
    figure = cellular(finished(raw, center=False))
    own = np.array([place.x, place.depth(figure.model), floor - float(seat.location[2])])
    spot = seat.location + seat.rotation @ own
    if not room.fits(moved(figure.boxes, spot, seat.rotation), skip=frozenset(skip), zones=False):
        return False
    room.put(figure, spot, seat.rotation, on=number)
    return True


def _before(room: Room, seat: Piece, place: Place) -> int | None:
    """The table that one who sits there has before them."""
    way = seat.rotation @ np.array([0.0, -1.0, 0.0])
    spot = seat.location + seat.rotation @ np.array([place.x, place.hips, 0.0])
    for number, piece in enumerate(room.pieces):
        if piece.category in TABLES and 0.6 < piece.high[2] - seat.location[2] < 0.85:
            for ahead in (0.3, 0.5):
                point = (spot + ahead * way)[:2]
                if np.all(point > piece.low[:2]) and np.all(point < piece.high[:2]):
                    return number
    return None


def _edge(room: Room, seat: Piece, place: Place, table: int) -> float:
    """How far before the hips of one who sits there the table begins, metres."""
    piece = room.pieces[table]
    way = seat.rotation @ np.array([0.0, -1.0, 0.0])
    spot = seat.location + seat.rotation @ np.array([place.x, place.hips, 0.0])
    points = piece.location + top_edges(piece.body) @ piece.rotation.T
    side = np.array([-way[1], way[0], 0.0])
    near = points[np.abs((points - spot) @ side) < 0.25]
    return float(((near - spot) @ way).min()) if len(near) else 0.3


def _draw_up(room: Room, number: int, place: Place, table: int, edge: float) -> bool:
    """Moves the seat so that the table begins `edge` metres before the hips of one who sits there."""
    seat = room.pieces[number]
    back = edge - _edge(room, seat, place, table)
    return abs(back) < 0.6 and room.shift(number, seat.rotation @ np.array([0.0, back, 0.0]))


def _at_counter(rng: np.random.Generator, room: Room, number: int) -> bool:
    """At a worktop or a washbasin, with both hands on it."""
    piece = room.pieces[number]
    own, away = piece.body, draw.uniform(rng, 0.19, 0.25)
    slack = max(float(own.size[0]) / 2 - 0.3, 0.0) if piece.category == "countertop" else 0.0
    top = Top(float(piece.high[2]), away)
    figure = cellular(finished(make_person(rng, "counter", age="adult", role="home", top=top), center=False))
    turn = piece.rotation @ about_z(np.pi)
    for _ in range(TRIES):
        x = float(own.low[0] + own.high[0]) / 2 + slack * draw.uniform(rng, -1, 1)
        spot = piece.location + piece.rotation @ np.array([x, float(own.low[1]) - away, 0.0])
        spot[2] = max(_rug(room, spot + step) for step in _STEPS)
        if room.fits(moved(figure.boxes, spot, turn), zones=False):
            room.put(figure, spot, turn)
            return True
    return False


def _about(rng: np.random.Generator, room: Room) -> bool:
    """On free floor, at times looking out of a window."""
    pose = draw.choice(rng, ABOUT, p=(0.35, 0.3, 0.2, 0.15))
    figure = cellular(finished(make_person(rng, pose, role="home")))
    half = np.array([room.plan.width, room.plan.depth]) / 2
    windows = room.plan.windows()
    for _ in range(3 * TRIES):
        if windows and draw.chance(rng, 0.4):
            wall, opening = draw.choice(rng, windows)
            spot = wall.point(opening.s + draw.uniform(rng, -0.4, 0.4), draw.uniform(rng, 0.45, 0.8))
            yaw = wall.yaw + draw.normal(rng, 0, 0.3)
        else:
            spot = rng.uniform(-1, 1, 2) * (half - 0.5)
            yaw = float(np.arctan2(spot[0], -spot[1]) + np.pi + draw.normal(rng, 0, 0.7))  # toward the middle
        if room.stand(figure, spot, yaw, zones=False) is not None:
            return True
    return False


def _rug(room: Room, spot: Floats) -> float:
    """The height of the floor or the rug under a point."""
    rugs = [piece for piece in room.pieces if piece.category == "rug"]
    under = [p for p in rugs if np.all(spot[:2] > p.low[:2]) and np.all(spot[:2] < p.high[:2])]
    return max((float(piece.high[2]) + TOUCH for piece in under), default=0.0)
