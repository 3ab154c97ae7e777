"""Lens models against OpenCV's formulas written out, point by point, and against what makes a lens a lens."""

import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from encode import Frame, SceneFileError
from encode.formulas.indices import SceneIndex, ViewIndex
from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import pixel_rays, project, rays_through, to_pixels
from encode.frame import Origin, scene_document

K = np.array([[300.0, 0.0, 161.0], [0.0, 310.0, 118.0], [0.0, 0.0, 1.0]])
WIDTH, HEIGHT = 320, 240
BARREL = Lens("radial-tangential", (-0.28, 0.11, 0.0012, -0.0008, -0.02))
PINCUSHION = Lens("radial-tangential", (0.12, 0.03, -0.001, 0.002, 0.004))
FISHEYE = Lens("fisheye", (0.03, -0.012, 0.004, -0.0006))
#: What cv2 5.0.0 (`projectPoints`, `fisheye.projectPoints`) answers for (0.3, 0.4, 1) and (-0.7, -0.2, 1), in pixels.
OPENCV = {
    BARREL: [[245.273825, 234.28627], [-23.9611066, 63.62714948]],
    PINCUSHION: [[254.060375, 245.93235], [-63.42872668, 51.481904504]],
    FISHEYE: [[244.95171641422, 233.66680928182], [-22.37729634552, 63.86003631704]],
}
LENSES = {"barrel": BARREL, "pincushion": PINCUSHION, "fisheye": FISHEYE}


def radial_tangential(x: float, y: float, lens: Lens) -> tuple[float, float]:
    """As the documentation of cv2.projectPoints has it."""
    k1, k2, p1, p2, k3 = lens.coefficients
    r2 = x * x + y * y
    factor = 1 + k1 * r2 + k2 * r2**2 + k3 * r2**3
    return (
        x * factor + 2 * p1 * x * y + p2 * (r2 + 2 * x * x),
        y * factor + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y,
    )


def fisheye(x: float, y: float, lens: Lens) -> tuple[float, float]:
    """As the documentation of cv2.fisheye has it."""
    r = math.hypot(x, y)
    theta = math.atan(r)
    powers = enumerate(lens.coefficients, 1)
    moved = theta * (1 + sum(factor * theta ** (2 * order) for order, factor in powers))
    return (x * moved / r, y * moved / r) if r else (x, y)


def plane_points(lens: Lens) -> np.ndarray:
    rng = np.random.default_rng(3)
    angle, radius = rng.uniform(0, 2 * np.pi, 300), min(0.97 * lens.reach, 3.0) * np.sqrt(rng.random(300))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)


@pytest.fixture(scope="module")
def scene_frame(frame: Frame) -> Frame:
    """A frame that scene.json can be written of."""
    origin = Origin(
        family="shapes",
        seed=0,
        scene_index=SceneIndex(0),
        view_index=ViewIndex(0),
        attempt=0,
        render={},
        versions={},
        spec={},
    )
    return replace(frame, origin=origin)


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_points_project_as_opencv_has_it(lens: Lens) -> None:
    formula = fisheye if lens.model == "fisheye" else radial_tangential
    points, depth = plane_points(lens), np.random.default_rng(4).uniform(0.2, 20, 300)
    expected = np.array([formula(x, y, lens) for x, y in points.tolist()]) * [K[0, 0], K[1, 1]] + K[:2, 2]
    local = np.stack([points[:, 0], -points[:, 1], -np.ones(300)], axis=-1) * depth[:, None]
    u, v, d = to_pixels(local, K, lens)
    np.testing.assert_allclose(np.stack([u, v], -1), expected, rtol=0, atol=1e-9)
    np.testing.assert_allclose(d, depth)


