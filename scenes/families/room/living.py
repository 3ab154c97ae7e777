"""Living rooms: seats facing a television, a low table on a rug between them, shelves, lamps, plants."""

import numpy as np

from scenes import draw
from scenes.families.room.cushions import lean
from scenes.families.room.dining import dining_set, put_table, sideboard
from scenes.families.room.hangings import ceiling_lamp, pictures, wall_shelf
from scenes.families.room.layout import RoomLayout
from scenes.families.room.plan import Wall
from scenes.families.room.shell import dress_windows
from scenes.families.room.shelving import fill_shelves
from scenes.families.room.standing import amount, corner, floor_things
from scenes.families.room.tops import dress, part_box, plain_top
from scenes.mesh import Floats
from scenes.model import PartRole
from scenes.objects.rug import of_size as rug_of_size

__all__ = ["furnish_living"]


def furnish_living(room: RoomLayout) -> None:
    """Furnish a living room: the seats first, since everything else is arranged around them."""
    dress_windows(room, curtain_share=0.7, blind_share=0.12)
    plan = room.plan
    middle = np.zeros(2)
    for wall in sorted(plan.walls, key=lambda wall: (_doors(room, wall), room.rng.random())):
        center = _seating(room, wall)
        if center is not None:
            middle = center
            break
    ceiling_lamp(room, middle)
    _round(room)


def _doors(room: RoomLayout, wall: Wall) -> int:
    """How many doors there are in a wall and in the one across from it."""
    return len(wall.doors) + len(room.plan.opposite(wall).doors)


def _seating(room: RoomLayout, wall: Wall) -> Floats | None:
    """A television at `wall` and seats across from it; the middle between them."""
    rng, plan = room.rng, room.plan
    stand = room.make("tv stand")
    support = room.against(stand, wall, near=0.0, spread=0.35)
    if support is None:
        return None
    television = room.make("television")
    for _ in range(6):
        if (
            television.size[0] < stand.size[0] - 0.02
            and room.on_top(television, support, np.array([0.0, 0.02]), 0.0) is not None
        ):
            break
        television = room.make("television")
    dress(room, support, "living room", 4, table=plain_top(stand))
    s = float((room[support].location[:2] - wall.middle) @ wall.along)
    across = plan.depth if wall.number % 2 == 0 else plan.width
    sofa = _sofa(room, wall, s, across)
    if sofa is None:
        return wall.point(s, across / 2)
    seat = room[sofa]
    _cushions(room, sofa)
    way = seat.matrix[:2, :2] @ np.array([0.0, -1.0])
    return _before_sofa(room, sofa, way, draw.uniform(rng, 0.34, 0.44))


def _sofa(room: RoomLayout, wall: Wall, s: float, across: float) -> int | None:
    """A sofa facing `wall`: at the wall across from it where that is near enough, else free in the room."""
    for _ in range(3):
        sofa = room.make("sofa")
        far = across - float(sofa.high[1]) - 0.03
        distance = far if across < 4.6 and room.chance(0.8) else min(far, draw.uniform(room.rng, 2.7, 3.4))
        for shift in (0.0, 0.3, -0.3, 0.6, -0.6):
            added = room.stand(sofa, wall.point(s + shift, distance), wall.yaw + np.pi)
            if added is not None:
                return added
    return None


def _before_sofa(room: RoomLayout, sofa: int, way: Floats, gap: float) -> Floats:
    """Rug, low table, armchairs or an ottoman, a side table with a lamp; the middle of the group."""
    rng, seat = room.rng, room[sofa]
    sofa_model, yaw = seat.own, float(np.arctan2(seat.matrix[1, 0], seat.matrix[0, 0]))
    side = np.array([-way[1], way[0]])
    front = seat.location[:2] + way * float(sofa_model.size[1]) / 2
    middle = front + way * (gap + 0.3)
    if room.chance(0.75):
        width, depth = float(sofa_model.size[0]) * draw.uniform(rng, 0.9, 1.1), draw.uniform(rng, 1.15, 1.6)
        model = rug_of_size(rng, room.style, width, depth, round_=0.0)
        room.stand(room.new(model), front + way * (depth / 2 + 0.04), yaw)
    table = put_table(room, ("coffee",), middle, yaw)
    if table is not None:
        dress(room, table[0], "living room", 6, table=table[1])
    for sign in rng.permutation([-1.0, 1.0])[: draw.integer(rng, 0, 3)]:
        chair = room.make("armchair" if room.chance(0.75) else "ottoman")
        for away in (1.15, 1.35, 1.55, 1.8):
            point = middle + side * sign * away + way * draw.uniform(rng, -0.1, 0.35)
            heading = yaw + sign * np.pi / 2 + sign * draw.uniform(rng, -0.1, 0.35)
            if room.stand(chair, point, float(heading)) is not None:
                break
    _beside(room, sofa, side)
    return middle


