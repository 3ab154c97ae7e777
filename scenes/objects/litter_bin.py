"""Public bins: a drum with slots, or a post with a hood."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Array, Box, Cylinder, Group, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "litter bin"
PLACE = "street"
_PAINTS: tuple[tuple[str, Rgb], ...] = (
    ("black", (0.09, 0.09, 0.095)),
    ("green", (0.12, 0.3, 0.18)),
    ("gray", (0.5, 0.5, 0.5)),
    ("", (0.2, 0.24, 0.3)),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a litter bin in the style of its scene."""
    del style
    color_name, color = draw.choice(rng, _PAINTS)
    paint = finish(rng, "painted_metal", "metal", vary(rng, color, 0.01), roughness=0.4)
    dark = finish(rng, "matte_plastic", "plastic", (0.03, 0.03, 0.03))
    radius, height = draw.uniform(rng, 0.21, 0.29), draw.uniform(rng, 0.65, 0.85)
    top = height + draw.uniform(rng, 0.16, 0.3)
    parts = [
        part(
            "drum",
            lathe(
                [
                    (0, 0),
                    (0.93 * radius, 0),
                    (0.95 * radius, 0.03),
                    (radius, height - 0.03),
                    (radius + 0.01, height),
                    (0, height),
                ]
            ),
            paint,
        )
    ]
    if draw.chance(rng, 0.5):
        slats = tuple(
            Placed(
                shape=Box(size=(0.035, 0.05, height - 0.12)),
                at=(float(np.cos(angle) * 0.99 * radius), float(np.sin(angle) * 0.99 * radius), 0.05),
                turn=(0, 0, float(angle)),
            )
            for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False)
        )
        parts.append(part("slats", Group(members=slats), paint, bevel=0.004))
    posts = Array(shape=Box(size=(0.04, 0.04, top - height + 0.06)), counts=(2, 1, 1), step=(1.6 * radius, 0, 0))
    parts += [
        part("mouth", Cylinder(radius=0.9 * radius, height=0.02), dark, at=(0, 0, height - 0.01)),
        part("posts", posts, paint, at=(-0.8 * radius, 0, height - 0.04)),
        part(
            "hood",
            lathe([(0, 0), (1.02 * radius, 0), (1.02 * radius, 0.03), (0.7 * radius, 0.1), (0, 0.13)]),
            paint,
            at=(0, 0, top),
        ),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="metal")
