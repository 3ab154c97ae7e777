"""Depth where Cycles' hit is off its pixel's ray, against planes in closed form."""

from functools import cache

import numpy as np

from encode.formulas.projection import pixel_rays
from render.camera import camera_to_world, intrinsics
from render.depth_refinement import REACH, off_ray_pixels, refined_depth
from render.records import Solid
from scenes import sample_scene
from scenes.scene import Camera, SceneObject

SIZE = 64
CAMERA = Camera(location=(0.0, -4.0, 1.5), target=(0.0, 0.0, 0.0), focal_length=35)
K = intrinsics(CAMERA, SIZE, SIZE)
POSE = camera_to_world(CAMERA)
RAYS = pixel_rays(K, SIZE, SIZE)
WORLD = RAYS @ POSE[:3, :3].T
FLOOR = (-POSE[2, 3] / WORLD[..., 2]).astype(np.float32)  # depth of the plane z = 0, which fills the lower image
LOW = np.s_[40:, :]


@cache
def _item() -> SceneObject:
    return sample_scene("shapes", seed=0, index=0).objects[0]


def _solid(*triangles: object) -> Solid:
    corners = np.array(triangles, np.float64)
    faces = np.arange(3 * len(corners), dtype=np.int32).reshape(-1, 3)
    return Solid(_item(), corners.reshape(-1, 3), faces, np.eye(4))


def _sheet(z: float) -> tuple[object, object]:
    """Two triangles, larger than the view and behind the camera too."""
    a, b, c, d = (-50, -50, z), (50, -50, z), (50, 50, z), (-50, 50, z)
    return (a, b, c), (a, c, d)


def _refined(solid: Solid, depth: np.ndarray, wrong: np.ndarray, instance: int | None = None) -> np.ndarray:
    ids = np.full((SIZE, SIZE), _item().id if instance is None else instance, np.uint32)
    return refined_depth(depth, wrong, ids, [solid], K, POSE)


def test_hits_off_their_rays_are_detected() -> None:
    depth = np.full((SIZE, SIZE), np.inf, np.float32)
    depth[LOW] = FLOOR[LOW]
    position = np.where(np.isfinite(depth)[..., None], WORLD * FLOOR[..., None] + POSE[:3, 3], 0.0)
    assert not off_ray_pixels(depth, position.astype(np.float32), K, POSE).any()
    step = 2 * REACH / K[0, 0] * depth[50, 20]  # a tenth of a pixel to the right
    position[50, 20] += step * POSE[:3, 0]
    assert np.argwhere(off_ray_pixels(depth, position.astype(np.float32), K, POSE)).tolist() == [[50, 20]]


def test_a_plane_is_intersected_exactly_and_only_where_wrong() -> None:
    rng = np.random.default_rng(3)
    wrong = np.zeros((SIZE, SIZE), bool)
    wrong[LOW] = rng.random((24, SIZE)) < 0.1
    depth = np.where(wrong, FLOOR * np.float32(1.03), np.float32(7.0))
    refined = _refined(_solid(*_sheet(0.0)), depth, wrong)
    np.testing.assert_allclose(refined[wrong], FLOOR[wrong], rtol=1e-6)
    assert (refined[~wrong] == 7.0).all()


def test_of_two_surfaces_on_the_ray_the_one_nearer_the_rendered_depth_is_used() -> None:
    wrong = np.zeros((SIZE, SIZE), bool)
    wrong[50, 32] = True
    both = _solid(*_sheet(0.0), *_sheet(0.2))
    for height in (0.0, 0.2):
        exact = ((height - POSE[2, 3]) / WORLD[50, 32, 2]).astype(np.float32)
        refined = _refined(both, np.full((SIZE, SIZE), exact * np.float32(1.01)), wrong)
        np.testing.assert_allclose(refined[50, 32], exact, rtol=1e-6)


def test_a_sheet_seen_edge_on_is_hit_within_reach_of_the_ray_only() -> None:
    """An upright sheet in the plane of the camera's own column: rays pass a few hundredths of a pixel beside it."""
    wrong = np.zeros((SIZE, SIZE), bool)
    wrong[45, 32] = True
    point = WORLD[45, 32] * 3.0 + POSE[:3, 3]
    depth = np.full((SIZE, SIZE), 3.004, np.float32)
    for off, is_hit in ((0.6 * REACH, True), (1.4 * REACH, False)):
        x = point[0] - off / K[0, 0] * 3.0
        fin = [(x, point[1], point[2] - 0.1), (x, point[1], point[2] + 0.1), (x, point[1] + 0.02, point[2])]
        refined = _refined(_solid(fin), depth, wrong)[45, 32]
        if is_hit:
            assert abs(refined - 3.0) < 0.025
            assert refined != depth[45, 32]
        else:
            assert refined == depth[45, 32]


def test_pixels_of_other_objects_are_unchanged() -> None:
    wrong = np.ones((SIZE, SIZE), bool)
    depth = np.full((SIZE, SIZE), 5.0, np.float32)
    assert (_refined(_solid(*_sheet(0.0)), depth, wrong, instance=999) == depth).all()
