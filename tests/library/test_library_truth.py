"""Every format gives the same mesh, and truth on it is exact: cut-outs binary, glass its first surface."""

import math
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

bpy: Any = pytest.importorskip("bpy")

from render.engine import Engine  # noqa: E402
from render.settings import RenderSettings  # noqa: E402
from scenes import SceneSpec, sample_scene  # noqa: E402
from scenes.scene import Camera, Panorama, View  # noqa: E402
from shards import Store  # noqa: E402
from verichrome.configfile import resolve  # noqa: E402
from verichrome.errors import UsageError  # noqa: E402
from verichrome.library import OpenLibrary, open_library  # noqa: E402
from verichrome.library.transfer import asset_digests, download_assets, upload_library  # noqa: E402

# Blender's own exporters use what numpy deprecates.
pytestmark = [pytest.mark.render, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

FORMATS: dict[str, Callable[[str], object]] = {
    "glb": lambda path: bpy.ops.export_scene.gltf(filepath=path),
    "gltf": lambda path: bpy.ops.export_scene.gltf(filepath=path, export_format="GLTF_SEPARATE"),
    "obj": lambda path: bpy.ops.wm.obj_export(filepath=path),
    "fbx": lambda path: bpy.ops.export_scene.fbx(filepath=path),
    "usdc": lambda path: bpy.ops.wm.usd_export(filepath=path),
    "usdz": lambda path: bpy.ops.wm.usd_export(filepath=path),
    "stl": lambda path: bpy.ops.wm.stl_export(filepath=path),
    "ply": lambda path: bpy.ops.wm.ply_export(filepath=path),
    "blend": lambda path: bpy.ops.wm.save_as_mainfile(filepath=path, copy=True),
}


def model() -> None:
    """A red post 0.1 x 0.2 x 0.3 m with a smaller one on it, two objects, the upper one scaled and turned."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    red = bpy.data.materials.new("red")
    red.node_tree.nodes["Principled BSDF"].inputs["Base Color"].default_value = (0.8, 0.05, 0.05, 1)
    bpy.ops.mesh.primitive_cube_add(size=1, location=(2, 1, 0.1), scale=(0.1, 0.2, 0.2))
    bpy.context.object.data.materials.append(red)
    bpy.ops.mesh.primitive_cube_add(size=1, location=(2, 1, 0.25), scale=(0.1, 0.05, 0.1), rotation=(0, 0, math.pi / 2))
    bpy.context.object.data.materials.append(red)


def screen(folder: Path) -> None:
    """A board upright at y = 0 with the right half cut away by a soft alpha, behind it nothing; and a pane of glass."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    image = bpy.data.images.new("leaf", 64, 64, alpha=True)
    ramp = np.clip((np.arange(64) - 20) / 24, 0, 1)  # soft over 24 pixels, one half in the middle
    pixels = np.ones((64, 64, 4), np.float32)
    pixels[..., 3] = 1 - ramp
    image.pixels.foreach_set(pixels.ravel())
    image.filepath_raw = str(folder / "leaf.png")
    image.file_format = "PNG"
    image.save()
    board = bpy.data.materials.new("board")
    tree = board.node_tree
    texture = tree.nodes.new("ShaderNodeTexImage")
    texture.image = image
    shader = tree.nodes["Principled BSDF"]
    tree.links.new(texture.outputs["Color"], shader.inputs["Base Color"])
    tree.links.new(texture.outputs["Alpha"], shader.inputs["Alpha"])
    pane = bpy.data.materials.new("pane")
    pane.node_tree.nodes["Principled BSDF"].inputs["Alpha"].default_value = 0.2
    bpy.ops.mesh.primitive_plane_add(size=0.2, location=(0, 0, 0.1), rotation=(math.pi / 2, 0, 0))
    bpy.context.object.data.materials.append(board)
    bpy.ops.mesh.primitive_plane_add(size=0.2, location=(0, 0, 0.3), rotation=(math.pi / 2, 0, 0))
    bpy.context.object.data.materials.append(pane)
    path = folder / "picture frame" / "screen.glb"
    path.parent.mkdir()
    bpy.ops.export_scene.gltf(filepath=str(path))


def opened(folder: Path, **fields: Any) -> OpenLibrary:
    return open_library(resolve({"assets": str(folder), **fields}))


def test_all_formats_come_to_the_same_mesh(tmp_path: Path) -> None:
    model()
    for suffix, export in FORMATS.items():
        (tmp_path / suffix / "box").mkdir(parents=True)
        export(str(tmp_path / suffix / "box" / f"post.{suffix}"))
    up = "files: {'*.stl': {up: z}, 'obj/*': {up: y}}"
    (tmp_path / "assets.yaml").write_text(up)
    opened_library = opened(tmp_path)
    assert not opened_library.skipped
    assert len(opened_library.library.assets) == len(FORMATS)
    for asset in opened_library.library.assets:
        assert np.allclose(asset.size, (0.1, 0.2, 0.3), atol=1e-4), asset.name
        assert asset.bare == asset.name.endswith(("stl", "ply")), asset.name


def test_labels_set_scale_size_up_axis_and_turn(tmp_path: Path) -> None:
    model()
    (tmp_path / "box").mkdir()
    bpy.ops.wm.stl_export(filepath=str(tmp_path / "box" / "post.stl"))
    sizes = []
    for rule in ("{scale: 2}", "{size: 0.6}", "{up: y}", "{turn: 90}", "{scale: 1000}"):
        (tmp_path / "assets.yaml").write_text(f"defaults: {rule}")
        opened_library = opened(tmp_path)
        sizes.append([asset.size.round(4).tolist() for asset in opened_library.library.assets])
        last = opened_library
    assert sizes == [[[0.2, 0.4, 0.6]], [[0.2, 0.4, 0.6]], [[0.1, 0.3, 0.2]], [[0.2, 0.1, 0.3]], []]
    assert "it is 300 m large, and a box is" in last.skipped[0].reason


def test_a_file_that_crashes_blender_is_named_and_the_rest_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from verichrome.library import preparation

    model()
    for name in ("a", "b", "c"):
        (tmp_path / "box").mkdir(exist_ok=True)
        bpy.context.object.location.z += 0.01
        bpy.ops.wm.stl_export(filepath=str(tmp_path / "box" / f"{name}.stl"))
    run = preparation._run

    def crashing(orders: dict[str, Any], bounds: Any) -> Any:
        """Blender's process crashes at b.stl."""
        sound = dict(takewhile(lambda item: not item[1].source.endswith("b.stl"), orders.items()))
        answers = run(sound, bounds)[0] if sound else {}
        return answers, "" if len(sound) == len(orders) else "Blender crashed on it (SIGSEGV)"

    monkeypatch.setattr(preparation, "_run", crashing)
    opened_library = opened(tmp_path)
    assert [asset.name for asset in opened_library.library.assets] == ["box/a.stl", "box/c.stl"]
    assert [(skipped.name, skipped.reason) for skipped in opened_library.skipped] == [
        ("box/b.stl", "Blender crashed on it (SIGSEGV)")
    ]


def test_a_blender_that_does_not_start_is_not_blamed_on_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model()
    (tmp_path / "box").mkdir()
    bpy.ops.wm.stl_export(filepath=str(tmp_path / "box" / "late.stl"), global_scale=0.9)
    with monkeypatch.context() as patch:
        patch.setattr("verichrome.library.preparation.sys.executable", "/bin/false")
        with pytest.raises(UsageError, match="Blender does not start"):
            opened(tmp_path)
    assert len(opened(tmp_path).library.assets) == 1


@pytest.fixture
def front(tmp_path: Path) -> SceneSpec:
    """The screen alone, seen from straight before it, 1 m away."""
    screen(tmp_path)
    library = opened(tmp_path).library
    spec = sample_scene("assets", seed=0, index=0, views=1, library=library, parameters={"max_objects": 3})
    replaced = next(obj for obj in spec.objects if obj.id == 2)
    replaced = replaced.model_copy(update={"location": (0, 0, 0), "rotation": (1, 0, 0, 0)})
    camera = Camera(location=(0, -1, 0.2), target=(0, 0, 0.2), focal_length=50)
    return spec.model_copy(update={"objects": (spec.objects[0], replaced), "views": (View(candidates=(camera,)),)})


def test_truth_of_cut_outs_is_binary_and_of_glass_its_first_surface(front: SceneSpec) -> None:
    engine = Engine(RenderSettings(width=128, height=128, samples=1, denoise=False, albedo=True))
    view = engine.render(front).frames[0]
    mask = view.truth.instance == 2
    assert np.allclose(view.truth.depth[mask], 1, atol=1e-4)
    assert np.allclose(view.truth.normal[mask], (0, 0, 1), atol=1e-4)
    pixel = 36 / 50 / 128  # metres, 1 m away
    rows, columns = (0.2 - (np.arange(128) - 63.5) * pixel, (np.arange(128) - 63.5) * pixel)
    z, x = np.meshgrid(rows, columns, indexing="ij")
    inside = (np.abs(x) < 0.1 - pixel) & (np.abs(z - 0.2) < 0.2 - pixel)
    glass = inside & (z > 0.2 + pixel)
    board = inside & (z < 0.2 - pixel)
    assert mask[glass].all()
    assert mask[board & (x < -0.01)].all()
    assert not mask[board & (x > 0.01)].any()
    changes = np.abs(np.diff(mask[board.any(axis=1)][:, np.abs(columns) < 0.1 - pixel].astype(int), axis=1)).sum(axis=1)
    assert (changes == 1).all(), "each row goes from board to hole once, with no speckle"
    again = Engine(RenderSettings(width=128, height=128, samples=1, denoise=False)).render(front).frames[0]
    assert np.array_equal(again.truth.instance, view.truth.instance)
    assert np.array_equal(again.truth.depth, view.truth.depth)


def test_workers_on_other_machines_get_the_assets_of_a_scene(
    front: SceneSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from render.library.cache import prepared

    store = Store("memory://job")
    library = opened(tmp_path).library
    upload_library(library, store)
    monkeypatch.setenv("VERICHROME_CACHE", str(tmp_path / "another machine"))
    (digest,) = asset_digests(front)
    assert not prepared(digest).exists()
    download_assets(front, store, library)
    assert prepared(digest).is_file()
    assert Engine(RenderSettings(width=32, height=32, samples=1, denoise=False)).render(front).frames


def test_environment_maps_and_textures_reach_the_image(tmp_path: Path) -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    model()
    (tmp_path / "assets" / "box").mkdir(parents=True)
    bpy.ops.export_scene.gltf(filepath=str(tmp_path / "assets" / "box" / "post.glb"))
    _image(tmp_path / "hdris" / "sky" / "blue.hdr", (128, 64), (0.5, 0.7, 4.0))
    _image(tmp_path / "hdris" / "blue.exr", (128, 64), (0.5, 0.7, 4.0))
    _image(tmp_path / "hdris" / "square.exr", (64, 64), (1, 1, 1))
    (tmp_path / "hdris" / "text.hdr").write_text("no image")
    _image(tmp_path / "materials" / "wood" / "teak_basecolor.png", (64, 64), (0.2, 0.8, 0.1))
    _image(tmp_path / "materials" / "wood" / "teak_normal.png", (64, 64), (0.5, 0.5, 1.0))
    opened_library = opened(
        tmp_path / "assets", hdris=str(tmp_path / "hdris"), materials=str(tmp_path / "materials"), family="assets"
    )
    library = opened_library.library
    assert [probe.name for probe in library.probes] == ["blue.exr", "sky/blue.hdr"]
    assert library.probes[0].strength == pytest.approx(library.probes[1].strength, rel=0.02)
    assert {skipped.name: skipped.reason for skipped in opened_library.skipped} == {
        "square.exr": "it is 64x64, and an equirectangular image is twice as wide as high",
        "text.hdr": "text.hdr is not PNG, JPEG, WebP, TIFF, TGA, BMP, DDS, EXR or Radiance HDR",
    }
    assert [surface.kind for surface in library.surfaces] == ["wood"]
    engine = Engine(RenderSettings(width=64, height=64, samples=2, denoise=False, albedo=True))
    spec = next(
        spec
        for spec in (
            sample_scene("shapes", seed=0, index=index, views=1, library=library, share=1.0) for index in range(9)
        )
        if isinstance(spec.world, Panorama)
    )
    green = (
        spec.objects[0]
        .model.parts[0]
        .material.model_copy(update={"textures": library.surfaces[0].digest, "scale": 1.0})
    )
    ground = spec.objects[0].model
    part = ground.parts[0].model_copy(update={"material": green})
    first = spec.objects[0].model_copy(update={"model": ground.model_copy(update={"parts": (part,)})})
    view = engine.render(spec.model_copy(update={"objects": (first, *spec.objects[1:])})).frames[0]
    assert view.albedo is not None
    mask = view.truth.instance == 1
    color = view.albedo[mask].mean(axis=0) / 255
    assert color == pytest.approx((0.2, 0.8, 0.1), abs=0.02)
    flat = view.truth.normal[mask] - view.truth.normal[mask].mean(axis=0)
    assert np.abs(flat).max() < 0.6


def _image(path: Path, size: tuple[int, int], color: tuple[float, float, float]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = bpy.data.images.new(path.stem, *size, float_buffer=path.suffix != ".png")
    pixels = np.ones((size[1], size[0], 4), np.float32)
    pixels[..., :3] = color
    image.pixels.foreach_set(pixels.ravel())
    image.filepath_raw = str(path)
    image.file_format = {".png": "PNG", ".hdr": "HDR", ".exr": "OPEN_EXR"}[path.suffix]
    image.save()
