"""Barrels of 60 to 220 litres: steel with rolling hoops, or plastic with a clamped lid."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part
from scenes.craft.curve import spline
from scenes.craft.finishes import finish
from scenes.craft.paint import galvanised, painted
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "barrel"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a barrel."""
    share = 1.0 if draw.chance(rng, 0.65) else draw.uniform(rng, 0.62, 0.85)
    return _plastic(rng, share) if draw.chance(rng, 0.4) else _steel(rng, share)


def _steel(rng: np.random.Generator, share: float) -> ObjectSpec:
    color_name = draw.choice(rng, ["blue", "red", "green", "black", "gray", "yellow", "orange", "brown"])
    paint = painted(rng, color_name, wear=0.2 * float(rng.random()))
    if color_name == "brown":
        paint = finish(rng, "rusted_metal", "metal", (0.4, 0.24, 0.14), scale=0.25, wear=0.6)
    radius, height = 0.29 * share, 0.88 * share * draw.uniform(rng, 0.97, 1.03)
    profile = [
        (0.0, 0.018),
        (radius - 0.012, 0.018),
        (radius - 0.009, 0.0),
        (radius, 0.0),
        (radius, 0.02),
        (radius - 0.006, 0.035),
    ]
    for z in (0.36 * height, 0.68 * height):
        profile += [
            (radius - 0.006, z - 0.035),
            (radius + 0.006, z - 0.008),
            (radius + 0.006, z + 0.008),
            (radius - 0.006, z + 0.035),
        ]
    profile += [
        (radius - 0.006, height - 0.035),
        (radius, height - 0.02),
        (radius, height),
        (radius - 0.009, height),
        (radius - 0.012, height - 0.02),
        (0.0, height - 0.02),
    ]
    bung_material = galvanised(rng)
    parts = [part("drum", lathe(profile, segments=56), paint)]
    for k, (x, bung_radius) in enumerate(((0.6 * radius, 0.035), (-0.65 * radius, 0.02)), 1):
        parts.append(
            part(
                f"bung {k}",
                Cylinder(radius=bung_radius, height=0.02, segments=20),
                bung_material,
                at=(x, 0, height - 0.022),
                bevel=0.003,
            )
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="metal")


def _plastic(rng: np.random.Generator, share: float) -> ObjectSpec:
    color_name = draw.choice(rng, ["blue", "blue", "black", "white", "green"])
    material = finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.4, wear=0.2)
    radius, height = 0.285 * share, 0.92 * share * draw.uniform(rng, 0.95, 1.03)
    side = spline(
        [
            (0.9 * radius, 0.0),
            (0.98 * radius, 0.04),
            (radius, 0.2 * height),
            (radius, 0.8 * height),
            (0.93 * radius, 0.92 * height),
            (0.86 * radius, height - 0.03),
        ],
        26,
    )
    body = np.concatenate([[[0.0, 0.0]], side, [[0.0, height - 0.03]]])
    lid = [
        (0, height - 0.045),
        (0.9 * radius, height - 0.045),
        (0.94 * radius, height - 0.035),
        (0.94 * radius, height - 0.008),
        (0.9 * radius, height),
        (0.6 * radius, height - 0.012),
        (0, height - 0.012),
    ]
    ring = [
        (0.9 * radius, height - 0.055),
        (0.965 * radius, height - 0.05),
        (0.965 * radius, height - 0.03),
        (0.9 * radius, height - 0.028),
    ]
    black = finish(rng, "matte_plastic", "plastic", sample_color(rng, "black" if color_name != "black" else "red"))
    parts = (
        part("body", lathe(body, segments=56), material),
        part("lid", lathe(lid, segments=56), black),
        part("ring", lathe(ring, segments=56, closed=True), galvanised(rng)),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color=color_name, material="plastic")
