"""Rowing boats: a clinker hull with thwarts, afloat or drawn up."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.curve import points2
from scenes.craft.finishes import finish, wood
from scenes.craft.style import Style
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box, Loft, Section

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "boat"
PLACE = "outdoors"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a boat."""
    length, half_width, depth = (
        draw.uniform(rng, 2.9, 4.2),
        draw.uniform(rng, 0.58, 0.75),
        draw.uniform(rng, 0.42, 0.55),
    )
    color_name = draw.choice(rng, ["white", "blue", "red", "green", ""])
    plank = wood(rng, "pine", scale=0.2, wear=0.3)
    paint = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), wear=0.3) if color_name else plank
    parts: list[Part] = [
        part("hull", _hull(length, half_width, depth), paint, at=(0, length / 2, 0), rotation=(np.pi / 2, 0, 0))
    ]
    for k, share in enumerate((0.25, 0.5, 0.76)):
        width = 1.95 * half_width * np.sin(np.pi * (0.06 + 0.8 * share)) ** 0.7
        parts.append(
            part(
                f"thwart {k + 1}",
                Box(size=(float(width), 0.22, 0.03)),
                plank,
                at=(0, (0.5 - share) * length, 0.72 * depth),
            )
        )
    for k, side in enumerate((-1, 1)):
        oar = [(side * 0.3, -0.35 * length, 0.76 * depth), (side * 0.34, 0.35 * length, 0.8 * depth)]
        parts.append(part(f"oar {k + 1}", tube(oar, [0.02, 0.02, 0.05], count=10, segments=8), plank))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="wood")


def _hull(length: float, half_width: float, depth: float) -> Loft:
    """A wall of two centimetres from stem to stern, open above."""
    sections = []
    for share in np.linspace(0, 1, 15):
        beam = half_width * (np.sin(np.pi * (0.06 + 0.8 * share)) ** 0.7)
        sheer = depth * (1 + 0.22 * (2 * share - 1.0) ** 2)
        keel = depth * 0.25 * max(0.0, 0.25 - share) ** 2 * 16
        angle = np.linspace(0, np.pi, 13)
        outer = np.stack(
            [
                beam * np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 0.6,
                sheer - (sheer - keel) * np.sin(angle) ** 0.7,
            ],
            1,
        )
        thickness = 0.022
        inner = np.stack(
            [
                outer[:, 0] * (1 - thickness / max(beam, 0.06)),
                np.maximum(outer[:, 1] + thickness * np.sin(angle), outer[:, 1]),
            ],
            1,
        )
        if share in (0.0, 1.0):
            inner = outer * [0.96, 1.0] + [0, 0.0]
            inner[:, 1] = sheer - 0.001 + 0 * inner[:, 1]
        sections.append(
            Section(z=float(share * length), outline=points2(np.concatenate([outer, inner[::-1]]).round(4)))
        )
    return Loft(sections=tuple(sections))
