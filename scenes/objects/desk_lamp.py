"""Lamps for a table: an arm with a metal shade, or a base with a cloth shade, lit or not."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.curve import point3, spline
from scenes.craft.finishes import finish, glaze, metal, visible_material, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["CATEGORY", "make"]

CATEGORY = "desk lamp"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a desk lamp in the style of its scene."""
    return _jointed(rng, style) if draw.chance(rng, 0.55) else _shaded(rng, style)


def _bulb(rng: np.random.Generator, *, lit: bool) -> Material:
    if lit:
        return finish(rng, "emission", "bulb", (1.0, 0.86, 0.66), strength=draw.uniform(rng, 6, 14))
    return finish(rng, "plastic", "bulb", (0.95, 0.94, 0.9), roughness=0.3)


def _foot(radius: float, thickness: float) -> list[tuple[float, float]]:
    return [
        (0, 0),
        (radius - 0.002, 0),
        (radius, 0.002),
        (radius, thickness - 0.004),
        (radius - 0.0012, thickness - 0.0012),
        (radius - 0.004, thickness),
        (0.02, thickness + 0.003),
        (0, thickness + 0.003),
    ]


def _jointed(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A weighted foot, two arms with joints, a cone that looks down."""
    color_name = style.color_name(
        rng, allowed=("black", "white", "gray", "red", "teal", "green", "yellow", "blue"), stray=0.2
    )
    paint = finish(rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=0.3, wear=0.4 * style.wear)
    trim = metal(rng, style.metal)
    lower_length, upper_length = draw.uniform(rng, 0.16, 0.25), draw.uniform(rng, 0.14, 0.22)
    back = draw.uniform(rng, 0.02, 0.08)
    base, joint = np.array([0, 0, 0.02]), np.array([0, back, 0.02 + lower_length])
    head = joint + np.array(
        [0, -draw.uniform(rng, 0.55, 0.8) * upper_length, draw.uniform(rng, 0.45, 0.75) * upper_length]
    )
    radius = 0.0055
    drop, width, height = draw.uniform(rng, 0.25, 0.6), draw.uniform(rng, 0.055, 0.075), draw.uniform(rng, 0.085, 0.12)
    axis = np.array([0, np.sin(drop), -np.cos(drop)]) * [1, -1, 1]
    outer = spline(
        [(0.018, 0.0), (0.026, 0.012), (0.55 * width, 0.35 * height), (0.85 * width, 0.7 * height), (width, height)], 28
    )
    shade = np.concatenate(
        [
            [(0, -0.012), (0.014, -0.012), (0.0175, -0.004)],
            outer,
            [(width - 0.0008, height + 0.0006)],
            outer[::-1] - [0.0014, 0],
            [(0, 0.0015)],
        ]
    )
    rotation = (np.pi - drop, 0.0, 0.0)  # the shade's own z looks down and to the front
    shade_base = head + axis * 0.002
    glow = spline([(0, 0.001), (0.011, 0.006), (0.012, 0.02), (0.024, 0.045), (0.02, 0.062), (0, 0.07)], 30) * [
        1,
        min(1.0, 0.85 * height / 0.07),
    ]
    glow[[0, -1], 0] = 0
    lit = draw.chance(rng, 0.4)

    side = np.array([1.0, 0.0, 0.0])

    parts = (
        part("foot", lathe(_foot(draw.uniform(rng, 0.07, 0.09), 0.018)), paint),
        part("lower arm", tube([point3(base - [0, 0, 0.003]), point3(joint)], radius, count=2), trim),
        part("upper arm", tube([point3(joint), point3(head)], radius, count=2), trim),
        part(
            "joint",
            tube([point3(joint - side * 0.012), point3(joint + side * 0.012)], 0.0095, count=2, segments=24),
            paint,
        ),
        part(
            "neck",
            tube([point3(head - side * 0.011), point3(head + side * 0.011)], 0.0085, count=2, segments=24),
            paint,
        ),
        part(PartRole.SHADE, lathe(shade), paint, at=point3(shade_base), rotation=rotation),
        part(PartRole.BULB, lathe(glow, segments=32), _bulb(rng, lit=lit), at=point3(shade_base), rotation=rotation),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material=visible_material(paint))


def _shaded(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A turned base under a drum or a cone of cloth."""
    body_height, width = draw.uniform(rng, 0.15, 0.24), draw.uniform(rng, 0.05, 0.075)
    base_material = _base(rng, style)
    forms = (
        [(0.8, 0.004), (1, 0.12), (0.9, 0.4), (0.4, 0.72), (0.16, 0.92), (0.12, 1)],
        [(0.6, 0.004), (0.95, 0.25), (0.95, 0.5), (0.5, 0.8), (0.16, 0.94), (0.12, 1)],
        [(1, 0.004), (0.95, 0.06), (0.3, 0.11), (0.2, 0.3), (0.22, 0.7), (0.14, 1)],
    )
    side = spline(forms[draw.integer(rng, 3)], 48) * [width, body_height]
    body = np.concatenate([[(0, 0)], side, [(0, body_height)]])
    drum, taper, shade_height = (
        draw.uniform(rng, 0.09, 0.13),
        draw.uniform(rng, 0.6, 1.0),
        draw.uniform(rng, 0.13, 0.19),
    )
    z = body_height + 0.012
    linen = sample_color(rng, draw.choice(rng, ["white", "beige", "beige", "gray"]))
    cloth = finish(rng, "fabric", "fabric", linen, scale=0.03, roughness=0.9)
    shell = [
        (drum, z),
        (drum * (1 + taper) / 2, z + shade_height / 2),
        (drum * taper, z + shade_height),
        (drum * taper - 0.0015, z + shade_height),
        (drum * (1 + taper) / 2 - 0.0015, z + shade_height / 2),
        (drum - 0.0015, z),
    ]
    brass = metal(rng, style.metal)
    ring = drum * (1 + 0.5 * (taper - 1))
    glow = spline([(0, 0), (0.014, 0.004), (0.028, 0.035), (0.022, 0.055), (0, 0.062)], 26)
    glow[[0, -1], 0] = 0
    rod_top = z + 0.5 * shade_height
    spokes: list[Part] = [
        part(
            f"spoke {k}",
            tube(
                [(0, 0, rod_top), (ring * float(np.cos(angle)), ring * float(np.sin(angle)), rod_top)],
                0.0018,
                count=2,
                segments=8,
            ),
            brass,
        )
        for k, angle in enumerate((0.0, 2.094, 4.189), 1)
    ]
    parts = (
        part("base", lathe(body), base_material),
        part("rod", tube([(0, 0, body_height - 0.01), (0, 0, rod_top + 0.003)], 0.006, count=2), brass),
        *spokes,
        part(PartRole.BULB, lathe(glow, segments=32), _bulb(rng, lit=draw.chance(rng, 0.4)), at=(0, 0, rod_top)),
        part(PartRole.SHADE, lathe(shell, segments=80, closed=True), cloth),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color="", material="fabric")


def _base(rng: np.random.Generator, style: Style) -> Material:
    chance = rng.random()
    if chance < 0.5:
        color_name = style.color_name(rng)
        return glaze(rng, color_name)
    return wood(rng, style.wood, scale=0.1) if chance < 0.75 else metal(rng, style.metal)
