"""Open laptops: a slim base with keys and a touchpad, a lid with a glossy screen, lit or dark."""

import numpy as np

from scenes import draw
from scenes.base import Rgb, Vec3
from scenes.craft.build import part, plate_of, slab
from scenes.craft.curve import point3
from scenes.craft.finishes import finish, vary
from scenes.craft.outline import comb
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box, Cylinder

__all__ = ["CATEGORY", "make"]

CATEGORY = "laptop"
_SHELLS: dict[str, Rgb] = {
    "gray": (0.62, 0.62, 0.63),
    "": (0.3, 0.31, 0.33),
    "black": (0.075, 0.075, 0.08),
    "white": (0.91, 0.91, 0.9),
}
_SCREENS: tuple[Rgb, ...] = ((0.12, 0.2, 0.36), (0.85, 0.87, 0.9), (0.3, 0.12, 0.3), (0.1, 0.32, 0.3))


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a laptop."""
    width = draw.uniform(rng, 0.29, 0.365)
    depth, thickness = width * draw.uniform(rng, 0.66, 0.71), draw.uniform(rng, 0.012, 0.018)
    color_name = draw.choice(rng, list(_SHELLS), p=[0.5, 0.2, 0.2, 0.1])
    shell = finish(rng, "painted_metal", "metal", vary(rng, _SHELLS[color_name], 0.02), roughness=0.38)
    base = part("base", slab(width, depth, thickness, corner=0.012, edge=0.002), shell)
    parts = [
        base,
        *_keys(rng, width, depth, thickness, dark=color_name != "white"),
        *_lid(rng, width, depth, thickness, shell),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name)


def _keys(rng: np.random.Generator, width: float, depth: float, thickness: float, *, dark: bool) -> list[Part]:
    """Five rows of keys, and the touchpad."""
    cap = finish(rng, "matte_plastic", "plastic", (0.06, 0.06, 0.065) if dark else (0.85, 0.85, 0.85))
    well = finish(rng, "matte_plastic", "plastic", (0.03, 0.03, 0.03) if dark else (0.7, 0.7, 0.7))
    field, pitch = 0.86 * width, 0.86 * width / 13
    top = depth / 2 - 0.03
    parts = [
        part(
            "key well",
            slab(field + 0.004, 5 * pitch + 0.004, 0.0008, corner=0.003, edge=0.0002),
            well,
            at=(0, top - 2.5 * pitch, thickness - 0.0005),
        )
    ]
    rows = (
        [1.0] * 13,
        [1.5, *[1.0] * 10, 1.5],
        [1.75, *[1.0] * 9, 2.25],
        [2.25, *[1.0] * 8, 2.75],
        [1.6, 1.6, 1.6, 5.0, 1.6, 1.6],
    )
    for row, sizes in enumerate(rows, 1):
        y = top - (row - 0.5) * pitch
        outline = comb(np.array(sizes) * 13 / sum(sizes) * pitch, 0.86 * pitch, 0.14 * pitch)
        parts.append(part(f"keys {row}", plate_of(outline, 0.0016), cap, at=(-field / 2, y, thickness)))
    pad = finish(rng, "painted_metal", "metal", (0.45, 0.45, 0.46) if dark else (0.86, 0.86, 0.86), roughness=0.3)
    space = depth / 2 + top - 5 * pitch
    height = 0.72 * space
    parts.append(
        part(
            "touchpad",
            slab(1.5 * height, height, 0.0006, corner=0.004, edge=0.0002),
            pad,
            at=(0, -depth / 2 + 0.5 * space, thickness - 0.0003),
        )
    )
    return parts


def _lid(rng: np.random.Generator, width: float, depth: float, thickness: float, shell: Material) -> list[Part]:
    """The lid stands up from the back edge, leaning back by 10 to 35 degrees."""
    lean, slim = draw.uniform(rng, 0.17, 0.6), 0.006
    # The slab's +z, its outside, then looks back and down; its y runs up the lid.
    rotation = (np.pi / 2 - lean, 0.0, 0.0)
    height = depth * 0.97
    hinge = np.array([0.0, depth / 2 - 0.006, thickness + 0.001])
    up, out = np.array([0, np.sin(lean), np.cos(lean)]), np.array([0, -np.cos(lean), np.sin(lean)])

    def at(along: float, off: float) -> Vec3:
        """The point `along` the lid from its hinge and `off` its inside."""
        return point3(hinge + up * along + out * off)

    lit = draw.chance(rng, 0.55)
    color = draw.choice(rng, _SCREENS)
    screen = (
        finish(rng, "emission", "screen", color, strength=draw.uniform(rng, 0.6, 1.6))
        if lit
        else finish(rng, "plastic", "screen", (0.02, 0.02, 0.022), roughness=0.08)
    )
    bezel = finish(rng, "plastic", "bezel", (0.03, 0.03, 0.03), roughness=0.15)
    return [
        part(
            "lid",
            slab(width, height, slim, corner=0.012, edge=0.0018),
            shell,
            at=at(height / 2, -slim),
            rotation=rotation,
        ),
        part(
            "bezel",
            slab(width - 0.004, height - 0.004, 0.0008, corner=0.01, edge=0.0003),
            bezel,
            at=at(height / 2, -0.0003),
            rotation=rotation,
        ),
        part(
            "screen",
            Box(size=(width - 0.02, height - 0.034, 0.0003)),
            screen,
            at=at(height / 2 + 0.004, 0.0003),
            rotation=rotation,
        ),
        part(
            "hinge",
            Cylinder(radius=0.0055, height=0.7 * width, segments=24),
            bezel,
            at=(-0.35 * width, depth / 2 - 0.0065, thickness - 0.0008),
            rotation=(0, np.pi / 2, 0),
        ),
    ]
