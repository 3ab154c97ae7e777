"""Potted plants: a leafy bush, upright blades, a rosette or a cactus, in a pot with soil."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.colors import color_name_of, sample_color
from scenes.craft.build import part, tube
from scenes.craft.curve import points2, points3, ramp, spline
from scenes.craft.finishes import finish, glaze, vary
from scenes.craft.style import Style
from scenes.craft.vessels import Vessel, vessel
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part
from scenes.shapes import Loft, Section, Sweep

__all__ = ["CATEGORY", "make"]

CATEGORY = "potted plant"
_GREENS: tuple[Rgb, ...] = (
    (0.2, 0.38, 0.14),
    (0.3, 0.46, 0.2),
    (0.16, 0.3, 0.17),
    (0.4, 0.5, 0.26),
    (0.36, 0.46, 0.36),
)
_POTS = (
    ((0.72, 0), (0.76, 0.06), (0.86, 0.45), (0.97, 0.85), (1, 1)),
    ((0.9, 0), (0.98, 0.06), (1, 0.4), (1, 1)),
    ((0.6, 0), (0.85, 0.2), (1, 0.55), (0.95, 1)),
)


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a potted plant in the style of its scene."""
    radius = draw.uniform(rng, 0.042, 0.075)
    height = radius * draw.uniform(rng, 1.5, 2.0)
    form = draw.choice(rng, _POTS)
    pot = vessel(np.array(form) * [radius, height], wall=0.005, floor=0.008)
    material = _pot_material(rng, style)
    soil = finish(rng, "soil", "soil", vary(rng, (0.2, 0.14, 0.1), 0.1), scale=0.04)
    level = 0.88 * height
    parts = [part("pot", pot.shape(), material), part("soil", pot.filling(level), soil)]
    if material.kind == "terracotta":
        parts.append(part("rim", pot.band(0.8 * height, height - 0.001, thickness=0.003), material))
    green = finish(rng, "leaf", "leaf", vary(rng, draw.choice(rng, _GREENS), 0.08), scale=0.05)
    kind = draw.choice(rng, ["bush", "blades", "rosette", "cactus"], p=[0.4, 0.25, 0.2, 0.15])
    grow = {"bush": _bush, "blades": _blades, "rosette": _rosette, "cactus": _cactus}[kind]
    parts += grow(rng, pot, level - 0.0005, green)
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="green", material="")


def _pot_material(rng: np.random.Generator, style: Style) -> Material:
    chance = rng.random()
    if chance < 0.35:
        return finish(rng, "terracotta", "terracotta", vary(rng, (0.72, 0.4, 0.27), 0.06), wear=style.wear)
    if chance < 0.5:
        return finish(rng, "concrete", "concrete", vary(rng, (0.6, 0.59, 0.57), 0.06), scale=0.1)
    return glaze(rng, style.color_name(rng))


def _leaf(
    path: Floats,
    width: float,
    *,
    thickness: float = 0.05,
    shape: tuple[float, ...] = (0.12, 0.6, 0.95, 0.92, 0.6, 0.06),
    count: int = 8,
) -> Sweep:
    """A flat lens along the path."""
    dense = spline(path, count)
    along = np.linspace(0, 1, len(shape))
    radii = width * np.maximum(ramp(np.stack([along, np.array(shape)], 1), np.linspace(0, 1, count)), 0.03)
    return Sweep(path=points3(dense), radii=tuple(map(float, radii)), aspect=thickness, segments=8)


def _bush(rng: np.random.Generator, pot: Vessel, z: float, green: Material) -> list[Part]:
    """Stems that lean out, each with leaves up its length and one at its tip."""
    stalk = finish(rng, "matte_plastic", "stem", vary(rng, (0.33, 0.36, 0.16), 0.1), roughness=0.8)
    mouth, parts = pot.inner_radius(z), []
    stems = draw.integer(rng, 6, 9)
    height, length = draw.uniform(rng, 0.1, 0.2), draw.uniform(rng, 0.035, 0.06)
    leaf_width = length * draw.uniform(rng, 0.26, 0.42)
    for k in range(stems):
        angle = 2 * np.pi * k / stems + draw.normal(rng, 0, 0.25)
        lean = draw.uniform(rng, 0.1, 0.75)
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        root = out * mouth * draw.uniform(rng, 0.05, 0.5) + [0, 0, z - 0.004]
        top = root + out * lean * height * 0.8 + [0, 0, height * draw.uniform(rng, 0.65, 1.0) * (1.1 - 0.4 * lean)]
        path = np.array([root, (root + top) / 2 + [0, 0, 0.1 * height], top])
        parts.append(part(f"stem {k + 1}", tube(path, [0.0019, 0.0011], count=8, segments=6), stalk))
        line = spline(path, 20)
        for leaf in range(draw.integer(rng, 4, 6)):
            at = line[min(19, 7 + 3 * leaf)] if leaf < 5 else top
            heading = angle + leaf * 2.4 + draw.normal(rng, 0, 0.4)
            parts.append(part(f"leaf {k + 1}-{leaf + 1}", _leaf(_spray(rng, at, heading, length), leaf_width), green))
    return parts


