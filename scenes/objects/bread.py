"""Loaves: a batard with slashes, a baguette, a round boule."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part, tube
from scenes.craft.curve import points2, ramp
from scenes.craft.finishes import finish, vary
from scenes.craft.outline import superellipse
from scenes.craft.style import Style
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part
from scenes.shapes import Displace, Loft, Section

__all__ = ["CATEGORY", "make"]

CATEGORY = "loaf of bread"
_FLOUR: Rgb = (0.9, 0.8, 0.64)
# Length in metres; width and height as shares of it.
_FORMS = {
    "loaf": ((0.2, 0.26), 0.46, 0.34),
    "baguette": ((0.28, 0.345), 0.2, 0.155),
    "boule": ((0.17, 0.22), 0.92, 0.5),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a loaf of bread."""
    lengths, width_share, height_share = _FORMS[draw.choice(rng, list(_FORMS), p=[0.5, 0.2, 0.3])]
    length = draw.uniform(rng, *lengths)
    width, height = (
        length * width_share * draw.uniform(rng, 0.92, 1.08),
        length * height_share * draw.uniform(rng, 0.92, 1.08),
    )
    crust = finish(
        rng,
        "bread_crust",
        "crust",
        vary(rng, (0.74, 0.55, 0.34), 0.07),
        accent=vary(rng, (0.5, 0.3, 0.15), 0.06),
        scale=0.05,
    )
    bumpy = (Displace(strength=0.002, scale=0.045, seed=draw.integer(rng, 1000)),)
    loaf = part("loaf", _loaf(length, width, height), crust, modifiers=bumpy)
    return ObjectSpec(category=CATEGORY, parts=(loaf, *_slashes(rng, length, width, height)), material="")


# How far out the crust is, by height: a flat bottom, a rounded top.
_PROFILE = [
    (0, 0.86), (0.04, 0.94), (0.12, 0.99), (0.3, 1.0), (0.55, 0.95), (0.75, 0.82), (0.9, 0.56), (0.97, 0.33), (1, 0.08)
]  # fmt: skip
_POWER = 2.2


def _half_axes(length: float, width: float, size: float) -> tuple[float, float]:
    """Half axes of the outline where the profile is at `size`: a loaf's ends are rounder than its sides."""
    return length / 2 * (0.75 + 0.25 * size) * size**0.35, width / 2 * size


def _loaf(length: float, width: float, height: float) -> Loft:
    """Levels from bottom to top."""
    share = np.array([0, 0.015, 0.05, 0.11, 0.2, 0.32, 0.45, 0.58, 0.7, 0.8, 0.88, 0.94, 0.98, 1.0])
    return Loft(
        sections=tuple(
            Section(
                z=float(height * level),
                outline=points2(superellipse(*_half_axes(length, width, float(size)), _POWER, count=44)),
            )
            for level, size in zip(share, ramp(_PROFILE, share), strict=True)
        )
    )


def _surface(length: float, width: float, height: float, x: Floats, y: Floats) -> Floats:
    """Height of the crust over each (x, y): the highest level whose outline holds the point."""
    levels = np.linspace(0.3, 1.0, 141)
    along, across = np.array([_half_axes(length, width, float(size)) for size in ramp(_PROFILE, levels)]).T[..., None]
    inside = np.abs(x / along) ** _POWER + np.abs(y / across) ** _POWER <= 1
    return np.asarray(height * np.where(inside, levels[:, None], 0.0).max(0))


def _slashes(rng: np.random.Generator, length: float, width: float, height: float) -> list[Part]:
    """Pale scars where the crust was cut and tore open, slanted, sunk halfway in."""
    pale = finish(rng, "bread_crust", "crumb", vary(rng, (0.88, 0.76, 0.56), 0.05), accent=_FLOUR, scale=0.03)
    count = draw.integer(rng, 3, 6) if length > 1.4 * width else 3
    thickness = 0.075 * width
    lean = 0.045 if length > 1.4 * width else 0.02
    parts = []
    for k in range(count):
        middle = (k - (count - 1) / 2) * 0.62 * length / count
        along = np.linspace(-1, 1, 9)
        x, y = middle + along * lean * length, along * 0.3 * width
        z = _surface(length, width, height, x, y) - 0.3 * thickness
        parts.append(
            part(
                f"slash {k + 1}",
                tube(
                    np.stack([x, y, z], 1),
                    [0.3 * thickness, thickness, 1.15 * thickness, thickness, 0.3 * thickness],
                    count=18,
                    aspect=0.45,
                    segments=12,
                ),
                pale,
            )
        )
    return parts
