"""A roll of toilet paper on its holder; the wall is at +y."""

import numpy as np

from scenes import draw
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "toilet paper"
PLACE = "wall"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw toilet paper in the style of its scene."""
    paper = finish(rng, "paper", "paper", (0.94, 0.94, 0.92), roughness=0.95)
    chrome = metal(rng, style.metal)
    radius, width = draw.uniform(rng, 0.045, 0.06), 0.1
    hang = draw.uniform(rng, 0.03, 0.1)
    z, y = radius + hang, -0.075
    ring = [(0.02, 0), (radius, 0), (radius, width), (0.02, width)]
    roll = part("roll", lathe(ring, segments=56, closed=True), paper, at=(-width / 2, y, z), rotation=(0, np.pi / 2, 0))
    sheet = box_part("sheet", (-width / 2, y - radius - 0.0003, 0), (width / 2, y - radius + 0.001, z), paper, bevel=0)
    arm = [(-0.056, y, z), (0.056, y, z), (0.074, y, z), (0.076, y + 0.02, z), (0.076, -0.004, z)]
    bar = part("arm", tube(arm, 0.006, count=30, segments=12), chrome)
    core = part("core", tube([(-0.055, y, z), (0.05, y, z)], 0.0203, count=4), chrome)
    rose = box_part("rose", (0.058, -0.006, z - 0.02), (0.094, 0, z + 0.02), chrome, bevel=0.003)
    return ObjectSpec(category=CATEGORY, parts=(roll, sheet, bar, core, rose), color="white", material="paper")