def test_figures_of_opencv() -> None:
    points = np.array([[0.3, -0.4, -1.0], [-0.7, 0.2, -1.0]])
    for lens, expected in OPENCV.items():
        u, v, _ = to_pixels(points, K, lens)
        np.testing.assert_allclose(np.stack([u, v], -1), expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_undistorting_inverts_distorting(lens: Lens) -> None:
    points = plane_points(lens)
    moved = lens.distort(points)
    back = lens.undistort(moved)
    known = np.isfinite(back[:, 0])
    assert known.mean() > 0.9  # the reach after distortion is a lower bound where there is tangential distortion
    np.testing.assert_allclose(back[known], points[known], rtol=0, atol=1e-9)


@pytest.mark.parametrize("lens", LENSES.values(), ids=LENSES)
def test_rays_of_pixel_centres_project_to_pixel_centres(lens: Lens) -> None:
    rays = pixel_rays(K, WIDTH, HEIGHT, lens=lens)
    u, v, depth = to_pixels(rays * 3.0, K, lens)
    rows, columns = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    np.testing.assert_allclose(u, columns, atol=1e-7)
    np.testing.assert_allclose(v, rows, atol=1e-7)
    np.testing.assert_allclose(depth, 3.0)


def test_what_is_beyond_the_reach_is_nowhere() -> None:
    """A barrel's polynomial comes back to the axis: cv2 would show points from behind the corner in the middle."""
    lens = Lens("radial-tangential", (-0.3, 0.0, 0.0, 0.0, 0.0))
    assert lens.reach == pytest.approx(math.sqrt(1 / 0.9))  # where 1 + 3 k1 r^2 is 0
    assert lens.distorted_reach == pytest.approx(lens.reach * (1 - 0.3 / 0.9))
    outside = np.array([[lens.reach * 1.01, 0.0], [0.0, 1.8]])
    assert np.isnan(lens.distort(outside)).all()
    assert np.isnan(lens.undistort(np.array([[lens.distorted_reach * 1.01, 0.0]]))).all()
    assert np.isfinite(lens.undistort(np.array([[lens.distorted_reach * 0.999, 0.0]]))).all()
    folded = Lens("fisheye", (-0.3, 0.0, 0.0, 0.0))
    assert folded.reach == pytest.approx(math.tan(math.sqrt(1 / 0.9)))
    whole = Lens("fisheye", (0.0, 0.0, 0.0, 0.0))
    assert whole.reach == math.inf
    assert whole.distorted_reach == pytest.approx(math.pi / 2)


def test_the_proven_reach_is_one_to_one() -> None:
    """The Jacobian, by differences, is positive definite wherever the proof says so; ranges far beyond real lenses."""
    rng = np.random.default_rng(7)
    step = 1e-6
    for _ in range(40):
        lens = Lens(
            "radial-tangential", tuple(rng.uniform([-0.5, -0.3, -0.05, -0.05, -0.1], [0.5, 0.3, 0.05, 0.05, 0.1]))
        )
        radius = min(lens.reach, 2.0) * 0.98
        angle = rng.uniform(0, 2 * np.pi, 200)
        points = (radius * np.sqrt(rng.random(200)))[:, None] * np.stack([np.cos(angle), np.sin(angle)], -1)
        columns = [(lens.distort(points + e) - lens.distort(points - e)) / (2 * step) for e in np.eye(2) * step]
        jacobian = np.stack(columns, axis=-1)
        assert np.linalg.eigvalsh((jacobian + np.swapaxes(jacobian, 1, 2)) / 2).min() > 0


def test_a_lens_bends_a_boxs_edges_out_of_its_corners(frame: Frame) -> None:
    """So corners alone do not bound its image."""
    through = replace(frame, lens=BARREL)
    for record in frame.objects:
        edges, depth = through.project_box(record.box_3d)
        corners, _ = frame.project_box(record.box_3d)
        assert len(corners) == 8
        if depth.min() > 0 and np.isfinite(edges).all():
            dense, _ = through.project(record.box_3d.edges(4097).reshape(-1, 3))
            for bound in (np.min, np.max):
                np.testing.assert_allclose(bound(edges, axis=0), bound(dense, axis=0), atol=0.005)
            ends = through.project(record.box_3d.corners())[0]
            assert (edges.min(axis=0) <= ends.min(axis=0) + 1e-9).all()
            assert (edges.max(axis=0) >= ends.max(axis=0) - 1e-9).all()


def test_without_a_lens_nothing_moves() -> None:
    points = np.random.default_rng(0).normal(size=(50, 3)) - [0, 0, 5]
    for one, other in zip(to_pixels(points, K), to_pixels(points, K, Lens()), strict=True):
        assert one.tobytes() == other.tobytes()
    none = Lens("radial-tangential", (0.0,) * 5)
    np.testing.assert_allclose(project(points, K, np.eye(4), none)[0], project(points, K, np.eye(4))[0], atol=1e-10)
    u = np.linspace(0, WIDTH, 9)
    np.testing.assert_allclose(rays_through(u, u, K, none), rays_through(u, u, K), atol=1e-12)


@pytest.mark.parametrize(
    ("model", "coefficients", "said"),
    [
        ("thin-prism", (), "model must be one of pinhole, radial-tangential, fisheye"),
        ("fisheye", (0.1,), r"must be 4 numbers \(k1 k2 k3 k4\), got 1"),
        ("radial-tangential", (0.1,) * 4, "must be 5 numbers"),
        ("radial-tangential", (1e30, 0, 0, 0, 0), "must be from -1e\\+06 to 1e\\+06"),
        ("fisheye", (math.nan, 0, 0, 0), "must be from"),
    ],
)
def test_a_lens_that_does_not_exist_is_refused(model: Any, coefficients: tuple[float, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Lens(model, coefficients)


def test_scene_json_has_the_lens_and_frames_without_one_have_no_such_key(scene_frame: Frame) -> None:
    assert "lens" not in scene_document(scene_frame)
    document = json.loads(json.dumps(scene_document(replace(scene_frame, lens=FISHEYE))))
    assert document["lens"] == {"model": "fisheye", "coefficients": list(FISHEYE.coefficients)}
    read = Frame.from_scene(document, scene_frame.image, scene_frame.truth)
    assert read.lens == FISHEYE
    del document["lens"]
    assert Frame.from_scene(document, scene_frame.image, scene_frame.truth).lens == PINHOLE


@pytest.mark.parametrize(
    ("lens", "said"),
    [
        ({"model": "fisheye", "coefficients": [0.1]}, "4 numbers"),
        ({"model": "mirror", "coefficients": []}, "model must be one of"),
        ({"model": "fisheye", "coefficients": [1e9, 0, 0, 0]}, "must be from"),
        ({"model": "fisheye"}, "4 numbers"),
        ({"coefficients": ["a"]}, "finite numbers"),
        (None, "an object"),
    ],
)
def test_a_broken_lens_in_scene_json_is_one_sentence(scene_frame: Frame, lens: Any, said: str) -> None:
    document = {**scene_document(scene_frame), "lens": lens}
    with pytest.raises(SceneFileError, match=said):
        Frame.from_scene(document, scene_frame.image, scene_frame.truth)
