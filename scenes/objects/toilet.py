"""Close-coupled toilets: bowl, seat and lid down, cistern behind at +y."""

import numpy as np

from scenes import draw
from scenes.craft.build import dot, part, plate_of, slab
from scenes.craft.curve import points2
from scenes.craft.finishes import finish, metal, vary
from scenes.craft.style import Style
from scenes.mesh import Floats
from scenes.model import ObjectSpec, PartRole
from scenes.shapes import Loft, Section

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "toilet"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a toilet."""
    white = finish(rng, "porcelain", "porcelain", vary(rng, (0.94, 0.94, 0.93), 0.01), roughness=0.07)
    seat = finish(rng, "plastic", "plastic", vary(rng, (0.93, 0.93, 0.92), 0.01), roughness=0.2)
    chrome = metal(rng, "steel", polished=True)
    width, depth, height = draw.uniform(rng, 0.35, 0.38), draw.uniform(rng, 0.46, 0.52), draw.uniform(rng, 0.38, 0.42)
    straight = draw.chance(rng, 0.4)
    waist = 0.92 if straight else draw.uniform(rng, 0.55, 0.68)
    rings = [(0.0, waist, 0.98), (0.02, waist, 0.98), (0.35, 0.97 * waist, 0.92), (0.62, 0.5 * (1 + waist), 0.94)]
    rings += [(0.85, 0.97, 0.99), (0.97, 1.0, 1.0), (1.0, 0.97, 0.985)]
    body = Loft(
        sections=tuple(
            Section(z=share * height, outline=points2(_egg(ring_width * width, ring_depth * depth)))
            for share, ring_width, ring_depth in rings
        )
    )
    tank_width, tank_height = width + 0.02, draw.uniform(rng, 0.34, 0.4)
    back, tank_depth = depth / 2, 0.165
    lid = plate_of(_egg(width + 0.012, depth - 0.03), 0.018)
    parts = (
        part(PartRole.BOWL, body, white),
        part("neck", slab(0.24, 0.2, height - 0.02, corner=0.03, edge=0.01), white, at=(0, back, 0)),
        part(
            PartRole.SEAT,
            plate_of(_egg(width + 0.006, depth - 0.036), 0.02),
            seat,
            at=(0, -0.01, height - 0.001),
            bevel=0.005,
        ),
        part("lid", lid, seat, at=(0, -0.01, height + 0.0195), bevel=0.007),
        part(
            "cistern",
            slab(tank_width, tank_depth, tank_height, corner=0.03, edge=0.012),
            white,
            at=(0, back + tank_depth / 2 - 0.02, height - 0.022),
        ),
        part(
            "cistern lid",
            slab(tank_width + 0.012, tank_depth + 0.012, 0.03, corner=0.034, edge=0.01),
            white,
            at=(0, back + tank_depth / 2 - 0.02, height + tank_height - 0.023),
        ),
        part("button", dot(0.024, 0.007), chrome, at=(0, back + tank_depth / 2 - 0.02, height + tank_height + 0.0065)),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color="white", material="ceramic")


def _egg(width: float, depth: float, *, count: int = 56) -> Floats:
    """An oval, narrower toward the front (-y) and cut straighter at the back."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    x, y = np.cos(angle), np.sin(angle)
    power = np.where(y > 0, 0.62, 0.95)
    across = np.sign(x) * np.abs(x) ** power * (1 - 0.06 * np.clip(-y, 0, 1))
    return np.stack([across * width / 2, y * depth / 2], 1)
