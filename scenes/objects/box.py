"""Boxes: taped cardboard, a printed carton, a small wooden chest."""

import numpy as np

from scenes import draw
from scenes.colors import color_name_of, sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish, metal, vary, wood
from scenes.craft.style import Style
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Box

__all__ = ["CATEGORY", "make", "printed_carton"]

CATEGORY = "box"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a box in the style of its scene."""
    chance = rng.random()
    if chance < 0.45:
        return _cardboard(rng)
    return printed_carton(rng, style) if chance < 0.8 else _chest(rng, style)


def _cardboard(rng: np.random.Generator) -> ObjectSpec:
    """Two flaps that nearly meet, tape over the seam and down both ends, mostly a label."""
    width, depth, height = draw.uniform(rng, 0.12, 0.34), draw.uniform(rng, 0.1, 0.24), draw.uniform(rng, 0.06, 0.2)
    color = vary(rng, (0.66, 0.49, 0.33), 0.06)
    board = finish(rng, "cardboard", "cardboard", color, scale=0.05)
    tape = finish(rng, "plastic", "tape", vary(rng, (0.7, 0.56, 0.38), 0.05), roughness=0.25)
    flap = Box(size=(width - 0.001, depth / 2 - 0.0012, 0.003))
    tape_width = 0.045 if height > 0.08 else 0.03
    parts: list[Part] = [
        part("body", Box(size=(width, depth, height - 0.003)), board, bevel=0.0015),
        part(PartRole.FLAP.numbered(1), flap, board, at=(0, depth / 4 + 0.0004, height - 0.0031), bevel=0.0008),
        part(PartRole.FLAP.numbered(2), flap, board, at=(0, -depth / 4 - 0.0004, height - 0.0031), bevel=0.0008),
        part("tape", Box(size=(width + 0.0006, tape_width, 0.0004)), tape, at=(0, 0, height - 0.0002)),
    ]
    for k, side in enumerate((-1, 1), 1):
        end = Box(size=(0.0004, tape_width, 0.05))
        parts.append(part(f"tape end {k}", end, tape, at=(side * (width / 2 + 0.0001), 0, height - 0.05), bevel=0.0001))
    if draw.chance(rng, 0.6):
        paper = finish(rng, "print", "paper", (0.94, 0.94, 0.92), accent=(0.1, 0.1, 0.1), scale=0.07)
        label = Box(size=(0.3 * width, 0.3 * depth, 0.0003))
        parts.append(part("label", label, paper, at=(0.28 * width, -0.3 * depth, height - 0.0002)))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name_of(color), material="cardboard")


def printed_carton(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """An upright box of cereal, tea or pasta with a printed front."""
    width, height = draw.uniform(rng, 0.09, 0.19), draw.uniform(rng, 0.11, 0.28)
    depth = draw.uniform(rng, 0.045, 0.08)
    color_name = style.color_name(
        rng, allowed=("red", "yellow", "blue", "green", "orange", "white", "teal", "pink"), stray=0.5
    )
    panel_color = draw.choice(
        rng, ["white", "yellow", "red"] if color_name not in ("white", "yellow", "red") else ["blue", "green", "black"]
    )
    ground = finish(rng, "paper", "cardboard", sample_color(rng, color_name), roughness=0.4)
    panel_material = finish(rng, "paper", "cardboard", sample_color(rng, panel_color), roughness=0.4)
    block_material = finish(
        rng, "paper", "cardboard", sample_color(rng, style.color_name(rng, stray=0.6)), roughness=0.4
    )
    parts = [
        part("body", Box(size=(width, depth, height)), ground, bevel=0.001),
        part("seam", Box(size=(width - 0.004, 0.4 * depth, 0.0006)), ground, at=(0, 0.1 * depth, height - 0.0001)),
    ]
    for side in (-1, 1):
        front = -depth / 2 * -side
        parts.append(
            part(
                f"panel {side}",
                Box(size=(0.82 * width, 0.0003, 0.28 * height)),
                panel_material,
                at=(0, front, 0.6 * height),
            )
        )
        parts.append(
            part(
                f"block {side}",
                Box(size=(0.55 * width, 0.0003, 0.2 * height)),
                block_material,
                at=(0.08 * width, front, 0.22 * height),
            )
        )
        parts.append(
            part(
                f"line {side}",
                Box(size=(0.6 * width, 0.0003, 0.025 * height)),
                panel_material,
                at=(-0.05 * width, front, 0.12 * height),
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="cardboard")


def _chest(rng: np.random.Generator, style: Style) -> ObjectSpec:
    width, depth, height = draw.uniform(rng, 0.13, 0.24), draw.uniform(rng, 0.09, 0.15), draw.uniform(rng, 0.05, 0.09)
    timber = wood(rng, style.wood, scale=0.12, wear=style.wear)
    brass = metal(rng, "brass")
    parts = (
        part("body", Box(size=(width, depth, 0.68 * height)), timber, bevel=0.002),
        part("inside", Box(size=(width - 0.008, depth - 0.008, 0.02)), timber, at=(0, 0, 0.68 * height - 0.015)),
        part(
            "lid",
            Box(size=(width + 0.002, depth + 0.002, 0.31 * height)),
            timber,
            at=(0, 0, 0.69 * height),
            bevel=0.003,
        ),
        part(
            "clasp",
            Box(size=(0.016, 0.003, 0.022)),
            brass,
            at=(0, -depth / 2 - 0.001, 0.69 * height - 0.011),
            bevel=0.001,
        ),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, material="wood")
