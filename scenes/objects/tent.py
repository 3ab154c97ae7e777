"""Tents: a ridge tent with open front, or a dome."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.curve import points2
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Loft, Section

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "tent"
PLACE = "outdoors"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a tent."""
    color_name = draw.choice(rng, ["orange", "green", "blue", "red", "yellow", "beige", "teal"])
    cloth = finish(rng, "fabric", "nylon", sample_color(rng, color_name), scale=0.05, roughness=0.6)
    dark = finish(rng, "fabric", "nylon", (0.12, 0.13, 0.14), scale=0.05, roughness=0.7)
    pole = finish(rng, "painted_metal", "pole", (0.2, 0.2, 0.21), roughness=0.4)
    grow = _dome if draw.chance(rng, 0.5) else _ridge
    return ObjectSpec(category=CATEGORY, parts=tuple(grow(rng, cloth, dark, pole)), color=color_name, material="nylon")


def _dome(rng: np.random.Generator, cloth: Material, dark: Material, pole: Material) -> list[Part]:
    """A skin over two crossed arcs, a dark door in its front."""
    width, height = draw.uniform(rng, 1.1, 1.5), draw.uniform(rng, 1.1, 1.4)
    angle = np.linspace(0, np.pi / 2, 14)
    profile = np.stack([width * np.cos(angle) ** 0.8, height * np.sin(angle)], 1)
    profile[-1, 0] = 0.0
    shell = lathe(np.concatenate([[(0, 0)], profile]), segments=6)
    parts = [part("skin", shell, cloth)]
    for k in range(3):
        heading = np.pi * k / 3
        arc = [
            (1.02 * width * np.cos(lift) * np.abs(np.cos(lift)) ** -0.2, 0, height * np.sin(lift) + 0.01)
            for lift in np.linspace(0.02, np.pi - 0.02, 15)
        ]
        parts.append(part(f"pole {k + 1}", tube(arc, 0.011, count=30, segments=6), pole, rotation=(0, 0, heading)))
    door_heading = 4 * np.pi / 3 + np.pi / 6
    out = np.array([np.cos(door_heading), np.sin(door_heading)])
    sheet = [(0.868 * width, 0.0, 0.02), (0.822 * width, 0.0, 0.35 * height), (0.689 * width, 0.0, 0.66 * height)]
    parts.append(
        part(
            "door",
            tube(sheet, [0.36 * width, 0.32 * width, 0.12 * width], count=10, aspect=0.05),
            dark,
            rotation=(0, 0, float(np.arctan2(out[1], out[0]))),
        )
    )
    return parts


def _ridge(rng: np.random.Generator, cloth: Material, dark: Material, pole: Material) -> list[Part]:
    """Two slopes over a ridge that sags, poles before its ends."""
    half_width, height, length = draw.uniform(rng, 0.8, 1.1), draw.uniform(rng, 1.1, 1.5), draw.uniform(rng, 2.0, 2.8)
    sections = []
    for share in np.linspace(0, 1, 9):
        sag = 1 - 0.07 * np.sin(np.pi * share)
        pinch = 1 - 0.04 * np.sin(np.pi * share)
        outline = [
            (-half_width, 0),
            (half_width, 0),
            (0.52 * half_width * pinch, 0.46 * height * sag),
            (0.03, height * sag),
            (-0.03, height * sag),
            (-0.52 * half_width * pinch, 0.46 * height * sag),
        ]
        sections.append(Section(z=float(share * length), outline=points2(outline)))
    body = part("skin", Loft(sections=tuple(sections)), cloth, at=(0, length / 2, 0), rotation=(np.pi / 2, 0, 0))
    front = [
        Section(
            z=z,
            outline=points2(
                [(-0.5 * half_width, 0), (0.5 * half_width, 0), (0.02, 0.88 * height), (-0.02, 0.88 * height)]
            ),
        )
        for z in (0.0, 0.03)
    ]
    door = part("door", Loft(sections=tuple(front)), dark, at=(0, -length / 2 + 0.02, 0.0), rotation=(np.pi / 2, 0, 0))
    poles = [
        part(f"pole {k + 1}", tube([(0, y, 0), (0, y, height + 0.05)], 0.014, count=2, segments=8), pole)
        for k, y in enumerate((-length / 2 - 0.02, length / 2 + 0.02))
    ]
    return [body, door, *poles]
