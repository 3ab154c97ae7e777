"""A scribble: a wavering line of a pen inside the visible object."""

import numpy as np
from jaxtyping import Bool, Float64, Int64

from encode.draw import choice
from encode.frame import Frame, ObjectId
from encode.interactive.drawing.window import window_around
from encode.interactive.marks import Marks
from encode.interactive.shapes import draw_stroke, is_stroke, stroke_radii
from encode.lazy_import import import_lazily
from encode.pixel_shapes import box_of, clearance
from encode.segmentation.paint import mask_of

__all__ = ["draw_scribble"]

# The line keeps so many pixels from the object's border, besides the pen's radius.
_MARGIN = 2.0

# Places that a line may go through; larger objects have them farther apart.
_MOST_PLACES = 2500

# How much longer a step through a rough place counts: lines go around those, and so waver.
_ROUGHNESS = 4.0

# Each part of a line ends at least this share of the greatest way off; it has one to three parts.
_FAR, _MOST_PARTS = 0.5, 3

# Points of the line that are averaged.
_SMOOTH = 5

_TRIES = 3


def draw_scribble(rng: np.random.Generator, frame: Frame, instance: ObjectId) -> Marks | None:
    """Draw a scribble on an object; None where no line fits in it."""
    shape = frame.truth.shape
    mask = mask_of(frame.truth.instance, [instance])
    window = window_around(frame, box_of(mask), 0.0)
    depth = clearance(mask[window])
    radius = int(rng.integers(stroke_radii(shape)[0], stroke_radii(shape)[1] + 1))
    inside = depth >= radius + _MARGIN
    for _ in range(_TRIES if inside.any() else 0):
        path = _path(rng, inside)
        for line in (_smooth(path), path):
            scribble = np.zeros(shape, bool)
            scribble[window] = draw_stroke(depth.shape, line, radius)
            fits = not (scribble[window] & (depth < _MARGIN)).any()
            if fits and is_stroke(scribble):
                return Marks("scribble", scribble, np.zeros(shape, bool))
    return None


def _path(rng: np.random.Generator, inside: Bool[np.ndarray, "a b"]) -> Float64[np.ndarray, "n 2"]:
    """A line through one connected part of a mask, as points (row, column)."""
    csgraph = import_lazily("scipy.sparse.csgraph")

    places, graph = _graph(rng, inside)
    start = int(rng.integers(len(places)))
    parts: list[Int64[np.ndarray, " n"]] = [np.array([start])]
    for _ in range(int(rng.integers(1, _MOST_PARTS + 1))):
        ways, before = csgraph.dijkstra(graph, indices=start, return_predecessors=True)
        reached = np.isfinite(ways)
        far = np.flatnonzero(reached & (ways >= _FAR * ways[reached].max()))
        end = choice(rng, far.tolist())
        way = [end]
        while way[-1] != start:
            way.append(int(before[way[-1]]))
        parts.append(np.array(way[-2::-1], np.int64))
        start = end
    line: Float64[np.ndarray, "n 2"] = places[np.concatenate(parts)].astype(np.float64)
    return line


def _graph(rng: np.random.Generator, inside: Bool[np.ndarray, "a b"]) -> tuple[Int64[np.ndarray, "n 2"], object]:
    """Places of a mask (row, column), and the lengths of the steps between neighbouring ones, as a sparse matrix."""
    sparse = import_lazily("scipy.sparse")
    gaussian_filter = import_lazily("scipy.ndimage").gaussian_filter

    step = max(int(np.ceil(np.sqrt(inside.sum() / _MOST_PLACES))), 1)
    grid = inside[::step, ::step]
    if not grid.any():
        step, grid = 1, inside
    rough = gaussian_filter(rng.standard_normal(grid.shape), 2.0)
    rough = 1 + _ROUGHNESS * (rough - rough.min()) / max(float(np.ptp(rough)), 1e-9)
    index = np.full(grid.shape, -1)
    index[grid] = np.arange(int(grid.sum()))
    steps = []
    for down, across in ((0, 1), (1, 0), (1, 1), (1, -1)):
        first = index[: index.shape[0] - down, max(-across, 0) : index.shape[1] - max(across, 0)]
        second = index[down:, max(across, 0) : index.shape[1] + min(across, 0)]
        cost = rough[down:, max(across, 0) : index.shape[1] + min(across, 0)] * np.hypot(down, across)
        both = (first >= 0) & (second >= 0)
        steps.append((first[both], second[both], cost[both]))
    rows, columns, costs = (np.concatenate([part[i] for part in steps]) for i in range(3))
    count = int(grid.sum())
    graph = sparse.coo_array((costs, (rows, columns)), (count, count)).tocsr()
    return np.argwhere(grid) * step, graph + graph.T


def _smooth(path: Float64[np.ndarray, "n 2"]) -> Float64[np.ndarray, "n 2"]:
    """The path with each point at the mean of those around it; the ends count more often, so that they stay."""
    padded = np.pad(path, ((_SMOOTH // 2, _SMOOTH // 2), (0, 0)), mode="edge")
    smooth: Float64[np.ndarray, "n 2"] = np.lib.stride_tricks.sliding_window_view(padded, _SMOOTH, axis=0).mean(-1)
    return smooth
