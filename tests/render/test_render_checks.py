"""The checks that a frame must pass, each with an input that must fail it."""

from dataclasses import replace

import numpy as np
import pytest

from encode.formulas.projection import pixel_rays
from encode.formulas.rle import runs_of_mask
from render.camera import camera_to_world, intrinsics
from render.checks import check_agreement, check_ended, check_image, check_truth
from render.collision import hull_points, vessel_points
from render.coverage import silhouette
from render.exposure import automatic_exposure
from render.truth import FinishedTruth, finish_truth
from scenes.scene import Camera
from scenes.shapes import Box, Sphere
from scenes.tessellation import tessellate

SIZE = 96
CAMERA = Camera(location=(0.0, -3.0, 2.0), target=(0.0, 0.0, 0.3), focal_length=35)
K = intrinsics(CAMERA, SIZE, SIZE)
POSE = camera_to_world(CAMERA)
RAYS = pixel_rays(K, SIZE, SIZE)
GROUND, BALL, SKY = 1, 2, 9
CENTER, RADIUS = np.array([0.0, 0.0, 0.5]), 0.5


def drawn() -> dict[str, np.ndarray]:
    """Depth, world normals and ids of a ball on the ground under the sky, by formula."""
    directions = RAYS @ POSE[:3, :3].T
    origin = POSE[:3, 3]
    with np.errstate(divide="ignore"):
        ground = np.where(directions[..., 2] < 0, -origin[2] / directions[..., 2], np.inf)
    ground = np.where(ground < 12, ground, np.inf)
    a, b = np.sum(directions**2, -1), directions @ (CENTER - origin)
    root = b * b - a * (np.sum((CENTER - origin) ** 2) - RADIUS**2)
    ball = np.where(root > 0, (b - np.sqrt(np.maximum(root, 0))) / a, np.inf)
    depth = np.minimum(ground, ball)
    on_ball = ball < ground
    normal = np.zeros_like(directions)
    normal[np.isfinite(depth)] = (0.0, 0.0, 1.0)
    hit = origin + np.where(on_ball, ball, 0.0)[..., None] * directions
    normal[on_ball] = ((hit - CENTER) / RADIUS)[on_ball]
    instance = np.where(on_ball, BALL, np.where(np.isfinite(ground), GROUND, 0)).astype(np.uint32)
    return {"depth": depth.astype(np.float32), "normal": normal.astype(np.float32), "instance": instance}


def finished(depth: np.ndarray, normal: np.ndarray, instance: np.ndarray) -> FinishedTruth:
    true = drawn()["normal"] @ POSE[:3, :3]
    return finish_truth(depth, normal, instance, RAYS, POSE, {GROUND: 50, BALL: 60}, SKY, lambda mask: -true[mask])


def problems(truth: FinishedTruth, wanted: int = 2) -> dict[str, str]:
    return dict(check_truth(truth, RAYS, frozenset({GROUND, BALL}), wanted))


def test_a_correct_frame_passes() -> None:
    assert problems(finished(**drawn())) == {}


def test_normals_in_world_axes_are_found() -> None:
    right = finished(**drawn())
    world = drawn()["normal"]
    wrong = replace(right, normal=world)
    assert "disagree with the derivative of depth" in problems(wrong)["normals"]


def test_averaged_normals_are_found() -> None:
    right = finished(**drawn())
    wrong = replace(right, normal=right.normal * np.float32(0.9))
    assert "not unit vectors" in problems(wrong)["normals"]


def test_normals_turned_away_are_found() -> None:
    arrays = drawn()
    arrays["normal"] *= -1
    assert "face away" in problems(finished(**arrays))["facing"]


def test_masks_from_another_view_are_found() -> None:
    arrays = drawn()
    arrays["instance"] = np.where(np.isfinite(arrays["depth"]), np.roll(arrays["instance"], (14, 14), (0, 1)), 0)
    arrays["instance"] = np.maximum(arrays["instance"], np.isfinite(arrays["depth"])).astype(np.uint32)
    assert "mask edges" in problems(finished(**arrays))["edges"]


@pytest.mark.parametrize("distance", [0.001, 0.02])
def test_an_object_right_before_the_lens_is_found(distance: float) -> None:
    arrays = drawn()
    arrays["depth"][40:50, 40:50] = distance
    assert "nearest surface" in problems(finished(**arrays))["depth"]


def test_an_unknown_id_and_an_empty_view_are_found() -> None:
    arrays = drawn()
    arrays["instance"][arrays["instance"] == BALL] = 77
    messages = problems(finished(**arrays))
    assert "[77]" in messages["ids"]
    assert "categories are visible" in messages["categories"]


