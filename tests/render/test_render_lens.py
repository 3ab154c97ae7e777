"""Truth through lenses against closed forms: a slab, a box and a ball, met by the rays of undistorted pixel centres.

One scene in one Blender process has a view through each lens and one without. Run as a script, this is that process.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from encode import ObjectId
from encode.formulas.lens import PINHOLE, Lens
from encode.formulas.projection import pixel_rays, to_pixels
from render.camera import camera_to_world, intrinsics
from render.coverage import silhouette
from render.scattered_coverage import ScatteredCentres
from scenes.scene import Camera, Hdri, SceneObject, SceneSpec, View
from scenes.shapes import Box, Sphere
from tests.render.test_render_truth import degrees_between, in_blender, interior, scene_object

WIDTH, HEIGHT = 96, 72
LENSES = {
    "barrel": Lens("radial-tangential", (-0.3, 0.12, 0.004, -0.003, -0.01)),
    "pincushion": Lens("radial-tangential", (0.25, 0.05, -0.002, 0.001, 0.0)),
    "fisheye": Lens("fisheye", (0.02, -0.01, 0.003, -0.0005)),
    "pinhole": PINHOLE,
}
FOCAL = {"fisheye": 21.0, "pinhole": 24.0}
CAMERAS = {
    name: Camera(
        location=(1.1, -2.4, 1.6),
        target=(0.1, 0.2, 0.4),
        roll=0.2,
        focal_length=FOCAL.get(name, 24.0),
        shift=(0.04, -0.03),
        lens=lens,
    )
    for name, lens in LENSES.items()
}
GROUND, CUBE, BALL = 3, 300, 7
SIDE = 400.0
EXTENT = np.array([0.8, 0.6, 0.9])
RADIUS, MIDDLE = 0.5, np.array([-0.9, 0.3, 0.5])
OBJECTS: tuple[SceneObject, ...] = (
    scene_object(GROUND, Box(size=(SIDE, SIDE, 1)), category="ground", at=(0.0, 0.0, -1.0)),
    scene_object(CUBE, Box(size=(0.8, 0.6, 0.9)), at=(0.5, 0.0, 0.0)),
    scene_object(BALL, Sphere(radii=(RADIUS, RADIUS, RADIUS), segments=256), category="ball", at=(-0.9, 0.3, 0.0)),
)


def optics(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """K, pose, and rays of unit depth through the pixel centres in camera axes."""
    camera = CAMERAS[name]
    k = intrinsics(camera, WIDTH, HEIGHT)
    return k, camera_to_world(camera), pixel_rays(k, WIDTH, HEIGHT, lens=camera.lens)


def cast(name: str) -> dict[int, np.ndarray]:
    """Depth of each object alone along the rays, in closed form; infinity where a ray misses it."""
    _, pose, rays = optics(name)
    origin, way = pose[:3, 3], rays @ pose[:3, :3].T
    with np.errstate(divide="ignore", invalid="ignore"):
        ground = -origin[2] / way[..., 2]
        low = (np.array([0.5, 0.0, 0.45]) - EXTENT / 2 - origin) / way
        high = (np.array([0.5, 0.0, 0.45]) + EXTENT / 2 - origin) / way
        enter, leave = np.minimum(low, high).max(axis=-1), np.maximum(low, high).min(axis=-1)
        a, b = np.sum(way * way, axis=-1), np.sum(way * (origin - MIDDLE), axis=-1)
        root = np.sqrt(b * b - a * (np.sum((origin - MIDDLE) ** 2) - RADIUS**2))
        ball = (-b - root) / a
    return {
        GROUND: np.where((ground > 0) & (np.abs(origin + ground[..., None] * way) < SIDE / 2).all(-1), ground, np.inf),
        CUBE: np.where((leave >= enter) & (enter > 0), enter, np.inf),
        BALL: np.where(np.isfinite(ball), ball, np.inf),
    }


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    return in_blender(tmp_path_factory.mktemp("lens") / "lens.npz", __file__)


@pytest.mark.render
@pytest.mark.parametrize("name", LENSES)
def test_truth_is_what_the_rays_of_undistorted_pixel_centres_meet(views: Mapping[str, Any], name: str) -> None:
    depths = cast(name)
    ids = np.array(list(depths))
    stack = np.stack(list(depths.values()))
    depth, instance = stack.min(axis=0), np.where(np.isfinite(stack.min(axis=0)), ids[stack.argmin(axis=0)], 0)
    seen = views[f"{name} instance"]
    assert set(np.unique(seen)) >= {GROUND, CUBE, BALL}
    differs = seen != instance
    # The ball is a mesh, a little within its sphere; the others are what they are.
    assert differs.mean() < 2e-3
    assert (differs & (seen != BALL) & (instance != BALL)).sum() <= 1  # at the slab's far edge
    flat = np.isin(instance, (GROUND, CUBE)) & ~differs
    near = flat & (depth < 6)  # toward the horizon a thousandth of a pixel is centimetres
    np.testing.assert_allclose(views[f"{name} depth"][near], depth[near], rtol=1e-4)
    np.testing.assert_allclose(views[f"{name} depth"][flat], depth[flat], rtol=3e-3)
    round_ = interior((instance == BALL) & ~differs)
    np.testing.assert_allclose(views[f"{name} depth"][round_], depth[round_], rtol=1e-3)


@pytest.mark.render
@pytest.mark.parametrize("name", LENSES)
def test_normals_are_in_camera_axes(views: Mapping[str, Any], name: str) -> None:
    _, pose, rays = optics(name)
    seen, normal = views[f"{name} instance"], views[f"{name} normal"]
    up = np.broadcast_to(np.array([0.0, 0.0, 1.0]) @ pose[:3, :3], rays.shape)
    assert degrees_between(normal, up)[seen == GROUND].max() < 0.1
    ball = interior(seen == BALL)
    points = (cast(name)[BALL][ball][:, None] * rays[ball]) @ pose[:3, :3].T + pose[:3, 3]
    outward = ((points - MIDDLE) / RADIUS) @ pose[:3, :3]
    assert degrees_between(normal[ball], outward).max() < 0.1


@pytest.mark.render
@pytest.mark.parametrize("name", LENSES)
def test_silhouettes_are_what_the_rays_meet_of_an_object_alone(views: Mapping[str, Any], name: str) -> None:
    for object_id in (CUBE, BALL):
        alone = np.isfinite(cast(name)[object_id])
        differs = views[f"{name} amodal {object_id}"] != alone
        assert differs.sum() <= (0 if object_id == CUBE else 0.02 * alone.sum())


@pytest.mark.render
def test_the_image_shows_what_the_truth_says(views: Mapping[str, Any]) -> None:
    """The engine compares the first samples of image and truth; here edges of the image lie on those of the masks."""
    for name in LENSES:
        grey = views[f"{name} image"].astype(np.float64).mean(axis=-1)
        step = np.hypot(*np.gradient(grey))
        cube = views[f"{name} instance"] == CUBE
        border = interior(~interior(cube) & ~interior(~cube)) | (~interior(cube) & cube)
        assert np.median(step[border]) > 3 * np.median(step[interior(cube)])


@pytest.mark.parametrize("name", ["barrel", "fisheye"])
def test_scattered_centres_are_covered_as_rays_say(name: str) -> None:
    """Random triangles, among them ones that reach behind the camera, against an exact test of each ray."""
    k, _, rays = optics(name)
    rng = np.random.default_rng(5)
    corners = rng.normal(size=(60, 3, 3)) * [2, 2, 1.5] - [0, 0, 1.0]
    corners[20:] = corners[20:, :1] + 0.1 * rng.normal(size=(40, 3, 3))
    centres = ScatteredCentres(k, WIDTH, HEIGHT, LENSES[name])
    for triangle in corners:
        got = centres.silhouette(triangle, np.array([[0, 1, 2]], np.int32))
        sides = np.stack([rays @ np.cross(triangle[i], triangle[(i + 1) % 3]) for i in range(3)])
        inside = (sides > 0).all(axis=0) | (sides < 0).all(axis=0)
        normal = np.cross(triangle[1] - triangle[0], triangle[2] - triangle[0])
        ahead = (normal @ triangle[0]) / (rays @ normal) > 1e-4  # the near plane
        np.testing.assert_array_equal(got, inside & ahead)


def test_without_distortion_scattered_centres_are_the_pixel_grid() -> None:
    k = intrinsics(CAMERAS["pinhole"], WIDTH, HEIGHT)
    rng = np.random.default_rng(2)
    vertices = rng.normal(size=(500, 3)) - [0, 0, 3]
    triangles = rng.integers(0, 500, (40, 3)).astype(np.int32)
    none = ScatteredCentres(k, WIDTH, HEIGHT, Lens("radial-tangential", (0.0,) * 5))
    expected = silhouette(vertices, triangles, k, WIDTH, HEIGHT)
    np.testing.assert_array_equal(none.silhouette(vertices, triangles), expected)


def test_a_lens_bends_straight_lines_outward_as_it_should() -> None:
    """Of a barrel the middle of an edge beside the axis is farther out than its ends, of a pincushion nearer."""
    k = intrinsics(CAMERAS["pinhole"], WIDTH, HEIGHT)
    line = np.array([[0.5, -0.4, -1.0], [0.5, 0.0, -1.0], [0.5, 0.4, -1.0]])
    for name, sign in (("barrel", 1), ("fisheye", 1), ("pincushion", -1)):
        u, _, _ = to_pixels(line, k, LENSES[name])
        assert sign * (u[1] - (u[0] + u[2]) / 2) > 0.5


def render_all(out: Path) -> None:
    from render.engine import Engine
    from render.settings import RenderSettings

    scene = SceneSpec(
        family="shapes",
        seed=0,
        index=0,
        objects=OBJECTS,
        world=Hdri(name="studio"),
        views=tuple(View(candidates=(camera,)) for camera in CAMERAS.values()),
        min_categories=1,
    )
    frames = Engine(RenderSettings(width=WIDTH, height=HEIGHT, samples=4, threads=2)).render(scene).frames
    arrays: dict[str, Any] = {}
    for name, view in zip(CAMERAS, frames, strict=True):
        assert view.lens == LENSES[name]
        for channel in ("depth", "normal", "instance"):
            arrays[f"{name} {channel}"] = getattr(view.truth, channel)
        arrays[f"{name} image"] = view.image
        for object_id in (CUBE, BALL):
            arrays[f"{name} amodal {object_id}"] = (view.amodal or {})[ObjectId(object_id)]
    np.savez(out, **arrays)


if __name__ == "__main__":
    render_all(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
