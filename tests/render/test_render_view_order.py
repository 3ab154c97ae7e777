"""The truths of a scene's views come before their images, which changes nothing but the time they take."""

from typing import Any

import numpy as np
import pytest

from encode.frame import Frame
from render.errors import SceneRejected
from render.rendered import RenderedScene
from render.settings import RenderSettings
from scenes import sample_scene

bpy: Any = pytest.importorskip("bpy")

pytestmark = pytest.mark.render

SETTINGS = RenderSettings(width=64, height=48, samples=2, albedo=True, surface=True, shading=True)


def render(family: str = "shapes", views: int = 3) -> RenderedScene:
    from render.engine import Engine

    return Engine(SETTINGS).render(sample_scene(family, seed=4, index=1, views=views))


def assert_same(frame: Frame, other: Frame) -> None:
    assert frame.key == other.key
    assert frame.origin
    assert other.origin
    assert frame.origin.render == other.origin.render
    for one, two in zip(maps(frame), maps(other), strict=True):
        np.testing.assert_array_equal(one, two)


def maps(frame: Frame) -> list[np.ndarray]:
    truth, surface, shading = frame.truth, frame.surface, frame.shading
    assert surface
    assert shading
    assert frame.albedo is not None
    of_truth = [truth.depth, truth.normal, truth.instance, truth.category]
    return [*of_truth, surface.part, surface.material, shading.shading, shading.residual, frame.image, frame.albedo]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is rendered, in order."""
    from render import engine, view_groups

    made: list[str] = []

    def note(module: Any, name: str) -> None:
        run = getattr(module, name)

        def noted(*args: Any, **options: Any) -> Any:
            made.append(name.partition("_")[2])
            return run(*args, **options)

        monkeypatch.setattr(module, name, noted)

    note(engine, "render_truth")
    note(engine, "render_image")
    note(view_groups, "remove_outputs")
    return made


def test_frames_are_the_same_in_any_order(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from render import view_groups

    together = render()
    assert calls == ["truth"] * 3 + ["image"] * 3
    calls.clear()
    monkeypatch.setattr(view_groups, "MOST_PIXELS", 2 * 64 * 48)
    monkeypatch.setattr(view_groups, "PREPARED_FROM", 2 * 64 * 48 * (2 + 10))
    pairs = render()
    assert calls == ["truth", "truth", "outputs", "image", "image", "truth", "image"]
    calls.clear()
    monkeypatch.setattr(view_groups, "MOST_PIXELS", 1)
    monkeypatch.setattr(view_groups, "PREPARED_FROM", 0)
    single = render()
    assert calls == ["truth", "outputs", "image"] * 3
    for frames in zip(together.frames, pairs.frames, single.frames, strict=True):
        assert_same(frames[0], frames[1])
        assert_same(frames[0], frames[2])


@pytest.mark.parametrize("family", ["room", "tabletop"])
def test_prepared_renders_have_the_same_pixels(family: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from render import view_groups

    plain = render(family, views=1)
    monkeypatch.setattr(view_groups, "PREPARED_FROM", 0)
    prepared = render(family, views=1)
    assert_same(prepared.frames[0], plain.frames[0])
    assert prepared.rejections == plain.rejections


def test_a_users_node_of_the_same_name_is_left_alone() -> None:
    from render.materials.graph import SHADER_SWITCH
    from render.view_groups import set_shaders

    tree = bpy.data.materials.new("of a user").node_tree
    node = tree.nodes.new("ShaderNodeVectorMath")
    node.name, node.inputs[0].default_value = SHADER_SWITCH, (0.25, 0.5, 0.75)
    set_shaders(on=False)
    assert tuple(node.inputs[0].default_value) == (0.25, 0.5, 0.75)


def test_a_view_whose_image_is_refused_takes_its_next_candidate(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from render import engine

    plain = render()
    calls.clear()
    verdicts = iter([[], [("blown", "too bright")], [("black", "too dark")], [], []])
    monkeypatch.setattr(engine, "check_image", lambda _image: next(verdicts))
    scene = render()
    assert calls == ["truth"] * 3 + ["image", "image", "truth", "image", "truth", "image", "image"]
    assert [(row.view, row.candidate, row.check) for row in scene.rejections] == [(1, 0, "blown"), (1, 1, "black")]
    assert_same(scene.frames[0], plain.frames[0])
    assert_same(scene.frames[2], plain.frames[2])
    assert scene.frames[1].key == plain.frames[1].key
    assert (scene.frames[1].truth.depth != plain.frames[1].truth.depth).any()
    assert scene.seconds["rejected"] > 0
    assert all({"truth", "image", "checks", "photo"} == set(seconds) for seconds in scene.frame_seconds)


def test_no_image_is_rendered_where_a_later_view_has_no_candidate(
    calls: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from render import engine, viewpoint

    known = viewpoint.check_viewpoint
    spec = sample_scene("shapes", seed=4, index=1, views=2)
    good = {camera.location for camera in spec.views[0].candidates}

    def check(stage: Any, camera: Any, width: int, height: int) -> Any:
        return known(stage, camera, width, height) if camera.location in good else [("empty", "sees no object")]

    monkeypatch.setattr(engine, "check_viewpoint", check)
    with pytest.raises(SceneRejected) as rejected:
        engine.Engine(SETTINGS).render(spec)
    assert calls == ["truth"]
    assert {(row.view, row.check) for row in rejected.value.rejections} == {(1, "empty")}
