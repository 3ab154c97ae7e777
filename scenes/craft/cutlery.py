"""What forks, spoons and knives share: their metal and their handle, along x from 0."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal, wood
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import Part

__all__ = ["cutlery_metal", "handle"]


def cutlery_metal(rng: np.random.Generator, style: Style) -> tuple[Material, Material]:
    """The metal, and what the grip is made of: mostly the same."""
    species = draw.choice(rng, ["steel", "steel", "steel", "gold"])
    material = metal(rng, species, polished=True)
    chance = rng.random()
    if chance < 0.8:
        return material, material
    if chance < 0.9:
        return material, wood(rng, style.wood, scale=0.06)
    return material, finish(rng, "plastic", "plastic", sample_color(rng, style.color_name(rng)))


def handle(rng: np.random.Generator, end: float, grip: Material, material: Material, *, z: float = 0.0048) -> Part:
    """A handle from x = 0 to `end`, its middle at height `z` metres toward the neck."""
    is_metal = grip is material
    width = draw.uniform(rng, 0.0075, 0.0105) if is_metal else draw.uniform(rng, 0.0075, 0.009)
    aspect = 0.22 if is_metal else 0.62
    end_z = width * aspect if is_metal else z
    path = [
        (0.0, 0, end_z),
        (0.04 * end, 0, end_z),
        (0.4 * end, 0, 0.5 * (end_z + z)),
        (0.8 * end, 0, z + 0.001),
        (end, 0, z),
    ]
    radii = (
        [0.55 * width, width, 0.86 * width, 0.5 * width, 0.0038]
        if is_metal
        else [0.75 * width, width, 0.95 * width, 0.85 * width, 0.7 * width]
    )
    return part("handle", tube(path, radii, count=26, aspect=aspect, segments=16), grip)
