"""Which of an image's pixel centres a mesh covers, where a lens scatters them over the pinhole image. numpy only.

Triangles have straight edges in the pinhole image alone, so coverage is decided there: the pixel centres, undistorted,
are points at arbitrary positions. They are sorted into strips from top to bottom, and within a strip from left to
right: what a triangle may cover of a strip is one run of its points, each of which is then tested.
"""

import numpy as np
from jaxtyping import Bool, Float64, Int64, Integer

from encode.formulas.lens import Lens
from encode.formulas.projection import pixel_rays, to_pixels
from render.coverage import CHUNK, TIE, clip_near, split_every

__all__ = ["ScatteredCentres"]

MARGIN = 1e-6  # pixels: runs are chosen so much wider than the triangle, since each point is tested anyway


class ScatteredCentres:
    """The pixel centres of a view with a lens, as positions in the pinhole image of the same K."""

    def __init__(self, k: Float64[np.ndarray, "3 3"], width: int, height: int, lens: Lens) -> None:
        u, v, _ = (axis.ravel() for axis in to_pixels(pixel_rays(k, width, height, lens=lens), k))
        strips = np.argsort(v, kind="stable").reshape(height, width)
        strips = np.take_along_axis(strips, np.argsort(u[strips], axis=1, kind="stable"), axis=1)
        self._k, self._shape = k, (height, width)
        self._pixel, self._u, self._v = strips.ravel(), u[strips].ravel(), v[strips].ravel()
        self._top, self._bottom = v[strips].min(axis=1), v[strips].max(axis=1)
        # One ascending list for all strips, in which a position is found by its strip and its u.
        self._left, self._pitch = self._u.min(), np.ptp(self._u) + 4.0
        self._keys = self._key(np.repeat(np.arange(height), width), self._u)

    def silhouette(
        self, vertices: Float64[np.ndarray, "n 3"], triangles: Integer[np.ndarray, "t 3"]
    ) -> Bool[np.ndarray, "h w"]:
        """As `render.coverage.silhouette`."""
        u, v, _ = to_pixels(clip_near(vertices[triangles]), self._k)
        covered = np.zeros(len(self._pixel), bool)
        first = np.searchsorted(self._bottom, v.min(axis=1) - MARGIN)
        last = np.searchsorted(self._top, v.max(axis=1) + MARGIN, side="right")
        beside = (u.max(axis=1) < self._left - MARGIN) | (u.min(axis=1) > self._u.max() + MARGIN)
        seen = np.flatnonzero((last > first) & ~beside)
        for part in np.split(seen, split_every(CHUNK, (last - first)[seen])):
            of, strip = _expanded(part, first[part], (last - first)[part])
            start, stop = self._runs(u, v, of, strip)
            met = stop > start
            self._cover(covered, u, v, of[met], start[met], (stop - start)[met])
        mask = np.zeros(len(self._pixel), bool)
        mask[self._pixel] = covered
        return mask.reshape(self._shape)

    def _key(self, strip: Int64[np.ndarray, " n"], u: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " n"]:
        """Where a position is in `_keys`; those beside the image are right before or behind its strip's."""
        return strip * self._pitch + np.clip(u - self._left, -1.0, self._pitch - 3.0)

    def _runs(
        self,
        u: Float64[np.ndarray, "t 3"],
        v: Float64[np.ndarray, "t 3"],
        of: Int64[np.ndarray, " r"],
        strip: Int64[np.ndarray, " r"],
    ) -> tuple[Int64[np.ndarray, " r"], Int64[np.ndarray, " r"]]:
        """The points from start up to stop of a strip that lie between the ends of triangle `of` within the strip."""
        low, high = np.full(len(of), np.inf), np.full(len(of), -np.inf)
        top, bottom = self._top[strip], self._bottom[strip]
        for side in range(3):
            ua, va, ub, vb = u[of, side], v[of, side], u[of, side - 2], v[of, side - 2]
            rise = vb - va
            for level, own in ((top, ua), (bottom, ub)):
                share = np.divide(level - va, rise, out=np.zeros_like(rise), where=rise != 0)
                at = np.where(rise == 0, own, ua + np.clip(share, 0.0, 1.0) * (ub - ua))
                inside = (np.minimum(va, vb) <= bottom + MARGIN) & (np.maximum(va, vb) >= top - MARGIN)
                low, high = np.where(inside, np.minimum(low, at), low), np.where(inside, np.maximum(high, at), high)
        start = np.searchsorted(self._keys, self._key(strip, low - MARGIN))
        return start, np.searchsorted(self._keys, self._key(strip, high + MARGIN), side="right")

    def _cover(
        self,
        covered: Bool[np.ndarray, " p"],
        u: Float64[np.ndarray, "t 3"],
        v: Float64[np.ndarray, "t 3"],
        of: Int64[np.ndarray, " r"],
        start: Int64[np.ndarray, " r"],
        count: Int64[np.ndarray, " r"],
    ) -> None:
        """Mark the points of the runs that lie in their triangles."""
        for rows in np.split(np.arange(len(of)), split_every(CHUNK, count)):
            run, point = _expanded(rows, start[rows], count[rows])
            fresh = ~covered[point]
            triangle, point = of[run[fresh]], point[fresh]
            covered[point[_inside(u[triangle], v[triangle], self._u[point], self._v[point])]] = True


def _expanded(
    rows: Int64[np.ndarray, " r"], start: Int64[np.ndarray, " r"], count: Int64[np.ndarray, " r"]
) -> tuple[Int64[np.ndarray, " n"], Int64[np.ndarray, " n"]]:
    """Each row as often as it counts, and the numbers from its start on."""
    return np.repeat(rows, count), np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - start, count)


def _inside(
    u: Float64[np.ndarray, "n 3"],
    v: Float64[np.ndarray, "n 3"],
    x: Float64[np.ndarray, " n"],
    y: Float64[np.ndarray, " n"],
) -> Bool[np.ndarray, " n"]:
    """Whether points lie in triangles of either winding, or within `TIE` pixels of an edge's line."""
    left, right = np.ones(len(x), bool), np.ones(len(x), bool)
    for side in range(3):
        du, dv = u[:, side - 2] - u[:, side], v[:, side - 2] - v[:, side]
        cross = du * (y - v[:, side]) - dv * (x - u[:, side])
        slack = TIE * np.hypot(du, dv)
        left &= cross >= -slack
        right &= cross <= slack
    return left | right
