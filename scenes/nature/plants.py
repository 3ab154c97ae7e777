"""Plants as meshes: tubes for wood, folded sheets for needles, blades and petals."""

import numpy as np

from scenes.mesh import Floats, Mesh, joined, skin
from scenes.nature.branching import Branch, skeleton
from scenes.nature.specs import Petals, Wood

__all__ = ["petals_mesh", "sheets", "wood_mesh"]

_SIDES = {0: 12, 1: 7, 2: 5, 3: 4}  # of a branch's tube, by its order


def wood_mesh(shape: Wood) -> Mesh:
    """All branches; the lowest ring lies level on z = 0."""
    alike: dict[tuple[int, int], list[Branch]] = {}
    for branch in skeleton(shape.growth):
        alike.setdefault((branch.order, len(branch.path)), []).append(branch)
    return joined([_tubes(branches, _SIDES[order]) for (order, _), branches in alike.items()])


def _tubes(branches: list[Branch], sides: int) -> Mesh:
    """Tubes round branches with equally many points, all at once; rings turn little, so that nothing twists."""
    paths, radii = np.stack([branch.path for branch in branches]), np.stack([branch.radii for branch in branches])
    ahead = _unit(np.gradient(paths, axis=1))
    whole = _unit(paths[:, -1] - paths[:, 0])
    aside = np.where(np.abs(whole[:, 2:]) < 0.8, [0.0, 0.0, 1.0], [1.0, 0.0, 0.0])
    width = _unit(np.cross(aside[:, None], ahead))
    depth = np.cross(ahead, width)
    heading = np.linspace(0, 2 * np.pi, sides, endpoint=False)[:, None]
    ring = width[:, :, None] * np.cos(heading) + depth[:, :, None] * np.sin(heading)
    rings = paths[:, :, None] + ring * radii[:, :, None, None]
    rooted = paths[:, 0, 2] < 1e-6
    rings[rooted, 0, :, 2] = 0.0
    first = skin(rings[0])
    moves = np.arange(len(branches), dtype=np.int32)[:, None] * len(first.vertices)
    return Mesh(rings.reshape(-1, 3), (first.loops + moves).ravel(), np.tile(first.sizes, len(branches)))


def sheets(root: Floats, along: Floats, across: Floats, fold: Floats) -> Mesh:
    """Kite-shaped sheets of two faces each: from `root` [n, 3] `along` to the tip, `across` to a side, folded up."""
    waist = root + 0.45 * along
    corners = np.stack([root, waist + across + fold, root + along, waist - across + fold], 1)
    start = 4 * np.arange(len(root), dtype=np.int32)[:, None]
    faces = (start + np.array([0, 1, 2, 0, 2, 3], np.int32)).astype(np.int32)
    return Mesh(corners.reshape(-1, 3), faces.ravel(), np.full(2 * len(root), 3, np.int32))


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9))


def petals_mesh(shape: Petals) -> Mesh:
    """Whorls of sheets, each in three lengths that bend over, or fronds with leaflets."""
    rng = np.random.Generator(np.random.PCG64(shape.seed))
    number = np.arange(shape.count)
    whorl = number * shape.whorls // shape.count
    heading = (
        2 * np.pi * number * shape.whorls / shape.count + 0.5 * whorl + shape.jitter * rng.normal(0, 1, shape.count)
    )
    lift = shape.lift + 0.35 * whorl + shape.jitter * rng.normal(0, 0.6, shape.count)
    size = shape.long * (1 - 0.18 * whorl) * (1 + shape.jitter * rng.normal(0, 0.5, shape.count))
    out = np.stack([np.cos(heading), np.sin(heading), np.zeros(shape.count)], 1)
    across = np.stack([-np.sin(heading), np.cos(heading), np.zeros(shape.count)], 1)
    steps = 9 if shape.feathered else 3
    line = [0.02 * shape.long * out]
    for k in range(steps):
        angle = (lift - shape.bend * (k + 0.5) / steps)[:, None]
        line.append(line[-1] + (size / steps)[:, None] * (out * np.cos(angle) + [0, 0, 1.0] * np.sin(angle)))
    rib = np.stack(line, 1)
    return _frond(rib, across, shape.broad) if shape.feathered else _ribbon(rib, across, shape.broad)


def _ribbon(rib: Floats, across: Floats, width: float) -> Mesh:
    """Sheets along the ribs [n, 4, 3], narrow at the root, round at the tip."""
    half = 0.5 * width * np.array([0.3, 0.9, 1.0, 0.35])[None, :, None]
    rows = np.stack([rib - half * across[:, None], rib + half * across[:, None]], 2)
    index = np.arange(rows[..., 0].size, dtype=np.int32).reshape(rows.shape[:3])
    quads = np.stack([index[:, :-1, 0], index[:, 1:, 0], index[:, 1:, 1], index[:, :-1, 1]], -1)
    return Mesh(rows.reshape(-1, 3), quads.ravel(), np.full(quads.size // 4, 4, np.int32))


def _frond(rib: Floats, across: Floats, width: float) -> Mesh:
    """Leaflets down both sides of each rib, longest below the middle."""
    count = rib.shape[1] - 1
    root = np.repeat(rib[:, 1:], 2, 1)
    ahead = np.repeat(_unit(np.diff(rib, axis=1)), 2, 1)
    side = np.tile([-1.0, 1.0], count)[None, :, None] * across[:, None]
    length = (
        np.repeat(np.sin(np.pi * (0.18 + 0.8 * np.linspace(0, 1, count))), 2)[None, :, None] * width * 0.5
        + 0.02 * width
    )
    toward = _unit(side + 0.45 * ahead) * length
    across_leaflet = 0.2 * width * ahead * np.ones_like(length)
    flat = (root.reshape(-1, 3), toward.reshape(-1, 3), 0.5 * across_leaflet.reshape(-1, 3))
    ribbon = _ribbon_thin(rib, across, 0.03 * width)
    return joined([sheets(*flat, np.zeros_like(flat[0])), ribbon])


def _ribbon_thin(rib: Floats, across: Floats, width: float) -> Mesh:
    half = 0.5 * width * across[:, None] * np.ones((1, rib.shape[1], 1))
    rows = np.stack([rib - half, rib + half], 2)
    index = np.arange(rows[..., 0].size, dtype=np.int32).reshape(rows.shape[:3])
    quads = np.stack([index[:, :-1, 0], index[:, 1:, 0], index[:, 1:, 1], index[:, :-1, 1]], -1)
    return Mesh(rows.reshape(-1, 3), quads.ravel(), np.full(quads.size // 4, 4, np.int32))
