"""The distance field of a blob on a grid.

Members are near-exact distances (the bound of Quilez for ellipsoids: iquilezles.org/articles/ellipsoids), joined by
his polynomial smooth minimum (articles/smin). Each is worked out only where it may matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from encode.formulas.rotation import euler_matrix
from encode.lazy_import import import_lazily
from scenes.blob.specs import Ball, Blob, Limb
from scenes.mesh import Floats

__all__ = ["Grid", "crossings", "sampled"]

FAR = 1.0  # metres: the value far from all members
PER_SPAN = 2  # straight pieces between two rings of a limb
NEAR = 0.012  # metres round a member in which rays know how far it is
STEPS, EXACT = 14, 4e-5  # of rays: how many at most, and how near to the skin is near enough, metres
MARGIN = 2.0  # cells round the skin in which the field is exact
Window = tuple[slice, slice, slice]
_Points = tuple[Floats, Floats, Floats]  # coordinates along each axis


@dataclass(frozen=True, eq=False)
class Grid:
    """Points `low` + index * `cell`, and the field there [x, y, z], metres, negative inside."""

    low: Floats
    cell: float
    values: Floats

    def window(self, low: Floats, high: Floats) -> Window:
        """The points between two corners."""
        first = np.maximum(np.floor((low - self.low) / self.cell).astype(int), 0)
        last = np.minimum(np.ceil((high - self.low) / self.cell).astype(int) + 1, self.values.shape)
        x, y, z = (slice(a, max(a, b)) for a, b in zip(first, last, strict=True))
        return x, y, z

    def axes(self, window: Window) -> tuple[Floats, Floats, Floats]:
        """Coordinates of the window's points along each axis, shaped to be broadcast."""
        x, y, z = (
            origin + self.cell * np.arange(part.start, part.stop) for origin, part in zip(self.low, window, strict=True)
        )
        return x[:, None, None], y[None, :, None], z[None, None, :]


@dataclass(frozen=True, eq=False)
class _BlobSolid:
    """A member as straight pieces: ends [n, 2, 3], radii [n, 2, 2], axes [n, 3, 3], the bulge past each end [n]."""

    ends: Floats
    radii: Floats
    axes: Floats
    bulge: Floats
    blend: float
    carve: bool

    @property
    def reach(self) -> Floats:
        return np.asarray(np.maximum(self.radii.max((1, 2)), self.bulge))

    def box(self, margin: float) -> tuple[Floats, Floats]:
        around = self.reach[:, None] + margin
        return (self.ends.min(1) - around).min(0), (self.ends.max(1) + around).max(0)


@dataclass(frozen=True, eq=False)
class _Pieces:
    """Pieces of one kind as arrays that are broadcast against points.

    order [p]: which of all pieces each is; ends [2, 3, p, 1], radii [2, 2, p, 1], axes [3, 3, p, 1], bulge [p, 1].
    """

    order: npt.NDArray[np.intp]
    ends: Floats
    radii: Floats
    axes: Floats
    bulge: Floats


@dataclass(frozen=True, eq=False)
class _JoinedSolids:
    """Joined solids, to be read at points anywhere; firsts [s]: where the pieces of each solid begin."""

    solids: list[_BlobSolid]
    firsts: npt.NDArray[np.intp]
    round: _Pieces
    oval: _Pieces

    @classmethod
    def of(cls, solids: list[_BlobSolid]) -> "_JoinedSolids":
        ends, radii, axes, bulge = (
            np.concatenate([getattr(solid, name) for solid in solids]) for name in ("ends", "radii", "axes", "bulge")
        )
        is_round = (radii[..., 0] == radii[..., 1]).all(1)
        kinds = [
            _Pieces(
                order,
                np.moveaxis(ends[order], 0, -1)[..., None],
                np.moveaxis(radii[order], 0, -1)[..., None],
                np.moveaxis(axes[order], 0, -1)[..., None],
                bulge[order, None],
            )
            for order in (np.flatnonzero(is_round), np.flatnonzero(~is_round))
        ]
        sizes = [len(solid.ends) for solid in solids]
        return cls(solids, np.cumsum(sizes) - sizes, *kinds)

    def at(self, points: Floats) -> Floats:
        """The field at points [3, n], all pieces together: a call of numpy costs more than what a piece computes."""
        x, y, z = points
        own = np.empty((len(self.round.order) + len(self.oval.order), len(x)))
        one, two = self.round, self.oval
        own[one.order] = _round_piece((x, y, z), one.ends, one.radii[:, 0], one.axes[2], one.bulge)
        own[two.order] = _oval_piece((x, y, z), two.ends, two.radii, two.axes, two.bulge)
        own = np.minimum.reduceat(own, self.firsts, axis=0)
        total = np.full(len(x), FAR)
        for solid, value in zip(self.solids, own, strict=True):
            total = -_melted(-total, value, solid.blend) if solid.carve else _melted(total, value, solid.blend)
        return total


