"""Beds, single and double: a frame with a head board and a mattress under a sheet; pillows and covers come on top."""

import itertools

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, metal, visible_material, wood
from scenes.craft.outline import corners
from scenes.craft.soft import block
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.furnish.upholstery import cover
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "bed"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a bed in the style of its scene."""
    width = draw.choice(rng, [0.9, 1.2, 1.4, 1.6, 1.6, 1.8])
    length = draw.uniform(rng, 1.98, 2.06)
    base, thickness = draw.uniform(rng, 0.26, 0.34), draw.uniform(rng, 0.18, 0.26)
    kind = draw.choice(rng, ["panel", "padded", "slats", "iron"], p=[0.3, 0.4, 0.15, 0.15])
    color_name, frame_material = "", wood(rng, style.wood, scale=0.25, wear=style.wear)
    if kind == "padded":
        frame_material, color_name = cover(rng, style, leather=0.15)
    elif kind == "iron":
        frame_material = metal(rng, "black" if draw.chance(rng, 0.7) else "brass")
    elif draw.chance(rng, 0.3):
        color_name = "white"
        frame_material = finish(
            rng, "painted_wood", "wood", sample_color(rng, color_name), roughness=0.4, wear=style.wear
        )
    sheet = finish(rng, "fabric", "fabric", sample_color(rng, "white"), scale=0.05)
    half_length, half_width = length / 2, width / 2 + 0.035
    edge = 0.02 if kind == "padded" else 0.004
    parts = [
        box_part(
            "side 1",
            (-half_width, -half_length - 0.03, base - 0.16),
            (-half_width + 0.04, half_length + 0.01, base),
            frame_material,
            bevel=edge,
        ),
        box_part(
            "side 2",
            (half_width - 0.04, -half_length - 0.03, base - 0.16),
            (half_width, half_length + 0.01, base),
            frame_material,
            bevel=edge,
        ),
        box_part(
            PartRole.FOOT_BOARD,
            (-half_width, -half_length - 0.05, base - 0.16),
            (half_width, -half_length - 0.012, base),
            frame_material,
            bevel=edge,
        ),
        box_part(
            "slats",
            (-half_width + 0.03, -half_length, base - 0.12),
            (half_width - 0.03, half_length, base - 0.09),
            wood(rng, "pine"),
        ),
        block(PartRole.MATTRESS, (width, length - 0.02, thickness), sheet, at=(0, 0.01, base - 0.092), edge=0.05),
    ]
    for k, (leg_x, leg_y) in enumerate(corners(half_width - 0.035, half_length), 1):
        parts.append(
            part(
                f"leg {k}",
                tube([(leg_x, leg_y, 0), (leg_x, leg_y, base - 0.1)], [0.022, 0.028], count=3),
                frame_material,
            )
        )
    parts += _head(
        rng,
        kind,
        frame_material,
        half_width=half_width,
        y=half_length + 0.03,
        base=base,
        height=draw.uniform(rng, 0.9, 1.2),
    )
    return ObjectSpec(
        category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(frame_material)
    )


def _head(
    rng: np.random.Generator, kind: str, material: Material, *, half_width: float, y: float, base: float, height: float
) -> list[Part]:
    """The head board, standing on the floor behind the mattress; `base` is the height of the bed's frame."""
    if kind == "padded":
        count = draw.integer(rng, 2, 5) if half_width > 0.55 else 2
        edges = np.linspace(-half_width - 0.02, half_width + 0.02, count + 1)
        parts = [
            box_part(
                "head core", (-half_width, y + 0.01, 0.05), (half_width, y + 0.06, height - 0.01), material, bevel=0.01
            )
        ]
        for k, (left, right) in enumerate(itertools.pairwise(edges), 1):
            size = (float(right - left) - 0.004, 0.07, height - base + 0.12)
            parts.append(
                block(f"head pad {k}", size, material, at=(float(left + right) / 2, y + 0.005, base - 0.12), edge=0.03)
            )
        return parts
    posts = [
        box_part(
            f"post {k}",
            (side * (half_width - 0.02) - 0.025, y - 0.02, 0),
            (side * (half_width - 0.02) + 0.025, y + 0.03, height),
            material,
        )
        for k, side in enumerate((-1, 1), 1)
    ]
    if kind == "panel":
        return [
            *posts,
            box_part(
                "head panel", (-half_width, y - 0.012, base - 0.1), (half_width, y + 0.022, height - 0.03), material
            ),
        ]
    rails = [
        box_part(
            f"head rail {k}", (-half_width, y - 0.014, z), (half_width, y + 0.018, z + 0.05), material, bevel=0.006
        )
        for k, z in enumerate((base + 0.1, height - 0.07), 1)
    ]
    bars = [
        part(
            f"bar {k}",
            tube([(float(x), y, base + 0.12), (float(x), y, height - 0.04)], 0.011, count=2, segments=12),
            material,
        )
        for k, x in enumerate(np.linspace(-half_width, half_width, int(7 + 5 * half_width))[1:-1], 1)
    ]
    return posts + rails + bars
