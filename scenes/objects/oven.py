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
    return of_finish(rng, steel=draw.chance(rng, 0.6), top=draw.uniform(rng, 0.82, 0.9))


def of_finish(rng: np.random.Generator, *, steel: bool, top: float = BASE) -> ObjectSpec:
    """An oven in brushed steel, or black, `high` metres with its plinth."""
    shell = metal(rng, "steel", polished=False) if steel else finish(rng, "plastic", "enamel", (0.02, 0.02, 0.022))
    glass = finish(rng, "plastic", "glass", (0.015, 0.014, 0.013), roughness=0.05)
    trim = metal(rng, "steel", polished=True)
    dark = finish(rng, "matte_plastic", "plastic", (0.03, 0.03, 0.03))
    x, y = 0.298, DEPTH / 2
    panel = draw.uniform(rng, 0.1, 0.14)
    bottom = top - draw.uniform(rng, 0.58, 0.62)
    front = -y - 0.018
    parts = [
        box_part("plinth", (-x, -y + 0.05, 0), (x, y - 0.03, PLINTH + 0.001), dark),
        box_part("body", (-x, -y, PLINTH), (x, y, top), dark),
        box_part("panel", (-x + 0.002, front, top - panel), (x - 0.002, -y + 0.001, top - 0.003), shell),
        box_part("door", (-x + 0.002, front, bottom), (x - 0.002, -y + 0.001, top - panel - 0.004), shell),
        box_part(
            "window", (-0.22, front - 0.001, bottom + 0.06), (0.22, front + 0.001, top - panel - 0.11), glass, bevel=0
        ),
        box_part("drawer", (-x + 0.002, front, PLINTH + 0.004), (x - 0.002, -y + 0.001, bottom - 0.004), shell),
        box_part(
            "display",
            (-0.06, front - 0.001, top - 0.7 * panel),
            (0.06, front + 0.001, top - 0.3 * panel),
            glass,
            bevel=0,
        ),
    ]
    z = top - panel - 0.05
    bar = [(-0.21, front + 0.001, z), (-0.21, front - 0.04, z), (-0.2, front - 0.045, z)]
    path = bar + [(-a, b, c) for a, b, c in reversed(bar)]
    parts.append(part("handle", tube(path, 0.008, count=26, segments=12), trim))
    rotation = (np.pi / 2, 0.0, 0.0)
    for k, at in enumerate((-0.22, -0.14, 0.14, 0.22), 1):
        knob = Cylinder(radius=0.02, height=0.024, top_radius=0.017, segments=32)
        parts.append(
            part(f"knob {k}", knob, trim, at=(at, front + 0.001, top - panel / 2), rotation=rotation, bevel=0.002)
        )
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color="" if steel else "black", material="metal" if steel else ""
    )
