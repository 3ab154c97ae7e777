"""Smartphones lying on their back, screen dark or lit, or face down with the cameras up."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import sample_color
from scenes.craft.build import dot, part, slab
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box, Cylinder

__all__ = ["CATEGORY", "make"]

CATEGORY = "phone"
_WALLPAPERS: tuple[Rgb, ...] = ((0.12, 0.22, 0.45), (0.5, 0.2, 0.35), (0.1, 0.35, 0.32), (0.75, 0.5, 0.3))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a phone."""
    height = draw.uniform(rng, 0.138, 0.168)
    width, thickness = height * draw.uniform(rng, 0.47, 0.49), draw.uniform(rng, 0.0074, 0.009)
    rim = metal(rng, draw.choice(rng, ["steel", "black", "gold"]), polished=True)
    color_name = draw.choice(rng, ["black", "white", "blue", "green", "gray", "pink"])
    back = finish(rng, "plastic", "glass", sample_color(rng, color_name), roughness=draw.choice(rng, [0.1, 0.4]))
    corner = 0.15 * width
    frame = part("frame", slab(width, height, thickness, corner=corner, edge=0.0022), rim)
    if draw.chance(rng, 0.65):
        glass = finish(rng, "plastic", "glass", (0.012, 0.012, 0.014), roughness=0.04)
        parts = [
            frame,
            part(
                "glass",
                slab(width - 0.0035, height - 0.0035, 0.0006, corner=corner - 0.0015, edge=0.0002),
                glass,
                at=(0, 0, thickness - 0.0004),
            ),
            *_screen(rng, width, height, thickness + 0.0001),
        ]
        return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="black")
    cover = part(
        "back",
        slab(width - 0.003, height - 0.003, 0.0008, corner=corner - 0.0015, edge=0.0003),
        back,
        at=(0, 0, thickness - 0.0004),
    )
    return ObjectSpec(
        category=CATEGORY, parts=(frame, cover, *_cameras(rng, width, height, thickness, back)), color=color_name
    )


def _screen(rng: np.random.Generator, width: float, height: float, z: float) -> list[Part]:
    """A lit picture with rows of icons, or nothing."""
    if draw.chance(rng, 0.5):
        return []
    picture = finish(rng, "emission", "screen", _WALLPAPERS[draw.integer(rng, 4)], strength=draw.uniform(rng, 0.6, 1.5))
    parts = [
        part(
            "screen", slab(width - 0.008, height - 0.01, 0.0003, corner=0.1 * width, edge=0.0001), picture, at=(0, 0, z)
        )
    ]
    for row in range(3):
        for column in range(4):
            color = sample_color(rng, draw.choice(rng, ["white", "red", "green", "blue", "yellow", "orange"]))
            icon = finish(rng, "emission", "icon", color, strength=1.0)
            x, y = (column - 1.5) * 0.21 * width, -0.1 * height - row * 0.23 * width + 0.06 * height
            parts.append(
                part(f"icon {row}{column}", Box(size=(0.14 * width, 0.14 * width, 0.0002)), icon, at=(x, y, z + 0.0002))
            )
    return parts


def _cameras(rng: np.random.Generator, width: float, height: float, thickness: float, back: Material) -> list[Part]:
    """A raised island in a corner with two or three lenses."""
    size = 0.4 * width
    x, y, z = -width / 2 + size / 2 + 0.005, height / 2 - size / 2 - 0.005, thickness + 0.0002
    lens = finish(rng, "plastic", "lens", (0.015, 0.015, 0.02), roughness=0.03)
    ring = metal(rng, "black")
    parts = [part("island", slab(size, size, 0.0016, corner=0.28 * size, edge=0.0005), back, at=(x, y, z))]
    positions = [(-0.22, 0.22), (0.22, -0.22), (-0.22, -0.22)][: draw.integer(rng, 2, 4)]
    for k, (dx, dy) in enumerate(positions, 1):
        at = (x + dx * size, y + dy * size, z + 0.0014)
        parts.append(
            part(f"ring {k}", Cylinder(radius=0.19 * size, height=0.0012, segments=40), ring, at=at, bevel=0.0003)
        )
        parts.append(
            part(f"lens {k}", dot(0.155 * size, 0.0006, segments=32), lens, at=(at[0], at[1], at[2] + 0.00115))
        )
    return parts
