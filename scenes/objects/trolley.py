"""Platform trolleys: a deck on four castors, a push bar at one end, at times a second deck or mesh ends."""

import numpy as np

from scenes import draw
from scenes.craft.finishes import finish, wood
from scenes.craft.outline import corners
from scenes.craft.paint import painted, tyre_rubber
from scenes.craft.steel import bar, wheel
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "DECK", "PLACE", "make"]

CATEGORY = "trolley"
PLACE = "floor"
DECK = 0.2  # metres from the ground to the deck, of any trolley


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a trolley."""
    color_name = draw.choice(rng, ["blue", "gray", "red", "green", "black"])
    frame, rubber = painted(rng, color_name, wear=0.1), tyre_rubber(rng)
    length, width = draw.uniform(rng, 0.8, 1.2), draw.uniform(rng, 0.5, 0.7)
    ply = (
        wood(rng, "birch", scale=0.3) if draw.chance(rng, 0.6) else finish(rng, "rubber", "rubber", (0.12, 0.12, 0.13))
    )
    parts = [
        box_part(
            "frame", (-length / 2, -width / 2, DECK - 0.06), (length / 2, width / 2, DECK - 0.012), frame, bevel=0.006
        ),
        box_part(
            "deck",
            (0.01 - length / 2, 0.01 - width / 2, DECK - 0.013),
            (length / 2 - 0.01, width / 2 - 0.01, DECK),
            ply,
        ),
    ]
    parts += _castors(length, width, rubber, frame)
    parts += _bow("push bar", -length / 2 + 0.03, width, draw.uniform(rng, 0.95, 1.05), frame)
    if draw.chance(rng, 0.35):
        z = draw.uniform(rng, 0.6, 0.7)
        parts += _bow("end", length / 2 - 0.03, width, z + 0.12, frame)
        parts.append(
            box_part(
                "upper deck",
                (0.03 - length / 2, 0.03 - width / 2, z),
                (length / 2 - 0.03, width / 2 - 0.03, z + 0.025),
                ply,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="metal")


def _castors(length: float, width: float, rubber: Material, material: Material) -> list[Part]:
    parts = []
    front_left, front_right, rear_right, rear_left = corners(length / 2 - 0.12, width / 2 - 0.08)
    for k, at in enumerate((front_left, front_right, rear_left, rear_right), 1):
        parts += wheel(f"castor {k}", 0.062, 0.036, (*at, 0.062), rubber, material)
        low, high = (at[0] - 0.03, at[1] - 0.03, 0.075), (at[0] + 0.03, at[1] + 0.03, DECK - 0.058)
        parts.append(box_part(f"fork {k}", low, high, material))
    return parts


def _bow(name: str, x: float, width: float, height: float, material: Material) -> list[Part]:
    """An upright hoop across one end, with a cross bar."""
    half_width = width / 2 - 0.03
    path = [
        (x, -half_width, DECK - 0.04),
        (x, -half_width, height - 0.05),
        (x, -half_width + 0.05, height),
        (x, half_width - 0.05, height),
    ]
    path += [(x, half_width, height - 0.05), (x, half_width, DECK - 0.04)]
    middle = 0.5 * (height + DECK)
    return [
        bar(name, path, 0.016, material, segments=10),
        bar(f"{name} rail", [(x, -half_width, middle), (x, half_width, middle)], 0.012, material),
    ]
