"""What covers the land: blades of grass near by, and the crowns of woods far off."""

import numpy as np

from scenes.mesh import Floats, Mesh, joined
from scenes.nature.gradient_noise import noise
from scenes.nature.land import bare_field, ground_height, shore_field, slope, trail_field, water_field
from scenes.nature.plants import sheets
from scenes.nature.specs import Blades, Land, Woodland

__all__ = ["blades_mesh", "woodland_mesh"]

_TUFT = 9  # blades that grow from one root
_CLUMP = 6  # short blades that grow about one place
_CLOSE = 150.0  # metres: crowns nearer than this are finer


def _green(land: Land, points: Floats, margin: float) -> np.ndarray:
    """Which points have plants: those not on path, shore, bare patches or rock."""
    fields = [trail_field(land, points), shore_field(land, points), water_field(land, points)]
    keep = np.max(fields, axis=0) < -margin
    return np.asarray(keep & (bare_field(land, points) < 0.05) & (slope(land, points) < land.steep))


def blades_mesh(shape: Blades) -> Mesh:
    """Tall blades in tufts, and short ones between them (the sward). Distant blades are broader."""
    rng = np.random.Generator(np.random.PCG64(shape.seed))
    if shape.litter:
        return _litter(rng, shape, _roots(rng, shape, shape.count, _TUFT, gathered=0.28))
    short = round(shape.sward * shape.count)
    tufts = _roots(rng, shape, shape.count - short, _TUFT, gathered=0.28)
    meshes = [_blades(rng, shape, tufts, np.full(len(tufts), shape.height), shape.width)]
    if short:
        roots = _roots(rng, shape, short, _CLUMP, gathered=2.0)
        lush = noise(roots, 1.1, shape.seed + 2, octaves=2)
        height = shape.height * np.clip(0.36 + 0.25 * lush, 0.15, 0.6)
        meshes.append(_blades(rng, shape, roots, height, 1.2 * shape.width))
    return joined(meshes)


