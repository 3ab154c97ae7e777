"""Armchairs: a sofa for one, or a moulded shell on legs."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.finishes import metal, visible_material, wood
from scenes.craft.style import Style
from scenes.furnish.upholstery import cover, seat
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "armchair"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an armchair in the style of its scene."""
    return seat(rng, style, CATEGORY, 1) if draw.chance(rng, 0.65) else _lounge(rng, style)


def _lounge(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A wide padded shell with a high back, and wooden arms on splayed legs."""
    material, color_name = cover(rng, style, leather=0.3)
    frame_material = wood(rng, style.wood) if draw.chance(rng, 0.75) else metal(rng, "black")
    half_width, seat_height, height = (
        draw.uniform(rng, 0.27, 0.32),
        draw.uniform(rng, 0.37, 0.42),
        draw.uniform(rng, 0.85, 1.02),
    )
    path = [
        (0, -0.36, seat_height),
        (0, -0.3, seat_height + 0.025),
        (0, 0.0, seat_height - 0.01),
        (0, 0.2, seat_height),
    ]
    path += [(0, 0.3, seat_height + 0.12), (0, 0.38, 0.5 * (seat_height + height) + 0.06), (0, 0.46, height)]
    shell = tube(
        path,
        [0.8 * half_width, half_width, half_width, half_width, 0.98 * half_width, 0.92 * half_width, 0.6 * half_width],
        count=30,
        aspect=0.2,
        segments=28,
    )
    parts = [part(PartRole.SHELL, shell, material)]
    width = half_width + 0.035
    for k, side in enumerate((-1, 1), 1):
        x, arm = side * width, seat_height + 0.19
        front, rear = (x, -0.3, arm), (x, 0.36, arm - 0.05)
        parts += [
            part(f"arm {k}", tube([front, (x, 0.0, arm + 0.008), rear], 0.022, count=12, aspect=0.6), frame_material),
            part(f"front leg {k}", tube([(x, -0.36, 0), (x, -0.28, arm)], [0.013, 0.019], count=3), frame_material),
            part(
                f"rear leg {k}", tube([(x, 0.44, 0), (x, 0.33, arm - 0.045)], [0.013, 0.019], count=3), frame_material
            ),
            part(
                f"side rail {k}",
                tube([(x, -0.315, seat_height - 0.06), (x, 0.375, seat_height - 0.1)], 0.016, count=2),
                frame_material,
            ),
        ]
    rail = [
        ((-width, -0.26, seat_height - 0.046), (width, -0.26, seat_height - 0.046)),
        ((-width, 0.2, seat_height - 0.068), (width, 0.2, seat_height - 0.068)),
    ]
    parts += [part(f"cross rail {k}", tube(ends, 0.018, count=12), frame_material) for k, ends in enumerate(rail, 1)]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(material))
