"""Street lamps: a mast with one arm or two, or a lantern on a cast post."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Box, Cylinder, Group, Placed

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "street lamp"
PLACE = "street"
_PAINTS: tuple[Rgb, ...] = ((0.1, 0.1, 0.105), (0.1, 0.16, 0.13), (0.33, 0.34, 0.35), (0.2, 0.21, 0.22))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a street lamp in the style of its scene."""
    del style
    if draw.chance(rng, 0.35):
        return ObjectSpec(category=CATEGORY, parts=tuple(_lantern(rng)), material="metal")
    return ObjectSpec(category=CATEGORY, parts=tuple(_mast(rng)), material="metal")


def _mast(rng: np.random.Generator) -> list[Part]:
    """A steel mast whose arms reach over the road (-y), or over both sides."""
    height, arm_length = draw.uniform(rng, 5.5, 9.0), draw.uniform(rng, 0.8, 1.8)
    steel = (
        metal(rng, "steel", polished=False)
        if draw.chance(rng, 0.5)
        else finish(rng, "painted_metal", "metal", draw.choice(rng, _PAINTS))
    )
    sides = (-1.0, 1.0) if draw.chance(rng, 0.25) else (-1.0,)
    post = lathe([(0, 0), (0.12, 0), (0.12, 0.9), (0.09, 1.0), (0.045, height), (0, height)], segments=20)
    arms, heads, bulbs = [], [], []
    for side in sides:
        path = [
            (0, 0, height - 0.3),
            (0, side * 0.25 * arm_length, height + 0.05),
            (0, side * arm_length, height + 0.15),
        ]
        arms.append(Placed(shape=Cylinder(radius=0.06, height=0.12, segments=12), at=(0, 0, height - 0.1)))
        arms.append(Placed(shape=tube(path, 0.035, count=30, segments=8)))
        heads.append(Placed(shape=Box(size=(0.24, 0.85, 0.1)), at=(0, side * (arm_length + 0.16), height + 0.11)))
        bulbs.append(Placed(shape=Box(size=(0.18, 0.5, 0.03)), at=(0, side * (arm_length + 0.25), height + 0.085)))
    return [
        part("post", post, steel),
        part("arms", Group(members=tuple(arms)), steel),
        part("heads", Group(members=tuple(heads)), steel, bevel=0.03),
        # Its far end, where a lamp hangs, is below: the bulb is turned over.
        part(
            PartRole.BULB,
            Group(members=tuple(_turned(placed) for placed in bulbs)),
            _off(rng),
            rotation=(np.pi, 0.0, 0.0),
        ),
    ]


def _turned(placed: Placed) -> Placed:
    """The same box after half a turn about x."""
    x, y, z = placed.at
    return placed.model_copy(update={"at": (x, -y, -z - 0.03)})


def _off(rng: np.random.Generator) -> Material:
    return finish(rng, "plastic", "bulb", (0.9, 0.89, 0.85), roughness=0.3)


def _lantern(rng: np.random.Generator) -> list[Part]:
    height = draw.uniform(rng, 3.0, 4.2)
    paint = finish(rng, "painted_metal", "metal", _PAINTS[draw.integer(rng, 3)], roughness=0.4)
    profile = [
        (0, 0), (0.2, 0), (0.2, 0.12), (0.13, 0.2), (0.13, 0.7), (0.08, 0.8), (0.06, 1.0), (0.06, 0.55 * height),
        (0.085, 0.56 * height), (0.05, 0.58 * height), (0.04, height - 0.12),
        (0.09, height - 0.05), (0.09, height), (0, height),
    ]  # fmt: skip
    glass = lathe([(0, 0.02), (0.1, 0.02), (0.19, 0.42), (0, 0.42)], segments=6)
    bars = Group(
        members=(
            Placed(shape=lathe([(0, 0), (0.115, 0), (0.11, 0.03), (0, 0.03)], segments=6)),
            Placed(
                shape=lathe([(0, 0.4), (0.24, 0.41), (0.14, 0.55), (0.05, 0.62), (0.03, 0.72), (0, 0.75)], segments=6)
            ),
            Placed(shape=Cylinder(radius=0.02, height=0.5, segments=8), at=(0, 0, -0.02)),
        )
    )
    return [
        part("post", lathe(profile, segments=24), paint),
        part("cage", bars, paint, at=(0, 0, height)),
        part(PartRole.BULB, glass, _off(rng), at=(0, 0, height)),
    ]
