"""Goods that shops have many of, of categories that homes have too: detergent, shelf-ready cases."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish, printed
from scenes.craft.vessels import Level, hollow
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["detergent", "shelf_case"]

_COLOR_NAMES = ("blue", "green", "white", "orange", "purple", "yellow", "red", "teal", "pink")


def detergent(rng: np.random.Generator) -> ObjectSpec:
    """A flat plastic bottle with sloping shoulders, a printed front and a bright cap: a bottle by category."""
    color_name, second = draw.choice(rng, _COLOR_NAMES), draw.choice(rng, ("white", "blue", "red", "yellow"))
    shell = finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.35)
    ink = printed(rng, second, color_name, scale=0.09, roughness=0.35)
    cap = finish(rng, "plastic", "plastic", sample_color(rng, draw.choice(rng, _COLOR_NAMES)), roughness=0.35)
    x, height = draw.uniform(rng, 0.09, 0.17), draw.uniform(rng, 0.2, 0.28)
    y = max(0.5 * x, 0.065)
    neck, shoulder = 0.042, draw.uniform(rng, 0.62, 0.78) * height
    levels = [
        Level(0.9 * x, 0.9 * y, 0.02, 0.0),
        Level(x, y, 0.028, 0.012),
        Level(x, y, 0.028, shoulder),
        Level(0.8 * x, 0.85 * y, 0.024, shoulder + 0.45 * (height - shoulder)),
        Level(neck, neck, 0.018, height - 0.004),
        Level(neck, neck, 0.018, height),
    ]
    label = [Level(x + 0.0008, y + 0.0008, 0.0284, z * height) for z in (0.14, 0.52)]
    parts = (
        part("body", hollow(levels), shell),
        part("label", hollow(label), ink),
        part("cap", Cylinder(radius=0.026, height=0.04, top_radius=0.022, segments=32), cap, at=(0, 0, height - 0.006)),
    )
    return ObjectSpec(category="bottle", parts=parts, color=color_name, material="plastic")


def shelf_case(rng: np.random.Generator) -> ObjectSpec:
    """A printed cardboard case as goods come in, set on the shelf or stacked on the floor: a box by category."""
    color_name = draw.choice(rng, ("brown", "white", "red", "green", "blue", "yellow", "beige", "orange"))
    second = draw.choice(rng, [w for w in ("white", "red", "blue", "green", "black") if w != color_name])
    board = finish(rng, "cardboard", "cardboard", sample_color(rng, color_name), scale=0.05)
    ink = printed(rng, second, color_name, scale=0.12, roughness=0.5)
    x, y, z = draw.uniform(rng, 0.24, 0.34), draw.uniform(rng, 0.22, 0.3), draw.uniform(rng, 0.16, 0.24)
    parts = (
        box_part("body", (-x / 2, -y / 2, 0.0), (x / 2, y / 2, z), board, bevel=0.002),
        box_part("print", (-0.42 * x, -y / 2 - 0.0006, 0.3 * z), (0.42 * x, y / 2 + 0.0006, 0.82 * z), ink, bevel=0),
        box_part(
            "end print", (-x / 2 - 0.0006, -0.38 * y, 0.35 * z), (x / 2 + 0.0006, 0.38 * y, 0.75 * z), ink, bevel=0
        ),
        box_part("flap line", (-x / 2 - 0.0004, -0.002, z - 0.001), (x / 2 + 0.0004, 0.002, z + 0.0004), ink, bevel=0),
    )
    return ObjectSpec(category="box", parts=parts, color=color_name, material="cardboard")
