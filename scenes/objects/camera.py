"""Photo cameras: a body in leather and metal, a lens with rings, dials, a finder."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import dot, lathe, part, slab
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Box, Cylinder

__all__ = ["CATEGORY", "make"]

CATEGORY = "camera"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a camera."""
    width, depth, height = (
        draw.uniform(rng, 0.112, 0.142),
        draw.uniform(rng, 0.032, 0.042),
        draw.uniform(rng, 0.066, 0.08),
    )
    color_name = draw.choice(rng, ["black", "black", "brown", "gray"])
    grip = finish(rng, "leather", "leather", sample_color(rng, color_name), scale=0.008, roughness=0.6)
    silver = metal(rng, "steel", polished=False) if draw.chance(rng, 0.6) else metal(rng, "black")
    band, cap = 0.2 * height, 0.14 * height
    parts = [
        part("bottom", slab(width, depth, band, corner=0.012, edge=0.002), silver),
        part(
            "wrap",
            slab(width + 0.0008, depth + 0.0008, height - band - cap + 0.002, corner=0.0124, edge=0.0004),
            grip,
            at=(0, 0, band - 0.004),
        ),
        part(
            PartRole.TOP,
            slab(width, depth, cap + 0.006, corner=0.012, edge=0.002),
            silver,
            at=(0, 0, height - cap - 0.004),
        ),
        *_lens(rng, depth, 0.46 * height, 0.36 * height),
        *_top(rng, width, depth, height, silver),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name if color_name != "gray" else "")


def _lens(rng: np.random.Generator, depth: float, z: float, radius: float) -> list[Part]:
    """A barrel of rings toward -y with a glossy front element."""
    black, glass = metal(rng, "black"), finish(rng, "plastic", "lens", (0.02, 0.018, 0.03), roughness=0.02)
    steel = metal(rng, "steel", polished=True)
    length = draw.uniform(rng, 0.022, 0.042)
    barrel = [
        (0, 0),
        (radius, 0),
        (radius, 0.16 * length),
        (0.97 * radius, 0.18 * length),
        (0.97 * radius, 0.3 * length),
        (1.02 * radius, 0.32 * length),
        (1.02 * radius, 0.62 * length),
        (0.95 * radius, 0.65 * length),
        (0.95 * radius, 0.94 * length),
        (0.92 * radius, length),
        (0.82 * radius, length),
        (0.76 * radius, 0.9 * length),
        (0.62 * radius, 0.84 * length),
        (0, 0.84 * length),
    ]
    ribs = [
        (0.98 * radius, 0.36 * length),
        *((1.02 * radius + 0.0006 * (k % 2), (0.37 + 0.022 * k) * length) for k in range(11)),
        (0.98 * radius, 0.61 * length),
    ]
    rotation, y = (np.pi / 2, 0.0, 0.0), -depth / 2 + 0.001
    return [
        part(
            "mount", Cylinder(radius=1.08 * radius, height=0.003), steel, at=(0, y, z), rotation=rotation, bevel=0.0006
        ),
        part("barrel", lathe(barrel), black, at=(0, y, z), rotation=rotation),
        part("focus ring", lathe(ribs, closed=True, segments=72), black, at=(0, y, z), rotation=rotation),
        part(
            "front glass",
            dot(0.66 * radius, 0.12 * radius, segments=48),
            glass,
            at=(0, y - 0.83 * length, z),
            rotation=rotation,
        ),
    ]


def _top(rng: np.random.Generator, width: float, depth: float, height: float, silver: Material) -> list[Part]:
    """A finder hump, a dial, a release, a shoe; the finder's window."""
    glass = finish(rng, "plastic", "window", (0.04, 0.05, 0.06), roughness=0.03)
    z = height + 0.0015
    hump = slab(0.34 * width, 0.86 * depth, 0.014, corner=0.004, edge=0.0025)
    return [
        part("hump", hump, silver, at=(0, 0, height - 0.002)),
        part("shoe", Box(size=(0.018, 0.018, 0.002)), metal(rng, "steel"), at=(0, 0, height + 0.0115), bevel=0.0005),
        part(
            "dial",
            Cylinder(radius=0.009, height=0.008, segments=40),
            silver,
            at=(0.33 * width, 0, z - 0.002),
            bevel=0.0008,
        ),
        part(
            "release",
            dot(0.0042, 0.004, segments=24),
            metal(rng, "steel", polished=True),
            at=(0.22 * width, -0.2 * depth, z - 0.0002),
        ),
        part(
            "rewind",
            Cylinder(radius=0.0075, height=0.006, segments=40),
            silver,
            at=(-0.36 * width, 0, z - 0.002),
            bevel=0.0008,
        ),
        part(
            "window",
            Box(size=(0.014, 0.002, 0.007)),
            glass,
            at=(-0.28 * width, -depth / 2, 0.84 * height),
            bevel=0.0006,
        ),
    ]
