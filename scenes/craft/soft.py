"""Soft shapes: cushions, pillows, draped cloth, as coarse cages that subdivision rounds off."""

import numpy as np

from scenes.base import Vec3
from scenes.craft.build import part
from scenes.craft.curve import points2
from scenes.craft.outline import rounded_rectangle
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import Part
from scenes.shapes import Bevel, Box, Loft, Section, Subdivision

__all__ = ["block", "cushion", "drape", "pillow"]


def cushion(
    name: str,
    size: Vec3,
    material: Material,
    *,
    at: Vec3 = (0.0, 0.0, 0.0),
    rotation: Vec3 = (0.0, 0.0, 0.0),
    crown: float = 0.12,
    corner: float = 0.16,
) -> Part:
    """A filled cushion of about `size`, its top swelling by `crown` of its thickness."""
    x, y, z = size
    levels = [(0.0, 0.2), (0.14, 0.03), (0.5, 0.0), (0.84, 0.03), (1.0, 0.22), (1.0 + crown, 1.1)]
    sections = [_section(x, y, min(inset * z, 0.3 * min(x, y)), corner, height * z) for height, inset in levels]
    return part(
        name, Loft(sections=tuple(sections)), material, at=at, rotation=rotation, modifiers=(Subdivision(levels=2),)
    )


def pillow(
    name: str, size: Vec3, material: Material, *, at: Vec3 = (0.0, 0.0, 0.0), rotation: Vec3 = (0.0, 0.0, 0.0)
) -> Part:
    """A loose pillow: thick in the middle, thin at the seam, corners drawn out a little."""
    x, y, z = size
    short = min(x, y)
    seam = rounded_rectangle(x, y, 0.12 * short, steps=3)
    far = np.abs(seam) / np.array([x / 2, y / 2])
    seam *= 1 + 0.05 * np.clip(far.min(1, keepdims=True) * 2 - 1, 0, 1)
    sections = [
        _section(x, y, 0.36 * short, 0.3, 0.0),
        _section(x, y, 0.17 * short, 0.22, 0.12 * z),
        Section(z=0.46 * z, outline=points2(seam)),
        Section(z=0.54 * z, outline=points2(seam)),
        _section(x, y, 0.17 * short, 0.22, 0.88 * z),
        _section(x, y, 0.36 * short, 0.3, z),
    ]
    return part(
        name, Loft(sections=tuple(sections)), material, at=at, rotation=rotation, modifiers=(Subdivision(levels=2),)
    )


def _section(x: float, y: float, inset: float, corner: float, z: float) -> Section:
    width, depth = x - 2 * inset, y - 2 * inset
    return Section(z=float(z), outline=points2(rounded_rectangle(width, depth, corner * min(width, depth), steps=3)))


def block(
    name: str,
    size: Vec3,
    material: Material,
    *,
    at: Vec3 = (0.0, 0.0, 0.0),
    rotation: Vec3 = (0.0, 0.0, 0.0),
    edge: float = 0.03,
) -> Part:
    """An upholstered block: a box with edges rounded by a large radius."""
    bevel = Bevel(width=min(edge, 0.45 * min(size)), segments=5)
    return part(name, Box(size=size), material, at=at, rotation=rotation, modifiers=(bevel,))


def drape(
    rng: np.random.Generator, width: float, length: float, drop: float, *, thickness: float = 0.03, sag: float = 0.012
) -> Loft:
    """A cloth over a top `width` by `length`, hanging `drop` down both long sides and the front (the loft's z = 0 end).

    The loft runs along its own z; turned by (pi / 2, 0, 0) its z becomes -y and its y becomes z: y = 0 is the top.
    """
    rows = int(max(8, round(length / 0.16)))
    sections = []
    phase = rng.uniform(0, 6.28, 4)
    for row, z in enumerate(np.linspace(0, length, rows)):
        hang = drop * (1 + 0.06 * np.sin(5.1 * z + phase[0]))
        swing = 0.016 * np.sin(9 * z + phase[1]) + 0.008 * np.sin(23 * z + phase[2])
        rounding = max(0.0, 0.05 - z) * 0.5 if row == 0 else 0.0
        half = width / 2 + 0.012
        x = np.concatenate(
            [[half + 0.02 + swing, half + 0.014 + 0.6 * swing, half], np.linspace(0.42, -0.42, 9) * width]
        )
        x = np.concatenate([x, [-half, -half - 0.014 + 0.6 * swing, -half - 0.02 + swing]])
        wave = sag * (np.sin(7 * x + 4 * z + phase[3]) + 0.6 * np.sin(11 * x - 6 * z + phase[1]))
        wave += 0.5 * sag * np.sin(17 * x + 9 * z + phase[0])
        top = np.concatenate([[-hang, -0.45 * hang, -0.02], np.zeros(9), [-0.02, -0.45 * hang, -hang]])
        y = top + thickness + np.where(np.abs(x) < half - 0.01, wave, 0.0) - rounding
        upper: Floats = np.stack([x, y], 1)
        lower = upper[::-1] - np.stack([np.sign(upper[::-1, 0]) * (np.abs(upper[::-1, 0]) > half - 0.01), 0 * x], 1) * (
            0.7 * thickness
        )
        lower[3:-3, 1] -= thickness
        lower[[2, -3], 1] -= 0.7 * thickness
        sections.append(Section(z=float(z), outline=points2(np.concatenate([upper, lower]))))
    return Loft(sections=tuple(sections))
