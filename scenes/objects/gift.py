"""Wrapped presents: paper, a ribbon both ways round, a bow of loops and tails."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import dot, part, tube
from scenes.craft.finishes import finish
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Box

__all__ = ["CATEGORY", "make"]

CATEGORY = "gift"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a gift in the style of its scene."""
    width = draw.uniform(rng, 0.1, 0.28)
    depth, height = width * draw.uniform(rng, 0.6, 1.0), max(width * draw.uniform(rng, 0.3, 0.9), 0.05)
    color_name = style.color_name(
        rng, allowed=("red", "blue", "green", "white", "pink", "purple", "yellow", "teal", "beige"), stray=0.4
    )
    ribbon_color_name = draw.choice(
        rng, [name for name in ("white", "red", "yellow", "blue", "pink") if name != color_name]
    )
    paper = finish(rng, "paper", "paper", sample_color(rng, color_name), roughness=0.35)
    ribbon = finish(rng, "plastic", "ribbon", sample_color(rng, ribbon_color_name), roughness=0.3)
    ribbon_width = float(np.clip(0.1 * width, 0.012, 0.024))
    lid_bottom = height - 0.001
    parts = [
        part("box", Box(size=(width, depth, height)), paper, bevel=0.002),
        part("ribbon 1", Box(size=(width + 0.0016, ribbon_width, height + 0.0008)), ribbon, bevel=0.001),
        part("ribbon 2", Box(size=(ribbon_width, depth + 0.0016, height + 0.0011)), ribbon, bevel=0.001),
        part("knot", dot(0.5 * ribbon_width, 0.45 * ribbon_width, segments=24), ribbon, at=(0, 0, lid_bottom)),
        *_bow(rng, ribbon, height, ribbon_width),
    ]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), color=color_name)


def _bow(rng: np.random.Generator, ribbon: Material, z: float, width: float) -> list[Part]:
    """Four or six loops that stand up from the knot, and two tails."""
    parts, loops = [], draw.choice(rng, [2, 4, 6])
    loop_length = width * draw.uniform(rng, 1.7, 2.4)
    for k in range(loops):
        angle = 2 * np.pi * k / loops + 0.4
        out = np.array([np.cos(angle), np.sin(angle), 0])
        up = np.array([0, 0, 1.0])
        loop = [
            0.1 * width * up,
            0.55 * loop_length * out + 0.42 * loop_length * up,
            1.0 * loop_length * out + 0.38 * loop_length * up,
            0.95 * loop_length * out + 0.1 * loop_length * up,
            0.5 * loop_length * out + 0.04 * loop_length * up,
            0.12 * width * up,
        ]
        path = np.array(loop) + np.array([0, 0, z])
        parts.append(
            part(
                f"loop {k + 1}",
                tube(
                    path,
                    [0.25 * width, 0.42 * width, 0.46 * width, 0.42 * width, 0.36 * width, 0.25 * width],
                    count=24,
                    aspect=0.06,
                    segments=10,
                ),
                ribbon,
            )
        )
    for k in range(2):
        angle = 0.4 + 2.6 + 1.3 * k
        out = np.array([np.cos(angle), np.sin(angle), 0])
        tail = np.array([0.002 * out, 0.6 * loop_length * out, 1.25 * loop_length * out]) + np.array([0, 0, z + 0.0022])
        tail[1, 2] += 0.004
        parts.append(
            part(
                f"tail {k + 1}",
                tube(tail, [0.3 * width, 0.42 * width, 0.42 * width], count=12, aspect=0.06, segments=10),
                ribbon,
            )
        )
    return parts
