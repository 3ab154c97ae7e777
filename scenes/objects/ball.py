"""Balls: tennis, basketball, painted rubber with a stripe, wooden."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.material import MaterialKind
from scenes.model import ObjectSpec
from scenes.shapes import Sphere

__all__ = ["CATEGORY", "make"]

CATEGORY = "ball"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a ball in the style of its scene."""
    chance = rng.random()
    if chance < 0.25:
        return _tennis(rng)
    return _basket(rng) if chance < 0.45 else _striped(rng, style)


def _tennis(rng: np.random.Generator) -> ObjectSpec:
    radius = 0.0332
    felt = finish(rng, "fabric", "felt", vary(rng, (0.78, 0.85, 0.2), 0.03), scale=0.02, roughness=1.0)
    white = finish(rng, "rubber", "rubber", (0.9, 0.9, 0.86))
    t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    a, b = 0.75, 0.25
    curve = np.stack(
        [a * np.cos(t) + b * np.cos(3 * t), a * np.sin(t) - b * np.sin(3 * t), 2 * np.sqrt(a * b) * np.sin(2 * t)], 1
    )
    seam = curve / np.linalg.norm(curve, axis=1, keepdims=True) * (radius - 0.0003) + [0, 0, radius]
    parts = (
        part("felt", Sphere(radii=(radius, radius, radius), segments=64), felt),
        part("seam", tube(seam, 0.0009, count=96, segments=8, closed=True), white),
    )
    return ObjectSpec(category=CATEGORY, parts=parts)


def _basket(rng: np.random.Generator) -> ObjectSpec:
    radius = draw.uniform(rng, 0.06, 0.11)
    skin = finish(rng, "rubber", "rubber", vary(rng, (0.74, 0.36, 0.14), 0.04), roughness=0.6)
    black = finish(rng, "rubber", "rubber", (0.05, 0.05, 0.05))
    t = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    ring = np.stack([np.cos(t), np.sin(t), 0 * t], 1)
    upright = ring[:, [0, 2, 1]]
    side = np.stack([0.62 + 0.12 * np.cos(2 * t), 0.72 * np.cos(t), 0.72 * np.sin(t)], 1)
    curves = (ring, upright, side, side * [-1, 1, 1])
    tilt = draw.uniform(rng, 0.2, 1.2)
    rotation = np.array([[1, 0, 0], [0, np.cos(tilt), -np.sin(tilt)], [0, np.sin(tilt), np.cos(tilt)]])
    parts = [part("skin", Sphere(radii=(radius, radius, radius), segments=72), skin)]
    for number, curve in enumerate(curves, 1):
        unit = curve / np.linalg.norm(curve, axis=1, keepdims=True)
        path = unit @ rotation.T * (radius - 0.004 * radius / 0.1) + [0, 0, radius]
        parts.append(
            part(f"seam {number}", tube(path, 0.0075 * radius / 0.1, count=72, segments=8, closed=True), black)
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="orange", material="rubber")


def _striped(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A toy ball with a band round it."""
    radius = draw.uniform(rng, 0.025, 0.065)
    color_name = style.color_name(
        rng, allowed=("red", "blue", "yellow", "green", "white", "orange", "pink", "teal", "purple"), stray=0.6
    )
    kind: MaterialKind = "rubber" if draw.chance(rng, 0.6) else "plastic"
    skin = finish(rng, kind, kind, sample_color(rng, color_name), roughness=0.3)
    parts = [part("skin", Sphere(radii=(radius, radius, radius), segments=72), skin)]
    if draw.chance(rng, 0.7):
        half_angle, angle = draw.uniform(rng, 0.08, 0.22), draw.uniform(rng, 0.3, 1.4)
        lift = np.linspace(-half_angle, half_angle, 11)
        outside = (radius + 0.0003) * np.stack([np.cos(lift), np.sin(lift)], 1)
        inside = 0.94 * outside[::-1]
        band_material = finish(
            rng,
            "rubber",
            "rubber",
            sample_color(rng, "white" if color_name != "white" else style.color_name(rng, allowed=("red", "blue"))),
        )
        band = lathe(np.concatenate([outside, inside]), segments=72, closed=True)
        parts.append(part("band", band, band_material, at=(0, 0, radius), rotation=(angle, 0.0, 0.0)))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name)
