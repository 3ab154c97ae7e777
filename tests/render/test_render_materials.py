"""Every material kind: rendered small in one Blender process, then judged here.

Run as a script this file is that process: it renders a flat sheet of each kind under white light and a leaf card.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from render.materials.builders import BUILDERS
from render.materials.color import linear
from render.materials.graph import ALBEDO, SHADING_NORMAL
from scenes.material import MATERIAL_KINDS, Material
from tests.render.blender_process import arrays_of

SIZE = 64
SHEET = 0.3  # metres across, so that the patterns of 0.1 m repeat
COLOR = (0.62, 0.42, 0.28)
ACCENT = (0.50, 0.34, 0.22)  # near the colour: what kinds do with a far accent is theirs to decide

# What a flat sheet shows is not its colour: mirrors and windows show the world, lamps add their own light.
SHOWS_OTHER_THINGS = {
    "glass", "frosted_glass", "polished_metal", "brushed_metal", "hammered_metal", "galvanised", "emission", "pane",
}  # fmt: skip


def specs() -> dict[str, Material]:
    materials = {kind: Material(kind=kind, name=kind, color=COLOR, accent=ACCENT, seed=3) for kind in MATERIAL_KINDS}
    materials["emission"] = materials["emission"].model_copy(update={"strength": 20.0})
    worn = {f"{kind}, worn": spec.model_copy(update={"wear": 0.7}) for kind, spec in materials.items()}
    materials |= {
        key: worn[key] for key in ("painted_metal, worn", "painted_wood, worn", "ceramic, worn", "leather, worn")
    }
    materials["leaf, cut"] = materials["leaf"].model_copy(update={"cutout": 0.6})
    return materials


def test_every_kind_has_a_tree() -> None:
    assert set(BUILDERS) == set(MATERIAL_KINDS)


@pytest.fixture(scope="module")
def renders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    return arrays_of(__file__, tmp_path_factory.mktemp("materials"))


@pytest.mark.parametrize("name", specs())
def test_renders_something_plausible(renders: Mapping[str, Any], name: str) -> None:
    image = renders[f"{name} image"]
    assert np.isfinite(image).all()
    r, g, b = image.mean(axis=(0, 1))
    assert max(r, g, b) > 0.01, "black"
    assert not (r > 1.5 * g and b > 1.5 * g), "pink, as a missing texture is"


@pytest.mark.parametrize("name", [kind for kind in MATERIAL_KINDS if kind not in SHOWS_OTHER_THINGS])
def test_mean_colour_is_the_colour_asked_for(renders: Mapping[str, Any], name: str) -> None:
    mean = renders[f"{name} image"].mean(axis=(0, 1)) - renders[f"{name} gloss"]
    wanted = np.array(linear(COLOR))
    ratio = mean / wanted
    assert 0.72 < ratio.mean() < 1.3, ratio
    assert ratio.max() / ratio.min() < 1.35, ratio


@pytest.mark.parametrize("name", specs())
def test_every_kind_writes_unit_normals_and_bump_is_modest(renders: Mapping[str, Any], name: str) -> None:
    normal, index = renders[f"{name} normal"], renders[f"{name} index"]
    assert (normal[index == 0] == 0).all()
    normal = normal[index > 0]
    np.testing.assert_allclose(np.linalg.norm(normal, axis=1), 1.0, atol=1e-3)
    tilt = np.degrees(np.arccos(np.clip(normal[:, 2], -1, 1)))
    assert tilt.mean() < 12, "mean tilt of the flat sheet's normals, degrees"
    assert np.percentile(tilt, 95) < 32


@pytest.mark.parametrize("name", specs())
def test_alpha_of_every_material_kind_is_zero_or_one(renders: Mapping[str, Any], name: str) -> None:
    assert set(np.unique(renders[f"{name} alpha"])) <= {0.0, 1.0}


@pytest.mark.parametrize("name", [name for name in specs() if name != "leaf, cut"])
def test_surface_is_the_first_hit_everywhere(renders: Mapping[str, Any], name: str) -> None:
    assert (renders[f"{name} index"] == 1).all()


@pytest.mark.parametrize("name", specs())
def test_outputs_are_the_same_without_the_shader(renders: Mapping[str, Any], name: str) -> None:
    np.testing.assert_array_equal(renders[f"{name} outputs, no shader"], renders[f"{name} outputs"])
    assert renders[f"{name} outputs"].any()


def test_a_surface_without_holes_is_black_without_its_shader(renders: Mapping[str, Any]) -> None:
    assert renders["wood unlit"].max() == 0
    assert renders["leaf, cut unlit"].max() > 0


def test_leaf_is_cut_out_in_truth_and_image_alike(renders: Mapping[str, Any]) -> None:
    index, alpha = renders["leaf, cut index"], renders["leaf, cut alpha"]
    assert set(np.unique(alpha)) <= {0.0, 1.0}
    np.testing.assert_array_equal(index == 1, alpha == 1.0)
    centre = SIZE // 2
    assert index[centre, centre] == 1
    assert (index[[0, 0, -1, -1], [0, -1, 0, -1]] == 0).all(), "corners of the card"
    assert 0.3 < (index == 1).mean() < 0.9


def test_a_leaf_without_its_card_map_is_not_cut(renders: Mapping[str, Any]) -> None:
    assert (renders["leaf, cut, unmapped index"] == 1).all()


def test_names_are_stable_and_specs_are_built_once(renders: Mapping[str, Any]) -> None:
    assert str(renders["wood name"]) == str(renders["wood name again"])
    assert int(renders["materials with that name"]) == 1
    assert int(renders["image nodes"]) == 0


def render_all(out: Path) -> None:
    """Blender's side: (image, alpha, normal, index) of a square sheet of each spec, seen from straight above."""
    import bpy
    import OpenEXR

    from render.materials.maker import MaterialMaker
    from render.view_groups import set_shaders

    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode, scene.render.threads = "FIXED", 1
    scene.render.resolution_x = scene.render.resolution_y = SIZE
    scene.render.film_transparent = True
    scene.cycles.use_denoising = scene.cycles.use_adaptive_sampling = False
    scene.cycles.max_bounces = 2
    layer = scene.view_layers[0]
    for output in (SHADING_NORMAL, ALBEDO):
        layer.aovs.add().name = output
    layer.use_pass_object_index = layer.use_pass_glossy_direct = True
    layer.use_pass_glossy_color = layer.use_pass_glossy_indirect = True
    scene.render.image_settings.media_type = "MULTI_LAYER_IMAGE"
    scene.render.image_settings.file_format = "OPEN_EXR_MULTILAYER"
    scene.render.image_settings.color_depth = "32"
    world = bpy.data.worlds.new("white")
    background = next(node for node in world.node_tree.nodes if node.bl_idname == "ShaderNodeBackground")
    background.inputs["Color"].default_value = (1.0, 1.0, 1.0, 1.0)
    scene.world = world
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.data.type, camera.data.ortho_scale, camera.location = "ORTHO", SHEET, (0.0, 0.0, 0.5)
    scene.collection.objects.link(camera)
    scene.camera = camera
    half = SHEET / 2
    mesh = bpy.data.meshes.new("sheet")
    mesh.from_pydata([(-half, -half, 0), (half, -half, 0), (half, half, 0), (-half, half, 0)], [], [(0, 1, 2, 3)])
    for loop, at in zip(mesh.uv_layers.new(name="card").data, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        loop.uv = at
    sheet = bpy.data.objects.new("sheet", mesh)
    sheet.pass_index = 1
    scene.collection.objects.link(sheet)
    path = out.with_suffix(".exr")

    def passes(samples: int, width: float) -> dict[str, Any]:
        scene.cycles.samples, scene.cycles.filter_width = samples, width
        scene.render.filepath = str(path)
        bpy.ops.render.render(write_still=True)
        with OpenEXR.File(str(path), separate_channels=True) as file:
            channels = {
                name.removeprefix("ViewLayer."): channel.pixels
                for part in file.parts
                for name, channel in part.channels.items()
            }
        path.unlink()
        return channels

    maker = MaterialMaker()
    arrays: dict[str, Any] = {}
    for name, spec in specs().items():
        material = maker.make(spec)
        mesh.materials.clear()
        mesh.materials.append(material)
        image = passes(4, 1.5)
        arrays[f"{name} image"] = np.stack([image[f"Combined.{c}"] for c in "RGB"], axis=-1)
        direct = np.stack([image[f"Glossy Direct.{c}"] + image[f"Glossy Indirect.{c}"] for c in "RGB"], axis=-1)
        tint = np.stack([image[f"Glossy Color.{c}"] for c in "RGB"], axis=-1)
        arrays[f"{name} gloss"] = (direct * tint).mean(axis=(0, 1))
        truth = passes(1, 0.01)
        arrays[f"{name} alpha"] = truth["Combined.A"]
        arrays[f"{name} normal"] = np.stack([truth[f"{SHADING_NORMAL}.{c}"] for c in "RGB"], axis=-1)
        arrays[f"{name} index"] = truth["Object Index.X"]
        set_shaders(on=False)
        unlit = passes(1, 0.01)
        set_shaders(on=True)
        arrays[f"{name} unlit"] = np.stack([unlit[f"Combined.{c}"] for c in "RGB"])
        outputs = ["Object Index.X", *(f"{output}.{c}" for output in (SHADING_NORMAL, ALBEDO) for c in "RGB")]
        for kept, channels in (("outputs", truth), ("outputs, no shader", unlit)):
            arrays[f"{name} {kept}"] = np.stack([channels[output] for output in outputs])
    mesh.uv_layers.remove(mesh.uv_layers["card"])
    arrays["leaf, cut, unmapped index"] = passes(1, 0.01)["Object Index.X"]
    wood = specs()["wood"]
    first, again = maker.make(wood), maker.make(wood)
    arrays["wood name"], arrays["wood name again"] = first.name, again.name
    arrays["materials with that name"] = sum(material.name.startswith(first.name) for material in bpy.data.materials)
    arrays["image nodes"] = sum(
        node.bl_idname in ("ShaderNodeTexImage", "ShaderNodeTexEnvironment")
        for material in bpy.data.materials
        for node in material.node_tree.nodes
    )
    np.savez(out, **arrays)


if __name__ == "__main__":
    render_all(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
