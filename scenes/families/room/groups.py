"""Groups of furniture that several kinds of room have: seats round a table, a desk's set, pictures, lamps, plants."""

from dataclasses import replace

import numpy as np

from scenes.catalog import finished
from scenes.families.room.plan import Wall
from scenes.families.room.room import TOUCH, Room
from scenes.families.room.solid import Body, body, turned
from scenes.families.room.tops import dress, part_box, plain_top
from scenes.furnish.tables import Table, sample_table
from scenes.furnish.wallware import picture, shelf
from scenes.measure import bounds
from scenes.mesh import Floats
from scenes.objects.ceiling_lamp import flush, pendant
from scenes.objects.pillow import of_size as pillow_of_size

__all__ = [
    "along_wall",
    "amount",
    "ceiling_lamp",
    "corner",
    "desk_set",
    "dining_set",
    "floor_things",
    "lean",
    "pictures",
    "put_table",
    "sideboard",
    "wall_shelf",
]


def along_wall(room: Room, number: int, wall: Wall) -> float:
    """Where along the wall a piece stands."""
    return float((room.pieces[number].location[:2] - wall.middle) @ wall.along)


def corner(room: Room, entry: Body, *, away: float = 0.06) -> int | None:
    """In one of the corners, in random order, its front to the middle of the room."""
    reach = float(np.abs(entry.boxes[:, :, :2]).max()) + away
    half = np.array([room.plan.wide / 2, room.plan.deep / 2])
    for k in room.rng.permutation(4):
        sign = np.array([1.0 if k in (0, 1) else -1.0, 1.0 if k in (0, 3) else -1.0])
        spot = sign * (half - reach - room.rng.uniform(0, 0.12))
        yaw = float(np.arctan2(-sign[1], -sign[0]) + np.pi / 2)
        number = room.stand(entry, spot, yaw)
        if number is not None:
            return number
    return None


def put_table(room: Room, kinds: tuple[str, ...], spot: Floats, yaw: float) -> tuple[int, Table] | None:
    """A table on the floor."""
    table = _measured(sample_table(room.rng, room.style, kinds))
    number = room.stand(body(table.model), spot, yaw)
    return None if number is None else (number, table)


def sideboard(room: Room) -> None:
    """A long low cabinet at a wall with things on it."""
    table = _measured(sample_table(room.rng, room.style, ("sideboard",)))
    number = room.anywhere(body(table.model), clear=0.4)
    if number is not None:
        dress(room, number, "still life" if room.chance(0.5) else "living room", 8, table=replace(table, kind="desk"))


def _measured(table: Table) -> Table:
    model = finished(table.model, center=False)
    return Table(table.kind, model, float(bounds(model).high[2]), table.outline)


def dining_set(room: Room, spot: Floats, yaw: float, theme: str, *, most: int = 9) -> int | None:
    """A table with chairs of one make drawn up to it, and what is on it."""
    found = put_table(room, ("dining", "dining", "round"), spot, yaw)
    if found is None:
        return None
    number, table = found
    seed = int(room.rng.integers(2**31))
    room_before = len(room.pieces)
    for place, turn in _seats(table):
        _draw_up(room, number, room.same("chair", seed), place, turn)
    if len(room.pieces) > room_before or room.chance(0.5):
        dress(room, number, theme, most, table=table)
    return number


def _seats(table: Table) -> list[tuple[Floats, float]]:
    """(point on the table's edge, turn of a chair there) in the table's own axes."""
    x, y = (float(side) for side in table.outline.max(0))
    if table.kind == "round":
        count = 4 if x > 0.45 else 2
        angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + np.pi / 4
        return [(x * np.array([np.cos(a), np.sin(a)]), float(a) + 1.5 * np.pi + np.pi) for a in angles]
    each = 2 if x < 0.85 else 3
    across = np.linspace(-1, 1, each) * (x - 0.62 * x / each) * 0.82
    seats = [(np.array([float(a), -y]), np.pi) for a in across] + [(np.array([float(a), y]), 0.0) for a in across]
    return seats + ([(np.array([-x, 0.0]), np.pi / 2), (np.array([x, 0.0]), -np.pi / 2)] if x > 0.8 else [])


