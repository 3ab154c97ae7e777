"""The distance field of a blob on a grid.

Members are near-exact distances (the bound of Quilez for ellipsoids: iquilezles.org/articles/ellipsoids), joined by
his polynomial smooth minimum (articles/smin). Each is worked out only where it may matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

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


_Boxed = tuple[_BlobSolid, Floats, Floats]


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
    solids = _with_boxes([_ball(member) if isinstance(member, Ball) else _limb(member) for member in members])
    start, ray = np.ascontiguousarray(starts.T), np.ascontiguousarray(rays.T)
    found, active = far.copy(), np.arange(len(far))
    away = far.copy()
    value = _joined_at(solids, start + away * ray)
    step = np.minimum(value, NEAR)
    for _ in range(STEPS):
        away = np.maximum(away - step, 0.01)
        after = _joined_at(solids, start + away * ray)
        slope = np.clip((value - after) / np.where(np.abs(step) > 1e-7, step, 1e-7), 0.35, 1.0)
        slope = np.where((value < NEAR) & (np.abs(after) < NEAR), slope, 1.0)
        value, step = after, np.minimum(after / slope, NEAR)
        found[active] = away - step
        go = np.abs(value) > EXACT
        active, away, value, step, start, ray = active[go], away[go], value[go], step[go], start[:, go], ray[:, go]
        if not len(active):
            break
    return found


def _with_boxes(solids: list[_BlobSolid]) -> list[_Boxed]:
    """The solids, each with the box in which it matters to points within `NEAR` of the skin."""
    boxed = []
    for k, solid in enumerate(solids):
        margin = NEAR + max(other.blend for other in solids[k:])
        boxed.append((solid, *solid.box(margin)))
    return boxed


def _joined_at(solids: list[_Boxed], points: Floats) -> Floats:
    """The field at points [3, n]: exact within `NEAR` of the skin, and at least that further out."""
    total = np.full(points.shape[1], FAR)
    for solid, low, high in solids:
        inside = (points[0] > low[0]) & (points[0] < high[0])
        for axis in (1, 2):
            inside &= (points[axis] > low[axis]) & (points[axis] < high[axis])
        near = np.flatnonzero(inside)
        if not len(near):
            continue
        x, y, z = points[:, near]
        own = np.full(len(near), FAR)
        for ends, radii, axes, bulge in zip(solid.ends, solid.radii, solid.axes, solid.bulge, strict=True):
            own = np.minimum(own, _piece((x, y, z), ends, radii, axes, float(bulge)))
        total[near] = (
            -_melted(-total[near], own, solid.blend) if solid.carve else _melted(total[near], own, solid.blend)
        )
    return total


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


def _piece(at: tuple[Floats, Floats, Floats], ends: Floats, radii: Floats, axes: Floats, bulge: float) -> Floats:
    """Distance from an elliptic cone between two ends, rounded at both by `bulge`."""
    if radii[0, 0] == radii[0, 1] and radii[1, 0] == radii[1, 1]:
        return _round_piece(at, ends, radii[:, 0], axes[2], bulge)
    x, y, z = (values - start for values, start in zip(at, ends[0], strict=True))
    length = float(np.linalg.norm(ends[1] - ends[0]))
    u, v, w = (axis[0] * x + axis[1] * y + axis[2] * z for axis in axes)
    along = np.clip(w / length, 0.0, 1.0) if length > 0 else np.zeros_like(w)
    w = w - along * length
    width = radii[0, 0] + (radii[1, 0] - radii[0, 0]) * along
    depth = radii[0, 1] + (radii[1, 1] - radii[0, 1]) * along
    width, depth = 1 / (width * width), 1 / (depth * depth)
    uu, vv, ww = u * u * width, v * v * depth, w * w * (1 / bulge**2)
    inside = np.sqrt(uu + vv + ww)
    uu *= width
    vv *= depth
    ww *= 1 / bulge**2
    slope = np.sqrt(uu + vv + ww)
    return np.asarray(inside * (inside - 1) / np.maximum(slope, 1e-6))


def _round_piece(at: tuple[Floats, Floats, Floats], ends: Floats, radii: Floats, along: Floats, bulge: float) -> Floats:
    """The same for a round section: the distance from the axis, less the radius there."""
    x, y, z = (values - start for values, start in zip(at, ends[0], strict=True))
    length = float(np.linalg.norm(ends[1] - ends[0]))
    w = along[0] * x + along[1] * y + along[2] * z
    off = (x * x + y * y + z * z) - w * w
    foot = np.clip(w, 0.0, length)  # of the perpendicular on the axis
    radius = radii[0] + (radii[1] - radii[0]) / max(length, 1e-9) * foot
    past = (w - foot) * (float(radii.min()) / bulge)
    return np.asarray(np.sqrt(np.maximum(off + past * past, 0.0)) - radius)


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
