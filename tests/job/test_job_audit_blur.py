"""The blur of an image is the one that its seed draws and its depth gives: audited by verichrome. No Blender."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from encode import Frame
from encode.formulas.indices import SceneIndex, ViewIndex
from render.focus import focused
from scenes.blur import draw_aperture, draw_shake
from tests.encode.raycaster import build_frame
from verichrome.audit_blur import blur_problems
from verichrome.versions import installed

WHERE = 5, SceneIndex(2), 1, ViewIndex(0)


@pytest.fixture(scope="module")
def frame() -> Frame:
    return build_frame(size=(32, 48))


def scene_of(frame: Frame, **changes: Any) -> dict[str, Any]:
    """scene.json as far as the rule reads it, with some of the keys of `render` changed."""
    aperture = draw_aperture(*WHERE)
    focus = focused(aperture, frame.intrinsics, frame.truth.depth, max(frame.truth.shape))
    render = {
        "depth_of_field": aperture.model_dump(mode="json") | focus.record(),
        "motion_blur": draw_shake(*WHERE).model_dump(mode="json"),
    }
    names = ("seed", "scene_index", "attempt", "view_index")
    versions = {name: installed(name) for name in ("verichrome", "numpy")}
    return dict(zip(names, WHERE, strict=True)) | {"render": render | changes, "versions": versions}


def test_the_rule_accepts_what_the_seed_draws(frame: Frame) -> None:
    assert list(blur_problems(frame, scene_of(frame))) == []
    assert list(blur_problems(frame, {**scene_of(frame), "render": {}})) == []


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("depth_of_field", "f_number", 99.0),
        ("depth_of_field", "focus_distance", 1.0),
        ("depth_of_field", "aperture_diameter", None),
        ("motion_blur", "move", [0.5, 0.5]),
        ("motion_blur", "roll", "much"),
    ],
)
def test_the_rule_finds_a_changed_value(frame: Frame, name: str, key: str, value: Any) -> None:
    record = scene_of(frame)["render"][name] | {key: value}
    (problem,) = blur_problems(frame, scene_of(frame, **{name: record}))
    assert problem.startswith(f"{name}: expected {key} ")


def test_a_record_that_is_no_object_is_found(frame: Frame) -> None:
    (problem,) = blur_problems(frame, scene_of(frame, motion_blur=[1, 2]))
    assert problem == "motion_blur: expected an object with move, roll, got [1, 2]"


def test_draws_of_other_versions_are_not_checked(frame: Frame) -> None:
    scene = scene_of(frame, motion_blur={}) | {"versions": {"verichrome": "0.0.1"}}
    assert list(blur_problems(frame, scene)) == []


def test_a_depth_of_zero_is_a_problem_and_no_error(frame: Frame) -> None:
    truth = replace(frame.truth, depth=np.zeros_like(frame.truth.depth))
    assert list(blur_problems(replace(frame, truth=truth), scene_of(frame))) != []
