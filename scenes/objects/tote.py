"""Stacking totes of plastic: ribbed walls under a wide rim, open, lidded or slanted at the front."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.craft.vessels import Level, hollow
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "PLACE", "make", "of_size"]

CATEGORY = "tote"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a tote."""
    x, y = ((0.6, 0.4), (0.4, 0.3), (0.6, 0.4), (0.8, 0.6))[draw.integer(rng, 4)]
    color_name = draw.choice(rng, ["gray", "blue", "red", "yellow", "green", "black", "orange"])
    return of_size(rng, color_name, x, y, draw.uniform(rng, 0.17, 0.34))


def of_size(rng: np.random.Generator, color_name: str, length: float, width: float, height: float) -> ObjectSpec:
    """A tote in a colour, `length` by `width` metres at the rim and `height` high."""
    material = finish(rng, "matte_plastic", "plastic", sample_color(rng, color_name), roughness=0.5, wear=0.2)
    foot, wall = 0.9, 0.012
    shell = hollow(
        [
            Level(foot * length, foot * width, 0.02, 0.0),
            Level(0.955 * length, 0.94 * width, 0.02, height - 0.03),
            Level(length, width, 0.02, height - 0.028),
            Level(length, width, 0.02, height),
            Level(0.95 * length - wall, 0.935 * width - wall, 0.02, height),
            Level(foot * length - wall, foot * width - wall, 0.02, 0.014),
        ],
        steps=4,
    )
    parts = [part(PartRole.SHELL, shell, material)]
    for k, share in enumerate((0.4, 0.66) if height > 0.22 else (0.4,), 1):
        at, front = share * height, -0.5 * width * (foot + (0.94 - foot) * share)
        low, high = (-0.3 * length, front - 0.006, at), (0.3 * length, front + 0.004, at + 0.012)
        parts.append(box_part(f"rib {k}", low, high, material, bevel=0.002))
    chance = rng.random()
    if chance < 0.3:
        lid = [
            Level(0.99 * length, 0.99 * width, 0.02, height - 0.003),
            Level(length, width, 0.02, height + 0.006),
            Level(0.97 * length, 0.96 * width, 0.02, height + 0.02),
        ]
        parts.append(part("lid", hollow(lid, steps=4), material))
    paper = finish(rng, "print", "paper", (0.94, 0.94, 0.92), accent=(0.1, 0.1, 0.1), scale=0.08)
    front = -0.5 * width * (foot + 0.04 * (0.5 * height + 0.025) / (height - 0.03))
    low, high = (-0.05, front - 0.004, 0.5 * height), (0.05, front + 0.007, 0.5 * height + 0.05)
    parts.append(box_part("label", low, high, paper, bevel=0))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="plastic")
