"""Truth against closed-form geometry: planes, spheres and boxes at known poses, rendered in one Blender process.

Run as a script this file is that process. Expected values come from formulas here, never from the renderer.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import ndimage

from encode.formulas.projection import pixel_rays, project
from render.camera import camera_to_world, intrinsics
from scenes import sample_scene
from scenes.material import Material, MaterialKind
from scenes.model import ObjectSpec, Part
from scenes.scene import Camera, Hdri, SceneObject, SceneSpec, Sky, View, World
from scenes.shapes import Box, Shape, Sphere

WIDTH, HEIGHT = 128, 96
SKY = Sky(sun_elevation=0.7)
STUDIO = Hdri(name="studio")
OBLIQUE = Camera(location=(1.2, -3.0, 1.9), target=(0.1, 0.2, 0.5), roll=0.2, focal_length=40, shift=(0.04, -0.03))
FRONT = Camera(location=(0.0, -4.0, 0.5), target=(0.0, 0.0, 0.5), focal_length=50)
RADIUS = 0.5
COLOR = (0.5, 0.6, 0.4)
TILT = (float(np.cos(0.15)), float(np.sin(0.15)), 0.0, 0.0)  # 0.3 radians about x


def scene_object(
    id_: int,
    shape: Shape,
    *,
    category: str = "box",
    kind: MaterialKind = "plastic",
    cutout: float = 0.0,
    at: tuple[float, float, float] = (0.0, 0.0, 0.0),
    turned: tuple[float, float, float, float] = (1.0, 0.0, 0.0, 0.0),
) -> SceneObject:
    material = Material(kind=kind, name="plastic", color=COLOR, cutout=cutout)
    model = ObjectSpec(category=category, parts=(Part(name="body", shape=shape, material=material),))
    return SceneObject(id=id_, name=f"thing-{id_}", model=model, location=at, rotation=turned)


def spec(*objects: SceneObject, camera: Camera, world: World = STUDIO) -> SceneSpec:
    view = View(candidates=(camera,))
    return SceneSpec(family="shapes", seed=0, index=0, objects=objects, world=world, views=(view,), min_categories=1)


BALL = Sphere(radii=(RADIUS, RADIUS, RADIUS), segments=256)
SHEET = Box(size=(1.0, 1.0, 0.001))
UPRIGHT = (float(np.cos(np.pi / 4)), float(np.sin(np.pi / 4)), 0.0, 0.0)  # the sheet's z toward -y

SCENES: dict[str, SceneSpec] = {
    "plane": spec(scene_object(3, Box(size=(60, 60, 1)), category="ground", turned=TILT), camera=OBLIQUE),
    "sphere": spec(scene_object(7, BALL, category="ball"), camera=FRONT, world=SKY),
    "glass": spec(scene_object(7, BALL, category="ball", kind="glass"), camera=FRONT, world=SKY),
    "box": spec(scene_object(300, Box(size=(1.0, 0.6, 0.8)), turned=TILT), camera=OBLIQUE, world=SKY),
    "leaf": spec(scene_object(1, SHEET, kind="leaf", cutout=0.6, at=(0, 0.5, 0.5), turned=UPRIGHT), camera=FRONT),
    "card": spec(scene_object(1, SHEET, kind="leaf", cutout=0.0, at=(0, 0.5, 0.5), turned=UPRIGHT), camera=FRONT),
}


def in_blender(out: Path, script: str = __file__) -> Mapping[str, Any]:
    """What a file of tests, this one or another, leaves in `out` as a script."""
    if importlib.util.find_spec("bpy") is None:
        pytest.skip("bpy is not installed")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "TMPDIR": str(out.parent)}
    done = subprocess.run(
        [sys.executable, script, str(out)], env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert out.exists(), done.stdout[-2000:] + done.stderr[-4000:]
    with np.load(out) as loaded:
        return dict(loaded)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    return in_blender(tmp_path_factory.mktemp("truth") / "truth.npz")


pytestmark = pytest.mark.render


def frame_of(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """K, pose and unit-depth rays of the scene's camera."""
    camera = SCENES[name].views[0].candidates[0]
    k = intrinsics(camera, WIDTH, HEIGHT)
    return k, camera_to_world(camera), pixel_rays(k, WIDTH, HEIGHT)


