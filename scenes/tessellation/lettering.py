"""The glyphs of `Lettering`: strokes of one thickness between nine points of a cell, as boxes."""

from collections.abc import Iterator

import numpy as np

from scenes.mesh import Floats, Mesh, joined, skin
from scenes.shapes import GLYPH_PITCH, Lettering

__all__ = ["lettering_box", "lettering_mesh"]

#: Strokes of each glyph: a corner, an edge's middle or the centre of its cell to another, on the keys of a numeric
#: keypad (7 top left, 5 centre, 3 bottom right). A key to itself is a dot.
_STROKES = {
    "A": "17 79 93 46", "B": "17 79 93 31 46", "C": "97 71 13", "D": "17 78 86 62 21", "E": "97 71 13 45",
    "F": "17 79 45", "G": "97 71 13 36 65", "H": "17 39 46", "I": "28", "J": "93 31 14", "K": "17 49 43",
    "L": "71 13", "M": "17 75 59 93", "N": "17 73 39", "O": "17 79 93 31", "P": "17 79 96 64",
    "Q": "17 79 93 31 53", "R": "17 79 96 64 53", "S": "97 74 46 63 31", "T": "79 82", "U": "71 13 39",
    "V": "72 29", "W": "71 15 53 39", "X": "19 73", "Y": "75 95 52", "Z": "79 91 13",
    "0": "17 79 93 31", "1": "28 48", "2": "79 96 64 41 13", "3": "79 93 31 46", "4": "74 46 93",
    "5": "97 74 46 63 31", "6": "97 71 13 36 64", "7": "79 93", "8": "17 79 93 31 46", "9": "64 47 79 93 31",
    " ": "", "-": "46", ".": "22",
}  # fmt: skip
_WIDTH, _STROKE = 0.5, 0.15  # of a glyph between its outer lines, of a line, in heights
_RAISED = 0.62  # height of the digits after a price's point, in heights
#: The point (x, z) of each key in a glyph's cell, on the middle of its lines, in heights.
_CORNERS = np.array([((key % 3 - 1) * _WIDTH / 2, _STROKE / 2 + key // 3 / 2 * (1 - _STROKE)) for key in range(9)])


def lettering_mesh(shape: Lettering) -> Mesh:
    """Each stroke as a box, nothing welded."""
    front, back = np.full(4, -shape.thickness / 2), np.full(4, shape.thickness / 2)
    return joined(
        [
            skin(np.stack([np.stack([outline[:, 0], y, outline[:, 1]], 1) for y in (back, front)]))
            for outline in _outlines(shape)
        ]
    )


def lettering_box(shape: Lettering) -> tuple[Floats, Floats]:
    """The least and the greatest corner of `lettering_mesh`, which it does not make."""
    outlines = _outlines(shape).reshape(-1, 2)
    (left, bottom), (right, top) = outlines.min(axis=0), outlines.max(axis=0)
    return np.array([left, -shape.thickness / 2, bottom]), np.array([right, shape.thickness / 2, top])


def _outlines(shape: Lettering) -> Floats:
    """The corners (x, z) of the box round each stroke, longer than it by half a thickness at both ends: (n, 4, 2)."""
    lines = [(*map(int, keys), *cell) for glyph, *cell in _cells(shape) for keys in _STROKES[glyph].split()]
    starts, ends, x, foot, height = np.array(lines, np.float64).reshape(-1, 5).T
    cells, sizes = np.stack([x, foot], 1), height[:, None]
    start, end = (cells + _CORNERS[keys.astype(int) - 1] * sizes for keys in (starts, ends))
    way, thickness = end - start, _STROKE * sizes
    length = np.hypot(way[:, 0], way[:, 1])[:, None]
    along = np.divide(way, length, out=np.tile([1.0, 0.0], (len(way), 1)), where=length > 0)
    half = thickness / 2 * np.stack([-along[:, 1], along[:, 0]], 1)
    first, last = start - thickness / 2 * along, end + thickness / 2 * along
    return np.stack([first - half, last - half, last + half, first + half], 1).round(6)


def _cells(shape: Lettering) -> Iterator[tuple[str, float, float, float]]:
    """Each glyph with the x of its middle, its foot's z and its height, metres."""
    text, height = shape.text, shape.height
    whole, point, cents = text.partition(".")
    if not (shape.price and point):
        for k, glyph in enumerate(text):
            yield glyph, (k - (len(text) - 1) / 2) * GLYPH_PITCH * height, 0.0, height
        return
    # Whole units, the point, and what follows it, smaller and level with the top.
    steps = [1.0] * len(whole) + [0.5] + [_RAISED] * len(cents)
    middles = np.cumsum(steps) - np.array(steps) / 2 - sum(steps) / 2
    for glyph, middle, step in zip(text, middles * GLYPH_PITCH * height, steps, strict=True):
        size = _RAISED * height if step == _RAISED else height
        yield glyph, float(middle), height - size, size
