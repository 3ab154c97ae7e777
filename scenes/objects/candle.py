"""Candles: a pillar, a taper in a holder, or wax in a glass."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.curve import spline
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "make"]

CATEGORY = "candle"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a candle in the style of its scene."""
    color_name = style.color_name(rng, allowed=("white", "beige", "red", "green", "blue", "pink", "gray"))
    wax = finish(rng, "wax", "wax", sample_color(rng, color_name), roughness=draw.uniform(rng, 0.3, 0.5))
    kind = draw.choice(rng, ["pillar", "taper", "jar"], p=[0.45, 0.3, 0.25])
    match kind:
        case "pillar":
            parts = _pillar(
                rng, wax, radius=draw.uniform(rng, 0.024, 0.04), height=draw.uniform(rng, 0.07, 0.16), base=0.0
            )
        case "taper":
            parts = _taper(rng, wax, style)
        case _:
            color_name, parts = "", _jar(rng, wax)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name, material="wax" if color_name else "")


def _pillar(rng: np.random.Generator, wax: Material, *, radius: float, height: float, base: float) -> list[Part]:
    """A cylinder with a soft shoulder and a melted hollow round the wick."""
    soft = min(0.003, 0.3 * radius)
    hollow = draw.uniform(rng, 0.1, 0.35) * radius
    side = [
        (0.0, 0.0),
        (radius - soft, 0.0),
        (radius - 0.3 * soft, 0.3 * soft),
        (radius, soft),
        (radius, height - soft),
    ]
    top = spline(
        [
            (radius, height - soft),
            (radius - 0.5 * soft, height - 0.1 * soft),
            (radius - 1.5 * soft, height - 0.1 * soft),
            (0.45 * radius, height - 0.8 * hollow),
            (0.0, height - hollow),
        ],
        20,
    )
    profile = np.concatenate([side, top[1:]])
    profile[-1, 0] = 0.0
    start = base + height - hollow
    return [part("wax", lathe(profile), wax, at=(0, 0, base)), _wick(rng, start)]


def _wick(rng: np.random.Generator, z: float) -> Part:
    black = finish(rng, "matte_plastic", "wick", (0.06, 0.05, 0.045), roughness=0.95)
    lean = rng.uniform(-0.003, 0.003, 2)
    path = [(0, 0, z - 0.003), (0, 0, z + 0.004), (lean[0], lean[1], z + draw.uniform(rng, 0.008, 0.012))]
    return part("wick", tube(path, 0.0009, count=8, segments=8), black)


def _taper(rng: np.random.Generator, wax: Material, style: Style) -> list[Part]:
    """A slim candle in a turned holder."""
    stand, foot = draw.uniform(rng, 0.02, 0.11), draw.uniform(rng, 0.033, 0.048)
    outline = spline(
        [
            (foot, 0.003),
            (0.8 * foot, 0.008),
            (0.3 * foot, 0.013),
            (0.006, 0.02 + 0.3 * stand),
            (0.008, 0.016 + 0.75 * stand),
            (0.017, 0.02 + stand),
            (0.0155, 0.035 + stand),
        ],
        48,
    )
    holder = np.concatenate(
        [
            [(0.0, 0.0), (foot - 0.002, 0.0)],
            outline,
            [(0.0125, 0.0355 + stand), (0.0122, 0.022 + stand), (0.0, 0.022 + stand)],
        ]
    )
    candle = _pillar(rng, wax, radius=0.0112, height=draw.uniform(rng, 0.09, 0.17), base=0.0215 + stand)
    species = style.metal if style.metal != "steel" or draw.chance(rng, 0.4) else "brass"
    return [part("holder", lathe(holder), metal(rng, species, wear=style.wear)), *candle]


def _jar(rng: np.random.Generator, wax: Material) -> list[Part]:
    radius, height = draw.uniform(rng, 0.032, 0.042), draw.uniform(rng, 0.068, 0.095)
    controls = [(0.93 * radius, 0), (radius, 0.05 * height), (radius, 0.5 * height), (radius, height)]
    glass = vessel(controls, wall=0.003, floor=0.007)
    level = height * draw.uniform(rng, 0.55, 0.75)
    paper = finish(rng, "paper", "paper", (0.94, 0.93, 0.9))
    return [
        part("glass", glass.shape(), finish(rng, "glass", "glass", (0.97, 0.98, 0.98))),
        part("wax", glass.filling(level), wax),
        part("label", glass.band(0.25 * height, 0.52 * height, thickness=2e-4), paper),
        _wick(rng, level - 3e-4),
    ]