def _draw_up(room: Room, number: int, chair: Body, edge: Floats, turn: float) -> None:
    """A chair at the edge, as far under the top as it goes; seldom left out."""
    base = room.pieces[number]
    if room.chance(0.1):
        return
    way = turned(turn)[:2, :2] @ np.array([0.0, -1.0])  # where its front looks: inward
    jitter = float(room.rng.normal(0, 0.06))
    first = float(room.rng.choice([0.2, 0.12, -0.12], p=[0.5, 0.35, 0.15]))
    for tuck in (first, 0.1, 0.02, -0.06, -0.15):
        middle = edge - way * (float(chair.size[1]) / 2 - tuck)
        spot = base.location[:2] + base.rotation[:2, :2] @ middle
        yaw = float(np.arctan2(base.rotation[1, 0], base.rotation[0, 0])) + turn + jitter
        if room.stand(chair, spot, yaw) is not None:
            return


def ceiling_lamp(room: Room, spot: Floats, *, over: float | None = None, flat: bool = False) -> int | None:
    """A lamp under the ceiling; a pendant hangs low only `over` a table (the height of its top)."""
    high = room.plan.high
    if flat or (over is None and room.chance(0.45)):
        model = flush(room.rng)
    else:
        long = high - over - room.rng.uniform(0.7, 0.85) if over else min(high - 2.0, room.rng.uniform(0.4, 0.7))
        model = pendant(room.rng, room.style, float(max(long, 0.4)))
    entry = room.lamp(room.new(model), lit=0.25)
    place = np.array([*spot, high - float(entry.high[2]) - 2e-4])
    return room.hang_at(entry, place)


def pictures(room: Room, count: int, *, walls: tuple[Wall, ...] | None = None) -> None:
    """Framed prints at eye level, at times two or three in line."""
    choice = walls or room.plan.walls
    for _ in range(count):
        wall = choice[int(room.rng.integers(len(choice)))]
        seed, row = int(room.rng.integers(2**31)), int(room.rng.choice([1, 1, 2, 3]))
        model = finished(picture(np.random.Generator(np.random.PCG64(seed)), room.style))
        entry = body(model, whole=True)
        wide, middle = float(entry.size[0]), float(room.rng.uniform(1.45, 1.65))
        s = float(room.rng.uniform(-0.5, 0.5)) * (wall.length - wide)
        for k in range(row):
            fresh = entry if k == 0 or room.chance(0.4) else body(finished(picture(room.rng, room.style)), whole=True)
            if abs(float(fresh.size[2]) - float(entry.size[2])) < 0.25 and fresh.size[0] < 1.3 * wide:
                at = s + (k - (row - 1) / 2) * (wide + 0.09)
                room.hang(fresh, wall, at, middle - float(fresh.size[2]) / 2)


def wall_shelf(room: Room, wall: Wall, s: float, z: float) -> int | None:
    """A shelf with a few small things on it."""
    number = room.hang(room.new(shelf(room.rng, room.style)), wall, s, z)
    if number is not None:
        board = part_box(room.pieces[number].body, "board")
        half, y = float(board[1, 0]), float(board.mean(0)[1])
        x = -half + 0.05
        while x < half - 0.08:
            thing = room.thing(
                str(room.rng.choice(("vase", "jar", "bowl", "mug", "potted plant", "candle", "clock", "book"))),
                whole=True,
            )
            wide = float(thing.size[0])
            if thing.size[1] < board[1, 1] - board[0, 1] + 0.03 and x + wide < half and thing.size[2] < 0.34:
                room.on_top(thing, number, np.array([x + wide / 2, y]), 0.0, z=float(board[1, 2]))
            x += wide + float(room.rng.uniform(0.03, 0.2))
    return number


def amount(room: Room, low: int, high: int) -> int:
    """How many pieces stand round a room: more in a large one."""
    return int(np.clip(room.plan.wide * room.plan.deep / 2.8, low, high))


