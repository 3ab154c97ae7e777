"""Counterbalance forklifts: mast and forks toward -y, seat under an overhead guard, counterweight behind."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish
from scenes.craft.paint import galvanised, painted, tyre_rubber
from scenes.craft.soft import cushion
from scenes.craft.steel import across, bar, disc, wheel
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "forklift"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a forklift."""
    color_name = draw.choice(rng, ["yellow", "orange", "red", "yellow", "green", "blue"])
    paint, dark, rubber = painted(rng, color_name, wear=0.15), painted(rng, "black", roughness=0.5), tyre_rubber(rng)
    weight = painted(rng, draw.choice(rng, ["black", "gray", color_name]), roughness=0.5)
    width, height = draw.uniform(rng, 1.04, 1.16), draw.uniform(rng, 2.02, 2.14)
    parts = _body(width, paint, weight, dark)
    parts += _wheels(width, rubber, paint)
    parts += _seat(rng, dark)
    parts += _guard(width, height, dark)
    parts += _mast(rng, height, draw.choice(rng, [0.06, 0.12, 0.3, 0.6]), dark, galvanised(rng))
    parts += _lights(rng, width, height)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="metal")


def _body(width: float, paint: Material, weight: Material, dark: Material) -> list[Part]:
    """Cowl and hood in the maker's colour, floor plate, the rounded counterweight."""
    cowl = [(-0.62, 0.3), (-0.3, 0.3), (-0.3, 0.42), (-0.42, 0.52), (-0.5, 1.02), (-0.58, 1.06), (-0.64, 0.9)]
    hood = [(0.08, 0.28), (0.75, 0.28), (0.75, 0.98), (0.62, 1.02), (0.2, 0.98), (0.1, 0.86)]
    tail = [(0.6, 0.2), (1.05, 0.2), (1.2, 0.34), (1.24, 0.62), (1.2, 0.95), (1.08, 1.08), (0.66, 1.08), (0.6, 0.96)]
    return [
        across("cowl", cowl, 0.86 * width, paint, bevel=0.02),
        across("hood", hood, 0.84 * width, paint, bevel=0.03),
        across("counterweight", tail, width, weight, bevel=0.05),
        box_part("floor", (-0.42 * width, -0.56, 0.24), (0.42 * width, 0.74, 0.34), dark, bevel=0.01),
        box_part("step 1", (-0.47 * width, -0.16, 0.2), (-0.38 * width, 0.16, 0.25), dark, bevel=0.01),
        box_part("step 2", (0.38 * width, -0.16, 0.2), (0.47 * width, 0.16, 0.25), dark, bevel=0.01),
        box_part("mudguard 1", (-width / 2, -0.82, 0.56), (-0.3 * width, -0.3, 0.6), paint, bevel=0.01),
        box_part("mudguard 2", (0.3 * width, -0.82, 0.56), (width / 2, -0.3, 0.6), paint, bevel=0.01),
    ]


def _wheels(width: float, rubber: Material, rim: Material) -> list[Part]:
    parts = []
    for k, side in enumerate((-1, 1), 1):
        parts += wheel(f"front wheel {k}", 0.27, 0.2, (side * (width / 2 - 0.1), -0.56, 0.27), rubber, rim)
        parts += wheel(f"rear wheel {k}", 0.21, 0.15, (side * (width / 2 - 0.09), 0.78, 0.21), rubber, rim)
    parts.append(box_part("front axle", (-0.4 * width, -0.62, 0.22), (0.4 * width, -0.5, 0.32), rubber))
    parts.append(box_part("rear axle", (-0.4 * width, 0.73, 0.16), (0.4 * width, 0.83, 0.26), rubber))
    return parts


def _seat(rng: np.random.Generator, dark: Material) -> list[Part]:
    cloth = finish(rng, "leather", "leather", (0.07, 0.07, 0.075), roughness=0.6)
    rim = finish(rng, "matte_plastic", "plastic", (0.04, 0.04, 0.04))
    ring = [(0.165, -0.012), (0.18, 0.0), (0.165, 0.012), (0.15, 0.0)]
    return [
        cushion(PartRole.SEAT, (0.46, 0.46, 0.13), cloth, at=(0, 0.36, 0.975)),
        cushion("back", (0.44, 0.5, 0.11), cloth, at=(0, 0.6, 1.29), rotation=(np.pi / 2 - 0.18, 0, 0)),
        bar("column", [(0, -0.5, 0.92), (0, -0.22, 1.18)], 0.025, dark, segments=12),
        part("steering wheel", lathe(ring, segments=36, closed=True), rim, at=(0, -0.21, 1.19), rotation=(0.8, 0, 0)),
        bar("spoke", [(-0.16, -0.21, 1.19), (0.16, -0.21, 1.19)], 0.014, rim),
        bar("lever 1", [(0.22, -0.5, 0.98), (0.24, -0.34, 1.16)], 0.01, rim),
        bar("lever 2", [(0.3, -0.5, 0.98), (0.32, -0.34, 1.16)], 0.01, rim),
    ]


