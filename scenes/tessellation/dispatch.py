"""Shapes into meshes: outward faces, closed where the shape is closed, no modifiers."""

from functools import lru_cache, singledispatch

import numpy as np

from encode.formulas.rotation import euler_matrix
from encode.lazy_import import import_lazily
from scenes.blob.nets import blob_mesh
from scenes.blob.specs import Blob
from scenes.face.pieces import face_mesh
from scenes.face.specs import FacePiece
from scenes.face.surface import face_surface
from scenes.hair.mesh import hair_mesh
from scenes.hair.specs import HairPiece
from scenes.hand.nails import nails_mesh
from scenes.hand.skin import hand_mesh
from scenes.hand.specs import HandSkin, Nails
from scenes.mesh import Floats, Mesh, joined, skin
from scenes.nature.boulder import boulder_mesh
from scenes.nature.cover import blades_mesh, woodland_mesh
from scenes.nature.foliage import leafage_mesh
from scenes.nature.ground import ground_mesh
from scenes.nature.plants import petals_mesh, wood_mesh
from scenes.nature.specs import Blades, Boulder, Ground, Leafage, Petals, Wood, Woodland
from scenes.shapes import (
    Array,
    Box,
    Cylinder,
    Extrusion,
    Group,
    HeightField,
    Hull,
    Imported,
    Lathe,
    Lettering,
    Loft,
    Patches,
    Perforated,
    Piece,
    Shape,
    Sphere,
    Sweep,
)
from scenes.tessellation.hull import hull_mesh, patch_meshes
from scenes.tessellation.lettering import lettering_mesh
from scenes.tessellation.perforated import perforated_mesh
from scenes.tessellation.sweep import sweep_rings
from scenes.tessellation.value_noise import fractal

__all__ = ["Mesh", "forget_meshes", "tessellate"]


class _Same:
    """A shape as a key compared by identity: to hash a large one takes as long as to mesh a small one."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.shape is other.shape

    def __hash__(self) -> int:
        return id(self.shape)


def tessellate(shape: Shape) -> Mesh:
    """The polygons of `shape` in its own axes; the arrays are read-only."""
    return _of_same(_Same(shape))


@lru_cache(maxsize=4096)
def _of_same(key: _Same) -> Mesh:
    return _of_equal(key.shape)


@lru_cache(maxsize=1024)  # a scene's shapes are measured as they are placed, and once more built into meshes
def _of_equal(shape: Shape) -> Mesh:
    mesh = _mesh(shape)
    for array in (mesh.vertices, mesh.loops, mesh.sizes):
        array.flags.writeable = False
    return mesh


def forget_meshes() -> None:
    """Drop what is kept of past shapes: a scene's trees alone are tens of megabytes, and the next one has others."""
    _of_same.cache_clear()
    _of_equal.cache_clear()
    blob_mesh.cache_clear()
    face_surface.cache_clear()


@singledispatch
def _mesh(shape: object) -> Mesh:
    raise TypeError(f"{type(shape).__name__} is not a shape")


@_mesh.register
def _box(shape: Box) -> Mesh:
    x, y, z = shape.size
    square = np.array([(-x, -y), (x, -y), (x, y), (-x, y)]) / 2
    return skin(_levels([square, square], [0.0, z]))


@_mesh.register
def _cylinder(shape: Cylinder) -> Mesh:
    top = shape.radius if shape.top_radius is None else shape.top_radius
    if top == 0:
        return _revolved(np.array([(0.0, 0.0), (shape.radius, 0.0), (0.0, shape.height)]), shape.segments, False)
    circle = _circle(shape.segments)
    return skin(_levels([circle * shape.radius, circle * top], [0.0, shape.height]))


