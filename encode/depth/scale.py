"""A colour scale as cells of f: every interval of [0, 1] that rounds to one 8-bit colour.

Cells make the quantisation exact for any colour map: a pixel's colour gives the interval of its f, and no more. The
first cell decodes to f = 0 and the last one to f = 1, that is +inf; the others to their middle.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np
from jaxtyping import Float, Float32, Float64, Int64, Integer, UInt8, UInt16

from encode.depth.cube_walk import STEPS, nearest_step, walk_colors
from encode.errors import CodecError
from encode.formulas.channels import packed_colors
from encode.lazy_import import import_lazily

__all__ = ["OFF_SCALE", "SCALE_NAMES", "ColorScale", "get_scale", "near_scale"]

#: Colour scales over f, the metric codecs.
SCALE_NAMES = ("cube-walk", "plasma", "inferno", "viridis", "gray")


#: Euclidean distance (0-255) from a colour scale at which a pixel's depth has confidence 0: half of an
#: 8-bit edge of the colour cube, from where the nearest point of the walk may as well be another edge's.
OFF_SCALE = 128.0


@dataclass(frozen=True)
class ColorScale:
    """Cells of f and their colours.

    edges: n + 1 increasing values from 0 to 1; cell i is [edges[i], edges[i + 1]).
    uniform_steps: where positive, cell i is all f with round(f * steps) = i, and no search is needed.
    """

    name: str
    edges: Float64[np.ndarray, " edges"]
    colors: UInt8[np.ndarray, "cells 3"]
    uniform_steps: int = 0

    @property
    def values(self) -> Float64[np.ndarray, " n"]:
        """The f that each cell decodes to."""
        middle: Float64[np.ndarray, " n"] = (self.edges[1:] + self.edges[:-1]) / 2
        middle[0], middle[-1] = 0.0, 1.0
        return middle

    def cells(self, f: Float[np.ndarray, "*n"]) -> Int64[np.ndarray, "*n"]:
        """Cell of each f in [0, 1]."""
        if self.uniform_steps:
            return (f * self.uniform_steps + 0.5).astype(np.int64)
        return np.searchsorted(self.edges[1:-1], f, side="right")

    def exact(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Int64[np.ndarray, "h w"]:
        """Cell that has exactly each pixel's colour; -1 where none has."""
        return self._cell_after.take(packed_colors(rgb)).astype(np.int64) - 1

    def nearest(self, rgb: UInt8[np.ndarray, "h w 3"]) -> Int64[np.ndarray, "h w"]:
        """Cell whose colour is nearest to each pixel's (Euclidean)."""
        cells = self.exact(rgb)
        off = cells < 0
        if off.any():
            cells[off] = self._search(rgb[off])
        return cells

    def _search(self, rgb: UInt8[np.ndarray, "n 3"]) -> Integer[np.ndarray, " n"]:
        """Cell whose colour is nearest to each colour."""
        if self.name == "cube-walk":
            return nearest_step(rgb)
        unique, positions = np.unique(packed_colors(rgb), return_inverse=True)
        colors = np.stack([unique & 255, unique >> 8 & 255, unique >> 16], -1)
        cells = import_lazily("scipy.spatial").cKDTree(self.colors.astype(np.float64)).query(colors)[1]
        return np.asarray(cells, np.int64)[positions]

    @cached_property
    def _cell_after(self) -> UInt16[np.ndarray, " colors"]:
        """For each packed colour the number after that of its cell; 0 for a colour of no cell.

        Of its 32 MB the system keeps the pages that hold a cell: a few hundred of 4 kB.
        """
        table = np.zeros(1 << 24, np.uint16)
        table[packed_colors(self.colors)] = np.arange(1, len(self.colors) + 1)
        return table


@cache
def get_scale(name: str) -> ColorScale:
    """Return the colour scale `name`; raises CodecError naming those there are."""
    if name == "cube-walk":
        return _uniform(name, STEPS, walk_colors())
    if name == "gray":
        return _uniform(name, 255, np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, 1))
    if name not in SCALE_NAMES:
        raise CodecError("colour scale", f"one of {', '.join(SCALE_NAMES)}", repr(name))
    table = files("encode").joinpath("tables", f"{name}.csv").read_text("utf-8")
    return _from_table(name, np.loadtxt(table.splitlines(), delimiter=",") * 255)


def near_scale(offset: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
    """Confidence of colours that are this far from their nearest colour on the scale."""
    distance = np.sqrt(np.einsum("hwc,hwc->hw", offset, offset))
    near: Float32[np.ndarray, "h w"] = np.maximum(1 - distance / np.float32(OFF_SCALE), np.float32(0))
    return near


def _uniform(name: str, steps: int, colors: UInt8[np.ndarray, "n 3"]) -> ColorScale:
    middles = (np.arange(steps) + 0.5) / steps
    return ColorScale(name, np.concatenate([[0.0], middles, [1.0]]), colors, steps)


def _from_table(name: str, table: Float64[np.ndarray, "256 3"]) -> ColorScale:
    """Cells of the piecewise-linear map through `table` (channels 0..255): cut where a channel crosses k + 1/2."""
    last = len(table) - 1
    cuts = [_crossings(table[:, channel]) / last for channel in range(3)]
    edges = np.unique(np.concatenate([[0.0, 1.0], *cuts]))
    middle = (edges[1:] + edges[:-1]) / 2 * last
    positions = np.arange(len(table))
    colors = np.stack([np.interp(middle, positions, table[:, channel]) for channel in range(3)], -1)
    return ColorScale(name, edges, np.rint(colors).astype(np.uint8))


def _crossings(values: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " m"]:
    """Positions 0..n-1 at which the polyline through `values` crosses an integer plus one half."""
    positions: list[float] = []
    for i, (a, b) in enumerate(zip(values[:-1].tolist(), values[1:].tolist(), strict=True)):
        halves = np.arange(np.ceil(min(a, b) - 0.5), np.floor(max(a, b) - 0.5) + 1) + 0.5
        if a != b:
            positions.extend((i + (halves - a) / (b - a)).tolist())
    return np.array(positions)
