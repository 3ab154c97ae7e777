"""Fitted kitchen furniture of one make: base and wall cabinets, housings, worktops with their cut-outs.

Fronts look toward -y; widths are modules of 0.15 m, depth and height those of European kitchens.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenes import draw
from scenes.base import Vec2
from scenes.colors import sample_color
from scenes.craft.finishes import finish, visible_material, wood
from scenes.craft.style import Style
from scenes.furnish.casework import CutOut, FrontRow, Joinery, box_part, fronts, sample_joinery
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["BASE", "DEPTH", "PLINTH", "Kitchen", "base_unit", "sample_kitchen", "wall_unit", "worktop"]

BASE = 0.86  # metres to the underside of the worktop
DEPTH = 0.56  # of a base cabinet's body
PLINTH = 0.1


@dataclass(frozen=True)
class Kitchen:
    """What the units of one kitchen share."""

    joinery: Joinery
    top: Material
    thickness: float
    steel: bool  # appliances in steel, or white


def sample_kitchen(rng: np.random.Generator, style: Style) -> Kitchen:
    """Fronts, worktop and appliance finish that all units of one kitchen share."""
    return Kitchen(
        joinery=sample_joinery(rng, style, painted=0.75),
        top=_top(rng, style),
        thickness=draw.uniform(rng, 0.02, 0.04),
        steel=draw.chance(rng, 0.6),
    )


def _top(rng: np.random.Generator, style: Style) -> Material:
    chance = rng.random()
    if chance < 0.35:
        return wood(rng, style.wood, scale=0.25, wear=style.wear)
    if chance < 0.55:
        return finish(rng, "marble", "marble", (0.9, 0.89, 0.87), accent=(0.45, 0.44, 0.44), scale=0.4)
    if chance < 0.8:
        gray = draw.choice(rng, [0.2, 0.35, 0.6, 0.82])
        return finish(
            rng, "stone", "stone", (gray, gray, 0.98 * gray), accent=(0.3, 0.29, 0.28), scale=0.06, roughness=0.25
        )
    return finish(rng, "painted_wood", "laminate", sample_color(rng, "white"), roughness=0.4)


def base_unit(rng: np.random.Generator, kitchen: Kitchen, width: float, *, sink: bool = False) -> ObjectSpec:
    """A base cabinet of doors or drawers; under a `sink` its body leaves room for the bowl."""
    half_width, half_depth, joinery = width / 2, DEPTH / 2, kitchen.joinery
    body_top = 0.6 if sink else BASE
    parts = [
        box_part(
            "plinth",
            (-half_width, -half_depth + 0.05, 0),
            (half_width, half_depth - 0.03, PLINTH + 0.002),
            joinery.body,
        ),
        box_part(
            "body",
            (-half_width + 0.0005, -half_depth, PLINTH),
            (half_width - 0.0005, half_depth, body_top),
            joinery.body,
        ),
    ]
    if sink:
        parts += [
            box_part(
                "left side",
                (-half_width + 0.0005, -half_depth, body_top - 0.001),
                (-half_width + 0.018, half_depth, BASE),
                joinery.body,
            ),
            box_part(
                "right side",
                (half_width - 0.018, -half_depth, body_top - 0.001),
                (half_width - 0.0005, half_depth, BASE),
                joinery.body,
            ),
            box_part(
                "front rail",
                (-half_width + 0.017, -half_depth, body_top - 0.001),
                (half_width - 0.017, -half_depth + 0.018, BASE),
                joinery.body,
            ),
        ]
    parts += fronts(
        joinery, (-half_width + 0.0015, half_width - 0.0015), -half_depth + 0.001, _rows(rng, width, sink=sink)
    )
    return ObjectSpec(
        category="kitchen cabinet", parts=tuple(parts), color=joinery.color_name, material=joinery.material
    )


def _rows(rng: np.random.Generator, width: float, *, sink: bool) -> list[FrontRow]:
    """Doors, a drawer over doors, or three drawers."""
    bottom, top, columns = PLINTH + 0.003, BASE - 0.004, 1 if width < 0.7 else 2
    chance = rng.random()
    if sink or chance < 0.35:
        return [FrontRow(bottom, top, columns, "door")]
    if chance < 0.65:
        return [FrontRow(bottom, 0.7, columns, "door"), FrontRow(0.7, top, columns, "drawer")]
    edges = (bottom, 0.4, 0.68, top)
    return [FrontRow(lower, upper, 1, "drawer") for lower, upper in itertools.pairwise(edges)]


def wall_unit(kitchen: Kitchen, width: float, height: float) -> ObjectSpec:
    """A cupboard for the wall with one or two doors."""
    half_width, half_depth, joinery = width / 2, 0.165, kitchen.joinery
    parts = [
        box_part(
            "body", (-half_width + 0.0005, -half_depth, 0), (half_width - 0.0005, half_depth, height), joinery.body
        )
    ]
    kind: Literal["door", "drawer"] = "drawer" if joinery.handle == "edge" else "door"
    rows = [FrontRow(0.002, height - 0.002, 1 if width < 0.62 else 2, kind)]
    parts += fronts(joinery, (-half_width + 0.0015, half_width - 0.0015), -half_depth + 0.001, rows)
    return ObjectSpec(category="wall cabinet", parts=tuple(parts), color=joinery.color_name, material=joinery.material)


def worktop(kitchen: Kitchen, width: float, depth: float, holes: Sequence[CutOut] = ()) -> ObjectSpec:
    """A slab, pieced round its cut-outs from left to right."""
    z, parts, left = kitchen.thickness, [], -width / 2
    front, back = -depth / 2, depth / 2
    for k, hole in enumerate(sorted(holes), 1):
        start, end = hole.x - hole.width / 2, hole.x + hole.width / 2
        parts += [
            _piece(PartRole.TOP.numbered(k), (left, front), (start, back), z, kitchen.top),
            _piece(f"front {k}", (start, front), (end, hole.y - hole.depth / 2), z, kitchen.top),
            _piece(f"back {k}", (start, hole.y + hole.depth / 2), (end, back), z, kitchen.top),
        ]
        left = end
    parts.append(_piece(PartRole.TOP, (left, front), (width / 2, back), z, kitchen.top))
    color_name = "white" if kitchen.top.kind == "painted_wood" else ""
    return ObjectSpec(
        category="countertop", parts=tuple(parts), color=color_name, material=visible_material(kitchen.top)
    )


def _piece(name: str, low: Vec2, high: Vec2, thickness: float, material: Material) -> Part:
    return box_part(name, (*low, 0.0), (*high, thickness), material, bevel=0.0)
