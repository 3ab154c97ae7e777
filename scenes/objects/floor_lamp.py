"""Lamps that stand on the floor: a drum on a pole or a tripod, or a metal dome on an arm."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, metal, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Cylinder, Sphere

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "floor lamp"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a floor lamp in the style of its scene."""
    kind = draw.choice(rng, ["pole", "tripod", "dome"], p=[0.45, 0.3, 0.25])
    height = draw.uniform(rng, 1.4, 1.72)
    if kind == "dome":
        return _dome(rng, style, height)
    stand_material = wood(rng, style.wood) if kind == "tripod" and draw.chance(rng, 0.7) else metal(rng, style.metal)
    parts = _tripod(height, stand_material) if kind == "tripod" else _pole(height, stand_material)
    parts += _drum(rng, height, stand_material)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="fabric")


def _pole(height: float, material: Material) -> list[Part]:
    return [
        part("foot", Cylinder(radius=0.14, height=0.022), material, bevel=0.005),
        part("pole", Cylinder(radius=0.011, height=height - 0.3, segments=20), material, at=(0, 0, 0.02)),
    ]


def _tripod(height: float, material: Material) -> list[Part]:
    top = height - 0.36
    parts = [
        part("hub", Cylinder(radius=0.045, height=0.05, segments=32), material, at=(0, 0, top - 0.02), bevel=0.006)
    ]
    parts.append(part("pole", Cylinder(radius=0.009, height=0.09, segments=20), material, at=(0, 0, top)))
    for k in range(3):
        angle = 2 * np.pi * k / 3 + 0.4
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        leg = tube([way * 0.3, way * 0.03 + [0, 0, top]], [0.011, 0.016], count=4)
        parts.append(part(f"leg {k + 1}", leg, material))
    return parts


def _drum(rng: np.random.Generator, top: float, frame_material: Material) -> list[Part]:
    """A cloth drum or cone, the bulb in it, three spokes that hold it."""
    width, height, taper = draw.uniform(rng, 0.17, 0.25), draw.uniform(rng, 0.22, 0.3), draw.uniform(rng, 0.65, 1.0)
    bottom, seat = top - height, top - 0.3
    linen = sample_color(
        rng, draw.choice(rng, ["white", "beige", "beige", "gray", "black"], p=[0.4, 0.2, 0.2, 0.1, 0.1])
    )
    cloth = finish(rng, "fabric", "fabric", linen, scale=0.04, roughness=0.9)
    shell = [(width, bottom), (width * taper, top), (width * taper - 0.002, top), (width - 0.002, bottom)]
    hold = max(seat + 0.02, bottom + 0.012)
    ring = float(np.interp(hold, [bottom, top], [width, width * taper])) - 0.001
    spokes = [
        part(
            f"spoke {k}",
            tube([(0, 0, hold), (ring * np.cos(angle), ring * np.sin(angle), hold)], 0.002, count=2),
            frame_material,
        )
        for k, angle in enumerate((0.3, 2.394, 4.489), 1)
    ]
    glow = finish(rng, "plastic", "bulb", (0.95, 0.94, 0.9), roughness=0.3)
    socket = part("socket", Cylinder(radius=0.016, height=0.105, segments=20), frame_material, at=(0, 0, seat - 0.01))
    bulb = part(PartRole.BULB, Sphere(radii=(0.03, 0.03, 0.04), segments=24), glow, at=(0, 0, seat + 0.09))
    return [socket, *spokes, bulb, part(PartRole.SHADE, lathe(shell, segments=72, closed=True), cloth)]


def _dome(rng: np.random.Generator, style: Style, top: float) -> ObjectSpec:
    """A pole that bends over, with a metal bowl looking down."""
    color_name = style.color_name(rng, allowed=("black", "white", "gray", "green", "red", "yellow", "teal"), stray=0.2)
    paint = finish(rng, "painted_metal", "metal", sample_color(rng, color_name), roughness=0.35)
    out = draw.uniform(rng, 0.28, 0.5)
    path = [(0, 0.1, 0.015), (0, 0.1, 0.6 * top), (0, 0.06, 0.9 * top), (0, 0.1 - out, top)]
    head = (0.0, 0.1 - out, top - 0.006)
    width, height = draw.uniform(rng, 0.11, 0.16), draw.uniform(rng, 0.1, 0.15)
    outer = [(0.02, 0.0), (0.5 * width, 0.16 * height), (0.85 * width, 0.5 * height), (width, height)]
    inner = [(r - 0.003, z + 0.001) for r, z in reversed(outer)]
    bowl = [(0, -0.002), *outer, *inner[:-1], (0, 0.004)]
    glow = finish(rng, "plastic", "bulb", (0.95, 0.94, 0.9), roughness=0.3)
    rotation = (np.pi, 0.0, 0.0)
    parts = (
        part("foot", Cylinder(radius=0.15, height=0.02), paint, at=(0, 0.1, 0), bevel=0.005),
        part("pole", tube(path, 0.01, count=40), paint),
        part(PartRole.SHADE, lathe(bowl, segments=64), paint, at=head, rotation=rotation),
        part(
            PartRole.BULB,
            Sphere(radii=(0.03, 0.03, 0.032), segments=24),
            glow,
            at=(0, 0.1 - out, top - 0.008),
            rotation=rotation,
        ),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name)
