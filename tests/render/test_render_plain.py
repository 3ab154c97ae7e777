"""What diffuse rays meet of a surface: its mean colour, which is compared with what Cycles renders of each kind.

Run as a script this file is the Blender process: it renders the base colour of a cube of each kind from above.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from render.materials.builders import BUILDERS
from render.materials.graph import ALBEDO, Graph
from render.materials.mean_color import mean_color
from render.materials.pattern_values import brick_values, cell_values, noise_values
from render.materials.plain import Scattering
from scenes.material import MATERIAL_KINDS, Material
from tests.render.blender_process import arrays_of

SIZE = 64
SEEDS = (1, 2, 3)
#: Their colour depends on what a cube has none of (a card, places of a head or a tree), on the side (moss on top of
#: rock), or on more than a cube of two metres shows.
OF_THEIR_PLACE = {"leaf", "leaves", "hair", "rock", "mountain", "turf"}
#: Glass and what shines: all rays meet them as they are.
AS_THEY_ARE = {"glass", "frosted_glass", "emission", "pane"}


def material(kind: Any, seed: int = 1) -> Material:
    return Material(kind=kind, name=kind, color=(0.62, 0.42, 0.28), accent=(0.5, 0.34, 0.22), wear=0.3, seed=seed)


def built(spec: Material, **options: bool) -> Graph:
    graph = Graph(spec, **options)
    BUILDERS[spec.kind](graph)
    return graph


def kinds_of_node(graph: Graph) -> list[str]:
    return [node.kind for node in graph.tree.nodes]


def outputs(graph: Graph) -> set[int | str]:
    return {output.key for output in graph.tree.links.values()}


@pytest.mark.parametrize("kind", MATERIAL_KINDS)
def test_diffuse_rays_meet_plain_shaders_of_opaque_kinds(kind: Any) -> None:
    graph, whole = built(material(kind), plain_bounces=True), built(material(kind))
    surface = kinds_of_node(whole).index("OutputMaterial") + 1
    assert graph.tree.nodes[:surface] == whole.tree.nodes[:surface]
    has_plain = "Is Diffuse Ray" in outputs(graph)
    assert has_plain == (kind not in AS_THEY_ARE | {"mountain"})
    assert "Is Diffuse Ray" not in outputs(whole)


def test_holes_and_translucent_sheets_stay() -> None:
    leaves = built(material("leaves"), plain_bounces=True)
    assert kinds_of_node(leaves).count("BsdfTranslucent") == 2
    cut = built(material("leaf").model_copy(update={"cutout": 0.6}), plain_bounces=True)
    assert kinds_of_node(cut).count("BsdfTransparent") == 2


def test_the_mean_is_that_of_the_points() -> None:
    graph = Graph(material("plastic"))
    assert mean_color(graph.tree, (0.1, 0.2, 0.3), 0.0) == pytest.approx((0.1, 0.2, 0.3))
    assert mean_color(graph.tree, (0.4, 0.2, 0.8), 0.25) == pytest.approx((0.3, 0.15, 0.6))
    half = graph.mix(graph.noise(graph.point), (0.0, 0.0, 0.0), (1.0, 0.5, 2.0))
    assert mean_color(graph.tree, half, 0.0) == pytest.approx((0.5, 0.25, 1.0), abs=0.03)
    x, _, _ = graph.split(graph.metres)
    striped = graph.mix((x * 3.0).fract() > 0.25, (1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    assert mean_color(graph.tree, striped, 0.0) == pytest.approx((0.25,) * 3, abs=0.1)
    assert mean_color(graph.tree, striped, 0.0) == mean_color(graph.tree, striped, 0.0)


def test_a_node_that_is_not_known_has_no_mean() -> None:
    graph = Graph(material("plastic"))
    wave = graph.value(graph.node("TexWave"))
    assert mean_color(graph.tree, graph.mix(wave, (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)), 0.0) is None
    assert mean_color(graph.tree, (0.5, 0.5, 0.5), wave) is None
    for unknown in (
        graph.math("COSINE", 1.0),
        graph.value(graph.node("Math")),
        graph.value(graph.node("MapRange", interpolation_type="LINEAR")),
        graph.value(graph.node("Mix", data_type="RGBA", blend_type="MULTIPLY"), 2),
        graph.value(graph.shared("TexCoord"), "UV"),
    ):
        assert mean_color(graph.tree, unknown, 0.0) is None


def test_patterns_have_the_values_of_cycles() -> None:
    noise = noise_values(2.0, 0.5)
    assert noise.mean() == pytest.approx(0.5, abs=0.03)
    assert noise.std() == pytest.approx(0.09, abs=0.02)
    between = (noise_values(1.0, 0.5) + noise_values(2.0, 0.5)) / 2
    np.testing.assert_allclose(noise_values(1.5, 0.5), between)
    distance = cell_values(2, 0.0, edges=False)  # a square lattice
    assert distance.max() <= 0.5**0.5
    assert distance.mean() == pytest.approx((2**0.5 + np.log(1 + 2**0.5)) / 6, abs=0.03)
    assert cell_values(2, 0.0, edges=True).mean() == pytest.approx(1 / 6, abs=0.03)
    x, y = np.array([0.5, 0.5, 0.0, 1.5]), np.array([0.25, 0.001, 0.25, 0.75])
    _, mortar = brick_values(x, y, width=1.0, height=0.5, mortar=0.02, smooth=0.0, offset=0.5)
    assert mortar.tolist() == [1.0, 1.0, 0.0, 0.0]


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    return arrays_of(__file__, tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("kind", [kind for kind in MATERIAL_KINDS if kind not in OF_THEIR_PLACE | AS_THEY_ARE])
def test_the_mean_is_that_of_the_rendered_base_colour(rendered: Mapping[str, Any], kind: str) -> None:
    means = []
    for seed in SEEDS:
        graph = built(material(kind, seed), plain_bounces=True)
        (shader,) = graph._shaders.values()
        assert isinstance(shader, Scattering)
        mean = mean_color(graph.tree, shader.color, 0.0)
        assert mean is not None
        means.append(mean)
    np.testing.assert_allclose(np.mean(means, axis=0), rendered[kind], atol=0.08 * rendered[kind].max())


def render_all(out: Path) -> None:
    """Blender's side: the mean base colour of a cube of each kind, over three seeds."""
    import bpy
    import OpenEXR

    from render.materials.maker import MaterialMaker

    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.threads_mode, scene.render.threads = "FIXED", 1
    scene.render.resolution_x = scene.render.resolution_y = SIZE
    scene.cycles.samples, scene.cycles.max_bounces = 4, 0
    scene.cycles.use_denoising = scene.cycles.use_adaptive_sampling = False
    layer = scene.view_layers[0]
    layer.aovs.add().name = ALBEDO
    layer.use_pass_object_index = True
    output = scene.render.image_settings
    output.media_type, output.file_format, output.color_depth = "MULTI_LAYER_IMAGE", "OPEN_EXR_MULTILAYER", "32"
    camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    camera.data.type, camera.data.ortho_scale = "ORTHO", 3.6
    camera.location, camera.rotation_euler = (5.0, 5.0, 5.0), (np.arctan(2**0.5), 0.0, np.radians(135))
    scene.collection.objects.link(camera)
    scene.camera = camera
    bpy.ops.mesh.primitive_cube_add(size=2.0)
    cube = bpy.context.object
    cube.pass_index = 1
    path, maker = out.with_suffix(".exr"), MaterialMaker(plain_bounces=True)
    means: dict[str, Any] = {}
    for kind in sorted(set(MATERIAL_KINDS) - OF_THEIR_PLACE - AS_THEY_ARE):
        colors = []
        for seed in SEEDS:
            cube.data.materials.clear()
            cube.data.materials.append(maker.make(material(kind, seed)))
            scene.render.filepath = str(path)
            bpy.ops.render.render(write_still=True)
            with OpenEXR.File(str(path), separate_channels=True) as file:
                channels = {name: channel.pixels for part in file.parts for name, channel in part.channels.items()}
            on = channels["ViewLayer.Object Index.X"] == 1
            colors.append([channels[f"ViewLayer.{ALBEDO}.{c}"][on].mean() for c in "RGB"])
        means[kind] = np.mean(colors, axis=0)
    np.savez(out, **means)


if __name__ == "__main__":
    render_all(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)
