"""Cooking pots with two ears and a lid, and saucepans with a handle."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import dot, lathe, part, tube
from scenes.craft.finishes import METALS, finish, metal, vary
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "pot"
PLACE = "furniture"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pot in the style of its scene."""
    color_name = (
        ""
        if draw.chance(rng, 0.6)
        else style.color_name(rng, allowed=("red", "blue", "black", "white", "green", "orange"))
    )
    material = (
        finish(rng, "ceramic", "enamel", sample_color(rng, color_name), roughness=0.15)
        if color_name
        else _bare_metal(rng)
    )
    dark = finish(rng, "matte_plastic", "plastic", (0.04, 0.04, 0.04))
    radius = draw.uniform(rng, 0.075, 0.125)
    height, wall = radius * draw.uniform(rng, 0.8, 1.3), 0.003
    outer = [(0, 0), (0.94 * radius, 0), (radius, 0.006), (radius, height - 0.002), (radius + 0.002, height)]
    inner = [(radius - wall, height), (radius - wall, 0.008), (0, 0.006)]
    parts = [part("pot", lathe([*outer, *inner], segments=80), material)]
    parts += _saucepan(radius, height, dark) if draw.chance(rng, 0.4) else _ears(radius, height, material)
    if draw.chance(rng, 0.6):
        parts += _lid(radius, height, material, dark)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="" if color_name else "metal")


def _bare_metal(rng: np.random.Generator) -> Material:
    """Steel, or copper beaten by hand."""
    if draw.chance(rng, 0.7):
        return metal(rng, "steel")
    return finish(
        rng, "hammered_metal", "copper", vary(rng, METALS["copper"], 0.03), scale=draw.uniform(rng, 0.06, 0.14)
    )


def _saucepan(radius: float, height: float, dark: Material) -> list[Part]:
    z = height - 0.02
    path = [(radius - 0.002, 0, z), (radius + 0.06, 0, z + 0.006), (radius + 0.18, 0, z + 0.02)]
    return [part("handle", tube(path, [0.008, 0.01, 0.009], count=16, aspect=0.7), dark)]


def _ears(radius: float, height: float, material: Material) -> list[Part]:
    z, parts = height - 0.025, []
    root = float(np.sqrt(radius**2 - 0.03**2)) - 0.001
    for k, side in enumerate((-1, 1), 1):
        ends = [(side * root, -0.03, z), (side * (radius + 0.028), -0.024, z + 0.003)]
        path = [*ends, (ends[1][0], 0.024, z + 0.003), (ends[0][0], 0.03, z)]
        parts.append(part(f"ear {k}", tube(path, 0.005, count=24, segments=12), material))
    return parts


def _lid(radius: float, height: float, material: Material, dark: Material) -> list[Part]:
    dome = [
        (0, height - 0.0005),
        (radius + 0.003, height - 0.0005),
        (radius + 0.003, height + 0.004),
        (0.5 * radius, height + 0.016),
        (0, height + 0.02),
    ]
    return [
        part("lid", lathe(dome, segments=80), material),
        part("knob", dot(0.016, 0.022), dark, at=(0, 0, height + 0.018)),
    ]
