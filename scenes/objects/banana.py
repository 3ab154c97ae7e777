"""Bananas lying on their side, one or a hand of two or three."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, tint, vary
from scenes.craft.style import Style
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "make"]

CATEGORY = "banana"


@dataclass(frozen=True)
class _PeelMaterials:
    """What a banana's body and its two ends are made of."""

    peel: Material
    stem: Material
    tip: Material


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a banana."""
    ripe = draw.uniform(rng, 0, 1)
    color = vary(rng, (0.93, 0.76 - 0.02 * ripe, 0.16 + 0.02 * ripe), 0.025)
    peel = finish(
        rng, "fruit_skin", "peel", color, accent=tint(color, (0.62, 0.62, 0.2), 0.3), scale=0.06, wear=0.4 * ripe
    )
    stem = finish(rng, "matte_plastic", "stem", vary(rng, (0.55, 0.5, 0.16), 0.08), roughness=0.7)
    tip = finish(rng, "matte_plastic", "tip", (0.12, 0.09, 0.05), roughness=0.9)
    materials = _PeelMaterials(peel, stem, tip)
    count = draw.choice(rng, [1, 2, 3], p=[0.6, 0.2, 0.2])
    size, bend = draw.uniform(rng, 0.155, 0.195), draw.uniform(rng, 0.9, 1.25)
    parts: list[Part] = []
    for k in range(count):
        heading = (k - (count - 1) / 2) * 0.24 + (0.0 if count == 1 else draw.normal(rng, 0, 0.02))
        path = _arc(size * (1 if count == 1 else draw.uniform(rng, 0.94, 1.0)), bend)
        path = path - path[0]
        spun = path @ np.array(
            [[np.cos(heading), np.sin(heading), 0], [-np.sin(heading), np.cos(heading), 0], [0, 0, 1]]
        )
        # Each lies on its side; the middle one of a hand rides a little higher.
        spun[:, 2] += 0.017 + (0.004 * (k % 2) if count > 1 else 0.0)
        parts += _banana(spun, draw.uniform(rng, 0.0158, 0.0182), k + 1, materials)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="yellow")


def _arc(size: float, bend: float) -> Floats:
    """The middle line in the xy plane: straighter at the stem."""
    along = np.linspace(0, 1, 30)
    heading = -bend / 2 + bend * (0.15 * along + 0.85 * along**1.6)
    step = size * 1.06 / 29
    x, y = np.cumsum(np.cos(heading)) * step, np.cumsum(np.sin(heading)) * step
    return np.stack([x, y, np.zeros(30)], 1)


def _banana(path: Floats, thickness: float, number: int, materials: _PeelMaterials) -> list[Part]:
    radii = thickness * np.array([0.34, 0.5, 0.82, 0.97, 1.0, 1.0, 0.97, 0.88, 0.62, 0.3])
    stalk = thickness * np.array([0.44, 0.36, 0.33, 0.36])
    return [
        part(f"peel {number}", tube(path[4:29], radii, count=30, aspect=0.94, segments=14), materials.peel),
        part(f"stem {number}", tube(path[:7], stalk, count=8, segments=10), materials.stem),
        part(
            f"tip {number}", tube(path[27:], [0.26 * thickness, 0.17 * thickness], count=4, segments=10), materials.tip
        ),
    ]
