"""Short ways to write parts and the shapes they are most often made of."""

import numpy as np
import numpy.typing as npt

from scenes.base import Vec3
from scenes.craft.curve import points2, points3, spline
from scenes.craft.outline import rounded_rectangle
from scenes.material import Material
from scenes.model import Part
from scenes.shapes import Bevel, Extrusion, Lathe, Loft, Modifier, Section, Shape, Sweep

__all__ = ["dot", "lathe", "part", "plate_of", "slab", "tube"]


def part(
    name: str,
    shape: Shape,
    material: Material,
    *,
    at: Vec3 = (0.0, 0.0, 0.0),
    rotation: Vec3 = (0.0, 0.0, 0.0),
    scale: Vec3 = (1.0, 1.0, 1.0),
    bevel: float = 0.0,
    modifiers: tuple[Modifier, ...] = (),
) -> Part:
    """A part put at `at`, turned by `rotation` (XYZ Euler, radians), its edges rounded by `bevel` metres.

    name: a `PartRole` where other code looks for the part, else any text.
    """
    rounding = (Bevel(width=bevel),) if bevel else ()
    return Part(
        name=name,
        shape=shape,
        material=material,
        location=at,
        rotation=rotation,
        scale=scale,
        modifiers=(*modifiers, *rounding),
    )


def lathe(profile: npt.ArrayLike, *, segments: int = 64, closed: bool = False) -> Lathe:
    """`profile` [n, 2] of (radius, z) round the z axis."""
    return Lathe(profile=points2(profile), segments=segments, closed=closed)


def tube(
    points: npt.ArrayLike,
    radii: float | npt.ArrayLike,
    *,
    count: int = 24,
    aspect: float = 1.0,
    segments: int = 16,
    closed: bool = False,
) -> Sweep:
    """A tube along the spline through `points` [n, 3]; `radii` one number or control values spread evenly over it."""
    path = spline(points, count, closed=closed)
    values = np.atleast_1d(np.asarray(radii, dtype=np.float64))
    if len(values) > 1:
        along = np.linspace(0, 1, len(values))
        values = np.maximum(spline(np.stack([along, values], 1), 4 * count)[:, 1], values.min())
        values = np.interp(np.linspace(0, 1, count), np.linspace(0, 1, 4 * count), values)
    return Sweep(path=points3(path), radii=tuple(map(float, values)), aspect=aspect, segments=segments, closed=closed)


def slab(width: float, depth: float, height: float, *, corner: float, edge: float, steps: int = 4) -> Loft:
    """A plate on z = 0, its corners of radius `corner` in plan, its edges rounded by `edge`; metres."""
    angle = np.linspace(0, np.pi / 2, steps + 1)
    insets, rise = edge * (1 - np.sin(angle)), edge * (1 - np.cos(angle))
    levels = [*zip(insets, rise, strict=True), *zip(insets[::-1], height - rise[::-1], strict=True)]
    sections = []
    for inset, z in levels:
        radius = max(corner - inset, 1e-4)
        outline = rounded_rectangle(width - 2 * inset, depth - 2 * inset, radius, steps=5)
        sections.append(Section(z=float(z), outline=points2(outline)))
    return Loft(sections=tuple(sections))


def plate_of(outline: npt.ArrayLike, thickness: float) -> Extrusion:
    """A flat piece of the given outline [n, 2]."""
    return Extrusion(outline=points2(outline), height=thickness)


def dot(radius: float, height: float, *, segments: int = 24) -> Lathe:
    """A low dome: buttons, pips, feet."""
    angle = np.linspace(0, np.pi / 2, 6)
    dome = np.stack([radius * np.cos(angle), height * np.sin(angle)], 1)
    dome[-1, 0] = 0.0
    return lathe(np.concatenate([[[0.0, 0.0]], dome]), segments=segments)
