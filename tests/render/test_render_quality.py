"""A quality decides how the image is denoised, and nothing of the truth."""

from typing import Any

import numpy as np
import pytest

from render.settings import Quality, RenderSettings
from scenes import sample_scene
from scenes.material import GLOW, Material, MaterialKind
from scenes.scene import NO_DAYLIGHT, Sky

bpy: Any = pytest.importorskip("bpy")

pytestmark = pytest.mark.render


@pytest.mark.parametrize(("count", "has_tree"), [(0, False), (1, False), (2, True)])
def test_the_light_tree_chooses_among_several_area_lamps(count: int, has_tree: bool) -> None:
    from render.stage import Stage

    spec = sample_scene("shapes", seed=4, index=1, views=1)
    lamp = spec.lamps[0]
    assert lamp.kind == "area"
    lit = spec.model_copy(update={"lamps": (lamp,) * count})
    Stage(lit, RenderSettings(width=64, height=48))
    assert bpy.context.scene.cycles.use_light_tree == has_tree


@pytest.mark.parametrize(
    ("kind", "strength", "sampling"),
    [("emission", GLOW, "NONE"), ("emission", 8.0, "AUTO"), ("pane", 2.0, "NONE"), ("plastic", 0.0, "NONE")],
)
def test_the_light_of_what_only_glows_is_not_looked_for(kind: MaterialKind, strength: float, sampling: str) -> None:
    from render.materials.maker import MaterialMaker

    spec = Material(kind=kind, name="bulb", color=(1.0, 0.9, 0.8), strength=strength)
    assert MaterialMaker().make(spec).cycles.emission_sampling == sampling


@pytest.mark.parametrize(("strength", "sampling"), [(NO_DAYLIGHT, "NONE"), (0.05, "MANUAL")])
def test_the_light_of_a_world_that_is_shut_out_is_not_looked_for(strength: float, sampling: str) -> None:
    from render.light import set_world

    set_world(Sky(sun_elevation=0.5, strength=strength))
    assert bpy.context.scene.world.cycles.sampling_method == sampling


def test_truth_is_the_same_in_all_qualities_and_the_image_is_not() -> None:
    from render.engine import Engine

    spec = sample_scene("shapes", seed=4, index=1, views=1)
    frames, prefilters = [], []
    qualities: tuple[Quality, ...] = ("draft", "standard", "final")
    for quality in qualities:
        settings = RenderSettings(width=64, height=48, samples=2, quality=quality, photo=False)
        frames.append(Engine(settings).render(spec).frames[0])
        prefilters.append(bpy.context.scene.cycles.denoising_prefilter)
    assert prefilters == ["FAST", "FAST", "ACCURATE"]
    for other in frames[1:]:
        np.testing.assert_array_equal(other.truth.depth, frames[0].truth.depth)
        np.testing.assert_array_equal(other.truth.normal, frames[0].truth.normal)
        np.testing.assert_array_equal(other.truth.instance, frames[0].truth.instance)
    np.testing.assert_array_equal(frames[1].image, frames[0].image)
    assert (frames[2].image != frames[0].image).any()


def test_plain_bounces_leave_the_image_as_it_is() -> None:
    from render.engine import Engine

    spec = sample_scene("tabletop", seed=4, index=1, views=1)
    images = []
    qualities: tuple[Quality, ...] = ("standard", "final")
    for quality in qualities:
        settings = RenderSettings(width=64, height=64, samples=64, quality=quality, denoise=False, photo=False)
        images.append(Engine(settings).render(spec).frames[0].image.astype(float))
        trees = [material.node_tree for material in bpy.data.materials]
        outputs = {link.from_socket.name for tree in trees for link in tree.links}
        assert ("Is Diffuse Ray" in outputs) == (quality == "standard")
    np.testing.assert_allclose(images[0].mean(axis=(0, 1)), images[1].mean(axis=(0, 1)), rtol=0.01)
    assert np.abs(images[0] - images[1]).mean() < 4


def test_the_outputs_of_truth_change_no_pixel_of_the_image() -> None:
    from render import passes
    from render.stage import Stage

    settings = RenderSettings(width=64, height=48, samples=2)
    stage = Stage(sample_scene("tabletop", seed=4, index=1, views=1), settings)
    images, truths = [], []
    for kept in (True, False, True, False):
        stage.look_through(stage.spec.views[0].candidates[0])
        truths.append(passes.render_truth(albedo=True))
        if not kept:
            passes.remove_outputs()
        images.append(passes.render_image(settings, 7, 0.0).linear)
        assert bool(bpy.context.view_layer.aovs) == kept
    for truth, image in zip(truths[1:], images[1:], strict=True):
        np.testing.assert_array_equal(truth.normal, truths[0].normal)
        np.testing.assert_array_equal(truth.albedo, truths[0].albedo)
        np.testing.assert_array_equal(image, images[0])