def interior(mask: np.ndarray) -> np.ndarray:
    return np.asarray(ndimage.binary_erosion(mask, np.ones((3, 3))))


def degrees_between(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    a, b = a.astype(np.float64), b.astype(np.float64)
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b), axis=-1), np.sum(a * b, axis=-1)))


def rotation(quaternion: tuple[float, float, float, float]) -> np.ndarray:
    w, x, y, z = quaternion
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def test_plane_depth_and_normals(truth: Mapping[str, Any]) -> None:
    _, pose, rays = frame_of("plane")
    up = rotation(TILT)[:, 2]
    point = up * 1.0  # the slab's upper face
    directions = rays @ pose[:3, :3].T
    depth = ((point - pose[:3, 3]) @ up) / (directions @ up)
    mask = interior(truth["plane instance"] == 3)
    assert mask.mean() > 0.5
    np.testing.assert_allclose(truth["plane depth"][mask], depth[mask], rtol=1e-4)
    expected = np.broadcast_to(up @ pose[:3, :3], rays.shape)
    assert degrees_between(truth["plane normal"], expected)[mask].max() < 0.1


def sphere_hit() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Planar depth, camera-axes normal and hit mask of the sphere, from the quadratic formula."""
    _, pose, rays = frame_of("sphere")
    center = (np.array([0.0, 0.0, RADIUS]) - pose[:3, 3]) @ pose[:3, :3]
    a = np.sum(rays * rays, axis=-1)
    b = rays @ center
    discriminant = b * b - a * (center @ center - RADIUS**2)
    hit = discriminant > 0
    depth = np.where(hit, (b - np.sqrt(np.maximum(discriminant, 0))) / a, np.inf)
    normal = (np.where(hit, depth, 0)[..., None] * rays - center) / RADIUS
    return depth, normal, hit


def test_sphere_depth_normals_and_silhouette(truth: Mapping[str, Any]) -> None:
    depth, normal, hit = sphere_hit()
    mask = interior(hit)
    np.testing.assert_allclose(truth["sphere depth"][mask], depth[mask], rtol=1e-4)
    assert degrees_between(truth["sphere normal"], normal)[mask].max() < 0.1
    wrong = (truth["sphere instance"] == 7) != hit
    border = ndimage.binary_dilation(hit) & ~interior(hit)
    assert not (wrong & ~border).any()
    assert wrong.sum() <= 2  # the border itself differs by the facets of the mesh at most


def test_sky_is_infinite_and_zero(truth: Mapping[str, Any]) -> None:
    sky = ~np.isfinite(truth["sphere depth"])
    assert sky.mean() > 0.3
    assert np.isposinf(truth["sphere depth"][sky]).all()
    assert (truth["sphere normal"][sky] == 0).all()
    assert (truth["sphere instance"][sky] == 0).all()
    assert (truth["sphere category"][sky] == int(truth["sphere world"])).all()
    assert (truth["sphere category"][~sky] != int(truth["sphere world"])).all()


def test_glass_is_a_surface(truth: Mapping[str, Any]) -> None:
    for channel in ("depth", "instance", "category"):
        np.testing.assert_array_equal(truth[f"glass {channel}"], truth[f"sphere {channel}"])


def test_albedo_is_the_base_colour_whatever_the_light(truth: Mapping[str, Any]) -> None:
    """Plastic takes its spec's colour everywhere, a little uneven; glass has its own colour, the sky none."""
    ball = interior(truth["sphere instance"] == 7)
    difference = truth["sphere albedo"][ball].astype(int) - np.rint(255 * np.array(COLOR))
    assert np.abs(difference).max() <= 8
    for places in np.nonzero(ball):
        lower = places < np.median(places)
        assert np.abs(difference[lower].mean(axis=0)).max() <= 2
        assert np.abs(difference[~lower].mean(axis=0)).max() <= 2
    assert (truth["sphere albedo"][truth["sphere instance"] == 0] == 0).all()
    assert (truth["leaf albedo"][truth["leaf instance"] == 0] == 0).all()
    assert (truth["glass albedo"][ball].max(axis=-1) > 100).all()


