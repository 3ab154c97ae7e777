"""Swivel chairs on five castors."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, slab, tube
from scenes.craft.finishes import finish, metal, visible_material
from scenes.craft.soft import cushion
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.furnish.upholstery import cover
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "office chair"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw an office chair in the style of its scene."""
    if draw.chance(rng, 0.5):
        color_name = "black"
        material = finish(rng, "fabric", "fabric", sample_color(rng, color_name), scale=0.1)
    else:
        material, color_name = cover(rng, style, leather=0.3)
    dark = finish(rng, "matte_plastic", "plastic", (0.06, 0.06, 0.065), roughness=0.45)
    metal_material = metal(rng, "steel" if draw.chance(rng, 0.5) else "black")
    seat_height, width = draw.uniform(rng, 0.44, 0.5), draw.uniform(rng, 0.47, 0.52)
    height, lean = draw.uniform(rng, 0.46, 0.68), draw.uniform(rng, 0.08, 0.18)
    base = seat_height - 0.085
    parts = [
        part("column", Cylinder(radius=0.028, height=base - 0.07, segments=24), metal_material, at=(0, 0, 0.075)),
        part(
            "hub", Cylinder(radius=0.045, height=0.05, top_radius=0.035, segments=24), metal_material, at=(0, 0, 0.06)
        ),
        part("plate", Cylinder(radius=0.1, height=0.02, segments=24), dark, at=(0, 0, base - 0.012), bevel=0.004),
        cushion(PartRole.SEAT, (width, width - 0.02, 0.085), material, at=(0, 0, base), crown=0.15, corner=0.25),
    ]
    parts += _castors(rng, metal_material, dark)
    back = width / 2
    spine = [(0, 0.06, base - 0.004), (0, back + 0.03, base), (0, back + 0.075, base + 0.12)]
    behind = back + 0.052 + 0.5 * height * np.sin(lean) - (0.2 * height - 0.02) * np.tan(lean)
    top = (0, behind, seat_height + 0.12 + 0.3 * height)
    parts.append(part("spine", tube([*spine, top], 0.024, count=18, aspect=0.5), dark))
    bracket_low, bracket_high = (-0.045, behind - 0.016, top[2] - 0.09), (0.045, behind + 0.012, top[2] - 0.005)
    parts.append(box_part("bracket", bracket_low, bracket_high, dark, bevel=0.006))
    middle = (0, back + 0.065 + 0.5 * height * np.sin(lean), seat_height + 0.1 + 0.5 * height)
    rotation = (np.pi / 2 - lean, 0.0, 0.0)
    parts.append(
        cushion("back", (width - 0.06, height, 0.07), material, at=middle, rotation=rotation, crown=0.4, corner=0.25)
    )
    if draw.chance(rng, 0.65):
        parts += _arms(width / 2 + 0.02, base, seat_height, dark)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material=visible_material(material))


def _castors(rng: np.random.Generator, material: Material, dark: Material) -> list[Part]:
    """Five spokes, each with a wheel under its end."""
    arm_length, first = draw.uniform(rng, 0.28, 0.33), draw.uniform(rng, 0, 1.2)
    parts = []
    for k in range(5):
        angle = first + 2 * np.pi * k / 5
        way = np.array([np.cos(angle), np.sin(angle), 0.0])
        spoke = [way * 0.02 + [0, 0, 0.092], way * 0.15 + [0, 0, 0.085], way * arm_length + [0, 0, 0.062]]
        parts.append(part(f"spoke {k + 1}", tube(spoke, [0.024, 0.02, 0.015], count=8, aspect=0.7), material))
        across = np.array([-np.sin(angle), np.cos(angle), 0.0])
        end = way * arm_length + [0, 0, 0.026]
        wheel = tube([end - across * 0.022, end + across * 0.022], 0.026, count=2, segments=20)
        parts.append(part(f"wheel {k + 1}", wheel, dark, bevel=0.005))
        stem = tube([end, end + np.array([0, 0, 0.037])], 0.01, count=2, segments=10)
        parts.append(part(f"fork {k + 1}", stem, dark))
    return parts


def _arms(x: float, base: float, seat_height: float, dark: Material) -> list[Part]:
    parts = []
    for k, side in enumerate((-1, 1), 1):
        bar = [(side * (x - 0.2), 0.03, base - 0.004), (side * x, 0.04, base), (side * (x + 0.02), 0.04, base + 0.08)]
        bar.append((side * (x + 0.02), 0.04, seat_height + 0.19))
        parts.append(part(f"bar {k}", tube(bar, 0.016, count=16, aspect=0.7), dark))
        pad = slab(0.075, 0.25, 0.026, corner=0.03, edge=0.009)
        parts.append(part(f"arm pad {k}", pad, dark, at=(side * (x + 0.02), 0.02, seat_height + 0.182)))
    return parts
