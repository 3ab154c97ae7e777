"""Stovetop kettles: a metal body, a short spout, a lid and a handle arched over it."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.curve import spline
from scenes.craft.finishes import finish, metal, visible_material, wood
from scenes.craft.style import Style
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "make"]

CATEGORY = "kettle"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a kettle in the style of its scene."""
    radius = draw.uniform(rng, 0.082, 0.1)
    height = radius * draw.uniform(rng, 1.1, 1.45)
    mouth = radius * draw.uniform(rng, 0.4, 0.5)
    is_metal = draw.chance(rng, 0.5)
    color_name = (
        "" if is_metal else style.color_name(rng, allowed=("red", "white", "black", "teal", "blue", "green", "yellow"))
    )
    material = (
        metal(rng, draw.choice(rng, ["steel", "steel", "copper"]))
        if is_metal
        else finish(rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=0.15, wear=0.5 * style.wear)
    )
    grip = (
        finish(rng, "matte_plastic", "plastic", (0.05, 0.05, 0.05)) if draw.chance(rng, 0.6) else wood(rng, style.wood)
    )
    side = spline(
        [
            (0.95 * radius, 0.001),
            (radius, 0.012),
            (0.97 * radius, 0.3 * height),
            (0.8 * radius, 0.72 * height),
            (1.12 * mouth, 0.97 * height),
            (mouth, height),
        ],
        44,
    )
    body = np.concatenate([[(0, 0.0), (0.93 * radius, 0.0)], side, [(0.0, height)]])
    rise = 0.35 * mouth
    dome = spline(
        [
            (mouth + 0.002, height),
            (0.9 * mouth, height + 0.3 * rise),
            (0.4 * mouth, height + 0.9 * rise),
            (0, height + rise),
        ],
        16,
    )
    dome[-1, 0] = 0
    lid = np.concatenate([[(0, height - 0.002), (mouth + 0.001, height - 0.002)], dome])
    knob = lathe(
        [(0, 0), (0.006, 0), (0.0055, 0.006), (0.012, 0.012), (0.013, 0.018), (0.009, 0.022), (0, 0.0225)], segments=32
    )
    steel = metal(rng, "steel")
    foot, top = 0.72 * radius, height + draw.uniform(rng, 0.065, 0.085)
    handle_base = 0.8 * height
    arch = [
        (0, -foot, handle_base),
        (0, -0.98 * foot, handle_base + 0.55 * (top - handle_base)),
        (0, -0.7 * foot, top - 0.01),
        (0, 0, top),
        (0, 0.7 * foot, top - 0.01),
        (0, 0.98 * foot, handle_base + 0.55 * (top - handle_base)),
        (0, foot, handle_base),
    ]
    handle = spline(arch, 41)
    z = 0.52 * height
    spout = [(-0.8 * radius, 0, z), (-1.12 * radius, 0, z + 0.18 * height), (-1.36 * radius, 0, z + 0.42 * height)]
    parts = (
        part("body", lathe(body, segments=80), material),
        part("lid", lathe(lid), material),
        part("knob", knob, grip, at=(0, 0, height + rise - 0.001)),
        part("handle", tube(handle, 0.0045, count=40), steel),
        part("grip", tube(handle[9:32], [0.0085, 0.0105, 0.0105, 0.0085], count=24), grip),
        part("spout", tube(spout, [0.2 * radius, 0.16 * radius, 0.12 * radius], count=16, segments=28), material),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material=visible_material(material))
