"""What stands in or hangs on a wall: windows, pictures, shelves, curtains, doors. Backs at y = 0, fronts toward -y."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import dot, part, plate_of, tube
from scenes.craft.finishes import finish, metal, vary, visible_material, wood
from scenes.craft.style import Style
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Box, Cylinder

__all__ = ["curtain", "door", "picture", "shelf", "window"]


def picture(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A framed print with a mount and a few painted shapes."""
    width, height = draw.uniform(rng, 0.28, 0.8), draw.uniform(rng, 0.3, 0.9)
    bar, depth = draw.uniform(rng, 0.014, 0.035), draw.uniform(rng, 0.018, 0.03)
    species = draw.choice(rng, ["wood", "black", "white"])
    if species == "wood":
        frame, color_name = wood(rng, style.wood), ""
    else:
        frame, color_name = finish(rng, "painted_wood", "wood", sample_color(rng, species), roughness=0.35), species
    upright = Box(size=(bar - 0.0006, depth - 0.0008, height - bar))
    sides = [
        part("frame 1", Box(size=(width, depth, bar)), frame, at=(0, -depth / 2, 0), bevel=0.002),
        part(
            "frame 2",
            Box(size=(width, depth, bar)),
            frame,
            at=(0, -depth / 2, height - bar),
            bevel=0.002,
        ),
        part("frame 3", upright, frame, at=(-width / 2 + bar / 2, -depth / 2, 0.5 * bar), bevel=0.001),
        part("frame 4", upright, frame, at=(width / 2 - bar / 2, -depth / 2, 0.5 * bar), bevel=0.001),
    ]
    sheet = finish(rng, "paper", "paper", vary(rng, (0.94, 0.92, 0.87), 0.02), roughness=0.6)
    mount = part("mount", Box(size=(width - bar, 0.006, height - bar)), sheet, at=(0, -0.006, bar / 2))
    painted = _painting(rng, style, width - 2 * bar, height - 2 * bar, bar)
    return ObjectSpec(
        category="picture frame", parts=(mount, *sides, *painted), color=color_name, material=visible_material(frame)
    )


def _painting(rng: np.random.Generator, style: Style, width: float, height: float, bar: float) -> list[Part]:
    """Blocks and discs of the scene's colours on the mount."""
    inner = (width * draw.uniform(rng, 0.6, 0.85), height * draw.uniform(rng, 0.6, 0.85))
    ground = finish(rng, "paper", "paper", sample_color(rng, style.color_name(rng, stray=0.5)), roughness=0.6)
    bottom = bar + (height - inner[1]) / 2
    parts = [part("print", Box(size=(inner[0], 0.002, inner[1])), ground, at=(0, -0.0095, bottom))]
    for k in range(draw.integer(rng, 1, 5)):
        ink = finish(rng, "paper", "paper", sample_color(rng, style.color_name(rng, stray=0.6)), roughness=0.6)
        if draw.chance(rng, 0.5):
            size = (inner[0] * draw.uniform(rng, 0.2, 0.9), inner[1] * draw.uniform(rng, 0.08, 0.4))
            x, z = (
                draw.uniform(rng, -0.5, 0.5) * (inner[0] - size[0]),
                bottom + draw.uniform(rng, 0, 1) * (inner[1] - size[1]),
            )
            parts.append(
                part(f"shape {k + 1}", Box(size=(size[0], 0.001, size[1])), ink, at=(x, -0.0108 - 2e-4 * k, z))
            )
        else:
            radius = 0.5 * min(inner) * draw.uniform(rng, 0.25, 0.7)
            x = draw.uniform(rng, -1, 1) * (inner[0] / 2 - radius)
            z = bottom + radius + draw.uniform(rng, 0, 1) * (inner[1] - 2 * radius)
            disc = Cylinder(radius=radius, height=0.001)
            parts.append(part(f"shape {k + 1}", disc, ink, at=(x, -0.0103 - 2e-4 * k, z), rotation=(np.pi / 2, 0, 0)))
    return parts


def window(rng: np.random.Generator, width: float, height: float) -> ObjectSpec:
    """A frame with bars that fills an opening `width` by `height`, and a sill."""
    white = finish(rng, "painted_wood", "wood", vary(rng, (0.9, 0.9, 0.88), 0.02), roughness=0.3)
    bar, depth = 0.055, 0.08
    columns, rows = draw.integer(rng, 1, 4), draw.integer(rng, 1, 4)
    parts = [
        part("sill", Box(size=(width + 0.1, 0.16, 0.03)), white, at=(0, -0.03, -0.029), bevel=0.006),
        part("frame 1", Box(size=(width, depth, bar)), white, at=(0, 0.06, height - bar), bevel=0.004),
        part("frame 2", Box(size=(width, depth, bar)), white, at=(0, 0.06, 0), bevel=0.004),
    ]
    parts += [
        part(
            f"frame {number}",
            Box(size=(bar, depth - 0.004, height - 0.002)),
            white,
            at=(side * (width - bar) / 2, 0.06, 0),
            bevel=0.004,
        )
        for number, side in ((3, -1), (4, 1))
    ]
    for k in range(1, columns):
        x = -width / 2 + width * k / columns
        parts.append(
            part(f"mullion {k}", Box(size=(0.03, 0.05, height - bar)), white, at=(x, 0.06, bar / 2), bevel=0.004)
        )
    for k in range(1, rows):
        z = height * k / rows
        parts.append(part(f"bar {k}", Box(size=(width - bar, 0.05, 0.026)), white, at=(0, 0.06, z), bevel=0.004))
    return ObjectSpec(category="window", parts=tuple(parts), color="white")


