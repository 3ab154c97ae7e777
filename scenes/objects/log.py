"""Logs: a felled or fallen trunk on its side, with the stubs of branches and bright cut ends."""

import numpy as np

from scenes import draw
from scenes.craft.build import part, tube
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.model import ObjectSpec
from scenes.shapes import Cylinder, Displace

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "log"
PLACE = "outdoors"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a log."""
    length, thickness = draw.uniform(rng, 1.2, 4.2), draw.uniform(rng, 0.11, 0.27)
    bark = finish(rng, "bark", "bark", vary(rng, (0.36, 0.29, 0.22), 0.12), scale=1.0)
    cut = finish(rng, "wood", "wood", vary(rng, (0.72, 0.56, 0.38), 0.06), accent=(0.5, 0.36, 0.22), scale=0.1)
    bow = rng.normal(0, 0.03, 2) * length
    path = [(-length / 2, 0, thickness), (0, bow[0], thickness * 0.96), (length / 2, bow[1], thickness * 0.9)]
    bumpy = (Displace(strength=0.12 * thickness, scale=0.9 * thickness, seed=draw.integer(rng, 1000)),)
    trunk = tube(path, [thickness, 0.95 * thickness, 0.87 * thickness], count=28, segments=20)
    parts = [part("trunk", trunk, bark, modifiers=bumpy)]
    for k, (x, y, radius) in enumerate(
        ((-length / 2, 0.0, thickness), (length / 2, float(bow[1]), 0.87 * thickness)), 1
    ):
        disc = Cylinder(radius=0.84 * radius, height=0.03, segments=28)
        away = -0.022 if k == 1 else -0.008
        z = thickness if k == 1 else 0.9 * thickness
        parts.append(part(f"end {k}", disc, cut, at=(x + away, y, z), rotation=(0, np.pi / 2, 0)))
    for k in range(draw.integer(rng, 1, 4)):
        x, angle = draw.uniform(rng, -0.35, 0.35) * length, draw.uniform(rng, 0.3, 2.8)
        out = np.array([draw.uniform(rng, -0.2, 0.5), np.cos(angle), abs(np.sin(angle))])
        root = np.array([x, 0, thickness]) + 0.5 * thickness * out
        tip = root + out * (0.7 * thickness + draw.uniform(rng, 0.1, 0.3))
        parts.append(
            part(f"stub {k + 1}", tube([root, tip], [0.22 * thickness, 0.13 * thickness], count=3, segments=10), bark)
        )
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wood")
