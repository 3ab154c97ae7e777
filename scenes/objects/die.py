"""Dice with rounded edges and pips that add up to seven on opposite faces."""

import numpy as np

from scenes import draw
from scenes.base import Vec2, Vec3
from scenes.colors import sample_color
from scenes.craft.build import dot, part
from scenes.craft.curve import point3
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.material import Material
from scenes.measure import euler_matrix
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box

__all__ = ["CATEGORY", "make"]

CATEGORY = "die"
_A = 0.52
_PIPS: dict[int, list[tuple[float, float]]] = {
    1: [(0, 0)],
    2: [(-_A, -_A), (_A, _A)],
    3: [(-_A, -_A), (0, 0), (_A, _A)],
    4: [(-_A, -_A), (_A, _A), (-_A, _A), (_A, -_A)],
    5: [(-_A, -_A), (_A, _A), (-_A, _A), (_A, -_A), (0, 0)],
    6: [(-_A, -_A), (_A, _A), (-_A, _A), (_A, -_A), (-_A, 0), (_A, 0)],
}
# Euler angles that turn +z toward each face: up, down, and the four sides.
_FACES = ((0, 0, 0), (np.pi, 0, 0), (np.pi / 2, 0, 0), (-np.pi / 2, 0, 0), (0, np.pi / 2, 0), (0, -np.pi / 2, 0))
_ROLLS = (
    (1, 6, 2, 5, 3, 4),
    (6, 1, 3, 4, 2, 5),
    (2, 5, 1, 6, 4, 3),
    (5, 2, 4, 3, 6, 1),
    (3, 4, 6, 1, 5, 2),
    (4, 3, 5, 2, 1, 6),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a die in the style of its scene."""
    size = draw.choice(rng, [draw.uniform(rng, 0.0155, 0.02), draw.uniform(rng, 0.03, 0.045)], p=[0.55, 0.45])
    color_name = style.color_name(
        rng, allowed=("white", "red", "blue", "black", "green", "yellow", "purple", "beige"), stray=0.5
    )
    light = color_name in ("white", "yellow", "beige")
    body = finish(rng, "plastic", "plastic", sample_color(rng, color_name), roughness=0.15)
    ink = finish(rng, "matte_plastic", "pips", (0.04, 0.04, 0.04) if light else (0.94, 0.94, 0.92))
    parts = [part("body", Box(size=(size, size, size)), body, bevel=0.1 * size)]
    roll = _ROLLS[draw.integer(rng, 6)]
    for face, (value, angles) in enumerate(zip(roll, _FACES, strict=True), 1):
        parts += [_pip(f"pip {face}-{k}", pip, angles, size, ink) for k, pip in enumerate(_PIPS[value], 1)]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="plastic")


def _pip(name: str, pip: Vec2, angles: Vec3, size: float, ink: Material) -> Part:
    """A flat lens a tenth of a millimetre proud of its face."""
    half_size = size / 2
    center = euler_matrix(angles) @ np.array([pip[0] * half_size, pip[1] * half_size, half_size - 0.00025]) + [
        0,
        0,
        half_size,
    ]
    return part(
        name,
        dot(0.17 * half_size, 0.0004, segments=14),
        ink,
        at=point3(center),
        rotation=angles,
    )
