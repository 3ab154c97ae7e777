"""Writing desks: a top on legs, trestles or pedestals with drawers."""

import itertools

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, slab, tube
from scenes.craft.finishes import finish, metal, visible_material, wood
from scenes.craft.style import Style
from scenes.furnish.casework import FrontRow, Joinery, box_part, fronts, sample_joinery
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "desk"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a desk in the style of its scene."""
    joinery = sample_joinery(rng, style, painted=0.3)
    width, depth, height = draw.uniform(rng, 1.1, 1.7), draw.uniform(rng, 0.58, 0.76), draw.uniform(rng, 0.71, 0.76)
    thickness = draw.uniform(rng, 0.02, 0.036)
    if draw.chance(rng, 0.7):
        top, color_name = wood(rng, style.wood, scale=0.25, wear=style.wear), ""
    else:
        color_name = "white"
        top = finish(rng, "painted_wood", "wood", sample_color(rng, color_name), roughness=0.35)
    parts = [
        part(PartRole.TOP, slab(width, depth, thickness, corner=0.012, edge=0.004), top, at=(0, 0, height - thickness))
    ]
    below = height - thickness + 0.001
    chest = {-1: draw.chance(rng, 0.45), 1: draw.chance(rng, 0.45)}
    leg_material = metal(rng, "black" if draw.chance(rng, 0.6) else "steel") if draw.chance(rng, 0.5) else joinery.body
    for side, drawers in chest.items():
        if drawers:
            parts += _pedestal(rng, joinery, side, width, depth, below)
        else:
            parts += _leg_frame(side, width, depth, below, leg_material)
    if not all(chest.values()):
        parts.append(
            box_part(
                "apron",
                (-width / 2 + 0.05, depth / 2 - 0.09, below - 0.12),
                (width / 2 - 0.05, depth / 2 - 0.07, below),
                leg_material,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(top))


def _pedestal(
    rng: np.random.Generator, joinery: Joinery, side: int, width: float, depth: float, height: float
) -> list[Part]:
    """A chest of three or four drawers under one end."""
    outer, inner = width / 2 - 0.03, width / 2 - 0.42
    left, right = (inner, outer) if side > 0 else (-outer, -inner)
    body = box_part(
        f"pedestal {side}", (left, -depth / 2 + 0.04, 0.02), (right, depth / 2 - 0.03, height), joinery.body
    )
    plinth = box_part(
        f"plinth {side}", (left + 0.02, -depth / 2 + 0.07, 0), (right - 0.02, depth / 2 - 0.05, 0.022), joinery.body
    )
    count = draw.integer(rng, 3, 5)
    edges = np.linspace(0.035, height - 0.01, count + 1)
    rows = [FrontRow(float(bottom), float(top), 1, "drawer") for bottom, top in itertools.pairwise(edges)]
    return [body, plinth, *fronts(joinery, (left, right), -depth / 2 + 0.041, rows, prefix=f"{side} ")]


def _leg_frame(side: int, width: float, depth: float, height: float, material: Material) -> list[Part]:
    """A pair of square legs joined at the foot."""
    x, thickness = side * (width / 2 - 0.07), 0.022
    parts = [
        box_part(
            f"leg {side} {k}",
            (x - thickness, y - thickness, 0),
            (x + thickness, y + thickness, height),
            material,
            bevel=0.003,
        )
        for k, y in enumerate((-depth / 2 + 0.08, depth / 2 - 0.08), 1)
    ]
    ends = [(x, -depth / 2 + 0.09, height - 0.06), (x, depth / 2 - 0.09, height - 0.06)]
    return [*parts, part(f"stretcher {side}", tube(ends, 0.015, count=2, segments=12), material)]