def _spray(rng: np.random.Generator, root: Floats, heading: float, length: float) -> Floats:
    """A leaf's middle line: up and out from the root, then over."""
    out = np.array([np.cos(heading), np.sin(heading), 0.0])
    rise, size = draw.uniform(rng, 0.1, 0.6), length * draw.uniform(rng, 0.75, 1.15)
    return np.array(
        [
            root,
            root + out * 0.4 * size + [0, 0, 0.35 * size * rise + 0.05 * size],
            root + out * 0.75 * size + [0, 0, 0.45 * size * rise],
            root + out * size + [0, 0, (0.4 * rise - 0.12) * size],
        ]
    )


def _blades(rng: np.random.Generator, pot: Vessel, z: float, green: Material) -> list[Part]:
    """Stiff upright leaves, as of a snake plant."""
    mouth, parts = pot.inner_radius(z), []
    height, width = draw.uniform(rng, 0.14, 0.28), draw.uniform(rng, 0.012, 0.02)
    for k in range(draw.integer(rng, 7, 13)):
        angle, away = draw.uniform(rng, 0, 2 * np.pi), mouth * 0.55 * np.sqrt(draw.uniform(rng, 0, 1))
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        root = out * away + [0, 0, z - 0.004]
        size = height * draw.uniform(rng, 0.55, 1.0)
        tip = root + out * size * draw.uniform(rng, 0.03, 0.22) + [0, 0, size]
        side = np.cross(out, [0, 0, 1]) * size * draw.normal(rng, 0, 0.03)
        path = np.array([root, root + (tip - root) * 0.5 + side, tip])
        parts.append(
            part(
                f"leaf {k + 1}",
                _leaf(
                    path,
                    width * draw.uniform(rng, 0.8, 1.1),
                    thickness=0.14,
                    shape=(0.55, 0.8, 1.0, 0.98, 0.75, 0.03),
                    count=12,
                ),
                green,
            )
        )
    return parts


def _rosette(rng: np.random.Generator, pot: Vessel, z: float, green: Material) -> list[Part]:
    """Fleshy leaves in a spiral, as of a succulent or an aloe."""
    parts, count = [], draw.integer(rng, 18, 30)
    length, width = pot.inner_radius(z) * draw.uniform(rng, 1.0, 1.7), draw.uniform(rng, 0.008, 0.013)
    for k in range(count):
        share = k / count  # 0 the outermost
        heading, lift = 2.39996 * k, 0.15 + 1.25 * share
        out = np.array([np.cos(heading), np.sin(heading), 0.0])
        size = length * (1 - 0.6 * share)
        root = np.array([0, 0, z - 0.003 + 0.012 * share])
        path = np.array(
            [
                root,
                root + (out * np.cos(lift) + np.array([0, 0, np.sin(lift)])) * 0.5 * size,
                root + (out * np.cos(lift + 0.2) + np.array([0, 0, np.sin(lift + 0.2)])) * size,
            ]
        )
        parts.append(
            part(
                f"leaf {k + 1}",
                _leaf(path, width * (1 - 0.35 * share), thickness=0.42, shape=(0.5, 0.75, 1.0, 0.95, 0.6, 0.05)),
                green,
            )
        )
    return parts


def _cactus(rng: np.random.Generator, pot: Vessel, z: float, green: Material) -> list[Part]:
    """A ribbed column or barrel."""
    ribs = draw.integer(rng, 9, 14)
    radius = pot.inner_radius(z) * draw.uniform(rng, 0.45, 0.75)
    height = radius * draw.uniform(rng, 1.6, 4.0)
    angle = np.linspace(0, 2 * np.pi, 6 * ribs, endpoint=False)
    wave = 1 - 0.16 * np.abs(np.sin(ribs * angle / 2)) ** 0.7
    ring = wave[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
    share = np.array([0, 0.1, 0.3, 0.55, 0.75, 0.87, 0.95, 0.99, 1.0])
    sizes = ramp([(0, 0.8), (0.15, 0.95), (0.45, 1.0), (0.75, 0.92), (0.9, 0.68), (0.97, 0.4), (1.0, 0.08)], share)
    body = Loft(
        sections=tuple(
            Section(z=float(z - 0.003 + height * level), outline=points2(ring * radius * size))
            for level, size in zip(share, sizes, strict=True)
        )
    )
    skin = finish(
        rng,
        "rubber",
        "skin",
        sample_color(rng, "green") if color_name_of(green.color) != "green" else green.color,
        roughness=0.6,
    )
    parts = [part("body", body, skin)]
    pale = finish(rng, "matte_plastic", "spines", (0.9, 0.86, 0.74))
    for k in range(ribs):
        heading = 2 * np.pi * k / ribs
        for row in (0.35, 0.6, 0.8):
            distance = radius * float(ramp([(0, 0.8), (0.45, 1.0), (0.75, 0.92), (0.9, 0.68), (1, 0.1)], row))
            position = np.array([distance * np.cos(heading), distance * np.sin(heading), z + height * row])
            tip = position + 0.006 * np.array([np.cos(heading), np.sin(heading), 0.4])
            root = position - 0.002 * np.array([np.cos(heading), np.sin(heading), 0.0])
            parts.append(
                part(
                    f"spine {k + 1}-{row:g}", Sweep(path=points3([root, tip]), radii=(0.0006, 0.0002), segments=5), pale
                )
            )
    return parts
