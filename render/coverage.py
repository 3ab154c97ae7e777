"""Which pixel centres a mesh alone would cover: a rasteriser of silhouettes. numpy only.

It replaces one render an object: the visible fraction needs the area of the object without its occluders, and nothing
of its depth or shading. Triangles are clipped at the near plane, and each row of pixels that one crosses gets the span
between its edges.
"""

import numpy as np
from jaxtyping import Bool, Float64, Int64, Integer

from encode.formulas.projection import to_pixels

__all__ = ["CHUNK", "TIE", "centres", "clip_near", "silhouette", "split_every"]

NEAR = 1e-4  # metres; nearer geometry would blow up in the division
CHUNK = 1_000_000  # spans at once, to bound memory
TIE = 1e-9  # pixels; a centre on the edge that two triangles share is in one of them at least


def silhouette(
    vertices: Float64[np.ndarray, "n 3"],
    triangles: Integer[np.ndarray, "t 3"],
    k: Float64[np.ndarray, "3 3"],
    width: int,
    height: int,
) -> Bool[np.ndarray, "h w"]:
    """Mask of the pixels with centres that the mesh covers; `vertices` in camera axes (z toward the viewer), metres."""
    if (vertices[:, 2] < -NEAR).all():  # most objects: nothing to cut, and vertices are fewer than corners
        u, v, _ = to_pixels(vertices, k)
        return _fill(u[triangles], v[triangles], width, height)
    u, v, _ = to_pixels(clip_near(vertices[triangles]), k)
    return _fill(u, v, width, height)


def clip_near(corners: Float64[np.ndarray, "t 3 3"]) -> Float64[np.ndarray, "s 3 3"]:
    """Cut triangles in camera axes at the near plane; one that loses a corner becomes two."""
    inside = corners[..., 2] < -NEAR
    count = np.count_nonzero(inside, axis=1)
    parts = [corners[count == 3]]
    for corners_in_front in (1, 2):
        chosen = corners[count == corners_in_front]
        if not len(chosen):
            continue
        # Turn each triangle so that the corner which is alone on its side comes first.
        alone = np.argmax(inside[count == corners_in_front] == (corners_in_front == 1), axis=1)
        order = (alone[:, None] + np.arange(3)) % 3
        a, b, c = np.moveaxis(np.take_along_axis(chosen, order[..., None], axis=1), 1, 0)
        ab, ac = _cut(a, b), _cut(a, c)
        if corners_in_front == 1:
            parts.append(np.stack([a, ab, ac], axis=1))
        else:
            parts.extend([np.stack([ab, b, c], axis=1), np.stack([ab, c, ac], axis=1)])
    return np.concatenate(parts)


def _cut(p: Float64[np.ndarray, "t 3"], q: Float64[np.ndarray, "t 3"]) -> Float64[np.ndarray, "t 3"]:
    share = (-NEAR - p[:, 2]) / (q[:, 2] - p[:, 2])
    point = p + share[:, None] * (q - p)
    point[:, 2] = -NEAR
    return point


def _fill(
    u: Float64[np.ndarray, "t 3"], v: Float64[np.ndarray, "t 3"], width: int, height: int
) -> Bool[np.ndarray, "h w"]:
    (first, last), (left, right) = centres(v, height), centres(u, width)
    rows = last - first
    seen = np.flatnonzero((rows > 0) & (right > left))
    mask = np.zeros((height, width), bool)
    if not len(seen):
        return mask
    # Most objects cover a small part of the image. A column more, since spans may begin that much earlier.
    top, bottom = int(first[seen].min()), int(last[seen].max())
    start, stop = max(int(left[seen].min()) - 1, 0), min(int(right[seen].max()) + 1, width)
    # How many more triangles begin at a column than have ended before it.
    steps = np.zeros((bottom - top, stop - start + 1), np.int64)
    for part in np.split(seen, split_every(CHUNK, rows[seen])):
        _step(steps, u[part] - start, v[part] - top, first[part] - top, rows[part])
    mask[top:bottom, start:stop] = np.cumsum(steps[:, :-1], axis=1) > 0
    return mask


