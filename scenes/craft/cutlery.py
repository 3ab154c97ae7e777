"""What forks, spoons and knives share: their metal and their handle, along x from 0."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finish import finish, metal, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import Part

__all__ = ["cutlery_metal", "handle"]


def cutlery_metal(rng: np.random.Generator, style: Style) -> tuple[Material, Material]:
    """The metal, and what the grip is made of: mostly the same."""
    species = draw.choice(rng, ["steel", "steel", "steel", "gold"])
    stuff = metal(rng, species, polished=True)
    chance = rng.random()
    if chance < 0.8:
        return stuff, stuff
    if chance < 0.9:
        return stuff, wood(rng, style.wood, scale=0.06)
    return stuff, finish(rng, "plastic", "plastic", sample_color(rng, style.word(rng)))


def handle(rng: np.random.Generator, end: float, grip: Material, stuff: Material, *, z: float = 0.0048) -> Part:
    """A handle from x = 0 to `end`, its middle at height `z` metres toward the neck."""
    thin = grip is stuff
    wide = draw.uniform(rng, 0.0075, 0.0105) if thin else draw.uniform(rng, 0.0075, 0.009)
    aspect = 0.22 if thin else 0.62
    low = wide * aspect if thin else z
    path = [
        (0.0, 0, low),
        (0.04 * end, 0, low),
        (0.4 * end, 0, 0.5 * (low + z)),
        (0.8 * end, 0, z + 0.001),
        (end, 0, z),
    ]
    radii = (
        [0.55 * wide, wide, 0.86 * wide, 0.5 * wide, 0.0038]
        if thin
        else [0.75 * wide, wide, 0.95 * wide, 0.85 * wide, 0.7 * wide]
    )
    return part("handle", tube(path, radii, count=26, aspect=aspect, segments=16), grip)
