"""Built-in ovens for a 0.6 m niche: a panel with knobs over a door of dark glass; fronts at -y."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.furnish.kitchen import BASE, DEPTH, PLINTH
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make", "of_finish"]

CATEGORY = "oven"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an oven."""
    return of_finish(rng, steel=draw.chance(rng, 0.6), height=draw.uniform(rng, 0.82, 0.9))


def of_finish(rng: np.random.Generator, *, steel: bool, height: float = BASE) -> ObjectSpec:
    """An oven in brushed steel, or black, `height` metres high with its plinth."""
    shell = metal(rng, "steel", polished=False) if steel else finish(rng, "plastic", "enamel", (0.02, 0.02, 0.022))
    glass = finish(rng, "plastic", "glass", (0.015, 0.014, 0.013), roughness=0.05)
    trim = metal(rng, "steel", polished=True)
    dark = finish(rng, "matte_plastic", "plastic", (0.03, 0.03, 0.03))
    half_width, half_depth = 0.298, DEPTH / 2
    panel = draw.uniform(rng, 0.1, 0.14)
    bottom = height - draw.uniform(rng, 0.58, 0.62)
    front = -half_depth - 0.018
    parts = [
        box_part("plinth", (-half_width, -half_depth + 0.05, 0), (half_width, half_depth - 0.03, PLINTH + 0.001), dark),
        box_part("body", (-half_width, -half_depth, PLINTH), (half_width, half_depth, height), dark),
        box_part(
            "panel",
            (-half_width + 0.002, front, height - panel),
            (half_width - 0.002, -half_depth + 0.001, height - 0.003),
            shell,
        ),
        box_part(
            "door",
            (-half_width + 0.002, front, bottom),
            (half_width - 0.002, -half_depth + 0.001, height - panel - 0.004),
            shell,
        ),
        box_part(
            "window",
            (-0.22, front - 0.001, bottom + 0.06),
            (0.22, front + 0.001, height - panel - 0.11),
            glass,
            bevel=0,
        ),
        box_part(
            "drawer",
            (-half_width + 0.002, front, PLINTH + 0.004),
            (half_width - 0.002, -half_depth + 0.001, bottom - 0.004),
            shell,
        ),
        box_part(
            "display",
            (-0.06, front - 0.001, height - 0.7 * panel),
            (0.06, front + 0.001, height - 0.3 * panel),
            glass,
            bevel=0,
        ),
    ]
    z = height - panel - 0.05
    bar = [(-0.21, front + 0.001, z), (-0.21, front - 0.04, z), (-0.2, front - 0.045, z)]
    path = bar + [(-x, y, z) for x, y, z in reversed(bar)]
    parts.append(part("handle", tube(path, 0.008, count=26, segments=12), trim))
    rotation = (np.pi / 2, 0.0, 0.0)
    for k, at in enumerate((-0.22, -0.14, 0.14, 0.22), 1):
        knob = Cylinder(radius=0.02, height=0.024, top_radius=0.017, segments=32)
        parts.append(
            part(f"knob {k}", knob, trim, at=(at, front + 0.001, height - panel / 2), rotation=rotation, bevel=0.002)
        )
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color="" if steel else "black", material="metal" if steel else ""
    )