def floor_things(room: Room) -> None:
    """A few things left on the floor, near the walls: boxes, a ball, a basket, a pile of books."""
    for _ in range(int(room.rng.integers(0, 2 + round(3 * room.clutter)))):
        entry = room.thing(str(room.rng.choice(("box", "ball", "basket", "gift", "book", "waste bin"))), whole=True)
        for _ in range(5):
            wall = room.plan.walls[int(room.rng.integers(4))]
            s = float(room.rng.uniform(-0.45, 0.45)) * wall.length
            out = float(np.abs(entry.boxes[0, :, :2]).max()) * 1.42 + float(room.rng.uniform(0.03, 0.5))
            if room.stand(entry, wall.point(s, out), float(room.rng.uniform(0, 6.28))) is not None:
                break


def lean(
    room: Room, number: int, size: tuple[float, float, float], rest: tuple[Floats, float], *, word: str = ""
) -> int | None:
    """A pillow on a piece, tilted back by `rest[1]` radians from lying; `rest[0]` is (x, rear edge y, z) there."""
    (x, rear, z), tilt = rest
    entry = room.new(pillow_of_size(room.rng, room.style, size, word=word), whole=True)
    c, s = np.cos(tilt), np.sin(tilt)
    tip = np.array([[1, 0, 0], [0, c, -s], [0, s, c]]) @ turned(float(room.rng.normal(0, 0.05)))
    corners = (
        np.array([(i, j, k) for i in entry.boxes[0, :, 0] for j in entry.boxes[0, :, 1] for k in entry.boxes[0, :, 2]])
        @ tip.T
    )
    carrier = room.pieces[number]
    soft = 0.12 * size[2] * s  # a pillow's seam is thin: its box ends before its cloth
    local = np.array([x, rear - corners[:, 1].max() + soft, z - corners[:, 2].min() - soft + TOUCH])
    return room.put(entry, carrier.location + carrier.rotation @ local, carrier.rotation @ tip, on=number)


def desk_set(room: Room, wall: Wall, *, near: float | None = None) -> int | None:
    """A desk at a wall with a chair, a screen or a laptop, a lamp and papers."""
    entry = room.thing("desk")
    number = room.against(entry, wall, near=near, spread=0.3 if near is not None else 0.0, clear=0.75)
    if number is None:
        return None
    room.zones.pop()  # the room before the desk is for its chair
    half = entry.size / 2
    chair = room.thing("office chair" if room.chance(0.75) else "chair")
    front = room.pieces[number]
    for tuck in (0.22, 0.1, 0.0, -0.12, -0.3):
        local = np.array([room.rng.normal(0, 0.06), -half[1] - float(chair.size[1]) / 2 + tuck, 0.0])
        spot = (front.location + front.rotation @ local)[:2]
        yaw = wall.yaw + np.pi + float(room.rng.normal(0, 0.2))
        if room.stand(chair, spot, yaw) is not None:
            break
    _equip(room, number, half)
    dress(room, number, "work desk", 8, table=plain_top(entry))
    return number


def _equip(room: Room, number: int, half: Floats) -> None:
    rng = room.rng
    if room.chance(0.75):
        screen = room.thing("monitor", whole=True)
        double = room.chance(0.3) and half[0] > 0.65
        spots = (
            (-0.5 * float(screen.size[0]) - 0.02, 0.5 * float(screen.size[0]) + 0.02)
            if double
            else (float(rng.normal(0, 0.08)),)
        )
        for x in spots:
            room.on_top(
                screen, number, np.array([x, half[1] - float(screen.size[1]) / 2 - 0.05]), 0.1 * -np.sign(x) * double
            )
        room.on_top(
            room.thing("keyboard", whole=True), number, np.array([0.0, -half[1] + 0.17]), float(rng.normal(0, 0.04))
        )
        room.on_top(
            room.thing("computer mouse", whole=True),
            number,
            np.array([0.32, -half[1] + 0.17]),
            float(rng.normal(0, 0.15)),
        )
    if room.chance(0.6):
        lamp = room.lamp(room.thing("desk lamp", whole=True))
        side = float(rng.choice([-1, 1]))
        room.on_top(lamp, number, np.array([side * (half[0] - 0.16), half[1] - 0.18]), float(-0.4 * side))
