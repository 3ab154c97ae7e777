"""Packets of film or paper that stand: crisps, pasta, coffee, sugar."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.curve import points2, ramp
from scenes.craft.finishes import finish, printed
from scenes.craft.outline import superellipse
from scenes.craft.style import Style
from scenes.material import MaterialKind
from scenes.model import ObjectSpec
from scenes.shapes import Displace, Loft, Section

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "food packet"
PLACE = "shop"
_COLOR_NAMES = ("red", "yellow", "blue", "green", "orange", "white", "brown", "purple", "black")


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a food packet."""
    color_name = style.color_name(rng, allowed=_COLOR_NAMES, stray=0.8)
    second_color_name = draw.choice(rng, [name for name in ("white", "yellow", "red", "blue") if name != color_name])
    width, height = draw.uniform(rng, 0.1, 0.19), draw.uniform(rng, 0.18, 0.28)
    depth = width * draw.uniform(rng, 0.38, 0.55)
    kind: MaterialKind = "plastic" if draw.chance(rng, 0.7) else "paper"
    film = finish(rng, kind, "foil", sample_color(rng, color_name), roughness=0.28 if kind == "plastic" else 0.6)
    ink = printed(rng, color_name, second_color_name, scale=0.07, roughness=0.35)
    bulge = [(0, 0.8), (0.05, 0.95), (0.3, 1), (0.6, 0.85), (0.85, 0.4), (0.93, 0.05), (1, 0.04)]
    creased = (Displace(strength=0.003, scale=0.05, seed=draw.integer(rng, 1000)),)

    def skin(shortest: float, tallest: float, proud: float) -> Loft:
        """The packet between two shares of its height, `proud` metres wider."""
        levels = shortest + (tallest - shortest) * np.array(
            [0, 0.02, 0.08, 0.2, 0.35, 0.5, 0.65, 0.78, 0.88, 0.94, 0.97, 1]
        )
        return Loft(
            sections=tuple(
                Section(
                    z=float(height * z),
                    outline=points2(
                        superellipse(width / 2 * (0.94 + 0.06 * z) + proud, depth / 2 * share + proud, 3.2)
                    ),
                )
                for z, share in zip(levels, ramp(bulge, levels), strict=True)
            )
        )

    parts = (
        part("film", skin(0.0, 1.0, 0.0), film, modifiers=creased),
        part("print", skin(0.14, 0.42, 0.0006), ink, modifiers=creased),
        part("band", skin(0.5, draw.uniform(rng, 0.56, 0.66), 0.0006), ink, modifiers=creased),
    )
    return ObjectSpec(
        category=CATEGORY, parts=parts, color=color_name, material="plastic" if kind == "plastic" else "paper"
    )
