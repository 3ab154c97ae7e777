"""Control cabinets: sheet-steel doors with vents, a switch, a lock, pilot lights; fronts toward -y."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import dot, part
from scenes.craft.finishes import finish
from scenes.craft.paint import painted
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "control cabinet"
PLACE = "wall"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a control cabinet."""
    width, depth, height = draw.uniform(rng, 0.5, 1.1), draw.uniform(rng, 0.22, 0.4), draw.uniform(rng, 0.8, 1.9)
    color_name = draw.choice(rng, ["gray", "gray", "white", "beige", "blue"])
    paint, dark = painted(rng, color_name), finish(rng, "matte_plastic", "plastic", (0.05, 0.05, 0.05))
    front = -depth / 2
    parts = [box_part("body", (-width / 2, front + 0.02, 0), (width / 2, depth / 2, height), paint, bevel=0.006)]
    doors = 2 if width > 0.75 else 1
    door_width = width / doors
    for k in range(doors):
        left = -width / 2 + k * door_width
        parts.append(
            box_part(
                f"door {k + 1}",
                (left + 0.006, front, 0.04),
                (left + door_width - 0.006, front + 0.022, height - 0.01),
                paint,
                bevel=0.004,
            )
        )
        x = left + (0.06 if k else door_width - 0.06)
        parts.append(
            box_part(
                f"lock {k + 1}",
                (x - 0.014, front - 0.014, 0.5 * height),
                (x + 0.014, front + 0.002, 0.5 * height + 0.09),
                dark,
            )
        )
        for row in range(4):
            z = 0.1 + 0.028 * row
            parts.append(
                box_part(
                    f"vent {k + 1}-{row}",
                    (left + 0.2 * door_width, front - 0.003, z),
                    (left + 0.8 * door_width, front + 0.004, z + 0.012),
                    dark,
                    bevel=0,
                )
            )
    for k, name in enumerate(("green", "red", "yellow")[: draw.integer(rng, 1, 4)], 1):
        lens = finish(rng, "plastic", "plastic", sample_color(rng, name), roughness=0.2)
        at = (-width / 2 + 0.1 + 0.07 * k, front + 0.001, 0.82 * height)
        parts.append(part(f"light {k}", dot(0.016, 0.016), lens, at=at, rotation=(np.pi / 2, 0, 0)))
    sign = finish(rng, "plastic", "plastic", sample_color(rng, "yellow"), roughness=0.4)
    parts.append(
        box_part(
            "sign",
            (width / 2 - 0.24, front - 0.002, 0.7 * height),
            (width / 2 - 0.14, front + 0.004, 0.7 * height + 0.1),
            sign,
            bevel=0,
        )
    )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="metal")
