"""Offices and studies: desks with chairs and screens, shelves of books and files."""

import numpy as np

from scenes import draw
from scenes.families.room.hangings import ceiling_lamp, pictures, wall_shelf
from scenes.families.room.layout import RoomLayout
from scenes.families.room.shell import dress_windows
from scenes.families.room.shelving import fill_shelves
from scenes.families.room.standing import amount, corner, floor_things
from scenes.families.room.tops import dress, plain_top
from scenes.families.room.workplace import desk_set
from scenes.objects.rug import of_size as rug_of_size

__all__ = ["furnish_office"]


def furnish_office(room: RoomLayout) -> None:
    """Furnish an office: desks, shelves, cupboards and plants."""
    dress_windows(room, curtain_share=0.25, blind_share=0.5)
    rng, plan = room.rng, room.plan
    wanted = draw.integer(rng, 1, 4)
    for k in rng.permutation(4):
        if wanted and desk_set(room, plan.walls[int(k)]) is not None:
            wanted -= 1
    ceiling_lamp(room, np.zeros(2))
    for _ in range(draw.integer(rng, 2, 5)):
        bookshelf = room.anywhere(room.make("bookshelf"), clear=0.5)
        if bookshelf is not None:
            fill_shelves(room, bookshelf, books=0.4)
    _rug(room)
    for category in rng.permutation(
        ["sofa", "armchair", "chest of drawers", "floor lamp", "floor plant", "basket", "stool"]
    )[: amount(room, 4, 6)]:
        _stand_by(room, str(category))
    corner(room, room.make("waste bin"))
    if room.chance(0.5):
        wall = plan.walls[draw.integer(rng, 4)]
        wall_shelf(room, wall, float(draw.uniform(rng, -0.3, 0.3) * wall.length), draw.uniform(rng, 1.25, 1.6))
    pictures(room, draw.integer(rng, 4, 8))
    floor_things(room)


def _rug(room: RoomLayout) -> None:
    rng, plan = room.rng, room.plan
    if room.chance(0.5):
        for _ in range(6):
            width = draw.uniform(rng, 1.0, 2.0)
            model = rug_of_size(rng, room.style, width, width * 0.65)
            if (
                room.stand(
                    room.new(model),
                    rng.uniform(-0.2, 0.2, 2) * [plan.width, plan.depth],
                    draw.choice(rng, [0.0, np.pi / 2]),
                )
                is not None
            ):
                return


def _stand_by(room: RoomLayout, category: str) -> None:
    furniture = room.make(category)
    if category in ("sofa", "chest of drawers"):
        added = room.anywhere(furniture, clear=0.45)
        if added is not None and category != "sofa":
            dress(room, added, "work desk", 7, table=plain_top(furniture))
        return
    corner(room, room.lamp(furniture) if category == "floor lamp" else furniture)
