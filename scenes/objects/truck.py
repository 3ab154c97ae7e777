"""Box trucks: a cab, a chassis, a body for goods."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.craft.vehicle import Axles, Livery, VehicleSize, lamp, livery, plates, wheels
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import GLYPH_PITCH, Array, Bevel, Box, Group, Lettering, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "truck"
_LOADS = ("BAKERY", "DAIRY", "EXPRESS", "FREIGHT", "FRESH FOOD", "FURNITURE", "LOGISTICS", "MOVING", "PARCELS", "WATER")
PLACE = "street"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a truck in the style of its scene."""
    del style
    length, width = draw.uniform(rng, 6.2, 8.8), draw.uniform(rng, 2.2, 2.5)
    cab_length, height = draw.uniform(rng, 1.7, 2.0), draw.uniform(rng, 2.9, 3.5)
    size = VehicleSize(length, width, height)
    colors = livery(rng, ("white", "white", "red", "blue", "yellow", "green", "gray"))
    axles = Axles(-length / 2 + 0.95, length / 2 - 1.7, width / 2 - 0.16, draw.uniform(rng, 0.43, 0.5), 0.28)
    parts = [
        *_cab(rng, size, cab_length, axles, colors),
        *_load(rng, size, cab_length, axles, colors),
        *wheels(rng, axles, colors.trim),
        *plates(rng, (0.0, -length / 2 - 0.012, 0.55), (0.0, length / 2 + 0.012, 0.68)),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=colors.color_name, material="metal")


def _cab(rng: np.random.Generator, size: VehicleSize, cab_length: float, axles: Axles, colors: Livery) -> list[Part]:
    """The cab at the front of a truck."""
    width, front, middle = size.width, -size.length / 2, -size.length / 2 + cab_length / 2
    bottom, cab_height = 2 * axles.radius + 0.02, 1.55
    door_window = (width + 0.012, 0.8, 0.68)
    glass = Group(
        members=(
            Placed(shape=Box(size=(width - 0.24, 0.05, 0.85)), at=(0, front + 0.02, bottom + 0.66)),
            Placed(shape=Box(size=door_window), at=(0, middle - 0.2, bottom + 0.75)),
        )
    )
    black = Group(
        members=(
            Placed(shape=Box(size=(width + 0.02, 0.3, 0.45)), at=(0, front + 0.13, 0.35)),
            Placed(shape=Box(size=(width - 0.5, 0.05, 0.3)), at=(0, front + 0.005, bottom + 0.2)),
            *(
                Placed(shape=Box(size=(0.2, 0.1, 0.42)), at=(side * (width / 2 + 0.12), front + 0.2, bottom + 0.75))
                for side in (-1, 1)
            ),
            *(
                Placed(shape=Box(size=(0.1, 0.06, 0.05)), at=(side * (width / 2 + 0.02), front + 0.2, bottom + 0.92))
                for side in (-1, 1)
            ),
        )
    )
    lights = Array(shape=Box(size=(0.36, 0.06, 0.2)), counts=(2, 1, 1), step=(width - 0.5, 0, 0))
    body = Group(
        members=(
            Placed(shape=Box(size=(width, cab_length, cab_height)), at=(0, middle, bottom)),
            Placed(shape=Box(size=(width - 0.7, cab_length - 0.1, bottom - 0.3)), at=(0, middle, 0.35)),
        )
    )
    return [
        part("cab", body, colors.paint, modifiers=(Bevel(width=0.1, segments=4),)),
        part("windows", glass, colors.glass, bevel=0.02),
        part("bumper", black, colors.trim, bevel=0.02),
        part(
            "headlights", lights, lamp(rng, (0.9, 0.92, 0.94)), at=(-width / 2 + 0.25, front - 0.015, 0.52), bevel=0.01
        ),
    ]


def _load(rng: np.random.Generator, size: VehicleSize, cab_length: float, axles: Axles, colors: Livery) -> list[Part]:
    """The box for goods with a band of colour, the frame under it, mudguards and rear lights."""
    length, width, height = size.length, size.width, size.height
    start, end = -length / 2 + cab_length + 0.12, length / 2
    floor = 2 * axles.radius + 0.12
    depth, middle = end - start, (start + end) / 2
    white = finish(
        rng, "painted_metal", "paint", sample_color(rng, draw.choice(rng, ["white", "white", "gray", "beige"]))
    )
    band = finish(
        rng, "painted_metal", "paint", sample_color(rng, draw.choice(rng, ["red", "blue", "green", "orange", "teal"]))
    )
    frame = Group(
        members=(
            *(
                Placed(shape=Box(size=(2 * axles.half_track, 0.12, 0.12)), at=(0, y, axles.radius - 0.06))
                for y in (axles.front, axles.rear)
            ),
            Placed(shape=Box(size=(0.9, length - 0.5, 0.28)), at=(0, 0.1, axles.radius)),
            Placed(shape=Box(size=(width - 0.1, 0.12, 0.25)), at=(0, end - 0.06, 0.45)),
            Placed(shape=Box(size=(0.5, 0.1, floor - 0.5)), at=(0, end - 0.15, 0.5)),
            Placed(shape=Box(size=(0.8, depth, floor - axles.radius - 0.1)), at=(0, middle, axles.radius + 0.1)),
            *(
                Placed(
                    shape=Box(size=(0.04, depth - 2.9, 0.45)), at=(side * (width / 2 - 0.06), middle - 0.8, floor - 0.5)
                )
                for side in (-1, 1)
            ),
            Placed(shape=Box(size=(width - 0.08, 0.08, 0.06)), at=(0, middle - 0.8, floor - 0.06)),
        )
    )
    tails = Array(shape=Box(size=(0.3, 0.05, 0.12)), counts=(2, 1, 1), step=(width - 0.6, 0, 0))
    ribs = Array(shape=Box(size=(0.05, 0.03, height - floor - 0.1)), counts=(3, 1, 1), step=((width - 0.1) / 2, 0, 0))
    parts = [
        part("box", Box(size=(width + 0.05, depth, height - floor)), white, at=(0, middle, floor), bevel=0.03),
        part("frame", frame, colors.trim),
        part("tail lights", tails, lamp(rng, (0.5, 0.02, 0.03)), at=(-width / 2 + 0.3, end + 0.01, 0.52)),
        part("rear ribs", ribs, colors.trim, at=(-width / 2 + 0.05, end + 0.005, floor + 0.05)),
    ]
    if draw.chance(rng, 0.7):
        parts += _words(rng, (width / 2 + 0.0254, middle, floor + 0.55 * (height - floor)), depth, band)
    else:
        stripe = Box(size=(width + 0.0516, depth + 0.0016, 0.5))
        parts.append(part("stripe", stripe, band, at=(0, middle, floor + 0.25 * (height - floor))))
    return parts


def _words(rng: np.random.Generator, at: tuple[float, float, float], length: float, ink: Material) -> list[Part]:
    """What it carries, on both sides of a box whose +x side has its middle `at`, within `length` metres."""
    x, y, z = at
    words = draw.choice(rng, _LOADS)
    height = min(0.45, 0.8 * length / (GLYPH_PITCH * len(words)))
    lettering = Lettering(text=words, height=height, thickness=0.002)
    return [
        part(f"lettering {k}", lettering, ink, at=(side * x, y, z), rotation=(0, 0, side * np.pi / 2))
        for k, side in enumerate((-1, 1), 1)
    ]
