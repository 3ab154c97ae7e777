"""Shower cubicles for a corner: tray, two glass screens, rail and head; walls at +y and -x."""

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.style import Style
from scenes.craft.vessels import Level, hollow
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "shower"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a shower."""
    width, depth = draw.uniform(rng, 0.8, 1.1), draw.uniform(rng, 0.8, 0.95)
    height, tray_height = draw.uniform(rng, 1.95, 2.1), 0.06
    white = finish(rng, "porcelain", "acrylic", vary(rng, (0.93, 0.93, 0.92), 0.01), roughness=0.25)
    chrome = metal(rng, "black" if draw.chance(rng, 0.25) else "steel", polished=True)
    glass = finish(rng, "frosted_glass" if draw.chance(rng, 0.3) else "glass", "glass", (0.9, 0.96, 0.95))
    levels = [
        Level(width, depth, 0.01, 0.0),
        Level(width, depth, 0.01, tray_height),
        Level(width - 0.08, depth - 0.08, 0.03, tray_height),
        Level(width - 0.16, depth - 0.16, 0.05, 0.03),
    ]
    parts = [
        part("tray", hollow(levels), white),
        box_part(
            "screen 1",
            (width / 2 - 0.036, -depth / 2 + 0.02, tray_height - 0.001),
            (width / 2 - 0.028, depth / 2 - 0.001, height),
            glass,
            bevel=0,
        ),
        box_part(
            "screen 2",
            (-width / 2 + 0.4 * width, -depth / 2 + 0.02, tray_height - 0.001),
            (width / 2 - 0.037, -depth / 2 + 0.028, height),
            glass,
            bevel=0,
        ),
        box_part(
            "post",
            (width / 2 - 0.042, -depth / 2 + 0.012, tray_height - 0.001),
            (width / 2 - 0.018, -depth / 2 + 0.036, height + 0.004),
            chrome,
        ),
        box_part(
            "wall post",
            (width / 2 - 0.042, depth / 2 - 0.014, tray_height - 0.001),
            (width / 2 - 0.022, depth / 2, height + 0.004),
            chrome,
        ),
    ]
    parts += _rail(chrome, depth / 2, height)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="glass")


def _rail(chrome: Material, wall: float, height: float) -> list[Part]:
    """A riser down to a mixer, and a wide flat head; `wall` is the plane y of the wall."""
    y = wall - 0.05
    top = height - 0.02
    pipe: list[Vec3] = [(0, y, 0.055), (0, y, 1.1), (0, y, top - 0.03), (0, y - 0.05, top), (0, y - 0.3, top)]
    head = [(0, 0), (0.11, 0), (0.112, 0.006), (0.02, 0.016), (0.012, 0.05), (0, 0.05)]
    return [
        part("riser", tube(pipe, 0.011, count=48), chrome),
        part("mixer", tube([(-0.13, y, 1.0), (0.13, y, 1.0)], 0.024, count=8), chrome),
        part("head", lathe(head, segments=56), chrome, at=(0, y - 0.29, top - 0.045)),
        box_part("clip", (-0.006, y - 0.006, 1.6), (0.006, wall, 1.625), chrome),
    ]
