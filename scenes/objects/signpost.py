"""Waymarks: a post with one to three pointed boards."""

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of, tube
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import GLYPH_PITCH, Lettering

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "signpost"
PLACE = "outdoors"
#: Where its boards point.
_PLACES = (
    "BRIDGE",
    "CASTLE",
    "FOREST",
    "HUT",
    "LAKE",
    "MILL",
    "PASS",
    "RIVER",
    "SUMMIT",
    "VIEW",
    "VILLAGE",
    "WATERFALL",
)
_BOARD = 0.026  # thickness, metres


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a signpost."""
    post = finish(
        rng,
        "wood",
        "wood",
        vary(rng, (0.44, 0.34, 0.24), 0.1),
        accent=(0.28, 0.2, 0.14),
        scale=0.12,
        roughness=0.85,
        wear=0.4,
    )
    color_name = draw.choice(rng, ["yellow", "white", "green", ""])
    board = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), wear=0.35) if color_name else post
    pale = color_name in ("yellow", "white")
    ink = finish(rng, "plastic", "ink", (0.04, 0.04, 0.045) if pale else (0.9, 0.89, 0.84), roughness=0.6)
    post_height = draw.uniform(rng, 1.8, 2.5)
    parts: list[Part] = [
        part("post", tube([(0, 0, 0), (0, 0, post_height)], [0.055, 0.05], count=3, segments=14), post)
    ]
    z = post_height - 0.08
    for k in range(draw.integer(rng, 1, 4)):
        length, height = draw.uniform(rng, 0.5, 0.8), draw.uniform(rng, 0.12, 0.17)
        side, heading = draw.choice(rng, [-1.0, 1.0]), draw.uniform(rng, 0, 2 * np.pi)
        outline = np.array(
            [
                (-0.12, -height / 2),
                (0, -height / 2),
                (length - 0.1, -height / 2),
                (length, 0),
                (length - 0.1, height / 2),
                (0, height / 2),
                (-0.12, height / 2),
            ]
        )
        z -= height
        position = (-0.042 * side * float(-np.sin(heading)), -0.042 * side * float(np.cos(heading)), z)
        parts.append(
            part(
                PartRole.BOARD.numbered(k + 1),
                plate_of(outline, _BOARD),
                board,
                at=position,
                rotation=(np.pi / 2, 0, heading),
                bevel=0.002,
            )
        )
        parts += _words(rng, k + 1, (length, height), position, heading, ink)
        z -= 0.035 + height / 2
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="wood")


def _words(
    rng: np.random.Generator, number: int, size: tuple[float, float], at: Vec3, heading: float, ink: Material
) -> list[Part]:
    """Where a board of `size` (length, height) leads, and often how many kilometres it is, on both its faces."""
    length, height = size
    text = draw.choice(rng, _PLACES) + (f" {draw.integer(rng, 1, 15)}" if draw.chance(rng, 0.6) else "")
    letter = min(0.45 * height, 0.85 * (length - 0.1) / (GLYPH_PITCH * len(text)))
    cosine, sine = float(np.cos(heading)), float(np.sin(heading))
    parts = []
    for face, (y, yaw) in enumerate(((-_BOARD - 0.0004, heading), (0.0004, heading + np.pi)), 1):
        x = 0.5 * (length - 0.1)
        place = (at[0] + cosine * x - sine * y, at[1] + sine * x + cosine * y, at[2] - letter / 2)
        parts.append(
            part(f"line {number}{face}", Lettering(text=text, height=letter), ink, at=place, rotation=(0, 0, yaw))
        )
    return parts
