"""Normals do not depend on how a surface scatters light; image and truth see the same surface behind the same layers.

The scenes are built here in Blender and their truth compared with formulas.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from render.checks import check_agreement, check_ended
from render.materials.graph import SHADING_NORMAL, Graph
from render.settings import RenderSettings
from scenes.material import Material

bpy: Any = pytest.importorskip("bpy")

pytestmark = pytest.mark.render

SIZE = 64
SETTINGS = RenderSettings(width=SIZE, height=SIZE, samples=2, denoise=False)
RADIUS = 0.45
#: Nodes with see-through surfaces, and one of another engine.
UNSEEN = {"ShaderNodeBsdfTransparent", "ShaderNodeBsdfRayPortal", "ShaderNodeEeveeSpecular"}
OTHERS = {"ShaderNodeEmission", "ShaderNodeSubsurfaceScattering"}
CLOSURES = sorted({name for name in dir(bpy.types) if name.startswith("ShaderNodeBsdf")} - UNSEEN | OTHERS)
ACROSS = 5  # balls in a row


@pytest.fixture
def scene() -> Iterator[Any]:
    """An empty scene seen from above by a parallel projection 5 m wide."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode, scene.render.threads = "FIXED", 2
    scene.render.resolution_x = scene.render.resolution_y = SIZE
    scene.render.use_persistent_data = True
    scene.world = bpy.data.worlds.new("world")
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.data.type, camera.data.ortho_scale, camera.location = "ORTHO", float(ACROSS), (0.0, 0.0, 50.0)
    scene.collection.objects.link(camera)
    scene.camera = camera
    yield scene
    bpy.ops.wm.read_factory_settings(use_empty=True)