def test_a_leaf_is_cut_out_by_its_alpha(truth: Mapping[str, Any]) -> None:
    leaf, card = truth["leaf instance"] == 1, truth["card instance"] == 1
    assert not (leaf & ~card).any()
    assert 0.3 < leaf.sum() / card.sum() < 0.9
    rows, columns = np.nonzero(card)
    assert not leaf[rows.min(), columns.min()]  # a corner of the card is not part of the leaf
    assert np.isposinf(truth["leaf depth"][card & ~leaf]).all()


def test_mask_is_the_projected_box_but_for_the_border(truth: Mapping[str, Any]) -> None:
    """Pins K, pose, roll, shift and pixel centres: corners projected by our formulas bound the rendered mask."""
    k, pose, _ = frame_of("box")
    x, y, z = 1.0, 0.6, 0.8
    corners = np.array([(i * x / 2, j * y / 2, h) for i in (-1, 1) for j in (-1, 1) for h in (0, z)])
    uv, depth = project(corners @ rotation(TILT).T, k, pose)
    assert (depth > 0).all()
    inside = _signed_distance_to_hull(uv)
    mask = truth["box instance"] == 300
    assert mask[inside > 0.01].all()
    assert not mask[inside < -0.01].any()


def _signed_distance_to_hull(points: np.ndarray) -> np.ndarray:
    """Pixels: positive inside the convex hull of `points`, negative outside (to the nearest edge's line)."""
    from scipy.spatial import ConvexHull

    hull = ConvexHull(points)
    v, u = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    return -np.max(
        hull.equations[:, 0, None, None] * u + hull.equations[:, 1, None, None] * v + hull.equations[:, 2, None, None],
        axis=0,
    )


def test_position_reprojects_to_the_pixel_centre(truth: Mapping[str, Any]) -> None:
    """Cycles' own hit points, projected, land on the pixel centres, at the depth that truth says."""
    for name in ("plane", "box"):
        k, pose, _ = frame_of(name)
        surface = truth[f"{name} instance"] > 0
        uv, depth = project(truth[f"{name} position"][surface].astype(np.float64), k, pose)
        v, u = np.mgrid[:HEIGHT, :WIDTH] + 0.5
        assert np.abs(uv - np.stack([u, v], -1)[surface]).max() < 0.01
        np.testing.assert_allclose(depth, truth[f"{name} depth"][surface], rtol=1e-4)


def test_an_object_in_full_view_is_wholly_visible(truth: Mapping[str, Any]) -> None:
    assert float(truth["box visible"]) == pytest.approx(1.0, abs=0.01)


def test_two_views_of_one_scene_reproject_onto_each_other(truth: Mapping[str, Any]) -> None:
    """Points of view 0 carried into view 1 lie on its surfaces or behind them, never in front in free space."""
    points, ids = _world_points(truth, 0), truth["pair0 instance"]
    surface = ids > 0
    uv, depth = project(points[surface], truth["pair1 k"], truth["pair1 pose"])
    pixel = np.floor(np.where(np.isfinite(uv), uv, -1)).astype(int)
    seen = (depth > 0) & ((pixel >= 0) & (pixel < [WIDTH, HEIGHT])).all(axis=1)
    x, y = pixel[seen].T
    there, other = truth["pair1 depth"][y, x], truth["pair1 instance"][y, x]
    assert seen.sum() > 1000
    same = np.abs(there / depth[seen] - 1) < 0.02
    assert same.mean() > 0.5
    assert (other[same] == ids[surface][seen][same]).mean() > 0.98
    assert (there > depth[seen] * 1.03).mean() < 0.02  # view 1 looks through a point that view 0 saw


def _world_points(truth: Mapping[str, Any], view: int) -> np.ndarray:
    rays = pixel_rays(truth[f"pair{view} k"], WIDTH, HEIGHT)
    depth = truth[f"pair{view} depth"]
    local = np.where(np.isfinite(depth), depth, 0)[..., None] * rays
    pose = truth[f"pair{view} pose"]
    return np.asarray(local @ pose[:3, :3].T + pose[:3, 3])


def test_the_same_scene_again_is_the_same_to_the_bit(truth: Mapping[str, Any]) -> None:
    for channel in ("image", "depth", "normal", "instance"):
        np.testing.assert_array_equal(truth[f"pair0 {channel}"], truth[f"again0 {channel}"])


