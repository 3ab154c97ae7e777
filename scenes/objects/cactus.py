"""Desert cacti: ribbed columns with arms that turn upward, or barrels."""

import numpy as np

from scenes import draw
from scenes.craft.build import part
from scenes.craft.curve import points3, spline
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part
from scenes.shapes import Displace, Sweep

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "cactus"
PLACE = "outdoors"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a cactus."""
    skin = finish(rng, "bark", "skin", vary(rng, (0.32, 0.43, 0.24), 0.08), scale=0.6, roughness=0.75)
    height = draw.uniform(rng, 1.6, 5.0)
    thickness = draw.uniform(rng, 0.13, 0.2) * (0.7 + 0.12 * height)
    parts = [_column("stem", np.array([(0, 0, 0), (0, 0, 0.5 * height), (0, 0, height)]), thickness, skin)]
    for k in range(draw.integer(rng, 0, 4) + (height > 2.5)):
        heading, arm_base = 2.4 * k + draw.normal(rng, 0, 0.4), height * draw.uniform(rng, 0.3, 0.55)
        out = np.array([np.cos(heading), np.sin(heading), 0.0])
        arm_height, arm_length = height * draw.uniform(rng, 0.15, 0.4), thickness * draw.uniform(rng, 2.2, 3.0)
        root = np.array([0, 0, arm_base])
        arm = np.array(
            [
                root,
                root + 0.8 * arm_length * out,
                root + arm_length * out + [0, 0, 0.35 * arm_length],
                root + 1.02 * arm_length * out + [0, 0, arm_height + 0.4 * arm_length],
            ]
        )
        parts.append(_column(f"arm {k + 1}", arm, thickness * draw.uniform(rng, 0.55, 0.75), skin))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="green")


def _column(name: str, path: Floats, thickness: float, skin: Material) -> Part:
    """A blunt-ended tube."""
    line = np.round(spline(path, 22), 4)
    share = np.linspace(0, 1, 22)
    radii = (
        thickness
        * (0.86 + 0.14 * np.sin(np.pi * share))
        * np.sqrt(np.clip(1 - ((share - 0.88) / 0.12).clip(0, 1) ** 2, 0.03, 1))
    )
    tube = Sweep(path=points3(line), radii=tuple(np.round(radii, 4).tolist()), segments=20)
    return part(name, tube, skin, modifiers=(Displace(strength=0.02 * thickness, scale=0.3 * thickness),))
