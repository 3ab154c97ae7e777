"""Large houseplants in floor pots: a small tree, a palm, tall blades."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import part, tube
from scenes.craft.curve import points3, ramp, spline
from scenes.craft.finishes import finish, glaze, vary
from scenes.craft.style import Style
from scenes.craft.vessels import vessel
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part
from scenes.shapes import Sweep

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "floor plant"
PLACE = "floor"
_GREENS: tuple[Rgb, ...] = ((0.2, 0.38, 0.14), (0.28, 0.44, 0.2), (0.16, 0.3, 0.17), (0.34, 0.44, 0.24))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a floor plant in the style of its scene."""
    kind = draw.choice(rng, ["tree", "palm", "blades"], p=[0.4, 0.35, 0.25])
    radius = draw.uniform(rng, 0.13, 0.19)
    height = radius * draw.uniform(rng, 1.6, 2.2)
    foot = draw.uniform(rng, 0.7, 0.95)
    pot = vessel([(foot * radius, 0), (foot * radius * 1.02, 0.1 * height), (radius, height)], wall=0.01, floor=0.02)
    chance = rng.random()
    if chance < 0.3:
        material = finish(rng, "terracotta", "terracotta", vary(rng, (0.72, 0.4, 0.27), 0.06), wear=style.wear)
    elif chance < 0.55:
        material = finish(rng, "concrete", "concrete", vary(rng, (0.6, 0.59, 0.57), 0.06), scale=0.2)
    else:
        material = glaze(rng, style.color_name(rng, allowed=("white", "gray", "black", "beige", "teal", "blue")))
    soil = finish(rng, "soil", "soil", vary(rng, (0.2, 0.14, 0.1), 0.1), scale=0.08)
    level = 0.9 * height
    green = finish(rng, "leaf", "leaf", vary(rng, draw.choice(rng, _GREENS), 0.08), scale=0.12)
    grow = {"tree": _tree, "palm": _palm, "blades": _blades}[kind]
    parts = [part("pot", pot.shape(), material), part("soil", pot.filling(level), soil)]
    parts += grow(rng, level - 0.004, green, 0.6 * pot.inner_radius(level))
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color="green")


def _leaf(path: Floats, width: float, form: tuple[float, ...], *, thickness: float = 0.03, count: int = 7) -> Sweep:
    """A flat lens along the path."""
    dense = spline(path, count)
    radii = width * np.maximum(ramp(np.stack([np.linspace(0, 1, len(form)), form], 1), np.linspace(0, 1, count)), 0.03)
    return Sweep(
        path=points3(np.round(dense, 4)), radii=tuple(np.round(radii, 5).tolist()), aspect=thickness, segments=8
    )


def _spray(rng: np.random.Generator, root: Floats, heading: float, length: float, rise: float) -> Floats:
    """A leaf's middle line: up and out from the root, then over."""
    out = np.array([np.cos(heading), np.sin(heading), 0.0])
    up = np.array([0.0, 0.0, 1.0])
    return np.array(
        [
            root,
            root + (0.35 * out + 0.5 * rise * up) * length,
            root + (0.7 * out + 0.6 * rise * up) * length,
            root + (1.0 * out + (0.45 * rise - 0.15) * up) * length,
        ]
    )


def _tree(rng: np.random.Generator, z: float, green: Material, mouth: float) -> list[Part]:
    """One or two trunks with broad leaves round their upper half, as of a fiddle-leaf fig."""
    bark = finish(rng, "matte_plastic", "bark", vary(rng, (0.36, 0.28, 0.2), 0.1), roughness=0.9)
    parts: list[Part] = []
    height = draw.uniform(rng, 0.7, 1.25)
    for trunk in range(draw.integer(rng, 1, 3)):
        lean = rng.normal(0, 0.08, 2)
        root = np.array([*(rng.uniform(-0.4, 0.4, 2) * mouth), z])
        top = root + np.array([*lean, height * (1 - 0.2 * trunk)])
        path = np.array([root, (root + top) / 2 + [*rng.normal(0, 0.02, 2), 0], top])
        parts.append(part(f"trunk {trunk + 1}", tube(path, [0.016, 0.008], count=20, segments=10), bark))
        line = spline(path, 20)
        count = draw.integer(rng, 16, 24)
        for k in range(count):
            share = 0.35 + 0.65 * (k + 1) / count
            at = line[min(19, round(19 * share))]
            length = draw.uniform(rng, 0.2, 0.3) * (1.1 - 0.4 * (share - 0.35))
            blade = _spray(
                rng, at, 2.4 * k + draw.normal(rng, 0, 0.3), length, draw.uniform(rng, 0.2, 0.9) + 0.7 * (share > 0.95)
            )
            leaf = _leaf(blade, 0.3 * length, (0.08, 0.5, 0.75, 1.0, 0.85, 0.1))
            parts.append(part(f"leaf {trunk + 1}-{k + 1}", leaf, green))
    return parts


def _palm(rng: np.random.Generator, z: float, green: Material, mouth: float) -> list[Part]:
    """Arching fronds from the ground, each a stalk with leaflets along it."""
    parts: list[Part] = []
    fronds = draw.integer(rng, 6, 9)
    for k in range(fronds):
        angle = 2.4 * k + draw.normal(rng, 0, 0.2)
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        height, frond_length = draw.uniform(rng, 0.6, 1.1), draw.uniform(rng, 0.25, 0.5)
        root = out * mouth * draw.uniform(rng, 0.1, 0.6) + [0, 0, z]
        path = np.array(
            [
                root,
                root + out * 0.25 * frond_length + [0, 0, 0.6 * height],
                root + out * frond_length + [0, 0, height * draw.uniform(rng, 0.8, 1.0)],
            ]
        )
        parts.append(part(f"stalk {k + 1}", tube(path, [0.006, 0.003], count=16, segments=6), green))
        line = spline(path, 16)
        for row in range(9):
            at = line[6 + row] if row < 8 else line[15]
            side = (1 if row % 2 else -1) * draw.uniform(rng, 0.7, 1.1) if row < 8 else 0.0
            length = draw.uniform(rng, 0.16, 0.26) * (1 - 0.04 * row)
            leaf = _leaf(
                _spray(rng, at, angle + side, length, draw.uniform(rng, 0.1, 0.7)),
                0.018,
                (0.3, 0.9, 1, 0.7, 0.08),
                count=6,
            )
            parts.append(part(f"leaf {k + 1}-{row + 1}", leaf, green))
    return parts


def _blades(rng: np.random.Generator, z: float, green: Material, mouth: float) -> list[Part]:
    """Stiff upright leaves, as of a snake plant."""
    parts = []
    height, width = draw.uniform(rng, 0.55, 0.9), draw.uniform(rng, 0.03, 0.045)
    for k in range(draw.integer(rng, 12, 20)):
        angle = draw.uniform(rng, 0, 2 * np.pi)
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        root = out * mouth * np.sqrt(draw.uniform(rng, 0, 1)) + [0, 0, z]
        size = height * draw.uniform(rng, 0.5, 1.0)
        tip = root + out * size * draw.uniform(rng, 0.03, 0.2) + [0, 0, size]
        side = np.cross(out, [0, 0, 1]) * size * draw.normal(rng, 0, 0.03)
        blade = np.array([root, (root + tip) / 2 + side, tip])
        parts.append(
            part(
                f"leaf {k + 1}", _leaf(blade, width, (0.55, 0.85, 1, 0.95, 0.7, 0.03), thickness=0.12, count=10), green
            )
        )
    return parts
