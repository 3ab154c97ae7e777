"""Truth at any range and anywhere on a map: hills 200 km off, a site at UTM coordinates, objects pinned there."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

bpy: Any = pytest.importorskip("bpy")

from encode.frame import Frame  # noqa: E402
from render.camera import LEAST_FAR, clip_end  # noqa: E402
from render.engine import Engine  # noqa: E402
from render.library.blend.origin import evaluate_near_origin  # noqa: E402
from render.settings import RenderSettings  # noqa: E402
from render.world_positions import keep_positions  # noqa: E402
from scenes import SceneSpec, sample_scene  # noqa: E402
from scenes.scene import Camera, View  # noqa: E402
from verichrome.configfile import resolve  # noqa: E402
from verichrome.library import open_library  # noqa: E402

SITE = np.array([500_000.0, 5_500_000.0, 0.0])
ROOMS = (0.0, 40_000.0)  # metres east of the site: the same twice, in numbers that single precision holds
HILLS = (30_000.0, 200_000.0)  # metres north of it
SIZE = 64
FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]


def box(name: str, *size: float) -> Any:
    points = [(a * size[0] / 2, b * size[1] / 2, c * size[2] / 2) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points, [], FACES)
    return mesh


def put(name: str, data: Any, **fields: Any) -> Any:
    obj = bpy.data.objects.new(name, data)
    for field, value in fields.items():
        setattr(obj, field, value)
    bpy.context.scene.collection.objects.link(obj)
    return obj


def landscape(path: str) -> None:
    """Two alike rooms 40 km apart and boards for hills, all under one parent at map coordinates."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    site = put("site", None, location=SITE)
    floor, chair, table = box("floor", 8, 8, 0.1), box("chair", 0.5, 0.5, 1), box("table", 1.3, 0.7, 0.7)
    for k, x in enumerate(ROOMS):
        put(f"Floor.{k:03}", floor, location=(x, 0, -0.05), parent=site)
        put(f"Chair.{k:03}", chair, location=(x + 0.75, 1, 0.5), rotation_euler=(0, 0, 0.4), parent=site)
        put(f"Table.{k:03}", table, location=(x - 0.875, 0.6, 0.35), parent=site)
    for k, y in enumerate(HILLS):
        put(f"Hill {k}", box("hill", y, 2, y / 2), location=((k - 0.5) * y, y + 1, y / 4), parent=site)
    sun = put("Sun", bpy.data.lights.new("sun", "SUN"))
    sun.data.energy, sun.rotation_euler = 3, (0.6, 0.2, 0)
    bpy.ops.wm.save_as_mainfile(filepath=path)


@dataclass(frozen=True, eq=False)
class FarSetting:
    spec: SceneSpec
    dropped: tuple[str, ...]

    def seen(self, x: float) -> Frame:
        """The view north from 3 m before a room's middle, level, so that what faces south is equally deep all over."""
        assert self.spec.setting
        east, north, up = (np.array([x, -3.0, 1.5]) + SITE - self.spec.setting.offset).tolist()
        camera = Camera(location=(east, north, up), target=(east, north + 10, up), focal_length=20)
        spec = self.spec.model_copy(
            update={"views": (View(candidates=(camera,)),), "min_categories": 1, "exposure": -1.0}
        )
        return Engine(RenderSettings(width=SIZE, height=SIZE, samples=1, denoise=False)).render(spec).frames[0]


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> FarSetting:
    path = tmp_path_factory.mktemp("far") / "landscape.blend"
    subprocess.run([sys.executable, __file__, str(path)], check=True, capture_output=True, timeout=120)
    path.with_name("rules.yaml").write_text("rules: [{object: 'Hill*', category: mountain}]")
    library = open_library(resolve({"family": "blend", "blend": str(path)})).library
    spec = sample_scene("blend", seed=0, index=0, views=1, library=library, parameters={"own_light": 1})
    return FarSetting(spec, library.blends[0].dropped)


@pytest.mark.render
def test_far_objects_are_as_exact_as_near_ones(setting: FarSetting) -> None:
    assert any("moved there by the offset" in note for note in setting.dropped)
    here, there = (setting.seen(x) for x in ROOMS)
    names = {obj.id: obj.name for obj in setting.spec.objects}
    for k, y in enumerate(HILLS):
        (number,) = (number for number, name in names.items() if name == f"Hill {k}")
        for view in (here, there):
            depth = view.truth.depth[view.truth.instance == number]
            if view is here:
                assert len(depth) > 50
            assert np.abs(depth / (y + 3.0) - 1).max(initial=0) < 1e-6
    near = np.isin(here.truth.instance, [number for number, name in names.items() if name.endswith(".000")])
    assert near.mean() > 0.3
    assert np.array_equal(here.truth.depth[near], there.truth.depth[near])
    assert np.array_equal(here.truth.normal[near], there.truth.normal[near])


