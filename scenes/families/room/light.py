"""Light for a room: the world outside, what comes in at the windows, the sun, the lamps inside.

Windows get an area light each, as daylight without noise, and a portal, through which Cycles samples the world.
"""

import numpy as np

from scenes import draw
from scenes.base import Rgb, Vec3
from scenes.cameras import rounded_vec3
from scenes.craft.switch import WARM, is_lit, light_spot
from scenes.families.room.layout import Furnishing, RoomLayout
from scenes.families.room.parameters import Mood
from scenes.families.room.plan import RoomOpening, RoomPlan, Wall
from scenes.scene import Hdri, Lamp, World

__all__ = ["light_room"]

OUTSIDE = 0.16  # metres from a wall's face to the light in its window, behind the frame
_DAY: Rgb = (0.93, 0.97, 1.0)
_LOW_SUN: Rgb = (1.0, 0.78, 0.55)
_DUSK: Rgb = (0.55, 0.68, 1.0)
POWER = {"day": 42.0, "sun": 32.0, "evening": 8.0, "night": 0.4}  # W for each square metre of window


def light_room(rng: np.random.Generator, room: RoomLayout, mood: Mood) -> tuple[World, tuple[Lamp, ...]]:
    """The world and the lamps for a mood."""
    lamps: list[Lamp] = []
    color = {"day": _DAY, "sun": _DAY, "evening": _DUSK if draw.chance(rng, 0.5) else _LOW_SUN, "night": _DUSK}[mood]
    strength = draw.uniform(rng, 0.75, 1.3)
    power = POWER[mood] * strength * _need(room.plan)
    for wall, opening in room.plan.windows():
        lamps += _window(wall, opening, power, color)
    if mood == "sun":
        lamps += _sun(rng, room.plan)
    for piece in room.furnishings:
        if is_lit(piece.model):
            lamps.append(_lamp(rng, piece))
    if mood in ("evening", "night") or draw.chance(rng, 0.35):
        lamps.append(_fill(rng, room.plan, mood))
    return _world(rng, mood), tuple(lamps)


def _need(plan: RoomPlan) -> float:
    """More where windows are small for the floor: a camera exposes longer there, and the view outside must not clip."""
    glass = sum(opening.width * opening.height for _, opening in plan.windows())
    return float(np.clip(0.14 * plan.width * plan.depth / glass, 0.9, 2.6))


def _world(rng: np.random.Generator, mood: Mood) -> World:
    rotation = round(draw.uniform(rng, 0, 2 * np.pi), 4)
    names = {
        "day": (("city", "courtyard", "forest"), (0.7, 1.5)),
        "sun": (("city", "courtyard", "forest", "sunrise"), (0.7, 1.5)),
        "evening": (("sunset", "sunrise"), (0.25, 0.6)),
        "night": (("night", "city"), (0.05, 0.15)),
    }
    choice, (low, high) = names[mood]
    strength = round(draw.uniform(rng, low, high), 3)
    return Hdri.model_validate({"name": draw.choice(rng, choice), "rotation": rotation, "strength": strength})


def _window(wall: Wall, opening: RoomOpening, power: float, color: Rgb) -> list[Lamp]:
    """Daylight, and a portal just outside of it."""
    z = opening.z + opening.height / 2
    width, height = opening.width - 0.04, opening.height - 0.04
    location = _at(wall, opening.s, -OUTSIDE, z)
    inside = _at(wall, opening.s, 1.0, z)
    shape = {"size": round(width, 4), "height": round(height, 4), "color": color}
    watts = round(power * width * height, 3)
    return [
        Lamp(kind="area", location=location, target=inside, power=watts, **shape),
        Lamp(kind="portal", location=_at(wall, opening.s, -OUTSIDE - 0.02, z), target=inside, power=1.0, **shape),
    ]


def _at(wall: Wall, s: float, out: float, z: float) -> Vec3:
    return rounded_vec3(np.array([*wall.point(s, out), z]))


def _sun(rng: np.random.Generator, plan: RoomPlan) -> list[Lamp]:
    """Sunlight that comes in at one of the windows."""
    windows = plan.windows()
    wall, opening = draw.choice(rng, windows)
    off, elevation = draw.uniform(rng, -0.8, 0.8), draw.uniform(rng, 0.3, 0.85)
    c, s = np.cos(off), np.sin(off)
    way = np.array([[c, -s], [s, c]]) @ -wall.inward
    toward = np.array([*(way * np.cos(elevation)), np.sin(elevation)])
    middle = np.array([*wall.point(opening.s, 0.0), opening.z + opening.height / 2])
    warm = 1.0 - (elevation - 0.3) / 0.55
    return [
        Lamp(
            kind="sun",
            location=rounded_vec3(middle + 8 * toward),
            target=rounded_vec3(middle),
            power=round(draw.uniform(rng, 3.0, 7.0), 2),
            size=round(draw.uniform(rng, 0.009, 0.03), 4),
            color=(1.0, round(0.96 - 0.12 * warm, 3), round(0.9 - 0.28 * warm, 3)),
        )
    ]


def _lamp(rng: np.random.Generator, piece: Furnishing) -> Lamp:
    """What a lamp that is on gives to the room: a soft point of light next to its bulb."""
    location = piece.location + piece.matrix @ np.array(light_spot(piece.model))
    watts = {"ceiling lamp": (30, 60), "floor lamp": (12, 26)}.get(piece.category, (5, 12))
    return Lamp(
        kind="point",
        location=rounded_vec3(location),
        target=rounded_vec3(location + np.array([0.0, 0.0, -1.0])),
        power=round(draw.uniform(rng, *watts), 2),
        size=0.06 if piece.category == "ceiling lamp" else 0.03,
        color=WARM,
    )


def _fill(rng: np.random.Generator, plan: RoomPlan, mood: Mood) -> Lamp:
    """Light reflected by the ceiling, as from a lamp out of view, so that evenings are not black."""
    share = {"evening": 1.2, "night": 0.8}.get(mood, 1.6)
    size = 0.6 * min(plan.width, plan.depth)
    return Lamp(
        kind="area",
        location=(0.0, 0.0, round(plan.height - 0.03, 4)),
        target=(0.0, 0.0, 0.0),
        power=round(draw.uniform(rng, 0.6, 1.2) * share * plan.width * plan.depth, 3),
        size=round(size, 3),
        height=round(size, 3),
        color=WARM if mood in ("evening", "night") else _DAY,
    )