def sampled(blob: Blob) -> Grid:
    """The blob's field, positive at the border."""
    solids = [_ball(member) if isinstance(member, Ball) else _limb(member) for member in blob.members]
    around = 3 * blob.cell
    boxes = [solid.box(around + solid.blend / 4) for solid in solids if not solid.carve]
    low = np.stack([box[0] for box in boxes]).min(0)
    size = np.stack([box[1] for box in boxes]).max(0) - low
    shape = [int(count) + 1 for count in np.ceil(size / blob.cell)]
    grid = Grid(low, blob.cell, np.full(shape, FAR))
    for solid in solids:
        _join(grid, solid)
    return grid


def crossings(members: Sequence[Ball | Limb], starts: Floats, rays: Floats, far: Floats) -> Floats:
    """Where unit rays [n, 3] from `starts` [n, 3] last leave the joined members, looked for from `far` [n] metres in.

    Metres along each ray, [n]; by sphere tracing (Hart 1996) with the secant's step where the skin is met aslant.
    """
    field = _JoinedSolids.of([_ball(member) if isinstance(member, Ball) else _limb(member) for member in members])
    start, ray = np.ascontiguousarray(starts.T), np.ascontiguousarray(rays.T)
    found, active = far.copy(), np.arange(len(far))
    away = far.copy()
    value = field.at(start + away * ray)
    step = np.minimum(value, NEAR)
    for _ in range(STEPS):
        away = np.maximum(away - step, 0.01)
        after = field.at(start + away * ray)
        slope = np.clip((value - after) / np.where(np.abs(step) > 1e-7, step, 1e-7), 0.35, 1.0)
        slope = np.where((value < NEAR) & (np.abs(after) < NEAR), slope, 1.0)
        value, step = after, np.minimum(after / slope, NEAR)
        found[active] = away - step
        go = np.abs(value) > EXACT
        active, away, value, step, start, ray = active[go], away[go], value[go], step[go], start[:, go], ray[:, go]
        if not len(active):
            break
    return found


def _join(grid: Grid, solid: _BlobSolid) -> None:
    margin = MARGIN * grid.cell + solid.blend
    window = grid.window(*solid.box(margin))
    own = _distance(grid, window, solid, margin)
    before = grid.values[window]
    if solid.carve:
        grid.values[window] = -_melted(-before, own, solid.blend)
    else:
        grid.values[window] = _melted(before, own, solid.blend)


def _melted(a: Floats, b: Floats, blend: float) -> Floats:
    least = np.minimum(a, b)
    if blend <= 0:
        return least
    near = np.maximum(blend - np.abs(a - b), 0.0)
    return np.asarray(least - near * near / (4 * blend))


def _distance(grid: Grid, window: Window, solid: _BlobSolid, margin: float) -> Floats:
    """The member's field in the window: the least of its pieces'."""
    shape = tuple(part.stop - part.start for part in window)
    total = np.full(shape, FAR)
    for k in range(len(solid.ends)):
        around = solid.reach[k] + margin
        inner = grid.window(solid.ends[k].min(0) - around, solid.ends[k].max(0) + around)
        piece = _piece(grid.axes(inner), solid.ends[k], solid.radii[k], solid.axes[k], float(solid.bulge[k]))
        local = tuple(slice(a.start - b.start, a.stop - b.start) for a, b in zip(inner, window, strict=True))
        total[local] = np.minimum(total[local], piece)
    return total