def tilted(degrees: float) -> tuple[FinishedTruth, tuple[int, int]]:
    """The frame with one normal of the ball turned so far beyond the line of sight, and where it is."""
    arrays = drawn()
    row, column = np.argwhere(arrays["instance"] == BALL)[0]
    way = RAYS[row, column] / np.linalg.norm(RAYS[row, column])
    along = np.cross(way, (0.0, 1.0, 0.0)) / np.linalg.norm(np.cross(way, (0.0, 1.0, 0.0)))
    angle = np.radians(degrees)
    arrays["normal"][row, column] = POSE[:3, :3] @ (np.cos(angle) * along + np.sin(angle) * way)
    return finished(**arrays), (row, column)


def test_a_normal_that_faces_away_a_little_is_bent_to_graze_and_no_further() -> None:
    truth, at = tilted(14.0)
    assert truth.turned[at]
    assert truth.turned.sum() == 1
    assert not truth.flat.any()
    bent = truth.normal[at].astype(float)
    way = RAYS[at] / np.linalg.norm(RAYS[at])
    assert np.linalg.norm(bent) == pytest.approx(1, abs=1e-5)
    assert -bent @ way == pytest.approx(1e-3, abs=1e-4)


def test_a_normal_that_faces_away_by_much_gives_way_to_that_of_its_face() -> None:
    truth, at = tilted(16.0)
    assert truth.flat[at]
    assert truth.flat.sum() == 1
    assert not truth.turned.any()
    np.testing.assert_allclose(truth.normal[at], drawn()["normal"][at] @ POSE[:3, :3], atol=1e-6)


def test_a_frame_whose_faces_are_not_known_is_refused() -> None:
    arrays = drawn()
    arrays["normal"][arrays["instance"] == BALL] *= -1
    truth = finish_truth(
        arrays["depth"],
        arrays["normal"],
        arrays["instance"],
        RAYS,
        POSE,
        {GROUND: 50, BALL: 60},
        SKY,
        lambda mask: np.zeros((mask.sum(), 3)),
    )
    assert "face away from the camera by more than 15 degrees" in problems(truth)["facing"]


def test_rays_that_end_in_a_hole_are_found() -> None:
    ended = np.zeros((SIZE, SIZE), bool)
    assert dict(check_ended(ended, drawn()["instance"])) == {}
    ended[40, 40:43] = True
    assert (
        "in 3 pixels the ray ends at a see-through surface" in dict(check_ended(ended, drawn()["instance"]))["layers"]
    )


def test_an_image_of_other_surfaces_is_found() -> None:
    depth, instance = drawn()["depth"], drawn()["instance"]
    near = depth * np.float32(1 + 1e-4)
    assert dict(check_agreement(depth, instance, near, instance)) == {}
    hidden = np.where(instance == BALL, GROUND, instance).astype(np.uint32)
    message = dict(check_agreement(depth, instance, depth, hidden))["agreement"]
    assert f"{(instance == BALL).mean():.2%}" in message
    moved = np.where(instance == BALL, depth - np.float32(0.05), depth)
    message = dict(check_agreement(depth, instance, moved, instance))["agreement"]
    assert f"depth in {(instance == BALL).mean():.2%}" in message
    nothing = np.where(instance == BALL, np.float32(np.inf), depth)
    assert "agreement" in dict(check_agreement(depth, instance, nothing, instance))


@pytest.mark.parametrize(
    ("image", "name"),
    [
        (np.zeros((32, 32, 3), np.uint8), "black"),
        (np.full((32, 32, 3), 255, np.uint8), "blown"),
        (np.full((32, 32, 3), 120, np.uint8), "flat"),
    ],
)
def test_images_that_show_nothing_are_refused(image: np.ndarray, name: str) -> None:
    assert name in dict(check_image(image))


def test_an_ordinary_image_passes() -> None:
    ramp = np.linspace(10, 240, 64, dtype=np.uint8)
    image = np.broadcast_to(ramp[:, None, None], (64, 64, 3))
    assert dict(check_image(image)) == {}


def test_silhouette_of_a_sphere() -> None:
    mesh = tessellate(Sphere(radii=(RADIUS, RADIUS, RADIUS), segments=128))
    triangles = fan(mesh.loops, mesh.sizes)
    local = (mesh.vertices - POSE[:3, 3]) @ POSE[:3, :3]
    mask = silhouette(local, triangles, K, SIZE, SIZE)
    center = (CENTER - POSE[:3, 3]) @ POSE[:3, :3]
    expected = (RAYS @ center) ** 2 > np.sum(RAYS**2, -1) * (center @ center - RADIUS**2)
    assert (mask != expected).sum() <= 4  # facets on the border


def test_silhouette_is_clipped_behind_the_camera() -> None:
    """A floor that passes under the camera covers exactly what lies below the horizon."""
    mesh = tessellate(Box(size=(4000, 4000, 1)))
    vertices = mesh.vertices - [0, 0, 1.0]  # its top at z = 0
    local = (vertices - POSE[:3, 3]) @ POSE[:3, :3]
    mask = silhouette(local, fan(mesh.loops, mesh.sizes), K, SIZE, SIZE)
    below = (RAYS @ POSE[:3, :3].T)[..., 2] < -0.002
    assert mask[below].all()
    assert not mask[(RAYS @ POSE[:3, :3].T)[..., 2] > 0].any()


