"""Hulls: superelliptic cross sections along y, and sheets that lie on their skin."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from encode.lazy_import import import_lazily
from scenes.base import Vec4
from scenes.mesh import Floats, Mesh, skin
from scenes.shapes import Hull, Patches

__all__ = ["hull_mesh", "hull_points", "patch_meshes"]

STEP = 0.06  # metres between the rows of a patch


def hull_points(hull: Hull, y: Floats, degrees: Floats) -> Floats:
    """Points [n, m, 3] of the skin at `y` [n] and angles [m]."""
    width, middle, up, down, power = (value[:, None] for value in _sections(hull, y))
    angle = np.radians(degrees)[None]
    cosine, sine = np.cos(angle), np.sin(angle)
    x = width * np.sign(cosine) * np.abs(cosine) ** (2 / power)
    reach = np.where(sine > 0, up, down)
    z = middle + reach * np.sign(sine) * np.abs(sine) ** (2 / power)
    return np.stack([x, np.broadcast_to(y[:, None], x.shape), z], -1)


def hull_mesh(hull: Hull) -> Mesh:
    """The closed skin; rings are closer together at the ends, where it turns in."""
    ends = hull.stations[0][0], hull.stations[-1][0]
    share = np.linspace(0, 1, hull.rings)
    eased = 0.3 * share + 0.7 * (1 - np.cos(np.pi * share)) / 2
    angles = np.linspace(0, 360, hull.segments, endpoint=False)
    mesh = skin(hull_points(hull, ends[0] + (ends[1] - ends[0]) * eased, angles))
    return mesh if mesh.volume() > 0 else mesh.flipped()


def patch_meshes(patches: Patches) -> list[Mesh]:
    """Each area as a closed sheet, and its mirror image where wanted."""
    meshes = []
    for area in patches.areas:
        mesh = _sheet(patches.hull, area, patches.thickness)
        meshes.append(mesh)
        if patches.mirror:
            meshes.append(mesh.transformed(np.diag([-1.0, 1.0, 1.0]), np.zeros(3)))
    return meshes


def _sections(hull: Hull, y: Floats) -> tuple[Floats, ...]:
    """Half width, waist, up, down and power at each y: curves that do not overshoot their stations."""
    return tuple(np.asarray(column) for column in _curves(hull)(y).T)


@lru_cache(maxsize=64)  # a body is asked for by each of its windows, and by each of their normals
def _curves(hull: Hull) -> Callable[[Floats], Floats]:
    table = np.array(hull.stations)
    curves: Callable[[Floats], Floats] = import_lazily("scipy.interpolate").PchipInterpolator(table[:, 0], table[:, 1:])
    return curves


def _sheet(hull: Hull, area: Vec4, thickness: float) -> Mesh:
    """A slab whose outer face is `thickness` off the skin and whose inner one is as far inside it."""
    rows = max(8, min(60, round(abs(area[1] - area[0]) / STEP) + 1))
    columns = max(3, round(abs(area[3] - area[2]) / 6) + 1)
    y, angle = np.linspace(area[0], area[1], rows), np.linspace(area[2], area[3], columns)
    points = hull_points(hull, y, angle)
    normal = _normals(hull, y, angle)
    layers = np.stack([points - normal * thickness, points + normal * thickness])
    index = np.arange(layers[..., 0].size).reshape(layers.shape[:3])
    inner, outer = index
    rim = _rim(inner), _rim(outer)
    side = np.stack([rim[0], np.roll(rim[0], -1), np.roll(rim[1], -1), rim[1]], 1)
    loops = np.concatenate([_quads(outer), _quads(inner)[:, ::-1], side])
    mesh = Mesh(layers.reshape(-1, 3), loops.astype(np.int32).ravel(), np.full(len(loops), 4, np.int32))
    return mesh if mesh.volume() > 0 else mesh.flipped()


def _normals(hull: Hull, y: Floats, angle: Floats) -> Floats:
    """Outward unit normals by differences over the skin."""
    low, high = hull.stations[0][0], hull.stations[-1][0]
    before, after = np.clip(y - 1e-3, low, high), np.clip(y + 1e-3, low, high)
    along = hull_points(hull, after, angle) - hull_points(hull, before, angle)
    round_ = hull_points(hull, y, angle + 0.5) - hull_points(hull, y, angle - 0.5)
    normal = np.cross(along, round_)
    normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-12)
    outward = np.stack([np.cos(np.radians(angle)), np.zeros_like(angle), np.sin(np.radians(angle))], -1)[None]
    return np.asarray(normal * np.where((normal * outward).sum(-1, keepdims=True) < 0, -1.0, 1.0))


def _quads(index: np.ndarray) -> np.ndarray:
    return np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], -1).reshape(-1, 4)


def _rim(index: np.ndarray) -> np.ndarray:
    """The border of the grid, in the order in which `_quads` of the outer face goes round it."""
    return np.concatenate([index[0, :-1], index[:-1, -1], index[-1, :0:-1], index[:0:-1, 0]])
