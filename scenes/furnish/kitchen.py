"""Fitted kitchen furniture of one make: base and wall cabinets, housings, worktops with their cut-outs.

Fronts look toward -y; widths are modules of 0.15 m, depth and height those of European kitchens.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.finishes import finish, seen_word, wood
from scenes.craft.style import Style
from scenes.furnish.casework import Joinery, box_part, fronts, sample_joinery
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["BASE", "DEPTH", "PLINTH", "Kitchen", "base_unit", "sample_kitchen", "wall_unit", "worktop"]

BASE = 0.86  # metres to the underside of the worktop
DEPTH = 0.56  # of a base cabinet's body
PLINTH = 0.1


@dataclass(frozen=True)
class Kitchen:
    """What the units of one kitchen share."""

    make: Joinery
    top: Material
    thickness: float
    steel: bool  # appliances in steel, or white


def sample_kitchen(rng: np.random.Generator, style: Style) -> Kitchen:
    """Fronts, worktop and appliance finish that all units of one kitchen share."""
    return Kitchen(
        make=sample_joinery(rng, style, painted=0.75),
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
        tone = draw.choice(rng, [0.2, 0.35, 0.6, 0.82])
        return finish(
            rng, "stone", "stone", (tone, tone, 0.98 * tone), accent=(0.3, 0.29, 0.28), scale=0.06, roughness=0.25
        )
    return finish(rng, "painted_wood", "laminate", sample_color(rng, "white"), roughness=0.4)


def base_unit(rng: np.random.Generator, set_: Kitchen, width: float, *, sink: bool = False) -> ObjectSpec:
    """A base cabinet of doors or drawers; under a `sink` its body leaves room for the bowl."""
    x, y, make = width / 2, DEPTH / 2, set_.make
    body_top = 0.6 if sink else BASE
    parts = [
        box_part("plinth", (-x, -y + 0.05, 0), (x, y - 0.03, PLINTH + 0.002), make.body),
        box_part("body", (-x + 0.0005, -y, PLINTH), (x - 0.0005, y, body_top), make.body),
    ]
    if sink:
        parts += [
            box_part("left side", (-x + 0.0005, -y, body_top - 0.001), (-x + 0.018, y, BASE), make.body),
            box_part("right side", (x - 0.018, -y, body_top - 0.001), (x - 0.0005, y, BASE), make.body),
            box_part("front rail", (-x + 0.017, -y, body_top - 0.001), (x - 0.017, -y + 0.018, BASE), make.body),
        ]
    parts += fronts(make, (-x + 0.0015, x - 0.0015), -y + 0.001, _rows(rng, width, sink=sink))
    return ObjectSpec(category="kitchen cabinet", parts=tuple(parts), color=make.word, material=make.material)


def _rows(rng: np.random.Generator, width: float, *, sink: bool) -> list[tuple[float, float, int, str]]:
    """Doors, a drawer over doors, or three drawers."""
    low, high, columns = PLINTH + 0.003, BASE - 0.004, 1 if width < 0.7 else 2
    chance = rng.random()
    if sink or chance < 0.35:
        return [(low, high, columns, "door")]
    if chance < 0.65:
        return [(low, 0.7, columns, "door"), (0.7, high, columns, "drawer")]
    return [(low, 0.4, 1, "drawer"), (0.4, 0.68, 1, "drawer"), (0.68, high, 1, "drawer")]


def wall_unit(set_: Kitchen, width: float, height: float) -> ObjectSpec:
    """A cupboard for the wall with one or two doors."""
    x, y, make = width / 2, 0.165, set_.make
    parts = [box_part("body", (-x + 0.0005, -y, 0), (x - 0.0005, y, height), make.body)]
    rows = [(0.002, height - 0.002, 1 if width < 0.62 else 2, "drawer" if make.handle == "edge" else "door")]
    parts += fronts(make, (-x + 0.0015, x - 0.0015), -y + 0.001, rows)
    return ObjectSpec(category="wall cabinet", parts=tuple(parts), color=make.word, material=make.material)


def worktop(
    set_: Kitchen, width: float, depth: float, holes: Sequence[tuple[float, float, float, float]] = ()
) -> ObjectSpec:
    """A slab with rectangular cut-outs (x, y of the middle, width, depth), left to right, round which it is pieced."""
    z, parts, left = set_.thickness, [], -width / 2
    y0, y1 = -depth / 2, depth / 2
    for k, (cx, cy, w, d) in enumerate(sorted(holes), 1):
        parts += [
            _piece(f"top {k}", (left, y0), (cx - w / 2, y1), z, set_.top),
            _piece(f"front {k}", (cx - w / 2, y0), (cx + w / 2, cy - d / 2), z, set_.top),
            _piece(f"back {k}", (cx - w / 2, cy + d / 2), (cx + w / 2, y1), z, set_.top),
        ]
        left = cx + w / 2
    parts.append(_piece("top", (left, y0), (width / 2, y1), z, set_.top))
    word = "white" if set_.top.kind == "painted_wood" else ""
    return ObjectSpec(category="countertop", parts=tuple(parts), color=word, material=seen_word(set_.top))


def _piece(name: str, low: tuple[float, float], high: tuple[float, float], z: float, material: Material) -> Part:
    return box_part(name, (*low, 0.0), (*high, z), material, bevel=0.0)