def _guard(width: float, height: float, dark: Material) -> list[Part]:
    """Two bent side frames and a roof of bars."""
    x = 0.42 * width
    parts = []
    for k, side in enumerate((-1, 1), 1):
        path = [
            (side * x, -0.56, 0.6),
            (side * x, -0.42, height - 0.06),
            (side * x, -0.36, height - 0.02),
            (side * x, 0.62, height - 0.02),
            (side * x, 0.72, height - 0.08),
            (side * x, 0.86, 1.04),
        ]
        parts.append(bar(f"post {k}", path, 0.032, dark, segments=10))
    for k, y in enumerate(np.linspace(-0.34, 0.62, 8), 1):
        parts.append(
            box_part(
                f"roof bar {k}", (-x, float(y) - 0.012, height - 0.045), (x, float(y) + 0.012, height), dark, bevel=0
            )
        )
    return parts


def _mast(rng: np.random.Generator, height: float, lift: float, dark: Material, steel: Material) -> list[Part]:
    """Two pairs of channels, cross bars, the carriage raised by `lift`, forks, backrest, chains."""
    parts = []
    top, fork_length = height + draw.uniform(rng, 0.0, 0.12), draw.uniform(rng, 0.85, 1.2)
    for k, side in enumerate((-1, 1), 1):
        parts.append(
            box_part(
                f"outer mast {k}",
                (side * 0.34 - 0.035, -0.88, 0.08),
                (side * 0.34 + 0.035, -0.74, top),
                dark,
                bevel=0.005,
            )
        )
        parts.append(
            box_part(
                f"inner mast {k}",
                (side * 0.26 - 0.045, -0.87, 0.1),
                (side * 0.26 + 0.045, -0.76, top - 0.03),
                dark,
                bevel=0.005,
            )
        )
        parts.append(
            bar(f"cylinder {k}", [(side * 0.19, -0.8, 0.1), (side * 0.19, -0.8, top - 0.12)], 0.025, steel, segments=12)
        )
        parts.append(
            bar(
                f"chain {k}",
                [(side * 0.09, -0.8, lift + 0.3), (side * 0.09, -0.8, top - 0.06)],
                0.012,
                steel,
                segments=4,
            )
        )
        slide = (side * 0.26 - 0.03, -0.95, lift + 0.16), (side * 0.26 + 0.03, -0.8, lift + 0.5)
        parts.append(box_part(f"slide {k}", *slide, dark))
        root, heel = -0.97, lift
        fork = [
            (root, lift + 0.55),
            (root - 0.045, lift + 0.55),
            (root - 0.045, heel + 0.06),
            (root - fork_length, heel + 0.012),
            (root - fork_length, heel),
            (root - 0.02, heel),
            (root, heel + 0.03),
        ]
        parts.append(across(f"fork {k}", fork, 0.11, dark, x=side * 0.24, bevel=0.004))
    for k, z in enumerate((0.1, 0.75, top - 0.1), 1):
        parts.append(box_part(f"cross {k}", (-0.34, -0.8, z), (0.34, -0.76, z + 0.09), dark, bevel=0.004))
    for k, z in enumerate((lift + 0.14, lift + 0.46), 1):
        parts.append(box_part(f"carriage {k}", (-0.48, -0.975, z), (0.48, -0.86, z + 0.1), dark, bevel=0.005))
    for k, x in enumerate((-0.46, -0.23, 0.0, 0.23, 0.46), 1):
        parts.append(
            box_part(f"backrest {k}", (x - 0.015, -0.96, lift + 0.5), (x + 0.015, -0.93, lift + 1.16), dark, bevel=0)
        )
    parts.append(box_part("backrest top", (-0.475, -0.965, lift + 1.15), (0.475, -0.925, lift + 1.19), dark, bevel=0))
    parts.append(box_part("tilt", (-0.3, -0.78, 0.24), (0.3, -0.54, 0.34), dark))
    return parts


def _lights(rng: np.random.Generator, width: float, height: float) -> list[Part]:
    lens = finish(rng, "plastic", "plastic", (0.92, 0.92, 0.88), roughness=0.15)
    amber = finish(rng, "plastic", "plastic", (0.95, 0.5, 0.05), roughness=0.2)
    x = 0.42 * width
    lamp = [(0.0, -0.04), (0.05, -0.03), (0.07, 0.03), (0.0, 0.045)]
    parts = [disc(f"lamp {k}", lamp, (side * x, -0.5, height - 0.2), lens) for k, side in enumerate((-1, 1), 1)]
    beacon = tube([(0, 0, 0), (0, 0, 0.09)], 0.04, count=2)
    parts.append(part("beacon", beacon, amber, at=(0.25 * width, 0.62, height - 0.01)))
    return parts