def _beside(room: RoomLayout, sofa: int, side: Floats) -> None:
    """A small table with a lamp, or a floor lamp, at one end of the sofa or both."""
    seat = room[sofa]
    yaw = float(np.arctan2(seat.matrix[1, 0], seat.matrix[0, 0]))
    for sign in room.rng.permutation([-1.0, 1.0]):
        chance = room.rng.random()
        if chance < 0.4:
            nightstand = room.make("nightstand")
            distance = (float(seat.own.size[0]) + float(nightstand.size[0])) / 2 + 0.06
            support = room.stand(nightstand, seat.location[:2] + side * sign * distance, yaw)
            if support is not None:
                room.on_top(room.lamp(room.make("desk lamp", whole=True)), support, np.zeros(2), float(sign) * 0.5)
        elif chance < 0.85:
            lamp = room.lamp(room.make("floor lamp"))
            distance = (float(seat.own.size[0]) + float(lamp.size[0])) / 2 + 0.1
            room.stand(lamp, seat.location[:2] + side * sign * distance, yaw)


def _cushions(room: RoomLayout, sofa: int) -> None:
    """Scatter cushions, mostly at the ends."""
    model = room[sofa].own
    back, seat = part_box(model, PartRole.BACK_CUSHION), part_box(model, PartRole.SEAT_CUSHION)
    inner = float(seat[0, 0]) + 0.26
    for x in (inner, inner + 0.43, -inner, -inner - 0.43):
        if abs(x) > 0.22 and room.chance(0.45):
            side = draw.uniform(room.rng, 0.36, 0.44)
            rear = float(back[0, 1]) + 0.07
            lean(room, sofa, (side, side * 0.95, 0.13), (np.array([x, rear, float(seat[1, 2]) - 0.015]), 1.15))


def _round(room: RoomLayout) -> None:
    """Along the walls and in the corners."""
    rng, plan = room.rng, room.plan
    if plan.width * plan.depth > 20 and room.chance(0.6):
        for _ in range(6):
            point = rng.uniform(-0.5, 0.5, 2) * [plan.width - 2.0, plan.depth - 2.0]
            if dining_set(room, point, draw.choice(rng, [0.0, np.pi / 2]), "breakfast") is not None:
                break
    for category in rng.permutation(
        ["bookshelf", "bookshelf", "chest of drawers", "floor plant", "floor lamp", "ottoman", "sideboard"]
    )[: amount(room, 5, 7)]:
        _stand_by(room, str(category))
    if room.chance(0.4):
        wall = plan.walls[draw.integer(rng, 4)]
        wall_shelf(room, wall, float(draw.uniform(rng, -0.3, 0.3) * wall.length), draw.uniform(rng, 1.2, 1.6))
    pictures(room, draw.integer(rng, 5, 9))
    for category in ("floor plant", "basket"):
        if room.chance(0.6):
            corner(room, room.make(category))
    floor_things(room)


def _stand_by(room: RoomLayout, category: str) -> None:
    """A piece of furniture at a wall, with objects on or in it."""
    if category == "sideboard":
        sideboard(room)
        return
    furniture = room.make(category)
    if category in ("floor plant", "floor lamp"):
        corner(room, room.lamp(furniture) if category == "floor lamp" else furniture)
        return
    added = room.anywhere(furniture, clear=0.4)
    if added is None:
        return
    if category == "bookshelf":
        fill_shelves(room, added)
    elif category == "chest of drawers":
        dress(room, added, "living room", 6, table=plain_top(furniture))
