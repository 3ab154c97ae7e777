"""Eggs lying on their side, white to brown."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec, PartRole

__all__ = ["CATEGORY", "make"]

CATEGORY = "egg"
_SHELLS: tuple[Rgb, ...] = ((0.93, 0.9, 0.84), (0.82, 0.63, 0.47), (0.7, 0.47, 0.32), (0.87, 0.76, 0.62))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an egg."""
    length = draw.uniform(rng, 0.053, 0.063)
    angle = np.linspace(0, np.pi, 40)
    x = -np.cos(angle) * length / 2
    radius = length * 0.375 * np.sin(angle) * (1 - 0.22 * x / (length / 2)) ** 0.5
    profile = np.stack([radius, x], 1)
    profile[[0, -1], 0] = 0.0
    shell = finish(
        rng, "ceramic", "eggshell", vary(rng, _SHELLS[draw.integer(rng, 4)], 0.03), roughness=0.55, scale=0.01
    )
    return ObjectSpec(
        category=CATEGORY,
        parts=(part(PartRole.SHELL, lathe(profile), shell, rotation=(0, np.pi / 2 + 0.05, 0)),),
        material="",
    )