@_mesh.register
def _sphere(shape: Sphere) -> Mesh:
    angle = np.linspace(0, np.pi, max(shape.segments // 2, 2) + 1)
    profile = np.stack([np.sin(angle), 1 - np.cos(angle)], 1)
    profile[[0, -1], 0] = 0.0
    return _revolved(profile, shape.segments, False).transformed(np.diag(shape.radii), np.zeros(3))


@_mesh.register
def _lathe(shape: Lathe) -> Mesh:
    return _revolved(np.array(shape.profile), shape.segments, shape.closed)


@_mesh.register
def _lettering(shape: Lettering) -> Mesh:
    return lettering_mesh(shape)


@_mesh.register
def _extrusion(shape: Extrusion) -> Mesh:
    outline = np.array(shape.outline)
    return skin(_levels([outline, outline], [0.0, shape.height]))


@_mesh.register
def _sweep(shape: Sweep) -> Mesh:
    path = np.array(shape.path)
    radii = np.broadcast_to(np.array(shape.radii), len(path))
    rings = sweep_rings(path, radii, aspect=shape.aspect, segments=shape.segments, closed=shape.closed)
    return skin(rings, closed=shape.closed)


@_mesh.register
def _loft(shape: Loft) -> Mesh:
    mesh = skin(_levels([np.array(section.outline) for section in shape.sections], [s.z for s in shape.sections]))
    return mesh if mesh.volume() > 0 else mesh.flipped()


@_mesh.register
def _height_field(shape: HeightField) -> Mesh:
    """An open sheet facing up."""
    count = shape.resolution
    x, y = (np.linspace(-side / 2, side / 2, count) for side in shape.size)
    flat = np.stack(np.meshgrid(x, y, indexing="ij"), -1).reshape(-1, 2)
    z = (
        shape.amplitude * fractal(flat, feature=shape.feature, seed=shape.seed)
        if shape.amplitude
        else np.zeros(len(flat))
    )
    index = np.arange(count * count, dtype=np.int32).reshape(count, count)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1).reshape(-1, 4)
    return Mesh(np.column_stack([flat, z]), quads.ravel(), np.full(len(quads), 4, np.int32))


@_mesh.register
def _perforated(shape: Perforated) -> Mesh:
    return perforated_mesh(shape)


@_mesh.register
def _hull(shape: Hull) -> Mesh:
    return hull_mesh(shape)


@_mesh.register
def _patches(shape: Patches) -> Mesh:
    return joined(patch_meshes(shape))


@_mesh.register
def _array(shape: Array) -> Mesh:
    mesh = _mesh(shape.shape)
    steps = np.stack(np.meshgrid(*(np.arange(count) for count in shape.counts), indexing="ij"), -1).reshape(-1, 3)
    return joined([mesh.transformed(np.eye(3), offset) for offset in steps * np.array(shape.step)])


@_mesh.register
def _group(shape: Group) -> Mesh:
    return joined(
        [_mesh(member.shape).transformed(euler_matrix(member.turn), np.array(member.at)) for member in shape.members]
    )


_mesh.register(Blades, blades_mesh)
_mesh.register(Blob, blob_mesh)
_mesh.register(Boulder, boulder_mesh)
_mesh.register(FacePiece, face_mesh)
_mesh.register(Ground, ground_mesh)
_mesh.register(HairPiece, hair_mesh)
_mesh.register(HandSkin, hand_mesh)
_mesh.register(Nails, nails_mesh)
_mesh.register(Leafage, leafage_mesh)
_mesh.register(Petals, petals_mesh)
_mesh.register(Wood, wood_mesh)
_mesh.register(Woodland, woodland_mesh)


def _circle(segments: int) -> Floats:
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    return np.stack([np.cos(angle), np.sin(angle)], 1)


def _levels(outlines: list[Floats], heights: list[float]) -> Floats:
    """Outlines [m, 2] lifted to their heights: rings [r, m, 3]."""
    z = np.broadcast_to(np.array(heights)[:, None, None], (len(outlines), len(outlines[0]), 1))
    return np.concatenate([np.stack(outlines), z], -1)


def _revolved(profile: Floats, segments: int, closed: bool) -> Mesh:
    """`profile` [n, 2] round the z axis; ends on the axis become poles, other ends stay open."""
    start, end = profile[0, 0] == 0 and not closed, profile[-1, 0] == 0 and not closed
    body = profile[int(start) : len(profile) - int(end)]
    ring = _circle(segments)[None] * body[:, None, :1]
    ring = np.concatenate([ring, np.broadcast_to(body[:, None, 1:], (len(body), segments, 1))], -1)
    index = np.arange(len(body) * segments, dtype=np.int32).reshape(len(body), segments)
    rows = np.concatenate([index, index[:1]]) if closed else index
    low, high = rows[:-1], rows[1:]
    quads = np.stack([low, np.roll(low, -1, 1), np.roll(high, -1, 1), high], -1).reshape(-1, 4)
    vertices, loops, sizes = [ring.reshape(-1, 3)], [quads.ravel()], [np.full(len(quads), 4)]
    for pole, row, height in ((start, index[0][::-1], profile[0, 1]), (end, index[-1], profile[-1, 1])):
        if pole:
            tip = np.full(segments, sum(map(len, vertices)))
            vertices.append(np.array([[0.0, 0.0, height]]))
            loops.append(np.stack([row, np.roll(row, -1), tip], 1).ravel())
            sizes.append(np.full(segments, 3))
    return Mesh(
        np.concatenate(vertices), np.concatenate(loops).astype(np.int32), np.concatenate(sizes).astype(np.int32)
    )


@_mesh.register
def _imported(shape: Imported) -> Mesh:
    """The hull of its extreme points; "QJ" moves points of a flat object apart by less than matters."""
    points = np.array(shape.points, np.float64)
    hull = import_lazily("scipy.spatial").ConvexHull(points, qhull_options="QJ")
    corners = points[hull.simplices]
    facing = np.einsum(
        "ij,ij->i", np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), hull.equations[:, :3]
    )
    loops = np.where((facing < 0)[:, None], hull.simplices[:, ::-1], hull.simplices)
    return Mesh(points, loops.ravel().astype(np.int32), np.full(len(loops), 3, np.int32))


@_mesh.register
def _piece(shape: Piece) -> Mesh:
    """Its box: what it looks like, only its setting's file knows."""
    low, high = np.array(shape.low), np.array(shape.high)
    x, y, z = (max(float(side), 1e-6) for side in high - low)
    return _mesh(Box(size=(x, y, z))).transformed(np.eye(3), np.array([*(low + high)[:2] / 2, low[2]]))
