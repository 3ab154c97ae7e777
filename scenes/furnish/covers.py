"""Cloths, runners and place mats."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of, slab
from scenes.craft.curve import points2
from scenes.craft.finishes import finish
from scenes.craft.outline import circle
from scenes.craft.style import Style
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.shapes import Box, Loft, Section

__all__ = ["CLOTH_THICKNESS", "place_mat", "runner", "tablecloth"]

CLOTH_THICKNESS = 0.0015


def _cloth(rng: np.random.Generator, style: Style) -> tuple[Material, str]:
    color_name = style.color_name(rng, allowed=("white", "beige", "blue", "gray", "green", "red", "teal"))
    color = sample_color(rng, color_name)
    return finish(rng, "fabric", "fabric", color, scale=draw.uniform(rng, 0.03, 0.08), roughness=0.9), color_name


def tablecloth(rng: np.random.Generator, style: Style, outline: Floats) -> ObjectSpec:
    """A cloth over a top of the given outline, falling in folds; its upper side lies at its own top."""
    drop = draw.uniform(rng, 0.12, 0.3)
    folds, amplitude = draw.integer(rng, 9, 16), draw.uniform(rng, 0.008, 0.02)
    ring = _dense(outline, 144)
    outward = ring / np.linalg.norm(ring, axis=1, keepdims=True)
    along = np.linspace(0, 2 * np.pi, len(ring), endpoint=False)
    wave = np.sin(folds * along + draw.uniform(rng, 0, 6)) + 0.5 * np.sin(
        (2 * folds - 3) * along + draw.uniform(rng, 0, 6)
    )
    levels = [(0.0, -0.0015, 0.0), (0.0012, 0.0005, 0.0), (0.005, 0.0025, 0.02), (0.02, 0.004, 0.1)]
    levels += [(share * drop, 0.004 + 0.01 * share, share) for share in (0.2, 0.4, 0.6, 0.8, 1.0)]
    sections = [
        Section(
            z=float(drop - depth), outline=points2(ring + outward * (out + amplitude * swing * (wave[:, None] + 1.2)))
        )
        for depth, out, swing in levels
    ]
    material, color_name = _cloth(rng, style)
    return ObjectSpec(
        category="tablecloth",
        parts=(part("cloth", Loft(sections=tuple(sections)), material),),
        color=color_name,
        material="fabric",
    )


def _dense(outline: Floats, count: int) -> Floats:
    """`count` points at equal distances along the outline."""
    loop = np.concatenate([outline, outline[:1]])
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(loop, axis=0), axis=1))])
    where = np.linspace(0, along[-1], count + 1)[:-1]
    return np.stack([np.interp(where, along, axis) for axis in loop.T], 1)


def runner(rng: np.random.Generator, style: Style, depth: float) -> tuple[ObjectSpec, float]:
    """A strip across a top that is `depth` metres deep, hanging over front and back; and its width."""
    material, color_name = _cloth(rng, style)
    width, drop, thickness = draw.uniform(rng, 0.3, 0.45), draw.uniform(rng, 0.08, 0.2), CLOTH_THICKNESS
    flap = Box(size=(width, thickness, drop))
    parts = (
        part(
            "strip",
            Box(size=(width, depth + 2 * thickness, thickness)),
            material,
            at=(0, 0, drop - thickness),
            bevel=0.0005,
        ),
        part("front", flap, material, at=(0, -depth / 2 - 0.6 * thickness, 0)),
        part("back", flap, material, at=(0, depth / 2 + 0.6 * thickness, 0)),
    )
    return ObjectSpec(category="tablecloth", parts=parts, color=color_name, material="fabric"), width


def place_mat(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """A mat under a place setting, cloth or cork, rectangular or round."""
    material, color_name = _cloth(rng, style)
    if draw.chance(rng, 0.25):
        material, color_name = finish(rng, "cork", "cork", (0.72, 0.54, 0.36), scale=0.02), ""
    if draw.chance(rng, 0.3):
        shape = plate_of(circle(draw.uniform(rng, 0.17, 0.19), count=64), 0.002)
        return ObjectSpec(
            category="place mat",
            parts=(part("mat", shape, material, bevel=0.0006),),
            color=color_name,
            material=material.name,
        )
    mat = slab(draw.uniform(rng, 0.4, 0.46), draw.uniform(rng, 0.29, 0.33), 0.002, corner=0.012, edge=0.0007)
    return ObjectSpec(
        category="place mat", parts=(part("mat", mat, material),), color=color_name, material=material.name
    )
