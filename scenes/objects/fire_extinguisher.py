"""Fire extinguishers: a red bottle with a lever head, gauge, hose and a label."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.curve import spline
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "fire extinguisher"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a fire extinguisher."""
    radius, height = draw.uniform(rng, 0.065, 0.095), draw.uniform(rng, 0.36, 0.5)
    red = finish(rng, "painted_metal", "metal", sample_color(rng, "red"), roughness=0.25)
    black = finish(rng, "matte_plastic", "plastic", (0.04, 0.04, 0.04))
    side = spline(
        [
            (0.92 * radius, 0.0),
            (radius, 0.02),
            (radius, 0.5 * height),
            (radius, height - 0.9 * radius),
            (0.7 * radius, height - 0.28 * radius),
            (0.22 * radius, height),
        ],
        28,
    )
    body = np.concatenate([[[0.0, 0.0]], side, [[0.0, height]]])
    band = [
        (radius - 0.003, 0.35 * height),
        (radius + 0.0008, 0.35 * height),
        (radius + 0.0008, 0.66 * height),
        (radius - 0.003, 0.66 * height),
    ]
    paper = finish(rng, "print", "paper", (0.92, 0.91, 0.86), accent=(0.7, 0.1, 0.1), scale=0.12)
    hose = [
        (0.0, -0.01, height + 0.05),
        (0.6 * radius, -0.02, height + 0.06),
        (1.15 * radius, 0, height - 0.02),
        (1.15 * radius, 0, 0.5 * height),
        (1.1 * radius, 0, 0.3 * height),
    ]
    parts = (
        part("bottle", lathe(body, segments=48), red),
        part("label", lathe(band, segments=48, closed=True), paper),
        part(
            "skirt",
            lathe(
                [(0.5 * radius, 0.0), (radius + 0.004, 0.0), (radius + 0.004, 0.035), (0.5 * radius, 0.035)],
                segments=48,
                closed=True,
            ),
            black,
        ),
        part(
            "valve",
            Cylinder(radius=0.02, height=0.075, segments=24),
            metal(rng, "brass", polished=False),
            at=(0, 0, height - 0.006),
        ),
        box_part("grip", (-0.012, -0.13, height + 0.045), (0.012, 0.03, height + 0.06), black, bevel=0.004),
        part(
            "lever",
            Cylinder(radius=0.008, height=0.14, segments=12),
            black,
            at=(0, 0.01, height + 0.06),
            rotation=(1.25, 0, 0),
        ),
        part(
            "gauge",
            Cylinder(radius=0.018, height=0.016, segments=24),
            metal(rng, "steel"),
            at=(0.012, 0, height + 0.03),
            rotation=(0, np.pi / 2, 0),
        ),
        part("hose", tube(hose, 0.011, count=22, segments=10), black),
        part(
            "nozzle",
            Cylinder(radius=0.014, height=0.08, top_radius=0.02, segments=20),
            black,
            at=(1.1 * radius, 0, 0.3 * height + 0.01),
            rotation=(np.pi, 0, 0),
        ),
    )
    return ObjectSpec(category=CATEGORY, parts=parts, color="red", material="metal")
