"""IBC tanks: a milky cubic bottle in a cage of tube on a pallet, with a lid and an outlet toward -y."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, slab
from scenes.craft.finishes import finish, vary
from scenes.craft.outline import corners
from scenes.craft.paint import galvanised, rough_timber
from scenes.craft.steel import bar
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "IBC tank"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an IBC tank."""
    width, depth, height = draw.uniform(rng, 1.15, 1.2), 1.0, draw.uniform(rng, 0.95, 1.17)
    milk = finish(rng, "plastic", "plastic", vary(rng, (0.84, 0.85, 0.81), 0.04), roughness=0.4, wear=0.3)
    tube, base = (
        galvanised(rng),
        rough_timber(rng) if draw.chance(rng, 0.5) else finish(rng, "matte_plastic", "plastic", (0.06, 0.06, 0.06)),
    )
    cap = finish(rng, "matte_plastic", "plastic", (0.75, 0.1, 0.08) if draw.chance(rng, 0.5) else (0.06, 0.06, 0.06))
    base_height, half_width, half_depth = 0.145, width / 2 - 0.012, depth / 2 - 0.012
    parts = [
        part(
            "bottle",
            slab(width - 0.045, depth - 0.045, height - 0.02, corner=0.03, edge=0.015),
            milk,
            at=(0, 0, base_height - 0.001),
        )
    ]
    for k, at in enumerate((-0.42, 0.0, 0.42), 1):
        parts.append(
            box_part(f"runner {k}", (-width / 2, at * depth - 0.06, 0), (width / 2, at * depth + 0.06, 0.11), base)
        )
    parts.append(box_part("deck", (-width / 2, -depth / 2, 0.108), (width / 2, depth / 2, base_height), base))
    for k, level in enumerate(np.linspace(base_height + 0.02, base_height + height - 0.02, 6), 1):
        ring = [(*corner, float(level)) for corner in corners(half_width, half_depth)]
        parts.append(bar(f"ring {k}", ring, 0.012, tube, segments=6, closed=True))
    top = base_height + height - 0.02
    for k, share in enumerate((-1.0, -0.5, 0.0, 0.5, 1.0), 1):
        for name, sign in (("front", -1), ("rear", 1)):
            position = (share * (half_width - 0.002), sign * half_depth)
            parts.append(
                bar(f"{name} bar {k}", [(*position, base_height - 0.005), (*position, top)], 0.011, tube, segments=6)
            )
        if abs(share) < 1:
            for name, sign in (("left", -1), ("right", 1)):
                position = (sign * half_width, share * half_depth)
                parts.append(
                    bar(
                        f"{name} bar {k}", [(*position, base_height - 0.005), (*position, top)], 0.011, tube, segments=6
                    )
                )
    parts.append(
        part(
            "lid",
            Cylinder(radius=0.09, height=0.045, segments=32),
            cap,
            at=(0, 0, base_height + height - 0.03),
            bevel=0.006,
        )
    )
    parts.append(
        part(
            "outlet",
            Cylinder(radius=0.035, height=0.09, segments=24),
            cap,
            at=(0, -depth / 2 + 0.06, base_height + 0.1),
            rotation=(np.pi / 2, 0, 0),
        )
    )
    plate = galvanised(rng)
    foot = base_height + 0.02 + 0.6 * (height - 0.04) - 0.004
    parts.append(
        box_part(
            "plate", (-0.42 * width, -half_depth - 0.016, foot), (-0.1 * width, -half_depth - 0.006, foot + 0.26), plate
        )
    )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="white", material="plastic")
