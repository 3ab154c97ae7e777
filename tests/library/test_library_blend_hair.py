"""Hair, curves of hair and points of a .blend are part of image and truth, as meshes that look as Cycles draws them."""

from typing import Any

import numpy as np
import pytest

from render.library.blend.strands import Balls, Strands, balls, tapered, thinning, tubes


def spread(count: int, points: int = 5, radius: float = 0.01) -> Strands:
    """Upright strands a metre long, 0.1 m apart."""
    height = np.linspace(0, 1, points)
    positions = np.stack(np.broadcast_arrays(0.1 * np.arange(count)[:, None], 0.0, height), axis=-1)
    return Strands(positions, np.full((count, points), radius))


def outward(vertices: np.ndarray, faces: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """The cosine of each face's normal with the way from `middle` [f, 3] to the face."""
    corners = vertices[faces]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    away = corners.mean(axis=1) - middle
    return np.asarray((normal * away).sum(1) / np.linalg.norm(normal, axis=1) / np.linalg.norm(away, axis=1))


def test_tubes_stand_round_their_strands_and_face_outward() -> None:
    vertices, faces = tubes(spread(3))
    assert len(faces) == 3 * 4 * 8  # few strands have round tubes
    assert np.allclose(np.hypot(vertices[:40, 0], vertices[:40, 1]), 0.01)
    middle = vertices[faces].mean(axis=1)
    middle[:, :2] = np.round(middle[:, :2] / 0.1) * 0.1
    assert outward(vertices, faces, middle).min() > 0.99
    many, sides = tubes(spread(60_000))
    assert len(sides) == 60_000 * 4 * 3
    assert np.isfinite(many).all()


def test_balls_are_round_and_finer_when_there_are_fewer() -> None:
    vertices, faces = balls(Balls(np.array([(1.0, 2.0, 3.0)]), np.array([0.5])))
    assert len(faces) == 512
    assert np.allclose(np.linalg.norm(vertices - (1, 2, 3), axis=1), 0.5)
    assert outward(vertices, faces, np.full((512, 3), (1.0, 2.0, 3.0))).min() > 0.98
    assert len(balls(Balls(np.zeros((60_000, 3)), np.ones(60_000)))[1]) == 60_000 * 8


def test_strands_taper_from_root_to_tip_as_their_shape_says() -> None:
    along = np.array([0.0, 0.5, 1.0])
    np.testing.assert_allclose(tapered(1.0, 0.0, 0.0, along), [1, 0.5, 0])
    np.testing.assert_allclose(tapered(1.0, 0.2, -0.5, along), [1, 0.2 + 0.8 * 0.5**0.5, 0.2])
    np.testing.assert_allclose(tapered(1.0, 0.0, 0.5, along), [1, 0.25, 0])


def test_too_many_segments_lose_points_first_and_strands_last() -> None:
    assert thinning(100, 9)[1].tolist() == list(range(9))
    step, chosen = thinning(60_000, 9)
    assert (step, chosen.tolist()) == (1, [0, 2, 3, 5, 6, 8])
    step, chosen = thinning(300_000, 9)
    assert (step, len(chosen)) == (4, 5)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A prepared setting with a fur rug, a bush of curves and a heap of points, and the answer that came with it."""
    bpy = pytest.importorskip("bpy")
    from render.library.blend.prepare import prepare_blend
    from render.library.cache import prepared
    from render.library.requests import PreparationRequest

    folder = tmp_path_factory.mktemp("hair")
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.mesh.primitive_plane_add(size=6)
    bpy.context.object.name = "Floor"
    _rug(bpy)
    _bush(bpy)
    _rocks(bpy)
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "hair.blend"))
    target = prepared("5" * 64)
    target.parent.mkdir(parents=True, exist_ok=True)
    return prepare_blend(PreparationRequest("blend", str(folder / "hair.blend"), str(target)), target)


def _rug(bpy: Any) -> None:
    bpy.ops.mesh.primitive_grid_add(size=1.5, x_subdivisions=8, y_subdivisions=8, location=(0, 0, 0.01))
    rug = bpy.context.object
    rug.name = "Rug"
    rug.data.materials.append(bpy.data.materials.new("wool"))
    rug.modifiers.new("fur", "PARTICLE_SYSTEM")
    fur = rug.particle_systems[0].settings
    fur.type, fur.count, fur.hair_length, fur.radius_scale = "HAIR", 400, 0.2, 0.04


def _bush(bpy: Any) -> None:
    curves = bpy.data.hair_curves.new("Bush")
    curves.add_curves([3, 5])
    points = np.array([(0.02 * k, 0, 0.1 * k) for k in (*range(3), *range(5))], np.float32)
    curves.attributes["position"].data.foreach_set("vector", points.ravel())
    curves.attributes.new("radius", "FLOAT", "POINT").data.foreach_set("value", np.full(8, 0.03, np.float32))
    bush = bpy.data.objects.new("Bush", curves)
    bush.location = (1.2, 0.5, 0)
    bpy.context.collection.objects.link(bush)


def _rocks(bpy: Any) -> None:
    cloud = bpy.data.pointclouds.new("Rocks")
    cloud.resize(3)
    points = np.array([(0, 0, 0.1), (0.2, 0, 0.1), (0.1, 0, 0.3)], np.float32)
    cloud.attributes["position"].data.foreach_set("vector", points.ravel())
    cloud.attributes.new("radius", "FLOAT", "POINT").data.foreach_set("value", np.full(3, 0.1, np.float32))
    rocks = bpy.data.objects.new("Rocks", cloud)
    rocks.location = (-1.2, 0.5, 0)
    bpy.context.collection.objects.link(rocks)


@pytest.mark.render
def test_hair_is_part_of_the_object_that_it_grows_on(prepared: Any) -> None:
    known = {fixture["name"]: fixture for fixture in prepared.setting["fixtures"]}
    assert {name: fixture["category"] for name, fixture in known.items()} == {
        "Floor": "floor",
        "Rug": "rug",
        "Bush": "bush",
        "Rocks": "rock",
    }
    assert known["Rug"]["faces"] == 64 + 400 * 8 * 8
    assert known["Rug"]["high"][2] == pytest.approx(0.21, abs=0.03)
    assert known["Bush"]["high"][2] == pytest.approx(0.4, abs=0.01)
    np.testing.assert_allclose([known["Rocks"]["low"], known["Rocks"]["high"]],
                               [(-1.3, 0.4, 0.0), (-0.9, 0.6, 0.4)], atol=0.01)  # fmt: skip
    assert prepared.setting["dropped"] == []


@pytest.mark.render
def test_truth_shows_hair_where_rays_hit_it(prepared: Any) -> None:
    """Depth and ids of every pixel against a ray through its centre."""
    import bpy

    from encode.formulas.projection import pixel_rays
    from render import RenderSettings
    from render.camera import camera_to_world, intrinsics
    from render.passes import render_truth
    from render.stage import Stage
    from scenes import AssetLibrary, sample_scene
    from scenes.scene import Camera
    from scenes.settings import SurveyedSetting

    blend = SurveyedSetting.model_validate({**prepared.setting, "digest": "5" * 64})
    spec = sample_scene("blend", seed=0, index=0, views=1, library=AssetLibrary(blends=(blend,), digest="1" * 64))
    stage = Stage(spec, RenderSettings(width=96, height=96, samples=1))
    camera = Camera(location=(0.2, -2.2, 1.3), target=(0.0, 0.3, 0.1), focal_length=32.0)
    stage.look_through(camera)
    raw = render_truth(albedo=False)
    pose = camera_to_world(camera)
    ways = pixel_rays(intrinsics(camera, 96, 96), 96, 96).reshape(-1, 3) @ pose[:3, :3].T
    hits = stage.hits(pose[:3, 3], ways)
    ids = np.array([hit.pass_index if hit else 0 for hit in hits]).reshape(96, 96)
    assert {blend.fixtures[k - 1].name for k in np.unique(raw.instance) if k} == {"Floor", "Rug", "Bush", "Rocks"}
    assert (ids != raw.instance).mean() < 0.002  # rays of single precision along an edge
    along = (ways / np.linalg.norm(ways, axis=1, keepdims=True)) @ -pose[:3, 2]
    depth = np.array([hit.distance if hit else np.inf for hit in hits]).reshape(96, 96) * along.reshape(96, 96)
    same = (ids == raw.instance) & (ids > 0)
    assert np.quantile(np.abs(depth[same] - raw.depth[same]), 0.995) < 1e-3
    bpy.ops.wm.read_factory_settings(use_empty=True)


@pytest.mark.render
def test_ray_casts_through_boxes_agree_with_blenders(prepared: Any) -> None:
    import bpy
    from mathutils import Vector

    from render.library.cache import SETTING_NAME, prepared
    from render.rays import Rays

    bpy.ops.wm.read_factory_settings(use_empty=True)
    with bpy.data.libraries.load(str(prepared("5" * 64)), link=False) as (_, target):
        target.collections = [SETTING_NAME]
    scene = bpy.context.scene
    scene.collection.children.link(target.collections[0])
    scene.view_layers[0].update()
    graph = bpy.context.evaluated_depsgraph_get()
    meshes = [obj for obj in target.collections[0].objects if obj.type == "MESH"]
    ways = np.random.Generator(np.random.PCG64(3)).normal(size=(400, 3))
    ways[:6] = [*np.eye(3), *-np.eye(3)]  # along the axes a box has no width to divide by
    origin = np.array([0.1, -0.6, 0.5])
    met = 0
    for way, hit in zip(ways, Rays(meshes, graph)(origin, ways), strict=True):
        is_hit, point, normal, _, obj, _ = scene.ray_cast(graph, Vector(origin), Vector(way).normalized())
        assert is_hit == (hit is not None)
        if hit is not None:
            met += 1
            assert hit.pass_index == obj.pass_index
            assert hit.distance == pytest.approx((point - Vector(origin)).length, rel=1e-4)
            assert hit.up == pytest.approx(normal.z, abs=1e-3)
    assert met > 150
