"""Shipping containers, 20 feet: corrugated sides, corner castings, doors with locking bars toward -y."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, plate_of
from scenes.craft.finishes import finish
from scenes.craft.outline import corrugated
from scenes.craft.paint import painted
from scenes.craft.steel import bar
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "shipping container"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a shipping container."""
    color_name = draw.choice(rng, ["blue", "red", "green", "orange", "gray", "brown", "white"])
    paint, steel = painted(rng, color_name, wear=0.3), painted(rng, "gray")
    length, width, height = (6.06, 2.44, 2.59) if draw.chance(rng, 0.6) else (4.6 + draw.uniform(rng, 0, 0.6), 2.3, 2.4)
    half_width, half_depth, post = width / 2, length / 2, 0.12
    parts: list[Part] = [
        box_part(
            "core",
            (-half_width + 0.06, -half_depth + 0.1, 0.1),
            (half_width - 0.06, half_depth - 0.06, height - 0.03),
            paint,
            bevel=0,
        )
    ]
    sheet = corrugated(length - 2 * post, 0.28, 0.036)
    for k, side in enumerate((-1, 1), 1):
        rotation = (0.0, 0.0, side * np.pi / 2)
        parts.append(
            part(
                f"side {k}",
                plate_of(sheet, height - 0.26),
                paint,
                at=(side * (half_width - 0.04), 0, 0.14),
                rotation=rotation,
            )
        )
        for number, end in enumerate((-1, 1), 1):
            low = (side * (half_width - post / 2) - post / 2, end * (half_depth - post / 2) - post / 2)
            name = f"{k}{number}"
            parts.append(
                box_part(f"post {name}", (*low, 0.0), (low[0] + post, low[1] + post, height), paint, bevel=0.008)
            )
        parts.append(
            box_part(
                f"sill {k}",
                (side * (half_width - 0.05) - 0.05, -half_depth, 0.02),
                (side * (half_width - 0.05) + 0.05, half_depth, 0.16),
                paint,
            )
        )
        parts.append(
            box_part(
                f"top rail {k}",
                (side * (half_width - 0.04) - 0.04, -half_depth, height - 0.12),
                (side * (half_width - 0.04) + 0.04, half_depth, height - 0.01),
                paint,
            )
        )
    rear = corrugated(width - 2 * post, 0.28, 0.03)
    parts.append(
        part("back", plate_of(rear, height - 0.2), paint, at=(0, half_depth - 0.05, 0.1), rotation=(0, 0, np.pi))
    )
    parts += _doors(rng, half_width - post, -half_depth, height, color_name)
    for k, x in enumerate((-0.75, -0.3, 0.3, 0.75), 1):
        at = x * (half_width - post)
        parts.append(
            bar(
                f"bar {k}",
                [(at, -half_depth - 0.01, 0.1), (at, -half_depth - 0.01, height - 0.06)],
                0.022,
                steel,
                segments=8,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="metal")


def _doors(rng: np.random.Generator, half_width: float, y: float, height: float, color_name: str) -> list[Part]:
    paint = painted(rng, color_name, wear=0.2)
    lettering = finish(rng, "print", "paint", (0.9, 0.9, 0.88), accent=(0.15, 0.15, 0.15), scale=0.3)
    parts = [box_part("door sill", (-half_width - 0.02, y, 0.02), (half_width + 0.02, y + 0.12, 0.14), paint)]
    parts.append(
        box_part(
            "door header", (-half_width - 0.02, y, height - 0.12), (half_width + 0.02, y + 0.12, height - 0.02), paint
        )
    )
    for k, side in enumerate((-1, 1), 1):
        left, right = (0.008, half_width) if side > 0 else (-half_width, -0.008)
        parts.append(
            box_part(f"door {k}", (left, y + 0.012, 0.13), (right, y + 0.11, height - 0.11), paint, bevel=0.01)
        )
    parts.append(
        box_part(
            "plate",
            (0.2 * half_width, y + 0.008, 0.66 * height),
            (0.6 * half_width, y + 0.03, 0.66 * height + 0.3),
            lettering,
            bevel=0,
        )
    )
    return parts
