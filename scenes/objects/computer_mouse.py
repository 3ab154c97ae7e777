"""Computer mice: an arched shell, two buttons with a wheel between them."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.curve import points2, ramp
from scenes.craft.finishes import finish
from scenes.craft.outline import superellipse
from scenes.craft.style import Style
from scenes.mesh import Floats
from scenes.model import ObjectSpec, PartRole
from scenes.shapes import Box, Cylinder, Loft, Section

__all__ = ["CATEGORY", "make"]

CATEGORY = "computer mouse"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a computer mouse in the style of its scene."""
    length, width, height = (
        draw.uniform(rng, 0.095, 0.12),
        draw.uniform(rng, 0.056, 0.066),
        draw.uniform(rng, 0.03, 0.04),
    )
    color_name = draw.choice(rng, ["black", "black", "white", "gray", style.color_name(rng)])
    shell = finish(
        rng,
        "matte_plastic" if draw.chance(rng, 0.6) else "plastic",
        "plastic",
        sample_color(rng, color_name),
        roughness=0.4,
    )
    dark = finish(rng, "rubber", "rubber", (0.05, 0.05, 0.05))
    front = -0.3 * length
    top = _height(height, length, front)
    parts = (
        part(PartRole.SHELL, _shell(length, width, height), shell),
        part(
            "slot",
            Box(size=(0.0075, 0.3 * length, 0.004)),
            dark,
            at=(0, front + 0.008, top - 0.0045),
            rotation=(0.16, 0, 0),
            bevel=0.0012,
        ),
        part(
            "wheel",
            Cylinder(radius=0.0095, height=0.006, segments=40),
            dark,
            at=(-0.003, front, top - 0.0055),
            rotation=(0, np.pi / 2, 0),
            bevel=0.001,
        ),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material="plastic")


def _height(height: float, length: float, y: float) -> float:
    """About the height of the shell on its middle line."""
    return float(height * np.clip(1 - (2 * (y - 0.06 * length) / length) ** 2, 0, 1) ** 0.55)


def _shell(length: float, width: float, height: float) -> Loft:
    share = np.array([0, 0.02, 0.06, 0.15, 0.3, 0.45, 0.6, 0.72, 0.82, 0.9, 0.955, 0.985, 1.0])
    sizes = ramp(
        [(0, 0.93), (0.06, 0.985), (0.2, 1.0), (0.45, 0.93), (0.7, 0.74), (0.88, 0.48), (0.97, 0.24), (1.0, 0.05)],
        share,
    )

    def outline(size: float, level: float) -> Floats:
        ring = superellipse(width / 2 * size**0.8, length / 2 * size, 2.6 - 0.5 * level, count=48)
        return np.asarray(ring + np.array([0, 0.06 * length * level]))

    return Loft(
        sections=tuple(
            Section(z=float(height * level), outline=points2(outline(float(size), float(level))))
            for level, size in zip(share, sizes, strict=True)
        )
    )
