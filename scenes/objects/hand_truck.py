"""Hand trucks: a bent frame leaning back on two wheels, its toe plate flat on the floor, toward -y."""

import numpy as np

from scenes import draw
from scenes.craft.finishes import finish
from scenes.craft.paint import galvanised, painted, tyre_rubber
from scenes.craft.steel import bar, wheel
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "hand truck"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a hand truck."""
    color_name = draw.choice(rng, ["red", "blue", "green", "black", "yellow", "gray"])
    paint = galvanised(rng) if color_name == "gray" else painted(rng, color_name, wear=0.15)
    rubber, grip = tyre_rubber(rng), finish(rng, "rubber", "rubber", (0.04, 0.04, 0.04))
    height, half_width = draw.uniform(rng, 1.08, 1.3), draw.uniform(rng, 0.14, 0.17)
    parts = [box_part("toe plate", (-0.22, -0.26, 0.0), (0.22, 0.0, 0.008), paint)]
    for k, side in enumerate((-1, 1), 1):
        path = [
            (side * half_width, -0.012, 0.004),
            (side * half_width, 0.0, 0.8 * height),
            (side * half_width, 0.06, 0.93 * height),
            (side * half_width, 0.16, height),
        ]
        parts.append(bar(f"rail {k}", path, 0.015, paint, segments=10))
        parts.append(
            bar(
                f"grip {k}",
                [(side * half_width, 0.1, 0.963 * height), (side * half_width, 0.2, 1.025 * height)],
                0.019,
                grip,
                segments=12,
            )
        )
        parts.append(bar(f"stay {k}", [(side * half_width, 0.0, 0.45), (side * half_width, 0.12, 0.13)], 0.012, paint))
        parts += wheel(f"wheel {k}", 0.13, 0.06, (side * (half_width + 0.07), 0.12, 0.13), rubber, paint)
    for k, z in enumerate((0.06, 0.34 * height, 0.6 * height, 0.8 * height), 1):
        parts.append(bar(f"cross {k}", [(-half_width, 0.0, z), (half_width, 0.0, z)], 0.012, paint))
    parts.append(bar("axle", [(-half_width - 0.07, 0.12, 0.13), (half_width + 0.07, 0.12, 0.13)], 0.012, paint))
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color="" if color_name == "gray" else color_name, material="metal"
    )
