"""Public benches: slats on iron ends, or a slab of stone on two feet."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.finishes import finish, metal, vary, wood
from scenes.craft.style import Style
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Array, Box, Group, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "park bench"
PLACE = "street"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a park bench in the style of its scene."""
    length = draw.uniform(rng, 1.4, 2.0)
    if draw.chance(rng, 0.2):
        return ObjectSpec(category=CATEGORY, parts=tuple(_stone(rng, length)), material="stone")
    timber = wood(rng, draw.choice(rng, ["oak", "pine", "walnut", "cherry"]), wear=max(style.wear, 0.3))
    frame_material = metal(rng, "black") if draw.chance(rng, 0.7) else metal(rng, "steel", polished=False)
    seat = Array(shape=Box(size=(length, 0.085, 0.035)), counts=(1, 4, 1), step=(0, 0.105, 0))
    back = Array(shape=Box(size=(length, 0.03, 0.085)), counts=(1, 1, 3), step=(0, 0, 0.12))
    arm = draw.chance(rng, 0.7)
    members = [
        Placed(shape=Box(size=(0.05, 0.06, 0.43)), at=(0, -0.19, 0)),
        Placed(shape=Box(size=(0.05, 0.06, 0.43)), at=(0, 0.19, 0)),
        Placed(shape=Box(size=(0.05, 0.46, 0.05)), at=(0, 0, 0.385)),
        Placed(shape=Box(size=(0.05, 0.05, 0.5)), at=(0, 0.215, 0.4), turn=(-0.2, 0, 0)),
    ]
    if arm:
        members.append(Placed(shape=Box(size=(0.055, 0.44, 0.035)), at=(0, 0.02, 0.63)))
        members.append(Placed(shape=Box(size=(0.05, 0.04, 0.22)), at=(0, -0.17, 0.42)))
    ends = Array(shape=Group(members=tuple(members)), counts=(2, 1, 1), step=(length - 0.3, 0, 0))
    parts = [
        part("ends", ends, frame_material, at=(-length / 2 + 0.15, 0, 0), bevel=0.006),
        part(PartRole.SEAT, seat, timber, at=(0, -0.17, 0.43), bevel=0.008),
        part("back", back, timber, at=(0, 0.215, 0.55), rotation=(-0.2, 0, 0), bevel=0.008),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wood")


def _stone(rng: np.random.Generator, length: float) -> list[Part]:
    gray = draw.uniform(rng, 0.5, 0.7)
    material = finish(rng, "concrete", "stone", vary(rng, (gray, gray, 0.97 * gray)), scale=0.3, wear=0.3)
    feet = Array(shape=Box(size=(0.18, 0.4, 0.36)), counts=(2, 1, 1), step=(length - 0.5, 0, 0))
    return [
        part("feet", feet, material, at=(-length / 2 + 0.25, 0, 0), bevel=0.01),
        part(PartRole.SEAT, Box(size=(length, 0.48, 0.12)), material, at=(0, 0, 0.355), bevel=0.02),
    ]
