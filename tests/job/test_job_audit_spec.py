"""A spec is validated once for views that share it, and never taken for another one."""

import copy
import json
from typing import Any

import pytest
from pydantic import ValidationError

from scenes.families import all_families
from verichrome.audit_spec import replayed_spec


@pytest.fixture
def spec() -> dict[str, Any]:
    family = all_families()["shapes"]
    return json.loads(family.sample(3, 1, 0, 2, family.parameters()).model_dump_json())  # type: ignore[no-any-return]


def test_views_that_share_the_parsed_spec_share_its_scene(spec: dict[str, Any]) -> None:
    assert replayed_spec({"spec": spec, "view_index": 0}) is replayed_spec({"spec": spec, "view_index": 1})


def test_an_equal_spec_is_validated_anew(spec: dict[str, Any]) -> None:
    scene = replayed_spec({"spec": spec})
    again = replayed_spec({"spec": copy.deepcopy(spec)})
    assert again is not scene
    assert again == scene


def test_a_spec_that_python_calls_equal_is_not_taken_for_it(spec: dict[str, Any]) -> None:
    spec["min_things"] = 0.0
    replayed_spec({"spec": spec})
    other = {**spec, "min_things": "0.0 or so"}
    with pytest.raises(ValidationError):
        replayed_spec({"spec": other})
    with pytest.raises(ValidationError):  # nor is the error forgotten
        replayed_spec({"spec": other})
    assert replayed_spec({"spec": {**spec, "seed": spec["seed"] + 1}}).seed == spec["seed"] + 1
