"""Every category, over many seeds: true sizes, on the ground, in one piece, the same from the same seed, and varied."""

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenes.objects
from scenes.base import SceneError
from scenes.catalog import finished, make, object_makers
from scenes.colors import COLOR_NAMES
from scenes.contact import floating_parts
from scenes.craft.style import sample_style
from scenes.measure import bounds, object_mesh, part_mesh
from scenes.model import ObjectSpec, PartRole
from scenes.nature.specs import Leafage, Petals
from scenes.taxonomy import load_taxonomy

SEEDS = range(8)
SHEETS = (Leafage, Petals)  # as thin as leaves are
CATEGORIES = tuple(object_makers())
MOST_FACES = 30_000
#: Near crowns are of leaves, not of clumps; people have faces, hands and folds.
MORE_FACES = {"bush": 50_000, "street tree": 50_000, "tree": 50_000, "person": 33_000}


@cache
def sample(category: str, seed: int) -> ObjectSpec:
    rng = np.random.Generator(np.random.PCG64(seed))
    return make(category, rng, sample_style(rng))


def test_there_are_many_categories_and_all_are_in_the_taxonomy() -> None:
    assert len(CATEGORIES) >= 18
    for category in CATEGORIES:
        record = load_taxonomy()[category]
        assert record.kind == "thing"
        assert record.size is not None


@pytest.mark.parametrize("category", CATEGORIES)
def test_objects_have_true_sizes_and_stand_on_the_ground(category: str) -> None:
    record = load_taxonomy()[category]
    assert record.size is not None
    for seed in SEEDS:
        model = sample(category, seed)
        mesh = object_mesh(model)
        box = bounds(mesh)
        assert record.size[0] <= box.largest <= record.size[1]
        assert box.low[2] == pytest.approx(0, abs=1e-6)
        assert np.abs(box.center[:2]).max() < 1e-5
        assert mesh.face_count <= MORE_FACES.get(category, MOST_FACES)
        assert model.size == record.size_word(box.largest)


@pytest.mark.parametrize("category", CATEGORIES)
def test_parts_are_closed_and_none_hangs_in_the_air(category: str) -> None:
    for seed in SEEDS[:3]:
        model = sample(category, seed)
        for part in model.parts:
            mesh = part_mesh(part)
            if isinstance(part.shape, SHEETS):
                continue
            assert mesh.is_closed(), part.name
            assert mesh.volume() > 0, part.name
        assert floating_parts(model) == []


@pytest.mark.parametrize("category", CATEGORIES)
def test_objects_repeat_from_their_seed_and_differ_between_seeds(category: str) -> None:
    models = [sample(category, seed) for seed in SEEDS]
    rng = np.random.Generator(np.random.PCG64(0))
    assert make(category, rng, sample_style(rng)) == models[0]
    assert ObjectSpec.model_validate_json(models[0].model_dump_json()) == models[0]
    assert len({model.model_dump_json() for model in models}) == len(models)
    sizes = sorted(bounds(model).largest for model in models)
    assert sizes[-1] - sizes[0] > 0.02 * sizes[0]
    assert all(low <= high for low, high in pairwise(sizes))


@pytest.mark.parametrize("category", CATEGORIES)
def test_color_and_size_words_are_known_and_part_names_unique(category: str) -> None:
    for seed in SEEDS:
        model = sample(category, seed)
        assert model.color in ("", *COLOR_NAMES)
        assert model.size in ("", "small", "medium", "large")
        assert len({part.name for part in model.parts}) == len(model.parts)
        assert len(model.model_dump_json()) < 60_000


def test_an_unknown_category_is_named() -> None:
    with pytest.raises(SceneError, match="unicorn"):
        make("unicorn", np.random.default_rng(0), sample_style(np.random.default_rng(0)))


def test_parts_that_other_code_looks_for_are_named_by_their_role() -> None:
    roles = {role.value: role for role in PartRole}
    literals: list[str] = []
    for path in sorted(Path(scenes.objects.__path__[0]).parent.glob("[fo]*/*.py")):
        calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and node.args)
        for name in (call.args[0] for call in calls):
            text = re.sub(r" {.*}", "", ast.unparse(name)).removeprefix("f").strip("'0123456789 ")
            if text in roles and isinstance(name, ast.Constant | ast.JoinedStr):
                literals.append(f"{path.name}:{name.lineno}: PartRole.{roles[text].name}, not {ast.unparse(name)}")
    assert not literals


def test_a_part_has_the_role_it_is_named_by() -> None:
    sofa = sample("sofa", 0)
    again = ObjectSpec.model_validate_json(sofa.model_dump_json())
    roles = [part.role for part in again.parts]
    assert roles.count(PartRole.SEAT_CUSHION) == roles.count(PartRole.BACK_CUSHION) > 0
    assert roles == [part.role for part in sofa.parts]
    assert [part.role for part in sofa.parts if part.name.startswith("arm")] == [None, None]


def test_the_example_of_the_page_on_objects_works() -> None:
    page = (Path(__file__).parents[2] / "docs/add-an-object.md").read_text()
    code = page.split("```python\n")[1].split("```")[0]
    module: dict[str, Any] = {}
    exec(code, module)
    rng = np.random.default_rng(0)
    stool = finished(module["make"](rng, sample_style(rng)))
    assert stool.category == module["CATEGORY"] == "stool"
    assert PartRole.SEAT in [part.role for part in stool.parts]
    assert floating_parts(stool) == []
    assert 0.42 < bounds(object_mesh(stool)).size[2] < 0.48
