"""Kitchen sinks that are let into a worktop: steel or stone, one bowl or a bowl and a drainer."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish, metal, visible_material
from scenes.craft.style import Style
from scenes.craft.vessels import Level, hollow
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec, PartRole
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "DROP", "PLACE", "make"]

CATEGORY = "sink"
PLACE = "furniture"
DROP = 0.18  # metres that the bowl hangs below its rim


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a sink."""
    steel = metal(rng, "steel", polished=False)
    material = (
        steel if draw.chance(rng, 0.7) else finish(rng, "stone", "stone", (0.2, 0.2, 0.2), scale=0.04, roughness=0.5)
    )
    width, depth, rim = draw.uniform(rng, 0.42, 0.52), draw.uniform(rng, 0.4, 0.45), 0.022
    drainer = draw.chance(rng, 0.4)
    bowl = hollow(
        [
            Level(width - 2 * rim + 0.006, depth - 2 * rim + 0.006, 0.06, 0.0),
            Level(width - 2 * rim + 0.006, depth - 2 * rim + 0.006, 0.06, DROP),
            Level(width, depth, 0.04, DROP),
            Level(width - 0.001, depth - 0.001, 0.04, DROP + 0.004),
            Level(width - 2 * rim, depth - 2 * rim, 0.055, DROP + 0.003),
            Level(width - 2 * rim - 0.004, depth - 2 * rim - 0.004, 0.055, DROP - 0.01),
            Level(width - 2 * rim - 0.02, depth - 2 * rim - 0.02, 0.06, 0.03),
            Level(width - 2 * rim - 0.06, depth - 2 * rim - 0.06, 0.05, 0.004),
        ]
    )
    drain = metal(rng, "steel", polished=True)
    parts = [
        part(PartRole.BOWL, bowl, material),
        part("drain", Cylinder(radius=0.04, height=0.004), drain, at=(0, 0, 0.003)),
    ]
    if drainer:
        left = width / 2 - 0.001
        parts.append(
            box_part("drainer", (left, -depth / 2, DROP), (left + 0.38, depth / 2, DROP + 0.004), material, bevel=0.001)
        )
        for k in range(6):
            at = -0.36 * depth + k * 0.144 * depth
            low, high = (left + 0.03, at, DROP + 0.0035), (left + 0.35, at + 0.02, DROP + 0.007)
            parts.append(box_part(f"rib {k + 1}", low, high, material, bevel=0.002))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material=visible_material(material))
