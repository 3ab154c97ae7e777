"""Workbenches: a thick top on a steel or timber frame, a lower shelf or drawers, a vice, at times a perforated back."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import wood
from scenes.craft.outline import corners
from scenes.craft.paint import galvanised, painted
from scenes.craft.steel import bar
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make", "of_length"]

CATEGORY = "workbench"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a workbench in the style of its scene."""
    return of_length(rng, style, draw.uniform(rng, 1.3, 2.4), panel=draw.chance(rng, 0.4))


def of_length(rng: np.random.Generator, style: Style, length: float, *, panel: bool) -> ObjectSpec:
    """A bench `length` metres wide with its back at +y; its top is free but for the vice at the left."""
    depth, height, thickness = (
        draw.uniform(rng, 0.62, 0.8),
        draw.uniform(rng, 0.84, 0.92),
        draw.uniform(rng, 0.04, 0.06),
    )
    color_name = draw.choice(rng, ["blue", "gray", "green", "red"])
    steel, top = (
        painted(rng, color_name, wear=0.15),
        wood(rng, draw.choice(rng, ["beech", "birch", "pine"]), scale=0.2, wear=0.4),
    )
    half_width, half_depth, under = length / 2, depth / 2, height - thickness
    parts = [
        box_part(PartRole.TOP, (-half_width, -half_depth, under), (half_width, half_depth, height), top, bevel=0.004)
    ]
    front_left, front_right, rear_right, rear_left = corners(half_width - 0.06, half_depth - 0.06)
    for k, (x, y) in enumerate((front_left, front_right, rear_left, rear_right), 1):
        parts.append(box_part(f"leg {k}", (x - 0.03, y - 0.03, 0), (x + 0.03, y + 0.03, under + 0.001), steel))
    for k, side in enumerate((-1, 1), 1):
        parts.append(
            box_part(
                f"rail {k}",
                (0.06 - half_width, side * (half_depth - 0.06) - 0.018, under - 0.07),
                (half_width - 0.06, side * (half_depth - 0.06) + 0.018, under),
                steel,
            )
        )
    z = draw.uniform(rng, 0.18, 0.3)
    parts.append(
        box_part(
            PartRole.SHELF,
            (0.05 - half_width, 0.06 - half_depth, z),
            (half_width - 0.05, half_depth - 0.05, z + 0.022),
            steel,
        )
    )
    if draw.chance(rng, 0.6):
        parts += _drawers(half_width, half_depth, under, steel, galvanised(rng))
    parts += _vice(
        half_width, half_depth, height, painted(rng, draw.choice(rng, ["blue", "gray", "green"])), galvanised(rng)
    )
    if panel:
        parts.append(
            box_part(
                "panel",
                (-half_width, half_depth - 0.025, height - 0.002),
                (half_width, half_depth, height + 0.8),
                steel,
            )
        )
        parts += _tools(rng, half_width, half_depth - 0.025, height)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="wood")


def _drawers(half_width: float, half_depth: float, under: float, body: Material, pull: Material) -> list[Part]:
    left, right = half_width - 0.58, half_width - 0.1
    parts = [
        box_part("drawers", (left, 0.05 - half_depth, under - 0.42), (right, half_depth - 0.08, under + 0.001), body)
    ]
    for k in range(3):
        bottom = under - 0.4 + 0.13 * k
        parts.append(
            box_part(
                f"drawer {k + 1}",
                (left + 0.008, 0.034 - half_depth, bottom),
                (right - 0.008, 0.052 - half_depth, bottom + 0.12),
                body,
            )
        )
        parts.append(
            box_part(
                f"pull {k + 1}",
                (left + 0.14, 0.016 - half_depth, bottom + 0.08),
                (right - 0.14, 0.035 - half_depth, bottom + 0.095),
                pull,
            )
        )
    return parts


def _vice(half_width: float, half_depth: float, z: float, body: Material, steel: Material) -> list[Part]:
    """A bench vice at the front left corner."""
    x = 0.22 - half_width
    return [
        box_part(
            "vice foot",
            (x - 0.07, -half_depth + 0.02, z - 0.001),
            (x + 0.07, -half_depth + 0.2, z + 0.03),
            body,
            bevel=0.006,
        ),
        box_part(
            "vice body",
            (x - 0.045, -half_depth + 0.02, z + 0.028),
            (x + 0.045, -half_depth + 0.2, z + 0.1),
            body,
            bevel=0.01,
        ),
        box_part(
            "vice jaw 1",
            (x - 0.065, -half_depth + 0.06, z + 0.06),
            (x + 0.065, -half_depth + 0.1, z + 0.15),
            body,
            bevel=0.006,
        ),
        box_part(
            "vice jaw 2",
            (x - 0.065, -half_depth - 0.03, z + 0.05),
            (x + 0.065, -half_depth + 0.01, z + 0.15),
            body,
            bevel=0.006,
        ),
        box_part(
            "vice slide", (x - 0.028, -half_depth - 0.02, z + 0.04), (x + 0.028, -half_depth + 0.06, z + 0.085), steel
        ),
        part(
            "screw",
            Cylinder(radius=0.014, height=0.12, segments=16),
            steel,
            at=(x, -half_depth - 0.015, z + 0.062),
            rotation=(np.pi / 2, 0, 0),
        ),
        bar(
            "handle",
            [(x - 0.11, -half_depth - 0.135, z + 0.062), (x + 0.11, -half_depth - 0.135, z + 0.062)],
            0.007,
            steel,
        ),
    ]


def _tools(rng: np.random.Generator, half_width: float, y: float, z: float) -> list[Part]:
    """Silhouettes of tools on the panel: spanners, a hammer, a saw, screwdrivers in a row."""
    steel, grip = galvanised(rng), painted(rng, draw.choice(rng, ["red", "yellow", "blue"]))
    parts: list[Part] = []
    for k, x in enumerate(np.arange(0.12 - half_width, half_width - 0.12, 0.13), 1):
        bottom = z + draw.uniform(rng, 0.28, 0.4)
        length = draw.uniform(rng, 0.14, 0.28)
        at = float(x) + draw.normal(rng, 0, 0.015)
        if draw.chance(rng, 0.25):
            continue
        if draw.chance(rng, 0.5):
            parts.append(
                box_part(
                    f"spanner {k}", (at - 0.009, y - 0.008, bottom), (at + 0.009, y + 0.002, bottom + length), steel
                )
            )
            parts.append(
                box_part(
                    f"spanner head {k}",
                    (at - 0.022, y - 0.01, bottom + length - 0.01),
                    (at + 0.022, y + 0.002, bottom + length + 0.035),
                    steel,
                    bevel=0.004,
                )
            )
        else:
            parts.append(
                box_part(
                    f"grip {k}",
                    (at - 0.014, y - 0.026, bottom),
                    (at + 0.014, y + 0.002, bottom + 0.11),
                    grip,
                    bevel=0.006,
                )
            )
            parts.append(
                box_part(
                    f"shaft {k}",
                    (at - 0.005, y - 0.014, bottom + 0.105),
                    (at + 0.005, y - 0.004, bottom + length + 0.06),
                    steel,
                    bevel=0.001,
                )
            )
    return parts