def shelf(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A board on two brackets; its top is the object's top."""
    width, depth, thickness = (
        draw.uniform(rng, 0.6, 1.3),
        draw.uniform(rng, 0.18, 0.26),
        draw.uniform(rng, 0.018, 0.035),
    )
    board, bracket_material = wood(rng, style.wood, wear=style.wear), metal(rng, "black")
    parts = [part(PartRole.BOARD, Box(size=(width, depth, thickness)), board, at=(0, -depth / 2, 0.12), bevel=0.002)]
    for number, x in enumerate((-0.36 * width, 0.36 * width), 1):
        parts.append(
            part(
                f"bracket {number}a", Box(size=(0.025, 0.006, 0.122)), bracket_material, at=(x, -0.003, 0), bevel=0.001
            )
        )
        arm = tube([(x, -0.004, 0.01), (x, -0.8 * depth, 0.121)], 0.005, count=2, segments=8)
        parts.append(part(f"bracket {number}b", arm, bracket_material))
    return ObjectSpec(category="shelf", parts=tuple(parts), material="wood")


def curtain(rng: np.random.Generator, style: Style, height: float) -> ObjectSpec:
    """A hanging cloth in folds on a short rod."""
    width, folds = draw.uniform(rng, 0.5, 0.9), draw.integer(rng, 5, 9)
    color_name = style.color_name(rng, allowed=("white", "beige", "gray", "blue", "green", "teal"))
    material = finish(rng, "fabric", "fabric", sample_color(rng, color_name), scale=0.08, roughness=0.95)
    outline = _wave(width, folds, draw.uniform(rng, 0.018, 0.03), draw.uniform(rng, 0, 6))
    rod = tube([(-width / 2 - 0.12, -0.06, height - 0.02), (width / 2 + 0.12, -0.06, height - 0.02)], 0.011, count=2)
    rod_material = metal(rng, style.metal)
    holders = [
        part(f"bracket {k}", tube([(x, 0, height - 0.02), (x, -0.06, height - 0.02)], 0.008, count=2), rod_material)
        for k, x in enumerate((-width / 2 - 0.09, width / 2 + 0.09), 1)
    ]
    parts = (part("cloth", plate_of(outline, height - 0.01), material), part("rod", rod, rod_material), *holders)
    return ObjectSpec(category="curtain", parts=parts, color=color_name, material="fabric")


def _wave(width: float, folds: int, amplitude: float, phase: float) -> Floats:
    """The outline of a wavy band seen from above, 3 mm thick."""
    x = np.linspace(-width / 2, width / 2, 14 * folds)
    y = -0.06 + amplitude * np.sin(2 * np.pi * folds * x / width + phase) * (1 + 0.25 * np.sin(7 * x + phase))
    front = np.stack([x, y], 1)
    return np.concatenate([front, front[::-1] + np.array([0, 0.003])])


def door(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A panelled door in its frame with a lever handle."""
    width, height = draw.uniform(rng, 0.8, 0.92), draw.uniform(rng, 2.0, 2.1)
    painted = draw.chance(rng, 0.7)
    leaf = (
        finish(rng, "painted_wood", "wood", vary(rng, (0.88, 0.87, 0.84), 0.04), roughness=0.35)
        if painted
        else wood(rng, style.wood, scale=0.3)
    )
    parts = [part("leaf", Box(size=(width, 0.04, height)), leaf, at=(0, -0.02, 0), bevel=0.002)]
    parts += [
        part(
            f"frame {number}",
            Box(size=(0.07, 0.06, height + 0.07)),
            leaf,
            at=(side * (width / 2 + 0.034), -0.03, 0),
            bevel=0.004,
        )
        for number, side in ((1, -1), (2, 1))
    ]
    head = Box(size=(width + 0.01, 0.06, 0.07))
    parts.append(part("frame 3", head, leaf, at=(0, -0.03, height - 0.001), bevel=0.004))
    for row, (bottom, top) in enumerate(((0.18, 0.85), (1.0, height - 0.14)), 1):
        for column, x in enumerate((-width / 4, width / 4), 1):
            panel = Box(size=(width / 2 - 0.14, 0.012, top - bottom))
            parts.append(part(f"panel {row}{column}", panel, leaf, at=(x, -0.0435, bottom), bevel=0.008))
    steel = metal(rng, style.metal)
    x = width / 2 - 0.06
    parts.append(part("rose", dot(0.026, 0.01), steel, at=(x, -0.0395, 1.02), rotation=(np.pi / 2, 0, 0)))
    lever = tube(
        [(x, -0.045, 1.02), (x, -0.085, 1.02), (x - 0.02, -0.095, 1.02), (x - 0.12, -0.095, 1.02)], 0.009, count=16
    )
    parts.append(part("lever", lever, steel))
    return ObjectSpec(
        category="door", parts=tuple(parts), color="white" if painted else "", material=visible_material(leaf)
    )
