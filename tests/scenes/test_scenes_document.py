"""A scene's JSON: what is shared is written once, and reading gives back the scene."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from scenes import SceneSpec
from scenes.families import all_families


@pytest.fixture(scope="module")
def hall() -> SceneSpec:
    family = all_families()["warehouse"]
    return family.sample(3, 1, 0, 2, family.parameters())


def _document(spec: SceneSpec) -> dict[str, Any]:
    return json.loads(spec.model_dump_json())  # type: ignore[no-any-return]


def test_shared_models_are_written_once(hall: SceneSpec) -> None:
    document = _document(hall)
    assert len(document["models"]) == len({item.model for item in hall.objects}) < len(hall.objects)
    assert len(document["materials"]) == len({part.material for item in hall.objects for part in item.model.parts})
    assert all(isinstance(item["model"], int) for item in document["objects"])


def test_a_spec_reads_back_the_same(hall: SceneSpec) -> None:
    document = _document(hall)
    assert SceneSpec.model_validate(document) == hall
    assert document == hall.model_dump(mode="json")


def test_it_reads_models_written_in_place(hall: SceneSpec) -> None:
    assert SceneSpec.model_validate(hall.model_dump()) == hall


@pytest.mark.parametrize("row", [-1, 10_000, "0", None])
def test_a_reference_to_a_missing_row_is_refused(hall: SceneSpec, row: Any) -> None:
    document = _document(hall)
    document["objects"][0]["model"] = row
    with pytest.raises(ValidationError, match="models has rows 0 to"):
        SceneSpec.model_validate(document)


def test_rows_that_are_shared_are_read_once(hall: SceneSpec) -> None:
    read = SceneSpec.model_validate(_document(hall))
    models = {id(item.model): item.model for item in read.objects}
    materials = {id(part.material) for model in models.values() for part in model.parts}
    assert len(models) == len(set(models.values()))
    assert len(materials) == len(_document(hall)["materials"])


def test_an_invalid_row_is_named_where_it_is_used(hall: SceneSpec) -> None:
    document = _document(hall)
    document["materials"][document["models"][0]["parts"][0]["material"]]["wear"] = 2
    with pytest.raises(ValidationError) as caught:
        SceneSpec.model_validate(document)
    assert caught.value.errors()[0]["loc"][:2] == ("objects", 0)