def _roots(rng: np.random.Generator, shape: Blades, count: int, each: int, *, gathered: float) -> Floats:
    """Where `count` blades stand [n, 2], `each` from one place, denser toward the origin.

    gathered: 0 for few dense patches, 1 or more for an even cover.
    """
    away = shape.reach * rng.uniform(0.0, 1.0, 2 * count // each + 1) ** 0.66
    heading = rng.uniform(0, 2 * np.pi, len(away))
    spots = np.stack([away * np.cos(heading), away * np.sin(heading)], 1)
    dense = noise(spots, 2.5, shape.seed + 1, octaves=3) + rng.normal(0, 0.35, len(spots)) > -gathered
    spots = spots[dense & _green(shape.land, spots, 0.12)][: max(count // each, 1)]
    if not len(spots):
        spots = np.array([[3.0, 3.0]])
    return np.asarray(np.repeat(spots, each, 0) + rng.normal(0, 0.07, (len(spots) * each, 2)))


def _blades(rng: np.random.Generator, shape: Blades, root: Floats, height: Floats, width: float) -> Mesh:
    """Blades that taper to a point and lean over, about `height` [n] metres long and `width` metres wide."""
    tufts = -(-len(root) // _TUFT)
    length = height * np.repeat(rng.uniform(0.55, 1.3, tufts), _TUFT)[: len(root)] * rng.uniform(0.5, 1.1, len(root))
    far = np.linalg.norm(root, axis=1)
    widths = width * (1 + far / 9) * rng.uniform(0.7, 1.3, len(root))
    heading = rng.uniform(0, 2 * np.pi, len(root))
    out = np.stack([np.cos(heading), np.sin(heading), np.zeros(len(root))], 1)
    side = np.stack([-np.sin(heading), np.cos(heading), np.zeros(len(root))], 1) * (0.5 * widths)[:, None]
    base = np.column_stack([root, ground_height(shape.land, root) - 0.02])
    lean = rng.uniform(0.05, 0.9, (len(root), 1))
    tip = base + length[:, None] * (np.array([0, 0, 1.0]) * (1.05 - 0.4 * lean) + lean * out)
    waist = base + length[:, None] * (np.array([0, 0, 0.62]) + 0.2 * lean * out)
    corners = np.stack([base - side, base + side, waist + 0.75 * side, waist - 0.75 * side, tip], 1)
    start = 5 * np.arange(len(root), dtype=np.int32)[:, None]
    loops = start + np.array([0, 1, 2, 3, 3, 2, 4], np.int32)
    return Mesh(corners.reshape(-1, 3), loops.ravel().astype(np.int32), np.tile(np.array([4, 3], np.int32), len(root)))


def _litter(rng: np.random.Generator, shape: Blades, root: Floats) -> Mesh:
    """Leaves that lie where they fell, each tilted a little and curled."""
    spots = root + rng.normal(0, 0.25, root.shape)
    base = np.column_stack([spots, ground_height(shape.land, spots) + 0.012])
    heading, size = rng.uniform(0, 2 * np.pi, len(base)), shape.height * rng.uniform(0.6, 1.2, (len(base), 1))
    toward = np.stack([np.cos(heading), np.sin(heading), rng.normal(0, 0.25, len(base))], 1) * size
    across = np.stack([-np.sin(heading), np.cos(heading), rng.normal(0, 0.25, len(base))], 1) * size * 0.3
    return sheets(base, toward, across, np.array([0, 0, 0.12]) * size)


def woodland_mesh(shape: Woodland) -> Mesh:
    """Trees as dozens of leaf masses on a stem, dense where noise is high and sparse elsewhere."""
    rng = np.random.Generator(np.random.PCG64(shape.seed))
    tries = 6 * shape.count
    away = shape.near * (shape.far / shape.near) ** rng.uniform(0, 1, tries)
    heading = rng.uniform(0, 2 * np.pi, tries)
    spots = np.stack([away * np.cos(heading), away * np.sin(heading)], 1)
    wooded = noise(spots, 0.35 * shape.far**0.5 * shape.near**0.5, shape.seed + 1, octaves=3) > 0.02
    spots = spots[wooded & _green(shape.land, spots, 1.5)][: shape.count]
    if not len(spots):
        spots = np.array([[shape.near, 0.0]])
    ground = ground_height(shape.land, spots) - 0.4
    height = shape.tall * rng.uniform(0.6, 1.2, len(spots))
    spiky = rng.random(len(spots)) < shape.conifers
    close = np.linalg.norm(spots, axis=1) < _CLOSE
    crowns = [
        _crowns(rng, spots[part], ground[part], height[part], spiky[part], masses)
        for part, masses in ((close, 210), (~close, 36))
        if part.any()
    ]
    return joined([*crowns, _stems(spots, ground, height)])


def _crowns(
    rng: np.random.Generator, spots: Floats, ground: Floats, height: Floats, spiky: np.ndarray, masses: int
) -> Mesh:
    """Leaf masses over a cone or an egg, the smaller the more there are."""
    fine = (36 / masses) ** 0.5
    up = rng.uniform(0, 1, (len(spots), masses))
    heading = rng.uniform(0, 2 * np.pi, up.shape)
    cone = 0.2 * (1.02 - up)
    egg = 0.33 * np.sqrt(np.maximum(1 - (1.9 * up - 0.95) ** 2, 0.04))
    reach = np.where(spiky[:, None], cone, egg) * rng.uniform(0.75, 1.05, up.shape) * height[:, None]
    low = np.where(spiky, 0.08, 0.26)[:, None]
    z = ground[:, None] + height[:, None] * (low + (1 - low) * up)
    out = np.stack([np.cos(heading), np.sin(heading), np.zeros_like(heading)], -1)
    root = np.stack(
        [
            spots[:, None, 0] + (0.9 - 0.35 * fine) * reach * out[..., 0],
            spots[:, None, 1] + (0.9 - 0.35 * fine) * reach * out[..., 1],
            z,
        ],
        -1,
    )
    size = np.where(spiky[:, None], 0.34 * (1.15 - up), 0.3) * fine * height[:, None] * rng.uniform(0.7, 1.2, up.shape)
    dip = np.where(spiky, -0.35, 0.25)[:, None, None]
    toward = (out + rng.normal(0, 0.45, out.shape) + np.array([0, 0, 1.0]) * dip) * 0.62 * size[..., None]
    across = np.cross(out, [0, 0, 1.0]) * (0.42 * size)[..., None]
    fold = np.array([0, 0, 1.0]) * (0.16 * size * np.where(spiky[:, None], -1, 1))[..., None]
    return sheets(*(part.reshape(-1, 3) for part in (root, toward, across, fold)))


def _stems(spots: Floats, ground: Floats, height: Floats) -> Mesh:
    """Three-sided stems."""
    angle = np.array([0, 2.1, 4.2])
    ring = np.stack([np.cos(angle), np.sin(angle)], 1) * 0.016
    low = np.concatenate([spots[:, None] + height[:, None, None] * ring, np.repeat(ground[:, None, None], 3, 1)], -1)
    high = np.concatenate(
        [spots[:, None] + 0.5 * height[:, None, None] * ring, np.repeat((ground + 0.55 * height)[:, None, None], 3, 1)],
        -1,
    )
    corners = np.concatenate([low, high], 1)
    start = 6 * np.arange(len(spots), dtype=np.int32)[:, None]
    quads = start + np.array([0, 1, 4, 3, 1, 2, 5, 4, 2, 0, 3, 5], np.int32)
    return Mesh(corners.reshape(-1, 3), quads.ravel().astype(np.int32), np.full(3 * len(spots), 4, np.int32))
