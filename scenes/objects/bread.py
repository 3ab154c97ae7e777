"""Loaves: a batard with slashes, a baguette, a round boule."""

import numpy as np

from scenes.base import Rgb
from scenes.craft.build import part, tube
from scenes.craft.curve import points2, ramp
from scenes.craft.finish import finish, vary
from scenes.craft.outline import superellipse
from scenes.craft.style import Style
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part
from scenes.shapes import Displace, Loft, Section

__all__ = ["CATEGORY", "make"]

CATEGORY = "bread"
_FLOUR: Rgb = (0.9, 0.8, 0.64)
_FORMS = {
    "loaf": ((0.2, 0.26), 0.46, 0.34),
    "baguette": ((0.28, 0.345), 0.2, 0.155),
    "boule": ((0.17, 0.22), 0.92, 0.5),
}


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    sizes, broad, tall = _FORMS[str(rng.choice(list(_FORMS), p=[0.5, 0.2, 0.3]))]
    long = rng.uniform(*sizes)
    wide, high = long * broad * rng.uniform(0.92, 1.08), long * tall * rng.uniform(0.92, 1.08)
    crust = finish(
        rng,
        "bread_crust",
        "crust",
        vary(rng, (0.68, 0.43, 0.2), 0.1),
        accent=vary(rng, (0.45, 0.24, 0.1), 0.08),
        scale=0.05,
    )
    bumpy = (Displace(strength=0.003, scale=0.035, seed=int(rng.integers(1000))),)
    loaf = part("loaf", _loaf(long, wide, high), crust, modifiers=bumpy)
    return ObjectSpec(category=CATEGORY, parts=(loaf, *_slashes(rng, long, wide, high)), material="")


def _loaf(long: float, wide: float, high: float) -> Loft:
    """Levels from a flat bottom to a rounded top."""
    share = np.array([0, 0.015, 0.05, 0.11, 0.2, 0.32, 0.45, 0.58, 0.7, 0.8, 0.88, 0.94, 0.98, 1.0])
    reach = ramp(
        [(0, 0.8), (0.05, 0.9), (0.15, 0.97), (0.35, 1.0), (0.6, 0.93), (0.8, 0.73), (0.93, 0.45), (1.0, 0.1)], share
    )
    return Loft(
        sections=tuple(
            Section(
                z=float(high * level),
                outline=points2(
                    superellipse(long / 2 * (0.75 + 0.25 * size) * size**0.35, wide / 2 * size, 2.2, count=44)
                ),
            )
            for level, size in zip(share, reach, strict=True)
        )
    )


def _surface(long: float, wide: float, high: float, x: Floats, y: Floats) -> Floats:
    """About the height of the crust over (x, y)."""
    inside = np.clip(1 - (2 * x / (1.0 * long)) ** 2 - (2 * y / wide) ** 2, 0, 1)
    return np.asarray(high * np.clip(inside, 0, 1) ** 0.42)


def _slashes(rng: np.random.Generator, long: float, wide: float, high: float) -> list[Part]:
    """Pale scars, slanted, sunk halfway into the crust."""
    pale = finish(rng, "bread_crust", "crumb", vary(rng, (0.85, 0.68, 0.43), 0.05), accent=_FLOUR, scale=0.03)
    count = int(rng.integers(2, 5)) if long > 1.4 * wide else 2
    found = []
    for k in range(count):
        middle = (k - (count - 1) / 2) * 0.6 * long / max(count, 2)
        s = np.linspace(-1, 1, 9)
        x, y = middle + s * 0.1 * long, s * 0.2 * wide
        z = _surface(long, wide, high, x, y) - 0.004
        thick = 0.045 * wide
        found.append(
            part(
                f"slash {k + 1}",
                tube(
                    np.stack([x, y, z], 1),
                    [0.3 * thick, thick, 1.15 * thick, thick, 0.3 * thick],
                    count=18,
                    aspect=0.55,
                    segments=12,
                ),
                pale,
            )
        )
    return found
