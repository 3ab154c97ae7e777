"""Towels over a rail on the wall; the wall is at +y."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.mesh import Floats
from scenes.model import ObjectSpec

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "towel"
PLACE = "wall"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a towel in the style of its scene."""
    color_name = style.color_name(
        rng, allowed=("white", "beige", "blue", "gray", "teal", "green", "pink", "orange"), stray=0.3
    )
    material = finish(rng, "fabric", "terry cloth", sample_color(rng, color_name), scale=0.16, roughness=1.0)
    chrome = metal(rng, style.metal)
    width, height = draw.uniform(rng, 0.28, 0.48), draw.uniform(rng, 0.4, 0.72)
    front, back, y = height, height * draw.uniform(rng, 0.6, 0.95), -0.07
    outline = _fold(front, back, phase=draw.uniform(rng, 0, 6))
    cloth = part(
        "cloth",
        plate_of(outline, width),
        material,
        at=(-width / 2, y, front),
        rotation=(np.pi / 2, 0, np.pi / 2),
        bevel=0.003,
    )
    x = width / 2 + 0.07
    rail = part("rail", tube([(-x, y, front - 0.012), (x, y, front - 0.012)], 0.0095, count=24), chrome)
    posts = [
        part(f"post {k}", tube([(at, y, front - 0.012), (at, 0, front - 0.012)], 0.009, count=2), chrome)
        for k, at in enumerate((-x + 0.008, x - 0.008), 1)
    ]
    return ObjectSpec(category=CATEGORY, parts=(cloth, rail, *posts), color=color_name, material="fabric")


def _fold(front: float, back: float, *, phase: float) -> Floats:
    """The cloth from the side: over the rail at (0, 0), `front` down at -x and `back` down at +x."""
    over = [(0.011 * np.cos(angle), -0.012 + 0.012 * np.sin(angle)) for angle in np.linspace(0, np.pi, 9)]
    z = np.linspace(0.03, 1.0, 12)
    right = np.stack([0.012 + 0.012 * z + 0.002 * np.sin(5 * z + phase), -back * z], 1)[::-1]
    left = np.stack([-0.012 - 0.014 * z - 0.003 * np.sin(6 * z + phase), -front * z], 1)
    line = np.concatenate([right, over, left])
    step = np.gradient(line, axis=0)
    normal = np.stack([step[:, 1], -step[:, 0]], 1) / np.linalg.norm(step, axis=1, keepdims=True)
    return np.concatenate([line + 0.005 * normal, (line - 0.002 * normal)[::-1]])