def test_objects_come_to_rest_on_the_table(truth: Mapping[str, Any]) -> None:
    gaps = truth["gaps"]
    assert len(gaps) >= 4
    assert np.abs(gaps).max() < 0.0025  # metres, sunk or hovering


def test_bad_scenes_are_rejected_with_their_reason(truth: Mapping[str, Any]) -> None:
    assert "inside geometry" in str(truth["rejected inside"])
    assert "sees no object" in str(truth["rejected empty"])
    assert "categories" in str(truth["rejected poor"])
    assert "thing-1 covers 75% of the view, at most 45% wanted" in str(truth["rejected filled"])
    assert "of the view, at least 30% wanted" in str(truth["rejected sparse"])


def render_all(out: Path) -> None:
    """Blender's side: truth of every scene above, and of scenes that exercise views, physics and rejections."""
    from render.engine import Engine
    from render.settings import RenderSettings

    engine = Engine(RenderSettings(width=WIDTH, height=HEIGHT, samples=1, threads=2, albedo=True))
    arrays: dict[str, Any] = {}
    for name, scene in SCENES.items():
        view = engine.render(scene).frames[0]
        _keep(arrays, name, view)
        arrays[f"{name} world"] = view.world_category
        arrays[f"{name} visible"] = view.objects[0].visible_fraction
        arrays[f"{name} position"] = _position()
    for name in ("pair", "again"):
        shapes = sample_scene("shapes", seed=4, index=1, views=2)
        for view_index, view in enumerate(engine.render(shapes).frames):
            _keep(arrays, f"{name}{view_index}", view)
            arrays[f"{name}{view_index} k"] = view.intrinsics
            arrays[f"{name}{view_index} pose"] = view.camera_to_world
    arrays["gaps"] = _resting_gaps(engine.settings)
    _reject(engine, arrays)
    np.savez(out, **arrays)


def _keep(arrays: dict[str, Any], name: str, view: Any) -> None:
    for channel in ("depth", "normal", "instance", "category"):
        arrays[f"{name} {channel}"] = getattr(view.truth, channel)
    arrays[f"{name} image"], arrays[f"{name} albedo"] = view.image, view.albedo


def _position() -> np.ndarray:
    """Cycles' Position pass of the view just rendered, sampled as the truth is."""
    import bpy

    from render import passes
    from render.scratch import scratch_file

    layer = bpy.context.view_layer
    layer.use_pass_position = True
    passes.render_truth()
    with scratch_file(".exr") as path:
        passes._save_exr(path)
        position = passes._read_passes(path, passes.POSITION)[0]
    layer.use_pass_position = False
    return position


def _resting_gaps(settings: Any) -> np.ndarray:
    """Heights of the lowest points of objects that stand on a table after physics, over its top."""
    from render.stage import Stage

    stage = Stage(sample_scene("tabletop", seed=0, index=0), settings)
    solids = {solid.item.id: solid for solid in stage.solids}
    tables = {i for i, solid in solids.items() if solid.item.model.category == "table"}
    return np.array(
        [
            solid.world_vertices()[:, 2].min() - solids[solid.item.supported_by].world_vertices()[:, 2].max()
            for solid in solids.values()
            if solid.item.supported_by in tables and solid.item.body == "dynamic"
        ]
    )


def _reject(engine: Any, arrays: dict[str, Any]) -> None:
    from render.errors import SceneRejected

    shell = scene_object(1, Box(size=(10, 10, 10)), at=(0, 0, -5))
    scenes = {
        "inside": spec(shell, camera=FRONT),
        "empty": spec(scene_object(1, BALL), camera=FRONT.model_copy(update={"target": (0.0, -9.0, 0.5)})),
        "poor": spec(scene_object(1, BALL), camera=FRONT).model_copy(update={"min_categories": 3}),
        "filled": spec(scene_object(1, Box(size=(60, 1, 60))), camera=FRONT),
        "sparse": spec(scene_object(1, BALL), camera=FRONT).model_copy(update={"min_things": 0.3}),
    }
    for name, scene in scenes.items():
        try:
            engine.render(scene)
        except SceneRejected as error:
            arrays[f"rejected {name}"] = str(error)


if __name__ == "__main__":
    render_all(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
