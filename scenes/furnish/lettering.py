"""Signs that can be read: prices in seven strokes, names in plain capitals, boards that hang over aisles."""

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.colors import sample_color
from scenes.craft.build import part
from scenes.craft.finishes import finish
from scenes.craft.steel import bar
from scenes.furnish.casework import box_part
from scenes.model import ObjectSpec, PartRole
from scenes.shapes import Box, Group, Placed

__all__ = ["capitals", "hanging_sign", "price"]

#: Strokes of each digit: top, upper left, upper right, middle, lower left, lower right, bottom.
_DIGITS = ("1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011")


def price(rng: np.random.Generator, height: float) -> Group:
    """A price such as 2.49 in the plane y = 0, facing -y, centred on x = 0, digits `height` metres tall."""
    digits = (draw.integer(rng, 0, 6), draw.integer(rng, 0, 10), 9)
    members: list[Placed] = []
    for k, digit in enumerate(digits):
        scale = 1.0 if k == 0 else 0.62
        x = (-0.66, 0.14, 0.6)[k] * height
        members += _digit(digit, x, (1 - scale) * height, scale * height)
    dot = 0.12 * height
    members.append(_stroke(-0.2 * height, 0.0, dot, dot))
    return Group(members=tuple(members))


def _digit(digit: int, x: float, z: float, height: float) -> list[Placed]:
    stroke, width, half = 0.15 * height, 0.55 * height, height / 2
    sides = (
        (0.0, height - stroke, width, stroke),
        (-(width - stroke) / 2, half, stroke, half),
        ((width - stroke) / 2, half, stroke, half),
        (0.0, half - stroke / 2, width, stroke),
        (-(width - stroke) / 2, 0.0, stroke, half),
        ((width - stroke) / 2, 0.0, stroke, half),
        (0.0, 0.0, width, stroke),
    )
    return [
        _stroke(x + dx, z + dz, w, h) for (dx, dz, w, h), on in zip(sides, _DIGITS[digit], strict=True) if on == "1"
    ]


def _stroke(x: float, z: float, width: float, height: float) -> Placed:
    return Placed(shape=Box(size=(width, 0.0016, height)), at=(x, 0.0, z))


def capitals(rng: np.random.Generator, count: int, height: float) -> Group:
    """`count` capitals of stems and bars, facing -y, centred on x = 0, `height` metres tall; they spell nothing."""
    pitch, stem = 0.85 * height, 0.15 * height
    members: list[Placed] = []
    for k in range(count):
        x = (k - (count - 1) / 2) * pitch
        left, right = draw.chance(rng, 0.9), draw.chance(rng, 0.6)
        if left or not right:
            members.append(_stroke(x - 0.25 * height, 0.0, stem, height))
        if right:
            members.append(_stroke(x + 0.25 * height, 0.0, stem, height))
        bars = [z for z in (0.0, 0.44 * height, height - stem) if draw.chance(rng, 0.55)]
        members += [_stroke(x, z, 0.5 * height, stem) for z in bars]
    return Group(members=tuple(members))


def hanging_sign(rng: np.random.Generator, width: float, height: float, drop: float) -> ObjectSpec:
    """A board with a line or two of capitals on both faces, on two wires `drop` metres long."""
    word = draw.choice(rng, ["red", "green", "blue", "white", "teal", "orange", "black"])
    board = finish(rng, "matte_plastic", "sign", sample_color(rng, word), roughness=0.45)
    ink = finish(
        rng, "matte_plastic", "letters", sample_color(rng, "black" if word == "white" else "white"), roughness=0.5
    )
    wire = finish(rng, "painted_metal", "metal", (0.6, 0.6, 0.6), roughness=0.4)
    lines = ((0.62, 0.2), (0.34, 0.2), (0.08, 0.2)) if height > 0.5 else ((0.3, 0.4),)
    parts = [box_part(PartRole.BOARD, (-width / 2, -0.012, 0.0), (width / 2, 0.012, height), board, bevel=0.003)]
    for line, (low, share) in enumerate(lines, 1):
        tall = share * height
        text = capitals(rng, draw.integer(rng, 4, max(5, int(0.85 * width / (0.85 * tall)) + 1)), tall)
        for face, (y, turn) in enumerate(((-0.0126, 0.0), (0.0126, np.pi)), 1):
            parts.append(part(f"line {line}{face}", text, ink, at=(0.0, y, low * height), rotation=(0.0, 0.0, turn)))
    for k, side in enumerate((-1, 1), 1):
        path: list[Vec3] = [(side * 0.4 * width, 0.0, height - 0.005), (side * 0.4 * width, 0.0, height + drop)]
        parts.append(bar(f"wire {k}", path, 0.0025, wire, segments=6))
    return ObjectSpec(category="hanging sign", parts=tuple(parts), color=word, material="")
