"""The audit holds the texts of scene.json to the lettering of its spec."""

from typing import Any

import numpy as np

from encode.formulas.rotation import quaternion_about, quaternion_matrix
from scenes import SceneSpec, sample_scene
from scenes.catalog import finished
from scenes.furnish.hanging_sign import hanging_sign
from scenes.scene import SceneObject
from scenes.texts import model_texts
from verichrome.audit_scene_rules import text_problems


def _sign() -> tuple[SceneSpec, SceneObject, list[dict[str, Any]]]:
    """A scene's spec, a sign with two lines on each side, and what scene.json records of its texts."""
    model = finished(hanging_sign(np.random.default_rng(0), ("TEA", "RICE"), 1.0, 0.2))
    w, x, y, z = quaternion_about((0.0, 0.0, 1.0), 0.7).tolist()
    sign = SceneObject(id=999, name="hanging sign-999", model=model, location=(3.0, -2.0, 2.1), rotation=(w, x, y, z))
    axes = quaternion_matrix(sign.rotation)
    recorded = [
        {"text": text.text, "corners": (text.corners @ axes.T + sign.location).tolist()} for text in model_texts(model)
    ]
    return sample_scene("shapes", seed=0, index=0), sign, recorded


def test_texts_where_the_spec_puts_them_are_right() -> None:
    spec, sign, recorded = _sign()
    assert len(recorded) == 4
    assert list(text_problems(spec, sign, recorded)) == []


def test_a_moved_another_and_a_missing_text_are_found() -> None:
    spec, sign, recorded = _sign()
    moved = [{**recorded[0], "corners": np.add(recorded[0]["corners"], (0, 0.02, 0)).tolist()}, *recorded[1:]]
    assert "0.02 m off" in next(text_problems(spec, sign, moved))
    for wrong in ([{**recorded[0], "text": "TEN"}, *recorded[1:]], recorded[1:], []):
        assert "expected the texts ['RICE', 'RICE', 'TEA', 'TEA']" in next(text_problems(spec, sign, wrong))
