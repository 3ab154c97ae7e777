"""Tree stumps: flared at the roots, sawn flat on top."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.curve import points2
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder, Loft, Section

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "stump"
PLACE = "outdoors"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a stump."""
    radius, height = draw.uniform(rng, 0.14, 0.3), draw.uniform(rng, 0.22, 0.6)
    bark = finish(rng, "bark", "bark", vary(rng, (0.34, 0.28, 0.21), 0.12), scale=1.0)
    cut = finish(rng, "wood", "wood", vary(rng, (0.7, 0.55, 0.37), 0.07), accent=(0.48, 0.34, 0.2), scale=0.1, wear=0.3)
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    roots, phase = draw.integer(rng, 4, 7), rng.uniform(0, 6.28, 2)
    sections = []
    for share in np.linspace(0, 1, 9):
        flare = 0.85 * (1 - share) ** 3
        wave = 0.5 + 0.5 * np.cos(roots * angle + phase[0]) + 0.25 * np.cos(2 * angle + phase[1])
        ring_radius = radius * (1 + flare * (0.25 + 0.75 * wave) + 0.03 * np.cos(9 * angle + phase[1]))
        sections.append(
            Section(
                z=float(share * height),
                outline=points2(np.stack([ring_radius * np.cos(angle), ring_radius * np.sin(angle)], 1).round(4)),
            )
        )
    top = Cylinder(radius=0.93 * radius, height=0.014, segments=36)
    parts = (part("wood", Loft(sections=tuple(sections)), bark), part("cut", top, cut, at=(0, 0, height - 0.006)))
    return ObjectSpec(category=CATEGORY, parts=parts, material="wood")
