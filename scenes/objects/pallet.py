"""Pallets: five boards on three runners of blocks, in wood, or moulded of plastic."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.finishes import finish
from scenes.craft.paint import rough_timber
from scenes.craft.steel import across, upright
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "PLACE", "make", "of_size"]

CATEGORY = "pallet"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pallet in the style of its scene."""
    length, depth = ((1.2, 0.8), (1.2, 1.0), (1.0, 1.0), (1.14, 1.14))[draw.integer(rng, 4)]
    return of_size(rng, style, length, depth)


def of_size(rng: np.random.Generator, style: Style, length: float, depth: float) -> ObjectSpec:
    """A pallet `length` by `depth` metres, its forks' openings toward -y and +y."""
    if draw.chance(rng, 0.14):
        color_name = draw.choice(rng, ["blue", "black", "gray", "green"])
        material = finish(rng, "matte_plastic", "plastic", sample_color(rng, color_name), roughness=0.55)
        return ObjectSpec(
            category=CATEGORY, parts=tuple(_parts(material, length, depth, 7)), color=color_name, material="plastic"
        )
    material = rough_timber(rng, fresh=draw.uniform(rng, 0.1, 1.0))
    if draw.chance(rng, 0.12):
        color_name = draw.choice(rng, ["blue", "red"])
        material = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), roughness=0.7, wear=0.3)
    boards = draw.choice(rng, [5, 5, 7])
    return ObjectSpec(category=CATEGORY, parts=tuple(_parts(material, length, depth, boards)), material="wood")


def _parts(material: Material, length: float, depth: float, boards: int) -> list[Part]:
    half_length, thickness, block = length / 2, 0.022, 0.145
    comb = [(-half_length, 0.0), (half_length, 0.0), (half_length, 0.1)]
    for left, right in ((half_length - block, block / 2), (-block / 2, block - half_length)):
        comb += [(left, 0.1), (left, thickness), (right, thickness), (right, 0.1)]
    comb.append((-half_length, 0.1))
    parts = [
        upright(f"runner {k}", comb, 0.1, material, y=y)
        for k, y in enumerate((0.05 - depth / 2, 0.0, depth / 2 - 0.05), 1)
    ]
    # The gaps between the boards end on the layer below them: one part then makes the whole deck.
    teeth = [(depth / 2, 0.1), (-depth / 2, 0.1)]
    pitch, gap = depth / boards, 0.11 * depth / boards
    for k in range(boards):
        left, right = k * pitch - depth / 2, (k + 1) * pitch - depth / 2
        left, right = left + gap * (k > 0), right - gap * (k < boards - 1)
        teeth += [(left, thickness + 0.1), (left, 0.144), (right, 0.144), (right, thickness + 0.1)]
    clean = [teeth[0], teeth[1], *teeth[3:-1]]
    return [*parts, across("deck", clean, length, material, bevel=0.002)]
