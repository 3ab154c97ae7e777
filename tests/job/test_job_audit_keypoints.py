"""The audit holds the keypoints of scene.json to the figures of its spec."""

from typing import Any

import numpy as np

from encode.formulas.rotation import quaternion_about, quaternion_matrix
from scenes import SceneSpec, sample_scene
from scenes.catalog import finished
from scenes.people.person import make_person
from scenes.scene import SceneObject
from verichrome.audit_scene_rules import keypoint_problems


def _person() -> tuple[SceneSpec, SceneObject, list[dict[str, Any]]]:
    """A scene's spec, a person in it, and what scene.json records of its keypoints."""
    model = finished(make_person(np.random.Generator(np.random.PCG64(0)), "stand"))
    w, x, y, z = quaternion_about((0.0, 0.0, 1.0), 0.7).tolist()
    person = SceneObject(id=999, name="person-999", model=model, location=(3.0, -2.0, 0.1), rotation=(w, x, y, z))
    axes = quaternion_matrix(person.rotation)
    recorded = [
        {"name": point.name, "radius": point.radius, "position": (axes @ point.at + person.location).tolist()}
        for point in model.keypoints
    ]
    return sample_scene("shapes", seed=0, index=0), person, recorded


def test_keypoints_where_the_spec_puts_them_are_right() -> None:
    spec, person, recorded = _person()
    assert list(keypoint_problems(spec, person, recorded)) == []


def test_a_moved_a_thicker_and_a_missing_keypoint_are_found() -> None:
    spec, person, recorded = _person()
    x, y, z = recorded[4]["position"]
    moved = [*recorded[:4], {**recorded[4], "position": [x, y + 0.02, z]}, *recorded[5:]]
    assert "0.02 m off" in next(keypoint_problems(spec, person, moved))
    thicker = [{**recorded[0], "radius": 0.5}, *recorded[1:]]
    for wrong in (thicker, recorded[1:], []):
        assert "expected the 17 keypoints of the spec's model" in next(keypoint_problems(spec, person, wrong))


def test_an_object_without_keypoints_must_have_none_recorded() -> None:
    spec, person, recorded = _person()
    bare = person.model_copy(update={"model": person.model.model_copy(update={"keypoints": ()})})
    assert list(keypoint_problems(spec, bare, [])) == []
    assert "expected the 0 keypoints" in next(keypoint_problems(spec, bare, recorded))