def split_every(size: int, counts: Int64[np.ndarray, " t"]) -> Int64[np.ndarray, " s"]:
    """Where to split rows so that the counts of a part add up to `size` or little more."""
    total = np.cumsum(counts)
    return np.searchsorted(total, np.arange(size, total[-1], size)) if len(total) else np.zeros(0, np.int64)


def _step(
    steps: Int64[np.ndarray, "h steps"],
    u: Float64[np.ndarray, "t 3"],
    v: Float64[np.ndarray, "t 3"],
    first: Int64[np.ndarray, " t"],
    rows: Int64[np.ndarray, " t"],
) -> None:
    """Count the triangles' spans, each in `rows` rows of pixels from `first` on."""
    of = np.repeat(np.arange(len(rows)), rows)
    y = np.arange(len(of)) - np.repeat(np.cumsum(rows) - rows - first, rows)
    start, stop = _spans(u, v, of, y, steps.shape[1] - 1)
    filled = start < stop
    line = y[filled] * steps.shape[1]
    for column, sign in ((start, 1), (stop, -1)):
        steps += sign * np.bincount(line + column[filled], minlength=steps.size).reshape(steps.shape)


def centres(
    x: Float64[np.ndarray, "t 3"], limit: int, margin: float = 0.0
) -> tuple[Int64[np.ndarray, " t"], Int64[np.ndarray, " t"]]:
    """The pixels, from start up to stop, whose centres lie in each triangle's extent along an axis or `margin` beside.

    Those from 0 up to `limit` count; stop is never before start.
    """
    low, high = _extent(x)
    start = np.clip(np.ceil(low - 0.5 - margin), 0, limit).astype(np.int64)
    return start, np.maximum(start, np.clip(np.floor(high - 0.5 + margin) + 1, 0, limit).astype(np.int64))


def _extent(x: Float64[np.ndarray, "t 3"]) -> tuple[Float64[np.ndarray, " t"], Float64[np.ndarray, " t"]]:
    # Column by column: numpy's reduction over so short an axis takes many times as long.
    a, b, c = x.T
    return np.minimum(np.minimum(a, b), c), np.maximum(np.maximum(a, b), c)


def _spans(
    u: Float64[np.ndarray, "t 3"],
    v: Float64[np.ndarray, "t 3"],
    of: Int64[np.ndarray, " r"],
    y: Int64[np.ndarray, " r"],
    width: int,
) -> tuple[Int64[np.ndarray, " r"], Int64[np.ndarray, " r"]]:
    """The columns from start up to stop whose centres lie in triangle `of` in row `y`, by its edge functions."""
    edge_u, edge_v = np.roll(u, -1, axis=1) - u, np.roll(v, -1, axis=1) - v
    # Twice the signed area; its sign makes the edge functions positive inside for either winding.
    turned = edge_u[:, 0] * edge_v[:, 1] < edge_v[:, 0] * edge_u[:, 1]
    low, high = (extent[of] for extent in _extent(u))
    for side in range(3):
        # An edge along the rows bounds no row: the extent does.
        rise = np.where(turned, -1, 1) * edge_v[:, side]
        slope = edge_u[:, side] / np.where(rise == 0, 1, edge_v[:, side])
        at = u[of, side] + slope[of] * (y + 0.5 - v[of, side])
        high = np.where(rise[of] > 0, np.minimum(high, at), high)
        low = np.where(rise[of] < 0, np.maximum(low, at), low)
    start = np.clip(np.ceil(low - 0.5 - TIE), 0, width).astype(np.int64)
    stop = np.clip(np.floor(high - 0.5 + TIE) + 1, 0, width).astype(np.int64)
    return start, stop
