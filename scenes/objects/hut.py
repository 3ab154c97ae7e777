"""Huts: log or board walls under a pitched roof, with a door, a window and a chimney."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.curve import points2, points3
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box, Extrusion, Sweep

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "hut"
PLACE = "outdoors"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a hut."""
    width, depth, eaves = draw.uniform(rng, 3.6, 5.4), draw.uniform(rng, 3.0, 4.2), draw.uniform(rng, 2.1, 2.5)
    rise = depth * draw.uniform(rng, 0.3, 0.45)
    color = ((0.4, 0.29, 0.19), (0.5, 0.45, 0.38), (0.42, 0.14, 0.1))[draw.integer(rng, 3)]
    timber = finish(
        rng, "wood", "wood", vary(rng, color, 0.08), accent=(0.2, 0.15, 0.1), scale=0.2, roughness=0.85, wear=0.3
    )
    trim = finish(rng, "painted_wood", "wood", vary(rng, (0.8, 0.78, 0.72), 0.05), wear=0.3)
    slate = finish(
        rng,
        "rock",
        "stone",
        vary(rng, (0.3, 0.3, 0.32), 0.1),
        accent=(0.3, 0.36, 0.16),
        scale=0.5,
        wear=draw.uniform(rng, 0, 0.5),
    )
    glass = finish(rng, "polished_metal", "glass", (0.16, 0.19, 0.22), roughness=0.08)
    parts = _walls(width, depth, eaves, timber)
    gable = [(-depth / 2, 0), (depth / 2, 0), (0, rise)]
    prism = Extrusion(outline=points2(gable), height=width)
    parts.append(part("gable", prism, timber, at=(-width / 2, 0, eaves), rotation=(np.pi / 2, 0, np.pi / 2)))
    parts += _roof(width, depth, eaves, rise, slate)
    parts.append(
        part("door", Box(size=(0.9, 0.08, 1.92)), trim, at=(-0.22 * width, -depth / 2 - 0.085, 0.0), bevel=0.01)
    )
    window_x, front = 0.24 * width, -depth / 2
    parts.append(part("frame", Box(size=(1.0, 0.08, 0.9)), trim, at=(window_x, front - 0.1, 1.0)))
    parts.append(part("pane", Box(size=(0.84, 0.08, 0.74)), glass, at=(window_x, front - 0.12, 1.08)))
    parts.append(part("bar", Box(size=(0.05, 0.03, 0.74)), trim, at=(window_x, front - 0.17, 1.08)))
    flue = finish(rng, "brick", "brick", vary(rng, (0.5, 0.26, 0.2), 0.1), accent=(0.6, 0.57, 0.53), scale=0.24)
    parts.append(
        part("chimney", Box(size=(0.5, 0.5, rise + 0.7)), flue, at=(0.3 * width, 0.2 * depth, eaves), bevel=0.01)
    )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wood")


def _walls(width: float, depth: float, eaves: float, timber: Material) -> list[Part]:
    """Round logs along each side, crossing at the corners, over a core that nothing shines through."""
    core = Box(size=(width - 0.06, depth - 0.06, eaves))
    parts = [part("core", core, timber)]
    rows = round(eaves / 0.24)
    for row in range(rows):
        log_radius = eaves / rows / 2
        z = log_radius * (2 * row + 1)
        for k, side in enumerate((-1, 1)):
            y, x = side * depth / 2, side * width / 2
            parts.append(part(f"log {row + 1}-{k + 1}", _log(width / 2, z, log_radius), timber, at=(0, y, 0)))
            across = _log(depth / 2, z, 0.97 * log_radius)
            parts.append(part(f"log {row + 1}-{k + 3}", across, timber, at=(x, 0, 0), rotation=(0, 0, np.pi / 2)))
    return parts


def _log(half: float, z: float, radius: float) -> Sweep:
    """A log along x that sticks out a little past both corners."""
    path = [(x, 0.0, z) for x in (-half - 0.2, -half + 0.1, half - 0.1, half + 0.2)]
    return Sweep(path=points3(path), radii=(radius,), segments=10)


def _roof(width: float, depth: float, eaves: float, rise: float, slate: Material) -> list[Part]:
    pitch = float(np.arctan2(rise, depth / 2))
    length = float(np.hypot(rise, depth / 2)) + 0.42
    slab = Box(size=(width + 0.8, length, 0.1))
    parts = []
    for k, side in enumerate((-1, 1)):
        y = side * (np.cos(pitch) * (length / 2 - 0.02))
        z = eaves + rise - np.sin(pitch) * (length / 2 - 0.02) - 0.0
        parts.append(
            part(f"roof {k + 1}", slab, slate, at=(0, float(y), float(z)), rotation=(-side * pitch, 0, 0), bevel=0.015)
        )
    return parts
