"""Rooms people live and work in, furnished by rules and lit by day and night."""

import numpy as np

from encode.formulas.indices import SceneIndex
from scenes import draw
from scenes.craft.style import sample_style
from scenes.draw import stream
from scenes.families.room.bathroom import furnish_bathroom
from scenes.families.room.bedroom import furnish_bedroom
from scenes.families.room.finishes import sample_finishes
from scenes.families.room.kitchen import furnish_kitchen
from scenes.families.room.layout import RoomLayout
from scenes.families.room.light import light_room
from scenes.families.room.living import furnish_living
from scenes.families.room.office import furnish_office
from scenes.families.room.openings import sample_plan
from scenes.families.room.parameters import Mood, RoomKind, RoomParameters
from scenes.families.room.people import add_people
from scenes.families.room.shell import build_shell
from scenes.families.room.views import room_scenery, sample_view, subject_surroundings
from scenes.scene import SceneSpec
from scenes.subjects import layout_subjects

__all__ = ["sample"]

WANTED = 6  # categories that a view must show
MOOD_WEIGHTS: dict[Mood, float] = {"day": 0.4, "sun": 0.3, "evening": 0.17, "night": 0.13}


def sample(seed: int, index: SceneIndex, attempt: int, views: int, parameters: RoomParameters) -> SceneSpec:
    """A furnished room; the views change nothing but the cameras."""

    def chance(*names: str | int) -> np.random.Generator:
        return stream(seed, "room", index, attempt, *names)

    rng = chance("setting")
    kind: RoomKind = draw.choice(rng, parameters.kinds)
    mood: Mood = parameters.moods[draw.weighted_index(rng, [MOOD_WEIGHTS[mood] for mood in parameters.moods])]
    style = sample_style(rng)
    plan = sample_plan(chance("plan"), kind, parameters)
    room = RoomLayout(chance("things"), style, plan, parameters.clutter, dark=mood in ("evening", "night"))
    build_shell(room, sample_finishes(chance("finishes"), style, kind))
    _furnish(room, kind)
    add_people(chance("people"), room, kind, parameters.people)
    world, lamps = light_room(chance("light"), room, mood)
    space = room_scenery(room)
    views_of_all = [sample_view(chance("view", k), space) for k in range(views)]
    return SceneSpec(
        family="room",
        seed=seed,
        index=index,
        attempt=attempt,
        objects=room.objects(),
        world=world,
        lamps=lamps,
        views=parameters.framed(chance, views_of_all, layout_subjects(room), subject_surroundings(room)),
        min_categories=WANTED,
    )


def _furnish(room: RoomLayout, kind: RoomKind) -> None:
    match kind:
        case "living room":
            furnish_living(room)
        case "bedroom":
            furnish_bedroom(room)
        case "kitchen":
            furnish_kitchen(room)
        case "office":
            furnish_office(room)
        case "bathroom":
            furnish_bathroom(room)
