"""Hobs on a worktop: black glass with rings, or gas with grates; the front is at -y."""

import itertools

import numpy as np

from scenes import draw
from scenes.craft.build import dot, part, slab, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "hob"
PLACE = "furniture"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a hob."""
    width, depth = draw.uniform(rng, 0.55, 0.6), draw.uniform(rng, 0.48, 0.52)
    black = finish(rng, "plastic", "glass", (0.012, 0.012, 0.014), roughness=0.06)
    centers = list(itertools.product((-0.24 * width, 0.24 * width), (-0.22 * depth + 0.01, 0.22 * depth + 0.01)))
    if draw.chance(rng, 0.6):
        parts = [part("plate", slab(width, depth, 0.006, corner=0.012, edge=0.0015), black)]
        mark = finish(rng, "plastic", "glass", (0.16, 0.16, 0.165), roughness=0.25)
        for k, (center_x, center_y) in enumerate(centers, 1):
            radius = draw.choice(rng, [0.07, 0.085, 0.1])
            disc = Cylinder(radius=radius, height=0.0006, segments=64)
            inner = Cylinder(radius=radius - 0.004, height=0.0006, segments=64)
            parts.append(part(f"zone {k}", disc, mark, at=(center_x, center_y, 0.0057)))
            parts.append(part(f"zone field {k}", inner, black, at=(center_x, center_y, 0.006)))
        return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="black", material="glass")
    plate = metal(rng, "steel", polished=False) if draw.chance(rng, 0.6) else black
    grate_material = finish(rng, "painted_metal", "iron", (0.03, 0.03, 0.03), roughness=0.6)
    parts = [part("plate", slab(width, depth, 0.012, corner=0.015, edge=0.004), plate)]
    for k, (center_x, center_y) in enumerate(centers, 1):
        parts += _burner(k, center_x, center_y, draw.choice(rng, [0.035, 0.05]), grate_material)
    parts += [
        part(f"knob {k}", dot(0.018, 0.022), grate_material, at=(-0.16 + 0.1 * k, -depth / 2 + 0.035, 0.0115))
        for k in range(4)
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="metal")


def _burner(number: int, x: float, y: float, radius: float, grate_material: Material) -> list[Part]:
    """A burner under a cross of bars on four feet."""
    half_length, z = 0.1, 0.042
    parts = [
        part(
            f"burner {number}",
            Cylinder(radius=radius, height=0.018, segments=40),
            grate_material,
            at=(x, y, 0.011),
            bevel=0.003,
        )
    ]
    bars = (((x - half_length, y, z), (x + half_length, y, z)), ((x, y - half_length, z), (x, y + half_length, z)))
    parts += [
        part(f"bar {number}{bar}", tube(ends, 0.006, count=5, segments=8), grate_material)
        for bar, ends in enumerate(bars, 1)
    ]
    for foot, (side_x, side_y) in enumerate(((-1, 0), (1, 0), (0, -1), (0, 1)), 1):
        foot_x, foot_y = x + side_x * (half_length - 0.008), y + side_y * (half_length - 0.008)
        parts.append(
            box_part(
                f"foot {number}{foot}",
                (foot_x - 0.005, foot_y - 0.005, 0.011),
                (foot_x + 0.005, foot_y + 0.005, z),
                grate_material,
                bevel=0,
            )
        )
    return parts
