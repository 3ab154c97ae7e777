"""Ring donuts with icing that runs down in drops, mostly with sprinkles."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part
from scenes.craft.curve import points2, points3
from scenes.craft.finishes import finish, vary
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Loft, Section, Sweep

__all__ = ["CATEGORY", "make"]

CATEGORY = "donut"
_ICINGS: tuple[Rgb, ...] = (
    (0.86, 0.45, 0.56),
    (0.3, 0.16, 0.1),
    (0.94, 0.92, 0.87),
    (0.55, 0.72, 0.76),
    (0.88, 0.68, 0.25),
)
_SPRINKLES: tuple[Rgb, ...] = (
    (0.95, 0.93, 0.9),
    (0.85, 0.2, 0.2),
    (0.95, 0.8, 0.2),
    (0.25, 0.5, 0.75),
    (0.4, 0.65, 0.3),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a donut."""
    ring = draw.uniform(rng, 0.0255, 0.0325)
    tube = ring * draw.uniform(rng, 0.56, 0.62)
    flat = 0.88
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    dough = np.stack([ring + tube * np.cos(angle), flat * tube * (1 + np.sin(angle))], 1)
    crust = finish(
        rng, "bread_crust", "dough", vary(rng, (0.76, 0.5, 0.24), 0.06), accent=(0.88, 0.68, 0.42), scale=0.04
    )
    parts = [part("dough", lathe(dough, segments=72, closed=True), crust)]
    if draw.chance(rng, 0.85):
        icing = finish(rng, "plastic", "icing", vary(rng, _ICINGS[draw.integer(rng, 5)], 0.04), roughness=0.2)
        parts.append(part("icing", _icing(rng, ring, tube, flat), icing))
        if draw.chance(rng, 0.6):
            parts += _sprinkles(rng, ring, tube, flat)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="")


def _icing(rng: np.random.Generator, ring: float, tube: float, flat: float) -> Loft:
    """A skin over the top half whose outer hem goes up and down: rings from the inner hem over the top to the outer."""
    heading = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    wave = sum(draw.uniform(rng, 0.05, 0.14) * np.sin(k * heading + draw.uniform(rng, 0, 6.28)) for k in (3, 5, 8))
    circle = np.stack([np.cos(heading), np.sin(heading)], 1)
    # Levels must lie flat, so the hem waves in radius alone: out at the rim, in at the hole.
    levels = []
    for share, lift in (
        (-0.12, 1.0),
        (0.0, 1.035),
        (0.25, 1.04),
        (0.5, 1.04),
        (0.75, 1.04),
        (0.93, 1.04),
        (1.0, 1.035),
    ):
        phi = share * np.pi / 2
        out = lift * tube * np.cos(phi) * (1 + 0.1 * np.asarray(wave) * (1 - share))
        levels.append(
            Section(z=float(flat * tube * (1 + lift * np.sin(phi))), outline=points2(circle * (ring + out)[:, None]))
        )
    for share, lift in ((0.93, 1.04), (0.75, 1.04), (0.5, 1.04), (0.25, 1.035), (0.1, 0.98)):
        phi = share * np.pi / 2
        levels.append(
            Section(
                z=float(flat * tube * (1 + lift * np.sin(phi))),
                outline=points2(circle * (ring - lift * tube * np.cos(phi))),
            )
        )
    return Loft(sections=tuple(levels))


def _sprinkles(rng: np.random.Generator, ring: float, tube: float, flat: float) -> list[Part]:
    materials: list[Material] = [finish(rng, "plastic", "sprinkle", color, roughness=0.3) for color in _SPRINKLES]
    parts = []
    for k in range(16):
        heading, phi = draw.uniform(rng, 0, 2 * np.pi), np.pi / 2 + draw.uniform(rng, -0.95, 0.8)
        out = np.array([np.cos(heading), np.sin(heading), 0])
        normal = out * np.cos(phi) + np.array([0, 0, np.sin(phi)])
        position = out * ring + normal * tube * 1.065 * np.array([1, 1, flat]) + np.array([0, 0, flat * tube])
        along = np.cross(normal, rng.normal(0, 1, 3))
        along = along / np.linalg.norm(along) * 0.0027
        rod = Sweep(path=points3([position - along, position + along]), radii=(0.0007,), segments=6)
        parts.append(part(f"sprinkle {k + 1}", rod, draw.choice(rng, materials)))
    return parts
