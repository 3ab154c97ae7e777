"""Shapes become closed, outward meshes of the right volume."""

import numpy as np
import pytest

from scenes.shapes import Box, Cylinder, Extrusion, HeightField, Lathe, Loft, Section, Shape, Sphere, Sweep
from scenes.tessellation import tessellate
from scenes.tessellation.sweep import transported_frames

CIRCLE = [(float(np.cos(a)), float(np.sin(a))) for a in np.linspace(0, 2 * np.pi, 96, endpoint=False)]
RING = tuple((0.3 * x, 0.3 * y, 0.0) for x, y in CIRCLE)
KNOT = tuple(
    (float(np.cos(2 * a) * (3 + np.cos(3 * a))), float(np.sin(2 * a) * (3 + np.cos(3 * a))), float(np.sin(3 * a)))
    for a in np.linspace(0, 2 * np.pi, 200, endpoint=False)
)
CLOSED: list[tuple[str, Shape, float]] = [
    ("box", Box(size=(0.1, 0.2, 0.3)), 0.006),
    ("cylinder", Cylinder(radius=0.1, height=0.2, segments=256), np.pi * 0.002),
    ("frustum", Cylinder(radius=0.2, height=0.3, top_radius=0.1, segments=256), np.pi * 0.1 * (0.04 + 0.02 + 0.01)),
    ("cone", Cylinder(radius=0.2, height=0.3, top_radius=0, segments=256), np.pi * 0.004),
    ("ellipsoid", Sphere(radii=(0.1, 0.2, 0.3), segments=256), 4 / 3 * np.pi * 0.006),
    (
        "cup",
        Lathe(profile=((0, 0), (1, 0), (1, 1), (0.8, 1), (0.8, 0.2), (0, 0.2)), segments=256),
        np.pi * (1 - 0.64 * 0.8),
    ),
    ("ring", Lathe(profile=((1, 0), (2, 0), (2, 1), (1, 1)), segments=256, closed=True), np.pi * 3),
    ("extrusion", Extrusion(outline=((0, 0), (2, 0), (2, 1), (1, 1), (1, 2), (0, 2)), height=0.5), 1.5),
    ("bar", Sweep(path=((0, 0, 0), (0, 0, 1), (0, 0, 2)), radii=(0.1,), aspect=0.5, segments=256), np.pi * 0.01),
    ("torus", Sweep(path=RING, radii=(0.1,), segments=96, closed=True), 2 * np.pi**2 * 0.3 * 0.01),
    ("frustum loft", Loft(sections=(Section(z=0, outline=tuple(CIRCLE)), Section(z=1, outline=tuple(CIRCLE)))), np.pi),
    ("loft down", Loft(sections=(Section(z=1, outline=tuple(CIRCLE)), Section(z=0, outline=tuple(CIRCLE)))), np.pi),
]


@pytest.mark.parametrize(("shape", "volume"), [(s, v) for _, s, v in CLOSED], ids=[n for n, _, _ in CLOSED])
def test_closed_shapes_are_closed_outward_and_of_the_right_volume(shape: Shape, volume: float) -> None:
    mesh = tessellate(shape)
    assert mesh.is_closed()
    assert mesh.volume() == pytest.approx(volume, rel=2e-3)
    assert not np.any(np.isnan(mesh.vertices))
    assert mesh.loops.dtype == np.int32
    assert mesh.sizes.dtype == np.int32
    assert mesh.sizes.sum() == len(mesh.loops)
    assert mesh.flipped().volume() == pytest.approx(-volume, rel=2e-3)


def test_shapes_without_coordinates_stand_on_the_ground() -> None:
    for shape in (Box(size=(1, 2, 3)), Cylinder(radius=1, height=2), Sphere(radii=(1, 2, 3))):
        low, high = tessellate(shape).vertices.min(0), tessellate(shape).vertices.max(0)
        assert low[2] == pytest.approx(0, abs=1e-12)
        assert np.allclose(low[:2], -high[:2])


def test_open_lathe_and_height_field_are_open_and_face_out() -> None:
    tube = tessellate(Lathe(profile=((1, 0), (1, 1)), segments=32))
    assert not tube.is_closed()
    assert tube.volume() > 0
    sheet = tessellate(HeightField(size=(2, 4), resolution=33, amplitude=0.1, feature=0.5, seed=4))
    assert np.ptp(sheet.vertices, 0)[:2] == pytest.approx([2, 4])
    assert 0.02 < np.abs(sheet.vertices[:, 2]).max() <= 0.1
    a, b, c = (sheet.vertices[i] for i in sheet.triangles().T)
    assert np.all(np.cross(b - a, c - a)[:, 2] > 0)


def test_frames_are_orthonormal_do_not_twist_and_start_level() -> None:
    path = np.array(KNOT)
    tangent, width, height = transported_frames(path, closed=True)
    for a, b, dot in ((tangent, tangent, 1), (width, width, 1), (tangent, width, 0), (height, width, 0)):
        assert np.allclose(np.einsum("ij,ij->i", a, b), dot, atol=1e-9)
    assert width[0, 2] == pytest.approx(0, abs=1e-9)
    assert np.einsum("ij,ij->i", width, np.roll(width, -1, 0)).min() > 0.95  # no jump, not even at the seam


def test_closed_knot_is_closed() -> None:
    mesh = tessellate(Sweep(path=KNOT, radii=(0.2,), closed=True))
    assert mesh.is_closed()
    assert mesh.volume() > 0


def test_a_handle_bent_in_a_vertical_plane_keeps_its_width_level() -> None:
    angle = np.linspace(0, np.pi, 20)
    _, width, _ = transported_frames(np.stack([np.cos(angle), 0 * angle, np.sin(angle)], 1))
    assert np.allclose(np.abs(width[:, 1]), 1)
