"""Open shelving, tall or low, with or without a back; the parts named `shelf` are where books stand."""

import numpy as np

from scenes import draw
from scenes.craft.finishes import metal, wood
from scenes.craft.outline import corners
from scenes.craft.style import Style
from scenes.furnish.casework import box_part, sample_joinery
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "bookshelf"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bookshelf in the style of its scene."""
    joinery = sample_joinery(rng, style)
    full_size = draw.chance(rng, 0.7)
    width, depth = draw.uniform(rng, 0.6, 1.1), draw.uniform(rng, 0.26, 0.34)
    height = draw.uniform(rng, 1.6, 2.1) if full_size else draw.uniform(rng, 0.75, 1.2)
    half_width, half_depth, thickness = width / 2, depth / 2, 0.022
    count = max(2, int(height / draw.uniform(rng, 0.33, 0.4)))
    levels = np.linspace(0.07, height - thickness, count + 1)
    if draw.chance(rng, 0.25):
        return _industrial(rng, style, levels, half_width=half_width, half_depth=half_depth, height=height)
    parts = [
        box_part(
            "left side", (-half_width, -half_depth, 0), (-half_width + thickness, half_depth, height), joinery.body
        ),
        box_part(
            "right side", (half_width - thickness, -half_depth, 0), (half_width, half_depth, height), joinery.body
        ),
        box_part(
            "plinth",
            (-half_width + thickness - 0.001, -half_depth + 0.02, 0),
            (half_width - thickness + 0.001, -half_depth + 0.035, 0.072),
            joinery.body,
        ),
        box_part(
            "back",
            (-half_width + thickness - 0.001, half_depth - 0.008, 0.07),
            (half_width - thickness + 0.001, half_depth - 0.001, height - 0.004),
            joinery.body,
        ),
    ]
    parts += [
        _board(
            number,
            float(z),
            joinery.body,
            half_width=half_width - thickness + 0.001,
            half_depth=half_depth,
            thickness=thickness,
        )
        for number, z in enumerate(levels, 1)
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=joinery.color_name, material=joinery.material)


def _board(
    number: int, z: float, material: Material, *, half_width: float, half_depth: float, thickness: float
) -> Part:
    return box_part(
        PartRole.SHELF.numbered(number),
        (-half_width, -half_depth + 0.002, z),
        (half_width, half_depth - 0.007, z + thickness),
        material,
    )


def _industrial(
    rng: np.random.Generator, style: Style, levels: Floats, *, half_width: float, half_depth: float, height: float
) -> ObjectSpec:
    """Boards in a frame of square tube."""
    post_material, board_material = metal(rng, "black"), wood(rng, style.wood, scale=0.2, wear=style.wear)
    parts = []
    for k, (x, y) in enumerate(corners(half_width - 0.0125, half_depth - 0.0125), 1):
        parts.append(
            box_part(f"post {k}", (x - 0.0125, y - 0.0125, 0), (x + 0.0125, y + 0.0125, height), post_material)
        )
    parts += [
        _board(
            number,
            float(z),
            board_material,
            half_width=half_width - 0.006,
            half_depth=half_depth - 0.006,
            thickness=0.028,
        )
        for number, z in enumerate(levels, 1)
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wood")
