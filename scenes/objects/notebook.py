"""Notebooks: soft covers with an elastic band or a wire spiral."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of, slab, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.outline import rounded_rectangle
from scenes.craft.style import Style
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box

__all__ = ["CATEGORY", "make"]

CATEGORY = "notebook"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a notebook in the style of its scene."""
    height = draw.uniform(rng, 0.145, 0.29)
    width, thickness = height * draw.uniform(rng, 0.66, 0.74), draw.uniform(rng, 0.007, 0.018)
    wired = draw.chance(rng, 0.4)
    color_name = style.color_name(
        rng, allowed=("black", "blue", "red", "green", "teal", "gray", "brown", "pink", "yellow"), stray=0.3
    )
    cover = finish(
        rng,
        "leather" if not wired and draw.chance(rng, 0.5) else "paper",
        "paper",
        sample_color(rng, color_name),
        scale=0.02,
        roughness=0.5,
        wear=style.wear,
    )
    pages = finish(rng, "paper", "paper", (0.95, 0.93, 0.86), roughness=0.9)
    board = plate_of(rounded_rectangle(width, height, 0.006), 0.0008)
    block = slab(width - 0.003, height - 0.003, thickness - 0.0014, corner=0.005, edge=0.0003)
    parts = [
        part("back cover", board, cover),
        part("pages", block, pages, at=(0, 0, 0.0007)),
        part("front cover", board, cover, at=(0, 0, thickness - 0.0008)),
    ]
    if wired:
        parts += _spiral(rng, width, height, thickness)
    else:
        parts.append(
            part(
                "spine",
                Box(size=(0.004, height - 0.004, thickness - 0.0006)),
                cover,
                at=(-width / 2 + 0.0012, 0, 0.0003),
                bevel=0.0012,
            )
        )
        if draw.chance(rng, 0.7):
            parts += _elastic(rng, style, width, height, thickness)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name)


def _spiral(rng: np.random.Generator, width: float, height: float, thickness: float) -> list[Part]:
    """One wire wound along the left side, its loops just under the back cover's level."""
    radius, turns = thickness / 2 + 0.0016, int(height / 0.0085)
    angle = np.linspace(0, 2 * np.pi * turns, 9 * turns)
    path = np.stack(
        [
            -width / 2 + 0.002 + radius * np.cos(angle),
            np.linspace(-0.46, 0.46, len(angle)) * height,
            thickness / 2 + radius * np.sin(angle),
        ],
        1,
    )
    return [
        part("wire", tube(path, 0.0006, count=12 * turns, segments=6), metal(rng, draw.choice(rng, ["steel", "black"])))
    ]


def _elastic(rng: np.random.Generator, style: Style, width: float, height: float, thickness: float) -> list[Part]:
    band = finish(rng, "fabric", "elastic", sample_color(rng, draw.choice(rng, ["black", "red", "gray"])), scale=0.01)
    x = width / 2 - 0.018
    return [
        part("elastic", Box(size=(0.005, height + 0.0008, 0.0006)), band, at=(x, 0, thickness - 0.0001), bevel=0.0002),
        part("elastic end 1", Box(size=(0.005, 0.0006, thickness)), band, at=(x, height / 2 + 0.0003, 0.0004)),
        part("elastic end 2", Box(size=(0.005, 0.0006, thickness)), band, at=(x, -height / 2 - 0.0003, 0.0004)),
    ]
