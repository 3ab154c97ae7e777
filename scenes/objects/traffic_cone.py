"""Traffic cones on a square foot, with pale bands."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, slab
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "traffic cone"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a traffic cone."""
    height = draw.uniform(rng, 0.42, 0.78)
    color_name = draw.choice(rng, ["orange", "orange", "orange", "red", "yellow"])
    skin = finish(rng, "matte_plastic", "plastic", sample_color(rng, color_name), roughness=0.5, wear=0.3)
    pale = finish(rng, "plastic", "plastic", (0.9, 0.9, 0.9), roughness=0.35, wear=0.2)
    foot = skin if draw.chance(rng, 0.4) else finish(rng, "rubber", "rubber", (0.07, 0.07, 0.07))
    base, foot_radius, tip_radius = 0.52 * height, 0.19 * height, 0.035 * height + 0.01

    def radius(z: float) -> float:
        return foot_radius + (tip_radius - foot_radius) * (z - 0.03) / (height - 0.03)

    profile = [
        (0.0, 0.026),
        (foot_radius + 0.02, 0.026),
        (foot_radius + 0.004, 0.04),
        (radius(height - 0.006), height - 0.006),
    ]
    profile += [
        (tip_radius - 0.005, height),
        (0.6 * tip_radius, height),
        (0.6 * tip_radius, height - 0.05),
        (0.0, height - 0.05),
    ]
    parts = [
        part("foot", slab(base, base, 0.03, corner=0.03, edge=0.008), foot),
        part("cone", lathe(profile, segments=48), skin),
    ]
    bands = ((0.42, 0.58), (0.7, 0.84)) if draw.chance(rng, 0.6) else ((0.5, 0.75),)
    for k, (start, end) in enumerate(bands, 1):
        bottom, top = start * height, end * height
        ring = [
            (radius(bottom) - 0.004, bottom),
            (radius(bottom) + 0.0018, bottom),
            (radius(top) + 0.0018, top),
            (radius(top) - 0.004, top),
        ]
        parts.append(part(f"band {k}", lathe(ring, segments=48, closed=True), pale))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="plastic")
