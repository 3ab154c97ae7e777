"""Pallets: five boards on three runners of blocks, in wood, or moulded of plastic."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.finish import finish
from scenes.craft.paint import rough_timber
from scenes.craft.steel import across, upright
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "PLACE", "make", "pallet"]

CATEGORY = "pallet"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    long, deep = ((1.2, 0.8), (1.2, 1.0), (1.0, 1.0), (1.14, 1.14))[draw.integer(rng, 4)]
    return pallet(rng, style, long, deep)


def pallet(rng: np.random.Generator, style: Style, long: float, deep: float) -> ObjectSpec:
    """A pallet `long` by `deep` metres, its forks' openings toward -y and +y."""
    if draw.chance(rng, 0.14):
        word = draw.choice(rng, ["blue", "black", "gray", "green"])
        stuff = finish(rng, "matte_plastic", "plastic", sample_color(rng, word), roughness=0.55)
        return ObjectSpec(category=CATEGORY, parts=tuple(_parts(stuff, long, deep, 7)), color=word, material="plastic")
    stuff = rough_timber(rng, fresh=draw.uniform(rng, 0.1, 1.0))
    if draw.chance(rng, 0.12):
        word = draw.choice(rng, ["blue", "red"])
        stuff = finish(rng, "painted_wood", "wood", sample_color(rng, word), roughness=0.7, wear=0.3)
    boards = draw.choice(rng, [5, 5, 7])
    return ObjectSpec(category=CATEGORY, parts=tuple(_parts(stuff, long, deep, boards)), material="wood")


def _parts(stuff: Material, long: float, deep: float, boards: int) -> list[Part]:
    half, thick, block = long / 2, 0.022, 0.145
    comb = [(-half, 0.0), (half, 0.0), (half, 0.1)]
    for left, right in ((half - block, block / 2), (-block / 2, block - half)):
        comb += [(left, 0.1), (left, thick), (right, thick), (right, 0.1)]
    comb.append((-half, 0.1))
    parts = [
        upright(f"runner {k}", comb, 0.1, stuff, y=y) for k, y in enumerate((0.05 - deep / 2, 0.0, deep / 2 - 0.05), 1)
    ]
    # The gaps between the boards end on the layer below them: one part then makes the whole deck.
    teeth = [(deep / 2, 0.1), (-deep / 2, 0.1)]
    pitch, gap = deep / boards, 0.11 * deep / boards
    for k in range(boards):
        left, right = k * pitch - deep / 2, (k + 1) * pitch - deep / 2
        left, right = left + gap * (k > 0), right - gap * (k < boards - 1)
        teeth += [(left, thick + 0.1), (left, 0.144), (right, 0.144), (right, thick + 0.1)]
    clean = [teeth[0], teeth[1], *teeth[3:-1]]
    return [*parts, across("deck", clean, long, stuff, bevel=0.002)]
