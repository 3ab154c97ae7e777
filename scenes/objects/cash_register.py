"""Cash registers: a drawer, a keyboard or a touch screen, a display for customers, a receipt; the cashier is at -y."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part
from scenes.craft.finishes import finish, vary
from scenes.craft.steel import across
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec
from scenes.shapes import Array, Box, Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "cash register"
PLACE = "shop"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a cash register."""
    color: Rgb = ((0.13, 0.13, 0.14), (0.78, 0.77, 0.73), (0.3, 0.31, 0.33))[draw.integer(rng, 3)]
    shell = finish(rng, "matte_plastic", "plastic", vary(rng, color, 0.04), roughness=0.5)
    dark = finish(rng, "plastic", "screen", (0.03, 0.035, 0.04), roughness=0.1)
    keys = finish(rng, "matte_plastic", "keys", vary(rng, (0.82, 0.82, 0.8), 0.03), roughness=0.5)
    paper = finish(rng, "paper", "paper", (0.95, 0.95, 0.93))
    shine = finish(rng, "emission", "display", (0.55, 0.75, 0.95), strength=1.2)
    width, depth = draw.uniform(rng, 0.36, 0.46), draw.uniform(rng, 0.36, 0.46)
    x, y = width / 2, depth / 2
    parts = [
        box_part("drawer case", (-x, -y, 0), (x, y, 0.1), shell, bevel=0.004),
        box_part("drawer", (-x + 0.012, -y - 0.004, 0.014), (x - 0.012, -y + 0.02, 0.086), shell),
        part(
            "lock",
            Cylinder(radius=0.008, height=0.006, segments=20),
            keys,
            at=(0, -y - 0.003, 0.05),
            rotation=(np.pi / 2, 0, 0),
        ),
    ]
    if draw.chance(rng, 0.5):
        body = [(-0.9 * y, 0.099), (0.8 * y, 0.099), (0.8 * y, 0.24), (0.25 * y, 0.24), (-0.9 * y, 0.13)]
        parts.append(across("body", body, 0.9 * width, shell, bevel=0.004))
        lean = float(np.arctan2(0.11, 1.15 * y))
        pad = Array(shape=Box(size=(0.017, 0.017, 0.006)), counts=(10, 6, 1), step=(0.024, 0.024, 0.0))
        parts.append(part("keys", pad, keys, at=(-0.14, -0.78 * y, 0.1415), rotation=(lean, 0, 0)))
        parts.append(box_part("screen", (-0.1, 0.24 * y, 0.239), (0.08, 0.3 * y, 0.31), dark))
    else:
        parts.append(box_part("foot", (-0.1, -0.06, 0.099), (0.1, 0.12, 0.118), shell, bevel=0.004))
        parts.append(box_part("neck", (-0.03, 0.03, 0.117), (0.03, 0.06, 0.3), shell))
        tilt = -draw.uniform(rng, 0.25, 0.45)
        parts.append(
            part(
                "monitor", Box(size=(0.33, 0.026, 0.24)), shell, at=(0, -0.01, 0.19), rotation=(tilt, 0, 0), bevel=0.004
            )
        )
        parts.append(
            part("screen", Box(size=(0.31, 0.002, 0.22)), shine, at=(0, -0.0235, 0.201), rotation=(tilt, 0, 0))
        )
    parts.append(box_part("pole", (x - 0.07, 0.7 * y - 0.012, 0.099), (x - 0.046, 0.7 * y + 0.012, 0.36), shell))
    parts.append(
        box_part("customer display", (x - 0.15, 0.7 * y - 0.02, 0.35), (x, 0.7 * y + 0.02, 0.42), dark, bevel=0.003)
    )
    parts.append(
        box_part("digits", (x - 0.135, 0.7 * y + 0.0195, 0.368), (x - 0.03, 0.7 * y + 0.0208, 0.402), shine, bevel=0)
    )
    parts.append(box_part("printer", (-x, 0.1 * y, 0.099), (-x + 0.1, 0.85 * y, 0.2), shell, bevel=0.005))
    parts.append(
        box_part(
            "receipt",
            (-x + 0.012, 0.35 * y, 0.19),
            (-x + 0.088, 0.35 * y + 0.0008, 0.19 + draw.uniform(rng, 0.03, 0.1)),
            paper,
            bevel=0,
        )
    )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="plastic")
