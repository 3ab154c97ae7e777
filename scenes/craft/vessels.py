"""Hollow objects as one closed surface: turned vessels from an outer curve, tubs and trays from rounded rectangles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scenes.craft.build import lathe
from scenes.craft.curve import points2, spline
from scenes.craft.outline import rounded_rectangle
from scenes.mesh import Floats
from scenes.shapes import Lathe, Loft, Section

__all__ = ["Level", "Vessel", "hollow", "vessel"]


@dataclass(frozen=True)
class Level:
    """A rounded rectangle at height `z`: full sides `x` and `y`, corners of radius `corner`, metres."""

    x: float
    y: float
    corner: float
    z: float


@dataclass(frozen=True, eq=False)
class Vessel:
    """Curves of a hollow vessel: `outer` foot to rim, `inner` rim to the middle of the floor, (radius, z) in metres."""

    outer: Floats
    inner: Floats
    foot: Floats
    rim: Floats
    wall: float

    @property
    def height(self) -> float:
        """Height of the rim over the foot, metres."""
        return float(self.rim[:, 1].max())

    def shape(self, *, segments: int = 64) -> Lathe:
        """The vessel as one closed skin."""
        return lathe(np.concatenate([self.foot, self.outer, self.rim, self.inner]), segments=segments)

    def radius(self, z: float) -> float:
        """Outer radius at height `z`."""
        return float(np.interp(z, np.maximum.accumulate(self.outer[:, 1]), self.outer[:, 0]))

    def inner_radius(self, z: float) -> float:
        """Radius of the inside at height `z`."""
        up = self.inner[::-1]
        return float(np.interp(z, np.maximum.accumulate(up[:, 1]), up[:, 0]))

    def filling(self, z: float, *, segments: int = 64) -> Lathe:
        """What fills the inside up to `z`; it reaches slightly into the wall so that no gap shows."""
        up = self.inner[::-1]
        below = up[up[:, 1] < z - 1e-5] + [0.15 * self.wall, -0.1 * self.wall]
        below[0, 0] = 0.0
        top = self.inner_radius(z) + 0.15 * self.wall
        return lathe(np.concatenate([below, [[top, z], [0.6 * top, z - 2e-4], [0.0, z - 3e-4]]]), segments=segments)

    def band(self, low: float, high: float, *, thickness: float = 4e-4, segments: int = 64) -> Lathe:
        """A ring on the outside from `low` to `high`: a stripe, a label, a dipped glaze."""
        height = np.linspace(low, high, 14)
        radius = np.array([self.radius(z) for z in height])
        outside = np.stack([radius + thickness, height], 1)
        outside[[0, -1], 0] -= 0.7 * thickness
        inside = np.stack([radius - 0.4 * self.wall, height], 1)[::-1]
        return lathe(np.concatenate([outside, inside]), segments=segments, closed=True)


def vessel(
    controls: npt.ArrayLike, *, wall: float, floor: float | None = None, foot: float = 0.0, count: int = 44
) -> Vessel:
    """A vessel whose outside runs through `controls` [n, 2] from foot to rim; `foot` is the height of a foot ring.

    wall, floor: thickness in metres of the side and of the bottom.
    """
    outer = spline(controls, count)
    tangent = np.gradient(outer, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    normal = np.stack([tangent[:, 1], -tangent[:, 0]], 1)
    level = outer[0, 1] + foot + (wall if floor is None else floor)
    return Vessel(
        outer=outer,
        inner=_inside((outer - wall * normal)[::-1], level, wall),
        foot=_foot(outer[0], foot, wall),
        rim=_rim(outer[-1], normal[-1], tangent[-1], wall),
        wall=wall,
    )


def _inside(offset: Floats, level: float, wall: float) -> Floats:
    """The inner wall down to a rounded corner, then the floor at height `level`."""
    keep = (offset[:, 1] > level + 1.5 * wall) & (offset[:, 0] > 0.5 * wall)
    side = offset[: int(np.argmin(keep)) if not keep.all() else len(offset)]
    start = side[-1]
    corner, end = np.array([start[0], level]), np.array([0.55 * start[0], level])
    t = np.linspace(0, 1, 8)[1:, None]
    arc = (1 - t) ** 2 * start + 2 * t * (1 - t) * corner + t**2 * end
    return np.concatenate([side, arc, [[0.0, level]]])


def _foot(start: Floats, foot: float, wall: float) -> Floats:
    """The underside: flat, or hollow inside a foot ring, with a rounded edge to the wall."""
    radius, z = start
    soft = min(0.4 * wall, 0.001)
    edge = [[radius - soft, z], [radius - 0.3 * soft, z + 0.1 * soft]]
    if foot == 0:
        return np.array([[0.0, z], [radius * 0.5, z], *edge])
    width = min(max(1.2 * wall, 0.002), 0.3 * radius)
    ring = [[radius - width - soft, z + foot], [radius - width, z + 0.5 * foot], [radius - width + soft, z]]
    return np.array([[0.0, z + foot], *ring, *edge])


def _rim(top: Floats, normal: Floats, tangent: Floats, wall: float) -> Floats:
    """Half a circle over the top of the wall."""
    angle = np.linspace(0, np.pi, 9)[1:-1, None]
    center = top - normal * wall / 2
    return np.asarray(center + wall / 2 * (np.cos(angle) * normal + np.sin(angle) * tangent))


def hollow(levels: Sequence[Level], *, offset: Sequence[tuple[float, float]] | None = None, steps: int = 6) -> Loft:
    """A skin through rounded rectangles: up the outside, over the rim, down the inside; the last one is the floor.

    offset: where the middle of each level lies, for walls that lean unevenly.
    """
    shifts = offset or [(0.0, 0.0)] * len(levels)
    return Loft(
        sections=tuple(
            Section(z=level.z, outline=points2(rounded_rectangle(level.x, level.y, level.corner, steps=steps) + shift))
            for level, shift in zip(levels, shifts, strict=True)
        )
    )
