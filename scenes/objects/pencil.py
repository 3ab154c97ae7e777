"""Pencils lying down: a painted hexagon, a cut cone of wood, a lead, mostly a ferrule with an eraser."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.curve import points3
from scenes.craft.finishes import finish, metal, wood
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Sweep

__all__ = ["CATEGORY", "make"]

CATEGORY = "pencil"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pencil in the style of its scene."""
    size, radius = draw.uniform(rng, 0.118, 0.188), 0.0038
    color_name = style.color_name(
        rng, allowed=("yellow", "red", "blue", "green", "black", "orange", "white", "purple"), stray=0.5
    )
    paint = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), roughness=0.25)
    wood_material = wood(rng, "pine", scale=0.03)
    lead = finish(rng, "matte_plastic", "graphite", (0.09, 0.09, 0.1), roughness=0.5)
    cone, tail = size - 0.019, 0.0
    parts = []
    if draw.chance(rng, 0.7):
        tail = 0.017
        rubber = finish(rng, "rubber", "rubber", (0.86, 0.55, 0.52))
        parts.append(part("eraser", _rod([0, 0.001, 0.008], [0.003, 0.0036, 0.0036]), rubber))
        parts.append(
            part(
                "ferrule",
                _rod(
                    [0.0065, 0.009, 0.0095, 0.012, 0.0125, tail + 0.001],
                    [0.00385, 0.00385, 0.0036, 0.0036, 0.00385, 0.00385],
                ),
                metal(rng, "brass", polished=True),
            )
        )
    parts += [
        part("body", _rod([tail, cone], [radius, radius], segments=6), paint, rotation=(np.pi / 6, 0, 0)),
        part("cone", _rod([cone - 0.0005, size - 0.0045], [0.00335, 0.0011]), wood_material),
        part("lead", _rod([size - 0.0055, size - 0.0004, size], [0.00133, 0.0003, 0.0002]), lead),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name)


def _rod(x: list[float], radii: list[float], *, segments: int = 18) -> Sweep:
    """A rod along x."""
    path = np.stack([np.array(x), np.zeros(len(x)), np.zeros(len(x))], 1)
    return Sweep(path=points3(path), radii=tuple(radii), segments=segments)