def test_silhouette_of_random_triangles() -> None:
    rng = np.random.default_rng(5)
    vertices = rng.uniform((-1.5, -1.5, -4), (1.5, 1.5, -1), (60, 3))
    triangles = np.arange(60).reshape(-1, 3)
    mask = silhouette(vertices, triangles, K, SIZE, SIZE)
    # A ray is inside a triangle's cone if it weighs its corners by numbers of one sign.
    weights = RAYS[None] @ np.linalg.inv(vertices[triangles])[:, None]
    expected = (weights > 1e-9).all(axis=-1).any(axis=0)
    doubtful = (np.abs(weights).min(axis=-1) < 1e-9).any(axis=0)
    assert expected.sum() > 1000
    assert (mask == expected)[~doubtful].all()


def test_silhouette_has_no_seams() -> None:
    """No pixel is left out where edges of a triangle fan run through pixel centres."""
    k = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1]])
    rim = [(9.5, 0.5), (18.5, 0.5), (18.5, 9.5), (18.5, 18.5), (9.5, 18.5), (0.5, 18.5), (0.5, 9.5), (0.5, 0.5)]
    points = np.array([(9.5, 9.5), *rim])
    vertices = np.column_stack([points[:, 0], -points[:, 1], -np.ones(9)])
    triangles = np.array([(0, i, i % 8 + 1) for i in range(1, 9)])
    expected = np.zeros((20, 20), bool)
    expected[:19, :19] = True
    assert (silhouette(vertices, triangles, k, 20, 20) == expected).all()


def fan(loops: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Triangles of convex polygons."""
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return np.array(
        [
            (loops[s], loops[s + i], loops[s + i + 1])
            for s, n in zip(starts, sizes, strict=True)
            for i in range(1, n - 1)
        ]
    )


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools under numpy 2
def test_run_lengths_are_those_of_coco() -> None:
    from pycocotools import mask as coco

    chance = np.random.Generator(np.random.PCG64(1))
    for share in (0.0, 0.3, 1.0):
        mask = chance.random((7, 5)) < share
        rle = {"size": list(mask.shape), "counts": runs_of_mask(mask)}
        assert sum(rle["counts"]) == mask.size
        packed = coco.frPyObjects(rle, *mask.shape)
        np.testing.assert_array_equal(coco.decode(packed).astype(bool), mask)


def test_hull_points_keep_feet_and_stay_few() -> None:
    mesh = tessellate(Sphere(radii=(0.1, 0.1, 0.1), segments=128))
    points = hull_points(mesh.vertices)
    assert len(points) < 220
    assert points[:, 2].min() == pytest.approx(0, abs=1e-9)
    box = hull_points(tessellate(Box(size=(0.2, 0.1, 0.05))).vertices)
    assert len(box) == 8


def test_parts_of_a_vessel_leave_its_hollow_free() -> None:
    from scipy.spatial import ConvexHull

    from scenes.shapes import Lathe

    t = np.linspace(0, np.pi / 2, 24)
    outer = [(0.1 * np.sin(a), 0.1 - 0.1 * np.cos(a)) for a in t]
    inner = [(0.095 * np.sin(a), 0.1 - 0.095 * np.cos(a)) for a in t[::-1]]
    mesh = tessellate(Lathe(profile=tuple((max(r, 0.0), z) for r, z in outer + inner)))
    convex_parts = vessel_points(mesh.vertices, fan(mesh.loops, mesh.sizes))
    ball = np.random.Generator(np.random.PCG64(0)).normal(size=(400, 3))
    ball = ball / np.linalg.norm(ball, axis=1, keepdims=True) * 0.09
    ball = ball[ball[:, 2] < -0.005] + [0, 0, 0.1]  # the lower half of a ball 5 mm smaller than the hollow
    for points in convex_parts:
        equations = ConvexHull(points).equations
        inside = (ball @ equations[:, :3].T + equations[:, 3] < 0).all(axis=1)
        assert not inside.any()


def test_exposure_brings_the_average_to_middle_gray() -> None:
    image = np.full((8, 8, 3), 0.2 / 4, np.float32)
    assert automatic_exposure(image) == pytest.approx(2.0, abs=0.01)
    assert automatic_exposure(np.zeros((8, 8, 3), np.float32)) == 0.0
    bright = image.copy()
    bright[:2] = 40.0  # a window: the exposure holds back
    assert automatic_exposure(bright) < 0.0


def test_the_disc_of_the_sun_does_not_darken_what_it_lights() -> None:
    land = np.full((64, 64, 3), 0.1, np.float32)
    land[32:] = 0.4
    sunny = land.copy()
    sunny[0, :2] = 1e6
    assert automatic_exposure(sunny) == pytest.approx(automatic_exposure(land), abs=0.02)
