"""Which pixel centres a mesh alone would cover: a rasteriser of silhouettes. numpy only.

It replaces one render an object: the visible fraction needs the area of the object without its occluders, and nothing
of its depth or shading. Triangles are clipped at the near plane, grouped by the size of their pixel box and tested by
edge functions, box by box of one size at a time.
"""

import numpy as np
from jaxtyping import Bool, Float64, Int32, Int64

__all__ = ["silhouette"]

NEAR = 1e-4  # metres; nearer geometry would blow up in the division
CHUNK = 4_000_000  # pixel tests at once, to bound memory


def silhouette(
    vertices: Float64[np.ndarray, "n 3"],
    triangles: Int32[np.ndarray, "t 3"],
    k: Float64[np.ndarray, "3 3"],
    width: int,
    height: int,
) -> Bool[np.ndarray, "h w"]:
    """Pixels whose centre the mesh covers; `vertices` in camera axes (z toward the viewer), metres."""
    corners = _clip_near(vertices[triangles])
    depth = -corners[..., 2]
    u = k[0, 0] * corners[..., 0] / depth + k[0, 2]
    v = k[1, 2] - k[1, 1] * corners[..., 1] / depth
    return _fill(np.stack([u, v], axis=-1), width, height)


def _clip_near(corners: Float64[np.ndarray, "t 3 3"]) -> Float64[np.ndarray, "s 3 3"]:
    """Cut triangles at the near plane; one that loses a corner becomes two."""
    inside = corners[..., 2] < -NEAR
    count = inside.sum(axis=1)
    pieces = [corners[count == 3]]
    for kept in (1, 2):
        chosen = corners[count == kept]
        if not len(chosen):
            continue
        # Turn each triangle so that the corner which is alone on its side comes first.
        alone = np.argmax(inside[count == kept] == (kept == 1), axis=1)
        order = (alone[:, None] + np.arange(3)) % 3
        a, b, c = np.moveaxis(np.take_along_axis(chosen, order[..., None], axis=1), 1, 0)
        ab, ac = _cut(a, b), _cut(a, c)
        if kept == 1:
            pieces.append(np.stack([a, ab, ac], axis=1))
        else:
            pieces.extend([np.stack([ab, b, c], axis=1), np.stack([ab, c, ac], axis=1)])
    return np.concatenate(pieces)


def _cut(p: Float64[np.ndarray, "t 3"], q: Float64[np.ndarray, "t 3"]) -> Float64[np.ndarray, "t 3"]:
    share = (-NEAR - p[:, 2]) / (q[:, 2] - p[:, 2])
    point = p + share[:, None] * (q - p)
    point[:, 2] = -NEAR
    return point


def _fill(points: Float64[np.ndarray, "t 3 2"], width: int, height: int) -> Bool[np.ndarray, "h w"]:
    mask = np.zeros((height, width), bool)
    limit = np.array([width, height])
    low = np.clip(np.ceil(points.min(axis=1) - 0.5), 0, limit).astype(np.int64)
    high = np.clip(np.floor(points.max(axis=1) - 0.5) + 1, 0, limit).astype(np.int64)
    size = high - low
    seen = (size > 0).all(axis=1)
    points, low, size = points[seen], low[seen], size[seen]
    # Boxes are rounded up to powers of two, so that a few groups hold all triangles.
    group = 2 ** np.ceil(np.log2(size)).astype(np.int64)
    for box in np.unique(group, axis=0):
        chosen = np.flatnonzero((group == box).all(axis=1))
        step = max(1, CHUNK // int(box[0] * box[1]))
        for start in range(0, len(chosen), step):
            part = chosen[start : start + step]
            _fill_boxes(mask, points[part], low[part], box)
    return mask


def _fill_boxes(
    mask: Bool[np.ndarray, "h w"],
    points: Float64[np.ndarray, "t 3 2"],
    low: Int64[np.ndarray, "t 2"],
    box: Int64[np.ndarray, " 2"],
) -> None:
    """Mark the pixel centres inside each triangle, among the `box` of pixels from `low` on."""
    dx, dy = np.arange(box[0]), np.arange(box[1])
    edges = np.roll(points, -1, axis=1) - points
    offset = low[:, None] + 0.5 - points
    # Twice the signed area; its sign makes the edge functions positive inside for either winding.
    sign = np.where(edges[:, 0, 0] * edges[:, 1, 1] < edges[:, 0, 1] * edges[:, 1, 0], -1.0, 1.0)
    edges *= sign[:, None, None]
    start = edges[..., 0] * offset[..., 1] - edges[..., 1] * offset[..., 0]
    inside = np.ones((len(points), len(dy), len(dx)), bool)
    for side in range(3):
        along = start[:, side, None] - edges[:, side, 1, None] * dx
        inside &= along[:, None, :] >= (-edges[:, side, 0, None] * dy)[:, :, None]
    t, j, i = np.nonzero(inside)
    y, x = low[t, 1] + j, low[t, 0] + i
    kept = (y < mask.shape[0]) & (x < mask.shape[1])
    mask[y[kept], x[kept]] = True
