"""Signs that can be read: words in plain capitals, prices, boards that hang over aisles."""

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

#: Strokes of each glyph: a corner, an edge's middle or the centre of its cell to another, on the keys of a numeric
#: keypad (7 top left, 5 centre, 3 bottom right).
_STROKES = {
    "A": "17 79 93 46", "B": "17 79 93 31 46", "C": "97 71 13", "D": "17 78 86 62 21", "E": "97 71 13 45",
    "F": "17 79 45", "G": "97 71 13 36 65", "H": "17 39 46", "I": "28", "J": "93 31 14", "K": "17 49 43",
    "L": "71 13", "M": "17 75 59 93", "N": "17 73 39", "O": "17 79 93 31", "P": "17 79 96 64", "R": "17 79 96 64 53",
    "S": "97 74 46 63 31", "T": "79 82", "U": "71 13 39", "V": "72 29", "W": "71 15 53 39", "X": "19 73",
    "Y": "75 95 52", "Z": "79 91 13",
    "0": "17 79 93 31", "1": "28 48", "2": "79 96 64 41 13", "3": "79 93 31 46", "4": "74 46 93", "5": "97 74 46 63 31",
    "6": "97 71 13 36 64", "7": "79 93", "8": "17 79 93 31 46", "9": "64 47 79 93 31", " ": "",
}  # fmt: skip
_WIDTH, _PITCH, _STROKE = 0.5, 0.78, 0.15  # of a glyph between its outer lines, to the next one, of a line, in heights
_DEPTH = 0.0016  # metres: a sheet of ink


def capitals(text: str, height: float) -> Group:
    """Capitals, digits and spaces in the plane y = 0, facing -y, centred on x = 0, `height` metres high.

    Raises `KeyError` for other characters.
    """
    members: list[Placed] = []
    for k, glyph in enumerate(text):
        members += _glyph(glyph, (k - (len(text) - 1) / 2) * _PITCH * height, 0.0, height)
    return Group(members=tuple(members))


def price(rng: np.random.Generator, height: float) -> Group:
    """A price such as 2.49 in the plane y = 0, facing -y, centred on x = 0, its first digit `height` metres high."""
    members = _glyph(str(draw.integer(rng, 0, 6)), -0.62 * height, 0.0, height)
    for x, digit in ((0.18, str(draw.integer(rng, 0, 10))), (0.66, "9")):
        members += _glyph(digit, x * height, 0.38 * height, 0.62 * height)
    dot = 0.14 * height
    members.append(Placed(shape=Box(size=(dot, _DEPTH, dot)), at=(-0.18 * height, 0.0, 0.0)))
    return Group(members=tuple(members))


def _glyph(glyph: str, x: float, z: float, height: float) -> list[Placed]:
    """The strokes of a glyph about `x` along its foot at `z`, metres."""
    thickness, members = _STROKE * height, []
    for stroke in _STROKES[glyph].split():
        (x0, z0), (x1, z1) = (_corner(key, height) for key in stroke)
        dx, dz = x1 - x0, z1 - z0
        length, angle = float(np.hypot(dx, dz)) + thickness, float(np.arctan2(-dz, dx))
        # A box stands on its foot: its middle is half a thickness above, turned with it about y.
        foot = (-0.5 * thickness * np.sin(angle), -0.5 * thickness * np.cos(angle))
        at = (x + (x0 + x1) / 2 + foot[0], 0.0, z + (z0 + z1) / 2 + foot[1])
        members.append(Placed(shape=Box(size=(length, _DEPTH, thickness)), at=_rounded(at), turn=(0.0, angle, 0.0)))
    return members


def _corner(key: str, height: float) -> tuple[float, float]:
    """The point (x, z) of a key in a glyph's cell, on the middle of its lines."""
    row, column = divmod(int(key) - 1, 3)
    return (column - 1) * _WIDTH / 2 * height, (_STROKE / 2 + row / 2 * (1 - _STROKE)) * height


def _rounded(point: tuple[float, float, float]) -> Vec3:
    x, y, z = (round(float(value), 5) for value in point)
    return x, y, z


def hanging_sign(rng: np.random.Generator, words: tuple[str, ...], width: float, drop: float) -> ObjectSpec:
    """A board with a line for each word on both faces, on two wires `drop` metres long."""
    color = draw.choice(rng, ["red", "green", "blue", "white", "teal", "orange", "black"])
    board = finish(rng, "matte_plastic", "sign", sample_color(rng, color), roughness=0.45)
    ink = finish(
        rng, "matte_plastic", "letters", sample_color(rng, "black" if color == "white" else "white"), roughness=0.5
    )
    wire = finish(rng, "painted_metal", "metal", (0.6, 0.6, 0.6), roughness=0.4)
    letter = min(0.14, *(0.86 * width / (_PITCH * len(word)) for word in words))
    height = 1.9 * letter * len(words) + 0.7 * letter
    parts = [box_part(PartRole.BOARD, (-width / 2, -0.012, 0.0), (width / 2, 0.012, height), board, bevel=0.003)]
    for k, word in enumerate(reversed(words)):
        z = (0.8 + 1.9 * k) * letter
        for face, (y, yaw) in enumerate(((-0.0126, 0.0), (0.0126, np.pi)), 1):
            parts.append(
                part(f"line {k + 1}{face}", capitals(word, letter), ink, at=(0.0, y, z), rotation=(0.0, 0.0, yaw))
            )
    for k, side in enumerate((-1, 1), 1):
        path: list[Vec3] = [(side * 0.4 * width, 0.0, height - 0.005), (side * 0.4 * width, 0.0, height + drop)]
        parts.append(bar(f"wire {k}", path, 0.0025, wire, segments=6))
    return ObjectSpec(category="hanging sign", parts=tuple(parts), color=color, material="")
