"""What shines under a ceiling, made to measure, and the area lamp that lights the place for each.

The objects themselves only glow: an area lamp has a sixth of the noise of as many shining faces.
"""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish
from scenes.craft.paint import galvanised, painted
from scenes.craft.steel import bar
from scenes.furnish.casework import box_part
from scenes.material import GLOW, MaterialKind
from scenes.model import ObjectSpec, Part, PartRole
from scenes.scene import Lamp
from scenes.shapes import Cylinder

__all__ = ["high_bay", "high_bay_lamp", "skylight", "skylight_lamp", "strip_lamp", "strip_light"]

DAYLIGHT: Rgb = (0.86, 0.93, 1.0)
TUBE: Rgb = (0.93, 0.97, 1.0)
TUBE_WIDTH, END = 0.1, 0.02  # metres; END of the housing at either end of the tube
BELOW = 0.003  # metres from what glows down to its lamp


def high_bay(rng: np.random.Generator, drop: float, *, lit: bool) -> ObjectSpec:
    """A bell lamp on a rod `drop` metres long under the roof; its bulb is the disc that shines."""
    paint = galvanised(rng) if draw.chance(rng, 0.5) else painted(rng, draw.choice(rng, ["black", "gray", "green"]))
    glow = finish(rng, _shining(lit), "bulb", (1.0, 0.95, 0.86), strength=GLOW if lit else 0.0)
    bell = [
        (0.0, 0.3),
        (0.08, 0.3),
        (0.1, 0.22),
        (0.2, 0.12),
        (0.24, 0.0),
        (0.23, 0.0),
        (0.19, 0.11),
        (0.09, 0.2),
        (0.0, 0.2),
    ]
    parts: list[Part] = [
        part("bell", lathe(bell[::-1], segments=40), paint),
        part(PartRole.BULB, Cylinder(radius=0.2, height=0.01, segments=40), glow, at=(0, 0, 0.03)),
        part("gear", Cylinder(radius=0.09, height=0.16, segments=24), paint, at=(0, 0, 0.29)),
        part("rod", Cylinder(radius=0.012, height=drop, segments=10), paint, at=(0, 0, 0.44)),
    ]
    return ObjectSpec(category="ceiling lamp", parts=tuple(parts), material="metal")


def strip_light(rng: np.random.Generator, length: float, drop: float, *, lit: bool) -> ObjectSpec:
    """A batten of tube light along x on two wires."""
    paint = painted(rng, "white")
    half = length / 2 - END
    glow = finish(rng, _shining(lit), "bulb", TUBE, strength=GLOW if lit else 0.0)
    parts = [
        box_part("housing", (-length / 2, -0.07, 0.03), (length / 2, 0.07, 0.09), paint, bevel=0.006),
        box_part(PartRole.BULB, (-half, -TUBE_WIDTH / 2, 0.0), (half, TUBE_WIDTH / 2, 0.032), glow, bevel=0.012),
    ]
    for k, side in enumerate((-1, 1), 1):
        parts.append(
            bar(
                f"wire {k}",
                [(side * 0.35 * length, 0, 0.08), (side * 0.35 * length, 0, 0.09 + drop)],
                0.004,
                paint,
                segments=6,
            )
        )
    return ObjectSpec(category="ceiling lamp", parts=tuple(parts), color="white", material="metal")


def skylight(rng: np.random.Generator, length: float, width: float, *, day: bool) -> ObjectSpec:
    """A band of milky glazing under the roof with bars across."""
    color = DAYLIGHT if day else (0.05, 0.06, 0.09)
    glow = finish(rng, _shining(day), "glazing", color, strength=GLOW if day else 0.0, roughness=0.4)
    white = painted(rng, "white")
    parts = [box_part("pane", (-length / 2, -width / 2, 0.05), (length / 2, width / 2, 0.07), glow, bevel=0)]
    for k, side in enumerate((-1, 1), 1):
        parts.append(
            box_part(
                f"side {k}",
                (side * length / 2 - 0.04, -width / 2, 0.0),
                (side * length / 2 + 0.04, width / 2, 0.08),
                white,
                bevel=0,
            )
        )
        parts.append(
            box_part(
                f"end {k}",
                (-length / 2, side * width / 2 - 0.04, 0.002),
                (length / 2, side * width / 2 + 0.04, 0.078),
                white,
                bevel=0,
            )
        )
    for k in range(1, max(1, round(width / 1.2))):
        at = -width / 2 + width * k / max(1, round(width / 1.2))
        parts.append(
            box_part(f"bar {k}", (-length / 2, at - 0.025, 0.02), (length / 2, at + 0.025, 0.055), white, bevel=0)
        )
    return ObjectSpec(category="skylight", parts=tuple(parts), color="white", material="glass")


def high_bay_lamp(x: float, y: float, z: float, watts: float, color: Rgb) -> Lamp:
    """The light of a bell that stands at `z`."""
    return _downward(x, y, z + 0.025, watts, color, size=0.36)


def strip_lamp(x: float, y: float, z: float, watts: float, length: float, *, across: bool) -> Lamp:
    """The light of a batten at `z`; `across`: along y, not x."""
    sides = (length - 2 * END, TUBE_WIDTH)
    size, height = sides[::-1] if across else sides
    return _downward(x, y, z, watts, TUBE, size=size, height=height)


def skylight_lamp(x: float, y: float, z: float, length: float, width: float, radiance: float) -> Lamp:
    """Daylight through a skylight at `z`."""
    size, height = length - 0.08, width - 0.08
    watts = 4 * size * height * radiance  # by Blender's definition of an area lamp's power
    return _downward(x, y, z + 0.05, watts, DAYLIGHT, size=size, height=height)


def _downward(x: float, y: float, z: float, watts: float, color: Rgb, *, size: float, height: float = 0.0) -> Lamp:
    x, y, z = round(x, 3), round(y, 3), round(z - BELOW, 4)
    return Lamp(
        kind="area",
        location=(x, y, z),
        target=(x, y, 0.0),
        power=round(watts, 2),
        size=round(size, 3),
        height=round(height, 3),
        color=color,
    )


def _shining(lit: bool) -> MaterialKind:
    return "emission" if lit else "plastic"