def test_the_far_plane_is_behind_all_objects() -> None:
    camera = Camera(location=(0, 0, 1.5), target=(0, 1, 1.5))
    assert clip_end(np.array([[0, 5.0, 0], [0, -3.0, 0]]), camera) == LEAST_FAR
    assert 2e5 < clip_end(np.array([[0, 2e5, 0], [1.0, 1.0, 1.0]]), camera) < 2.1e5


def limited(chair: Any) -> None:
    limit = chair.constraints.new("LIMIT_LOCATION")
    limit.use_min_x, limit.min_x = True, SITE[0] + 2


def keyed(chair: Any) -> None:
    chair.keyframe_insert("location", frame=1)


def shared(chair: Any) -> None:
    """In a collection that is instanced, too, besides being in the scene."""
    kit = bpy.data.collections.new("kit")
    kit.objects.link(chair)
    kit.instance_offset = chair.location
    put("again", None, instance_type="COLLECTION", instance_collection=kit, location=SITE + np.array([-3, 0, 0]))


@pytest.mark.render
@pytest.mark.parametrize(
    ("pin", "expected", "is_noted"),
    [(limited, [(2, 0.5)], True), (keyed, [(1, 0.5)], False), (shared, [(-3, 0), (1, 0.5)], False)],
)
def test_moving_the_scene_to_the_origin_keeps_relative_positions(
    pin: Callable[[Any], None], expected: list[tuple[float, float]], is_noted: bool
) -> None:
    """A pinned object too, and one that is both in the scene and in an instance of a collection."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    put("table", box("table", 1, 1, 1), location=SITE)
    pin(put("chair", box("chair", 0.5, 0.5, 1), location=SITE + np.array([1, 0.5, 0])))
    evaluated, offset = evaluate_near_origin(bpy.context.scene, 1.0)
    chairs = [np.array(mesh.matrix)[:3, 3] + offset - SITE for mesh in evaluated.meshes if mesh.names.object == "chair"]
    assert np.allclose(sorted(tuple(corner[:2]) for corner in chairs), expected, rtol=0, atol=1e-6)
    assert max(np.abs(np.array(mesh.matrix)[:3, 3]).max() for mesh in evaluated.meshes) < 10
    assert any("depends on absolute places" in note for note in evaluated.notes) is is_noted


@pytest.mark.render
def test_vertices_in_map_coordinates_are_moved_and_their_loss_is_noted() -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    mesh = box("house", 8, 8, 4)
    mesh.transform(bpy.data.objects.new("there", None).matrix_basis.Translation(SITE))
    put("House", mesh)
    evaluated, offset = evaluate_near_origin(bpy.context.scene, 1.0)
    (house,) = evaluated.meshes
    world = np.array([house.matrix @ vertex.co for vertex in house.mesh.vertices])
    assert np.allclose(world.min(axis=0) + offset, SITE - (4, 4, 2), rtol=0, atol=1e-6)
    assert np.abs([vertex.co[:] for vertex in house.mesh.vertices]).max() < 10
    assert any("the vertices of House are map coordinates" in note and "0.5 m" in note for note in evaluated.notes)


@pytest.mark.render
@pytest.mark.parametrize("hills", [[], [6000, 9900, 12000, 30000], [20000 + 100 * k for k in range(20)]])
def test_a_scene_about_its_origin_is_not_touched(hills: list[float]) -> None:
    """However many hills there are in its distance."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    put("table", box("table", 1, 1, 1), location=(900, -900, 20))
    for y in hills:
        put("hill", box("hill", y / 4, 1, y / 4), location=(0, y, 0))
    evaluated, offset = evaluate_near_origin(bpy.context.scene, 1.0)
    assert not offset.any()
    assert not evaluated.notes


@pytest.mark.render
def test_materials_read_the_original_coordinates_of_the_file() -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    tree = bpy.data.materials.new("striped").node_tree
    geometry, shader = tree.nodes.new("ShaderNodeNewGeometry"), tree.nodes["Principled BSDF"]
    tree.links.new(geometry.outputs["Position"], shader.inputs["Base Color"])
    keep_positions(np.array([5.0, 6.0, 7.0]), 0.5)
    keep_positions(np.array([1.0, 0.0, 0.0]))
    (link,) = geometry.outputs["Position"].links
    mapping = link.to_node
    assert [tuple(socket.default_value) for socket in mapping.inputs[1:3]] == [(2.0, 2.0, 2.0), (12.0, 12.0, 14.0)]
    assert shader.inputs["Base Color"].links[0].from_node == mapping


if __name__ == "__main__":
    landscape(sys.argv[1])
