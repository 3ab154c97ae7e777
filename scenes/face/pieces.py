"""The meshes of a face's pieces: the skin, and strips that lie on it."""

import numpy as np

from scenes.blob.nets import blob_mesh
from scenes.blob.specs import Blob
from scenes.face.bones import EYE, ear_members
from scenes.face.lattice import EYE_ROWS, LEVELS, LIP_LINE, LIP_ROWS
from scenes.face.mouth import cavity, teeth
from scenes.face.relief import CANTHUS, mouth_width
from scenes.face.specs import FacePiece, FaceTraits
from scenes.face.strip import strip
from scenes.face.surface import Surface, face_surface
from scenes.mesh import Floats, Mesh, joined, skin

__all__ = ["face_mesh"]

_EAR_CELL = 0.0042


def face_mesh(shape: FacePiece) -> Mesh:
    """The piece's mesh, closed, in the head's own coordinates."""
    surface = face_surface(shape.traits, shape.actions, shape.neck)
    match shape.piece:
        case "skin":
            return joined([skin(surface.points), *_ears()])
        case "lips":
            return joined(_lips(surface, shape.traits))
        case "lids":
            return joined([lid for side in (1, -1) for lid in _lids(surface, side)])
        case "lashes":
            return joined([_lashes(surface, side) for side in (1, -1)])
        case "brows":
            return joined([mesh for side in (1, -1) for mesh in _brow(surface, shape.traits, side)])
        case "teeth":
            return teeth(surface)
        case "mouth":
            return cavity(surface)


def _ears() -> list[Mesh]:
    ear = blob_mesh(Blob(members=ear_members(), cell=_EAR_CELL))
    return [ear, ear.transformed(np.diag([-1.0, 1.0, 1.0]), np.zeros(3))]


def _lips(surface: Surface, traits: FaceTraits) -> list[Mesh]:
    """The red of both lips, from inside the mouth to its border on the skin."""
    s = np.sin(np.linspace(-1, 1, 19) * np.pi / 2 * 0.96)
    width = mouth_width(traits)
    x = s * width
    thick = 0.5 + 0.5 * traits.lips
    upper = LIP_LINE + 0.0078 * thick * (1 - np.abs(s) ** 1.7) - 0.0011 * np.exp(-((x / 0.0032) ** 2))
    lower = LIP_LINE - 0.0090 * thick * (1 - s**2) ** 0.85
    top = surface.rows_at(upper, LIP_ROWS[2] + 1, EYE_ROWS[0])
    low = surface.rows_at(lower, LIP_ROWS[0] - 12, LIP_ROWS[0] - 1)
    inner = np.linspace(0, 1, 7)
    lift = 0.00055 - 0.0003 * inner**4
    return [
        strip(surface, x, start + (border[:, None] - start) * inner, lift)
        for start, border in ((LIP_ROWS[2] + 0.3, top), (LIP_ROWS[0] - 0.3, low))
    ]


def _lids(surface: Surface, side: int) -> list[Mesh]:
    t = np.sin(np.linspace(-1, 1, 13) * np.pi / 2)
    x = side * (EYE[0] + 0.985 * CANTHUS * t)
    arch = np.clip(1 - t**2, 0, 1) ** 0.6
    lift = np.array([0.0003, 0.0004, 0.0004, 0.0003, 0.00015])
    share = np.linspace(0, 1, 5)
    top = surface.rows_at(0.0035 + 0.0085 * arch, EYE_ROWS[1] + 1, EYE_ROWS[1] + 12)
    low = surface.rows_at(0.0015 - 0.0060 * arch, EYE_ROWS[0] - 10, EYE_ROWS[0] - 1)
    return [
        strip(surface, x, start + (border[:, None] - start) * share, lift)
        for start, border in ((EYE_ROWS[1] + 0.5, top), (EYE_ROWS[0] - 0.5, low))
    ]


def _lashes(surface: Surface, side: int) -> Mesh:
    """The dark line of the upper lashes."""
    t = np.linspace(-0.97, 1.0, 13)
    x = side * (EYE[0] + 0.985 * CANTHUS * t)
    rows = np.broadcast_to(EYE_ROWS[1] + np.array([0.75, 1.0, 1.3]), (len(t), 3))
    long = 0.0006 + 0.0011 * np.clip(1 - (t - 0.35) ** 2, 0, 1)
    return strip(surface, x, rows, long[:, None] * np.array([0.6, 1.0, 0.35]))


def _brow(surface: Surface, traits: FaceTraits, side: int) -> list[Mesh]:
    """A low ridge along the brow, and hairs that lie on it."""
    t = np.linspace(0, 1, 11)
    share = np.linspace(-1, 1, 5)
    middle, half = _brow_line(traits, t)
    rows = surface.rows_at(middle[:, None] + half[:, None] * share, EYE_ROWS[1] + 1, EYE_ROWS[1] + _rows_above())
    ridge = strip(surface, side * _brow_across(t), rows, 0.0007 - 0.00055 * share**4)
    return [ridge, _hairs(surface, traits, side)]


def _rows_above() -> int:
    return int(np.sum(LEVELS > 0.0026)) - 1


def _brow_across(t: Floats) -> Floats:
    return np.asarray(0.0115 + 0.0375 * t)


def _brow_line(traits: FaceTraits, t: Floats) -> tuple[Floats, Floats]:
    """The brow's middle height and half its width at shares t of its length from the inner end, neutral, metres."""
    rise = np.where(t < 0.62, 1 - ((t - 0.62) / 0.62) ** 2, 1 - 1.3 * ((t - 0.62) / 0.38) ** 2)
    middle = 0.0195 + (0.001 + traits.brow_arch) * rise
    half = traits.brow_size * np.interp(t, [0, 0.1, 0.3, 0.5, 0.8, 1], [0.35, 0.62, 0.95, 0.95, 0.6, 0.2])
    return np.asarray(middle), np.asarray(half)


def _hairs(surface: Surface, traits: FaceTraits, side: int) -> Mesh:
    """Tapered hairs, steep near the nose and level further out."""
    count = 30
    t = (np.arange(count) + 0.5) / count * 0.97
    across = ((np.arange(count) * 0.618034) % 1.0) * 2 - 1
    middle, half = _brow_line(traits, t)
    lean = np.interp(t, [0, 0.2, 0.6, 1], [1.25, 0.75, 0.15, -0.25]) - 0.35 * across
    length = 0.0065 * (0.75 + 0.5 * ((np.arange(count) * 0.754878) % 1.0)) * (0.7 + 100 * traits.brow_size)
    points = []
    for far, lift in ((0.0, 0.0), (0.5, 0.0012), (1.0, 0.0010)):
        x = _brow_across(t) + far * length * np.cos(lean)
        z = middle + 0.8 * half * across + far * length * np.sin(lean)
        rows = surface.rows_at(z, EYE_ROWS[1] + 1, EYE_ROWS[1] + _rows_above())
        points.append(surface.at(side * x, rows, lift))
    path = np.stack(points, 1)
    along = path[:, 2] - path[:, 0]
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    out = np.array([0.0, -1.0, 0.0])
    sideways = np.cross(along, out)
    meshes = []
    for k in range(count):
        turn = np.stack([sideways[k], -0.5 * sideways[k] + 0.8 * out, -0.5 * sideways[k] - 0.8 * out])
        rings = path[k][:, None] + np.array([0.00055, 0.0005, 0.00012])[:, None, None] * turn
        mesh = skin(rings)
        meshes.append(mesh if mesh.volume() > 0 else mesh.flipped())
    return joined(meshes)
