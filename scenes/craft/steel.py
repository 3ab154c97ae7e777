"""What machines and racks are built of: bent bars, plates cut to a side view, wheels."""

from collections.abc import Sequence

import numpy as np

from scenes.base import Vec2, Vec3
from scenes.craft.build import lathe, part
from scenes.craft.curve import points2, points3
from scenes.material import Material
from scenes.mesh import Floats
from scenes.model import Part
from scenes.shapes import Extrusion, Sweep

__all__ = ["across", "bar", "disc", "upright", "wheel"]

_ACROSS: Vec3 = (np.pi / 2, 0.0, np.pi / 2)  # the outline's x becomes y, its y becomes z, its height x
_UPRIGHT: Vec3 = (np.pi / 2, 0.0, 0.0)  # the outline's y becomes z, its height -y


def bar(
    name: str,
    points: Sequence[Vec3],
    radius: float,
    material: Material,
    *,
    segments: int = 8,
    closed: bool = False,
    aspect: float = 1.0,
) -> Part:
    """A round bar (square of 4 segments) that goes straight from point to point."""
    path = points3(np.array(points, dtype=np.float64))
    return part(name, Sweep(path=path, radii=(radius,), segments=segments, closed=closed, aspect=aspect), material)


def _turning_left(outline: Sequence[Vec2]) -> Floats:
    ring = np.array(outline, dtype=np.float64)
    following = np.roll(ring, -1, 0)
    area = float((ring[:, 0] * following[:, 1] - ring[:, 1] * following[:, 0]).sum())
    return ring if area > 0 else ring[::-1]


def across(
    name: str, outline: Sequence[Vec2], width: float, material: Material, *, x: float = 0.0, bevel: float = 0.0
) -> Part:
    """An outline of (y, z) points extruded along x by `width` metres about the plane `x`."""
    shape = Extrusion(outline=points2(_turning_left(outline)), height=width)
    return part(name, shape, material, at=(x - width / 2, 0.0, 0.0), rotation=_ACROSS, bevel=bevel)


def upright(
    name: str, outline: Sequence[Vec2], depth: float, material: Material, *, y: float = 0.0, bevel: float = 0.0
) -> Part:
    """An outline of (x, z) points extruded along y by `depth` metres about the plane `y`."""
    shape = Extrusion(outline=points2(_turning_left(outline)), height=depth)
    return part(name, shape, material, at=(0.0, y + depth / 2, 0.0), rotation=_UPRIGHT, bevel=bevel)


def disc(name: str, profile: Sequence[Vec2], at: Vec3, material: Material, *, segments: int = 32) -> Part:
    """A (radius, x) profile turned round an axle along x, at `at`."""
    return part(name, lathe(profile, segments=segments), material, at=at, rotation=(0.0, np.pi / 2, 0.0))


def wheel(name: str, radius: float, width: float, at: Vec3, tyre: Material, hub: Material) -> list[Part]:
    """A tyre with rounded shoulders on a hub; `at` is the middle of it, the axle along x."""
    soft, half = min(0.25 * width, 0.2 * radius), width / 2
    rubber = [
        (0.0, -0.8 * half),
        (0.6 * radius, -half),
        (radius - soft, -half),
        (radius, soft - half),
        (radius, half - soft),
        (radius - soft, half),
        (0.6 * radius, half),
        (0.0, 0.8 * half),
    ]
    steel = [(0.0, -1.04 * half), (0.5 * radius, -1.02 * half), (0.5 * radius, 1.02 * half), (0.0, 1.04 * half)]
    return [disc(name, rubber, at, tyre), disc(f"{name} hub", steel, at, hub, segments=20)]
