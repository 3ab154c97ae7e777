"""Ballpoint pens lying down, with a grip, a clip and a tip."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.curve import points3
from scenes.craft.finishes import finish, metal, visible_material
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Box, Sweep

__all__ = ["CATEGORY", "make"]

CATEGORY = "pen"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pen in the style of its scene."""
    size, radius = draw.uniform(rng, 0.13, 0.148), draw.uniform(rng, 0.0044, 0.0056)
    color_name = style.color_name(rng, allowed=("black", "blue", "red", "white", "gray", "green", "teal"), stray=0.4)
    barrel = finish(
        rng,
        "plastic" if draw.chance(rng, 0.6) else "painted_metal",
        "plastic",
        sample_color(rng, color_name),
        roughness=0.25,
    )
    trim = metal(rng, draw.choice(rng, ["steel", "gold", "black"]), polished=True)
    grip = finish(rng, "rubber", "rubber", (0.07, 0.07, 0.07)) if draw.chance(rng, 0.4) else barrel
    tip = size - 0.013
    parts = (
        part("button", _rod([0, 0.0008, 0.0105], [0.0018, 0.0024, 0.0024]), trim),
        part("cap", _rod([0.009, 0.0105, 0.05], [0.8 * radius, 0.96 * radius, radius]), barrel),
        part("ring", _rod([0.0495, 0.0525], [1.05 * radius, 1.05 * radius]), trim),
        part("barrel", _rod([0.052, tip - 0.032], [radius, 0.98 * radius]), barrel),
        part("grip", _rod([tip - 0.0325, tip - 0.02, tip], [1.0 * radius, 0.98 * radius, 0.72 * radius]), grip),
        part(
            "nose", _rod([tip - 0.0005, tip + 0.008, tip + 0.0095, size], [0.68 * radius, 0.0015, 0.0009, 0.0004]), trim
        ),
        part("clip", Box(size=(0.038, 0.0035, 0.0009)), trim, at=(0.032, 0, radius + 0.0012), bevel=0.0003),
        part(
            "clip root",
            tube([(0.0145, 0, 0.5 * radius), (0.0145, 0, radius + 0.0018)], 0.0016, count=2, segments=10),
            trim,
        ),
        part(
            "clip end",
            tube([(0.049, 0, radius - 0.0004), (0.049, 0, radius + 0.0016)], 0.0013, count=2, segments=10),
            trim,
        ),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material=visible_material(barrel))


def _rod(x: list[float], radii: list[float]) -> Sweep:
    path = np.stack([np.array(x), np.zeros(len(x)), np.zeros(len(x))], 1)
    return Sweep(path=points3(path), radii=tuple(radii), segments=24)
