"""Hand pallet trucks: two forks toward -y, a pump, a drawbar with a looped handle."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.paint import painted, tyre_rubber
from scenes.craft.steel import across, bar, wheel
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec, Part
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "pallet truck"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pallet truck."""
    color_name = draw.choice(rng, ["yellow", "red", "orange", "blue", "green"])
    paint, black, rubber = painted(rng, color_name, wear=0.2), painted(rng, "black"), tyre_rubber(rng)
    length = draw.uniform(rng, 1.0, 1.2)
    parts: list[Part] = []
    for k, side in enumerate((-1, 1), 1):
        tip = [
            (0.0, 0.045),
            (0.0, 0.09),
            (-length + 0.12, 0.09),
            (-length, 0.075),
            (-length, 0.06),
            (-length + 0.1, 0.045),
        ]
        parts.append(across(f"fork {k}", tip, 0.16, paint, x=side * 0.19, bevel=0.006))
        parts += wheel(f"roller {k}", 0.04, 0.08, (side * 0.19, 0.16 - length, 0.04), rubber, black)
        parts += wheel(f"steer wheel {k}", 0.1, 0.05, (side * 0.085, 0.2, 0.1), rubber, paint)
        parts.append(
            across(
                f"side {k}",
                [(-0.04, 0.05), (0.06, 0.05), (0.1, 0.32), (0.02, 0.4), (-0.04, 0.2)],
                0.02,
                paint,
                x=side * 0.25,
            )
        )
    parts.append(box_part("frame", (-0.27, -0.03, 0.06), (0.27, 0.06, 0.2), paint, bevel=0.008))
    parts.append(box_part("head", (-0.2, 0.0, 0.19), (0.2, 0.07, 0.39), paint, bevel=0.012))
    parts.append(box_part("axle", (-0.12, 0.185, 0.085), (0.12, 0.215, 0.115), black))
    parts.append(part("pump", Cylinder(radius=0.06, height=0.36, segments=28), black, at=(0, 0.15, 0.1), bevel=0.006))
    parts.append(box_part("bridge", (-0.05, 0.03, 0.3), (0.05, 0.18, 0.36), black))
    lean = draw.uniform(rng, 0.15, 0.4)
    top = (0.0, 0.2 + lean, 1.12)
    parts.append(bar("drawbar", [(0, 0.17, 0.4), (0, 0.2 + 0.93 * lean, 1.05)], 0.02, black, segments=14))
    loop = [
        (0, 0.2 + 0.93 * lean, 1.05),
        (-0.11, top[1], 1.1),
        (-0.13, top[1] + 0.03, 1.2),
        (0.13, top[1] + 0.03, 1.2),
        (0.11, top[1], 1.1),
    ]
    parts.append(bar("handle", loop, 0.014, black, segments=10, closed=True))
    parts.append(box_part("knuckle", (-0.05, 0.13, 0.36), (0.05, 0.22, 0.46), black, bevel=0.01))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="metal")
