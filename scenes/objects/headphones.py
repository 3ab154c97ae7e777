"""Over-ear headphones lying on the table, the band round behind the cups."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import lathe, part, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part

__all__ = ["CATEGORY", "make"]

CATEGORY = "headphones"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a pair of headphones in the style of its scene."""
    color_name = style.color_name(rng, allowed=("black", "white", "gray", "blue", "red", "beige", "teal"), stray=0.3)
    shell = finish(
        rng,
        "matte_plastic" if draw.chance(rng, 0.6) else "plastic",
        "plastic",
        sample_color(rng, color_name),
        roughness=0.35,
    )
    pad = finish(
        rng, "leather", "leather", (0.06, 0.058, 0.056) if draw.chance(rng, 0.7) else (0.5, 0.36, 0.26), scale=0.01
    )
    half_width, cup = draw.uniform(rng, 0.07, 0.082), draw.uniform(rng, 0.034, 0.041)
    band_height = draw.uniform(rng, 0.125, 0.15)
    arm = metal(rng, "steel" if draw.chance(rng, 0.5) else "black", polished=True)
    return ObjectSpec(
        category=CATEGORY,
        parts=tuple(_band(half_width, cup, band_height, shell, pad, arm) + _cups(half_width, cup, shell, pad)),
        color=color_name,
        material="plastic",
    )


def _band(
    half_width: float, cup: float, band_height: float, shell: Material, pad: Material, arm: Material
) -> list[Part]:
    """From cup to cup round the back, sinking to lie on the table behind; its cushion inside, and two steel arms."""
    end_radius = 0.0135
    angle = np.linspace(0.12, np.pi - 0.12, 11)
    y = band_height * np.sin(angle) ** 0.8
    x = (half_width + 0.006) * np.cos(angle) * (1 + 0.12 * np.sin(angle))
    z = end_radius + (cup - end_radius) * (1 - np.sin(angle)) ** 1.1
    path = np.stack([x, y, z], 1)
    inner = path[3:8] * [0.93, 0.95, 1.0]
    ends = [
        np.array(
            [
                [side * (half_width + 0.007), 0.002, cup],
                [side * (half_width + 0.011), 0.5 * y[1], cup],
                path[2 if side > 0 else 8],
            ]
        )
        for side in (1, -1)
    ]
    return [
        part(
            "band", tube(path[1:-1], [0.0045, 0.0055, 0.006, 0.0055, 0.0045], count=48, aspect=2.3, segments=20), shell
        ),
        part("cushion", tube(inner, [0.006, 0.0072, 0.006], count=24, aspect=1.5, segments=18), pad),
        *(part(f"arm {k}", tube(end, 0.0032, count=16, aspect=1.6, segments=12), arm) for k, end in enumerate(ends, 1)),
    ]


def _cups(half_width: float, cup: float, shell: Material, pad: Material) -> list[Part]:
    """Shells outside, soft rings inside, standing on their edges."""
    outside = np.array(
        [
            (0, 0.021),
            (0.45 * cup, 0.0205),
            (0.75 * cup, 0.018),
            (0.93 * cup, 0.011),
            (0.97 * cup, 0.002),
            (0.9 * cup, -0.001),
            (0, -0.001),
        ]
    )[::-1]
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.stack([0.72 * cup + 0.28 * cup * np.cos(angle), -0.008 + 0.0095 * np.sin(angle)], 1)
    felt = np.array([(0, -0.004), (0.6 * cup, -0.004), (0.6 * cup, 0.002), (0, 0.002)])
    parts = []
    for name, side in (("left", -1), ("right", 1)):
        at, rotation = (side * half_width, 0.0, cup), (0.0, side * np.pi / 2, 0.0)
        parts.append(part(f"{name} shell", lathe(outside), shell, at=at, rotation=rotation))
        parts.append(part(f"{name} pad", lathe(ring, closed=True), pad, at=at, rotation=rotation))
        parts.append(part(f"{name} felt", lathe(felt, segments=40), pad, at=at, rotation=rotation))
    return parts