def _piece(at: _Points, ends: Floats, radii: Floats, axes: Floats, bulge: float) -> Floats:
    """Distance from one piece, rounded at both ends by `bulge`."""
    if radii[0, 0] == radii[0, 1] and radii[1, 0] == radii[1, 1]:
        return _round_piece(at, ends, radii[:, 0], axes[2], bulge)
    return _oval_piece(at, ends, radii, axes, bulge)


def _oval_piece(at: _Points, ends: Floats, radii: Floats, axes: Floats, bulge: Floats | float) -> Floats:
    """Distance from an elliptic cone between two ends."""
    x, y, z = (values - start for values, start in zip(at, ends[0], strict=True))
    length = _length(ends)
    u, v, w = (axis[0] * x + axis[1] * y + axis[2] * z for axis in axes)
    along = np.clip(w / length, 0.0, 1.0)
    w = w - along * length
    width = radii[0, 0] + (radii[1, 0] - radii[0, 0]) * along
    depth = radii[0, 1] + (radii[1, 1] - radii[0, 1]) * along
    width, depth = 1 / (width * width), 1 / (depth * depth)
    height = 1 / bulge**2
    uu, vv, ww = u * u * width, v * v * depth, w * w * height
    inside = np.sqrt(uu + vv + ww)
    uu *= width
    vv *= depth
    ww *= height
    slope = np.sqrt(uu + vv + ww)
    return np.asarray(inside * (inside - 1) / np.maximum(slope, 1e-6))


def _round_piece(at: _Points, ends: Floats, radii: Floats, along: Floats, bulge: Floats | float) -> Floats:
    """The same for a round section: the distance from the axis, less the radius there."""
    x, y, z = (values - start for values, start in zip(at, ends[0], strict=True))
    length = _length(ends)
    w = along[0] * x + along[1] * y + along[2] * z
    off = (x * x + y * y + z * z) - w * w
    foot = np.clip(w, 0.0, length)  # of the perpendicular on the axis
    radius = radii[0] + (radii[1] - radii[0]) / length * foot
    past = (w - foot) * (np.minimum(radii[0], radii[1]) / bulge)
    return np.asarray(np.sqrt(np.maximum(off + past * past, 0.0)) - radius)


def _length(ends: Floats) -> Floats:
    return np.asarray(np.maximum(np.linalg.norm(ends[1] - ends[0], axis=0), 1e-9))


def _ball(ball: Ball) -> _BlobSolid:
    center = np.array([[ball.center, ball.center]])
    width, depth, height = ball.radii
    radii = np.array([[(width, depth), (width, depth)]])
    return _BlobSolid(center, radii, euler_matrix(ball.turn).T[None], np.array([height]), ball.blend, ball.carve)


def _limb(limb: Limb) -> _BlobSolid:
    rings = _smooth(np.array(limb.rings))
    ends = np.stack([rings[:-1, :3], rings[1:, :3]], 1)
    radii = np.stack([rings[:-1, 3:], rings[1:, 3:]], 1)
    along = ends[:, 1] - ends[:, 0]
    along = along / np.linalg.norm(along, axis=1, keepdims=True)
    side = np.array(limb.side) - along * (along @ np.array(limb.side))[:, None]
    side = side / np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    bulge = radii.min((1, 2))
    bulge[[0, -1]] *= limb.cap
    return _BlobSolid(ends, radii, np.stack([side, np.cross(along, side), along], 1), bulge, limb.blend, limb.carve)


def _smooth(rings: Floats) -> Floats:
    """Rings [n, 5] with more of them between, on a curve that does not swing."""
    if len(rings) == 2:
        return rings
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(rings[:, :3], axis=0), axis=1))])
    share = np.arange((len(rings) - 1) * PER_SPAN + 1) / PER_SPAN
    where = np.interp(share, np.arange(len(rings)), length)
    curve = import_lazily("scipy.interpolate").Akima1DInterpolator
    return np.asarray(curve(length, rings, method="makima")(where))