def put(mesh: Any, pass_index: int, at: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> None:
    obj = bpy.data.objects.new(f"thing {pass_index}", mesh)
    obj.pass_index, obj.location = pass_index, at
    bpy.context.scene.collection.objects.link(obj)


def sheet(material: Any, half: float = ACROSS / 2, slope: float = 0.0) -> Any:
    mesh = bpy.data.meshes.new("sheet")
    corners = [(x * half, y * half, slope * x * half) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    mesh.from_pydata(corners, [], [(0, 1, 2, 3)])
    mesh.materials.append(material)
    return mesh


def ball(material: Any) -> Any:
    import bmesh

    mesh, new = bpy.data.meshes.new("ball"), bmesh.new()
    bmesh.ops.create_icosphere(new, subdivisions=5, radius=RADIUS)
    new.to_mesh(mesh)
    new.free()
    mesh.shade_smooth()
    mesh.materials.append(material)
    return mesh


def material(shader: Callable[[Any], Any], normal: bool = True, hole: float = 0.0) -> Any:
    """A material of one shader, transparent to the share `hole`; with the output of its normal where it is wanted."""
    new = bpy.data.materials.new("made")
    tree = new.node_tree
    tree.nodes.clear()
    out, mix = tree.nodes.new("ShaderNodeOutputMaterial"), tree.nodes.new("ShaderNodeMixShader")
    mix.inputs[0].default_value = hole
    tree.links.new(shader(tree), mix.inputs[1])
    tree.links.new(tree.nodes.new("ShaderNodeBsdfTransparent").outputs[0], mix.inputs[2])
    tree.links.new(mix.outputs[0], out.inputs["Surface"])
    if normal:
        channel = tree.nodes.new("ShaderNodeOutputAOV")
        channel.aov_name = SHADING_NORMAL
        if hole < 1:
            tree.links.new(tree.nodes.new("ShaderNodeNewGeometry").outputs["Normal"], channel.inputs["Color"])
        else:
            channel.inputs["Color"].default_value = (0.0, 0.0, 0.0, 1.0)
    return new


def closure(name: str, **properties: Any) -> Callable[[Any], Any]:
    def shader(tree: Any) -> Any:
        node = tree.nodes.new(name)
        for key, value in properties.items():
            setattr(node, key, value)
        return node.outputs[0]

    return shader


DIFFUSE = closure("ShaderNodeBsdfDiffuse")


def test_the_normals_of_a_ball_are_those_of_a_sphere_in_every_shader_that_blender_has(scene: Any) -> None:
    from render.passes import render_truth

    shaders = {name: closure(name) for name in CLOSURES}
    shaders |= {model: closure("ShaderNodeBsdfHairPrincipled", model=model) for model in ("CHIANG", "HUANG")}
    assert len(shaders) <= ACROSS**2
    middles = {}
    for number, shader in enumerate(shaders.values(), 1):
        row, column = divmod(number - 1, ACROSS)
        middles[number] = np.array((column - ACROSS // 2, row - ACROSS // 2, 0.0))
        put(ball(material(shader)), number, tuple(middles[number]))
    raw = render_truth()
    assert not raw.ended.any()
    assert not raw.unwritten.any()
    for number, name in enumerate(shaders, 1):
        mask = raw.instance == number
        assert mask.sum() > 60, name
        expected = (raw.position[mask] - middles[number]) / RADIUS
        cosine = np.sum(raw.normal[mask] * expected, axis=-1) / np.linalg.norm(expected, axis=-1)
        assert np.degrees(np.arccos(np.clip(cosine, -1, 1))).max() < 0.5, name
        np.testing.assert_allclose(np.linalg.norm(raw.normal[mask], axis=-1), 1.0, atol=1e-4)


def test_bump_is_in_the_normal_of_own_materials(scene: Any) -> None:
    """A height that grows by 0.3 m a metre along x, on a plane that itself falls by 0.2."""
    from render.materials.maker import written
    from render.passes import render_truth

    graph = Graph(Material(kind="plastic", name="plastic", color=(0.5, 0.5, 0.5)))
    x, _, _ = graph.split(graph.metres)
    shared = graph.principled(base_color=(0.5, 0.5, 0.5), roughness=0.1, normal=graph.bump(x * 0.3, 1.0, 100.0))
    put(sheet(written(graph.finish(shared).tree), slope=-0.2), 1)
    raw = render_truth()
    up = np.array((0.2, 0.0, 1.0)) / np.hypot(0.2, 1.0)
    gradient = np.array((0.3, 0.0, 0.0)) - 0.3 * up[0] * up  # along the surface
    expected = (up - gradient) / np.linalg.norm(up - gradient)
    np.testing.assert_allclose(raw.normal[8:-8, 8:-8], np.broadcast_to(expected, (48, 48, 3)), atol=2e-3)


def test_a_surface_that_writes_no_normal_has_that_of_its_shader(scene: Any) -> None:
    from render.passes import render_truth

    put(sheet(material(DIFFUSE, normal=False)), 1)
    raw = render_truth()
    assert raw.unwritten.all()
    np.testing.assert_allclose(raw.normal, np.broadcast_to((0.0, 0.0, 1.0), raw.normal.shape), atol=1e-6)


def test_forty_layers_of_holes_are_none_in_image_and_truth(scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from render import passes

    put(sheet(material(closure("ShaderNodeEmission"))), 1)
    hole = sheet(material(DIFFUSE, hole=1.0), half=1.0)
    for layer in range(40):
        put(hole, 2, (0.0, 0.0, 1.0 + 0.01 * layer))
    raw = passes.render_truth()
    assert (raw.instance == 1).all()
    assert not raw.ended.any()
    np.testing.assert_allclose(raw.normal, np.broadcast_to((0.0, 0.0, 1.0), raw.normal.shape), atol=1e-6)
    rendered = passes.render_image(SETTINGS, 1, 0.0)
    assert np.ptp(rendered.developed[4:-4, 4:-4]) <= 1  # at the rim the filter reaches beyond the sheet
    hits = rendered.hits
    assert dict(check_agreement(raw.depth, raw.instance, hits.depth, hits.instance)) == {}
    monkeypatch.setattr(passes, "LAYERS", 16)
    few = passes.render_truth()
    assert (few.ended == (few.instance == 2)).all()
    assert "of object ids [2]" in dict(check_ended(few.ended, few.instance))["layers"]
    hits = passes.render_image(SETTINGS, 1, 0.0).hits
    assert "agreement" in dict(check_agreement(raw.depth, raw.instance, hits.depth, hits.instance))


def test_partly_transparent_materials_are_found(scene: Any) -> None:
    """Less than half solid, rays end by chance; more than half, the image sees through by chance, and the truth not."""
    from render import passes

    put(sheet(material(DIFFUSE)), 1)
    thin, thick = (sheet(material(DIFFUSE, hole=hole), half=1.0) for hole in (0.7, 0.3))
    put(thin, 2, (-1.2, 0.0, 1.0))
    put(thick, 3, (1.2, 0.0, 1.0))
    raw = passes.render_truth()
    hits = passes.render_image(SETTINGS, 1, 0.0).hits
    left, right = np.zeros((2, SIZE, SIZE), bool)
    left[22:42, 6:26], right[22:42, 38:58] = True, True
    assert raw.ended[left].mean() == pytest.approx(0.3, abs=0.1)
    assert not raw.ended[~left & (raw.instance != 2)].any()
    assert (raw.instance[right] == 3).all()
    assert (hits.instance[right] == 1).mean() == pytest.approx(0.3, abs=0.1)
    assert "agreement" in dict(check_agreement(raw.depth, raw.instance, hits.depth, hits.instance))
    assert "layers" in dict(check_ended(raw.ended, raw.instance))


def test_the_normal_of_a_face_is_that_of_the_nearest_triangle() -> None:
    """A roof of two slopes, seen from above through a camera that is turned and moved."""
    from encode.formulas.projection import pixel_rays
    from render.camera import camera_to_world, intrinsics
    from render.geometric_normals import face_normals
    from render.records import Solid
    from scenes.model import ObjectSpec, Part
    from scenes.scene import Camera, SceneObject
    from scenes.shapes import Box

    plain = Material(kind="plastic", name="plastic", color=(0.5, 0.5, 0.5))
    part = Part(name="body", shape=Box(size=(1, 1, 1)), material=plain)
    item = SceneObject(id=5, name="roof", model=ObjectSpec(category="box", parts=(part,)), location=(0, 0, 0))
    vertices = np.array([(-1, -1, 0), (0, -1, 1), (0, 1, 1), (-1, 1, 0), (1, -1, 0), (1, 1, 0)], float)
    triangles = np.array([(0, 1, 2), (0, 2, 3), (1, 4, 5), (1, 5, 2)], np.int32)
    camera = Camera(location=(0.3, -0.4, 6.0), target=(0.0, 0.0, 0.0), roll=0.4, focal_length=60)
    k, pose = intrinsics(camera, SIZE, SIZE), camera_to_world(camera)
    ways = pixel_rays(k, SIZE, SIZE) @ pose[:3, :3].T
    eye = pose[:3, 3]
    sides = [np.array((side, 0.0, 1.0)) / np.sqrt(2) for side in (-1, 1)]
    hits = [eye + ((np.sqrt(0.5) - eye @ up) / (ways @ up))[..., None] * ways for up in sides]
    left = hits[0][..., 0] < 0
    position = np.where(left[..., None], hits[0], hits[1])
    mask = (np.abs(position[..., :2]) < 0.98).all(axis=-1) & (np.abs(position[..., 0]) > 0.02)
    solid = Solid(item, vertices, triangles, np.eye(4))
    ids = np.full(mask.shape, 5, np.uint32)
    normals = face_normals(mask, position.astype(np.float32), ids, [solid], k, pose)
    expected = np.where(left[..., None], sides[0], sides[1])[mask] @ pose[:3, :3]
    assert mask.sum() > 300
    np.testing.assert_allclose(np.abs(np.sum(normals * expected, axis=-1)), 1.0, atol=1e-9)
    assert (face_normals(mask, position.astype(np.float32), ids + 1, [solid], k, pose) == 0).all()
