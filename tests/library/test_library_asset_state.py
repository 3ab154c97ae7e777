"""A .blend that is an asset is read as its own render shows it, not as its viewport does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

bpy: Any = pytest.importorskip("bpy")

from render.library.cache import prepared  # noqa: E402
from scenes.library import Asset  # noqa: E402
from verichrome.configfile import resolve  # noqa: E402
from verichrome.library import OpenLibrary, open_library  # noqa: E402

pytestmark = pytest.mark.render

FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]


def box(name: str, *size: float) -> Any:
    points = [(a * size[0] / 2, b * size[1] / 2, c * size[2] / 2) for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points, [], FACES)
    return mesh


def put(name: str, data: Any, collection: Any = None, **fields: Any) -> Any:
    obj = bpy.data.objects.new(name, data)
    for field, value in fields.items():
        setattr(obj, field, value)
    (collection or bpy.context.scene.collection).objects.link(obj)
    return obj


def collection(name: str, within: Any = None) -> Any:
    new = bpy.data.collections.new(name)
    if within:
        within.children.link(new)
    return new


def hidden() -> None:
    """0.2 x 0.1 x 0.12 m: an array of two cubes, finer in renders, and a lid; the rest is shown in viewports alone."""
    scene = bpy.context.scene
    body = put("body", box("body", 0.1, 0.1, 0.1))
    finer = body.modifiers.new("finer", "SUBSURF")
    finer.levels, finer.render_levels, finer.subdivision_type = 0, 2, "SIMPLE"
    twice = body.modifiers.new("twice", "ARRAY")
    twice.show_viewport = False
    longer = body.modifiers.new("longer", "ARRAY")
    longer.count, longer.show_render = 9, False
    put("lid", box("lid", 0.1, 0.1, 0.02), location=(0, 0, 0.06), hide_viewport=True)
    put("cutter", box("cutter", 0.01, 0.9, 0.01), hide_render=True, display_type="WIRE")
    off = collection("support", scene.collection)
    off.hide_render = True
    put("support", box("support", 0.9, 0.01, 0.01), off)
    put("excluded", box("excluded", 0.9, 0.01, 0.01), collection("old", scene.collection))
    bpy.context.view_layer.layer_collection.children["old"].exclude = True
    other = bpy.data.scenes.new("other")
    other.collection.objects.link(bpy.data.objects.new("elsewhere", box("elsewhere", 0.9, 0.9, 0.9)))


def instanced() -> None:
    """0.3 x 0.1 x 0.1 m: a mirrored instance of a collection that is in no scene, curves, and what nodes make."""
    kit = collection("kit")
    put("part", box("part", 0.1, 0.1, 0.1), kit, location=(0.1, 0, 0))
    put("kit", None, instance_type="COLLECTION", instance_collection=kit, scale=(-1, 1, 1))
    curve = bpy.data.curves.new("wire", "CURVE")
    curve.dimensions, curve.bevel_depth, curve.use_fill_caps = "3D", 0.02, True
    line = curve.splines.new("POLY")
    line.points.add(1)
    line.points[0].co, line.points[1].co = (0, 0, 0, 1), (0.1, 0, 0, 1)
    put("wire", curve)
    tree = bpy.data.node_groups.new("nodes", "GeometryNodeTree")
    tree.interface.new_socket("Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    cube, end = tree.nodes.new("GeometryNodeMeshCube"), tree.nodes.new("NodeGroupOutput")
    cube.inputs["Size"].default_value = (0.1, 0.1, 0.1)
    tree.links.new(cube.outputs[0], end.inputs[0])
    put("made", box("seed", 0.9, 0.9, 0.9), location=(0.1, 0, 0)).modifiers.new("made", "NODES").node_group = tree


def far() -> None:
    """0.1 x 0.2 x 0.3 m in millimetres, under a parent at map coordinates."""
    bpy.context.scene.unit_settings.scale_length = 0.001
    site = put("site", None, location=(5e8, 5.5e9, 0))
    put("thing", box("thing", 100, 200, 300), parent=site, location=(3, 0, 0))


FILES: dict[str, tuple[Callable[[], None], tuple[float, ...], int, float]] = {
    "hidden": (hidden, (0.2, 0.1, 0.12), 2 * 96 + 6, 2e-3 + 2e-4),
    "instanced": (instanced, (0.3, 0.1, 0.1), 0, 0.0),
    "far": (far, (0.1, 0.2, 0.3), 6, 6e-3),
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenLibrary:
    folder = tmp_path_factory.mktemp("assets")
    (folder / "box").mkdir()
    for name, (build, *_) in FILES.items():
        bpy.ops.wm.read_factory_settings(use_empty=True)
        build()
        bpy.ops.wm.save_as_mainfile(filepath=str(folder / "box" / f"{name}.blend"))
    _broken(folder)
    return open_library(resolve({"assets": str(folder)}))


def _broken(folder: Path) -> None:
    """A .blend that links to a missing file."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    source = folder / "gone.blend"
    bpy.data.libraries.write(str(source), {box("handle", 0.1, 0.1, 0.1)})
    with bpy.data.libraries.load(str(source), link=True) as (held, wanted):
        wanted.meshes = held.meshes
    put("handle", wanted.meshes[0])
    put("body", box("body", 0.1, 0.1, 0.1))
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "box" / "linked.blend"))
    source.unlink()


def _asset(opened: OpenLibrary, name: str) -> Asset:
    return next(asset for asset in opened.library.assets if asset.name == f"box/{name}.blend")


@pytest.mark.parametrize("name", list(FILES))
def test_an_asset_is_read_as_its_render_shows_it(opened: OpenLibrary, name: str) -> None:
    _, size, faces, volume = FILES[name]
    asset = _asset(opened, name)
    assert np.allclose(asset.size, size, rtol=0, atol=1e-6)
    with bpy.data.libraries.load(str(prepared(asset.digest)), link=False) as (held, wanted):
        wanted.meshes = held.meshes
    (mesh,) = wanted.meshes
    if faces:
        assert len(mesh.polygons) == faces
        assert abs(_volume(mesh) - volume) < 1e-7
    else:
        # Mirrored or not, faces look outward.
        assert _volume(mesh) > 2e-3


def _volume(mesh: Any) -> float:
    mesh.calc_loop_triangles()
    corners = np.array([[mesh.vertices[k].co for k in face.vertices] for face in mesh.loop_triangles])
    return float(np.einsum("ni,ni->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))) / 6


def test_a_file_that_is_linked_to_one_that_is_gone_is_named(opened: OpenLibrary) -> None:
    (skipped,) = opened.skipped
    assert skipped.name == "box/linked.blend"
    assert skipped.reason.startswith("gone.blend, which it is linked to, is missing")
