"""Scenes repeat from their seed, views change cameras alone, and nothing on a table overlaps or hangs over its edge."""

from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from scenes import AssetLibrary, SceneError, SceneSpec, family_names, family_parameters, load_taxonomy, sample_scene
from scenes.library import Asset
from scenes.measure import Bounds
from tests.scenes.world_points import world_points

INDICES = range(4)
# A finished .blend has tests of its own: test_scenes_blends.py.
FAMILIES = tuple(name for name in family_names() if name != "blend")
# Characters of a scene of hundreds of objects, each with its model.
LARGEST = {"room": 1_400_000, "street": 1_400_000, "shop": 1_400_000, "warehouse": 1_000_000}
SETTING = {"wall", "floor", "ground", "skirting board", "window", "curtain", "door", "shelf", "picture frame"}
# What the family of the user's own assets shows; the others stay as they are without it.
BLOCKS = tuple(
    Asset(
        name=f"{category}.obj",
        category=category,
        digest="0" * 64,
        points=tuple((x * size, y * size, z * size) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0, 1)),
        bare=True,
    )
    for category, size in (("mug", 0.1), ("bottle", 0.2), ("book", 0.2))
)


def of_family(family: str, **arguments: Any) -> SceneSpec:
    library = AssetLibrary(assets=BLOCKS) if family == "assets" else None
    return sample_scene(family, library=library, **arguments)


@cache
def scene(family: str, index: int) -> SceneSpec:
    return of_family(family, seed=11, index=index)


@cache
def box(family: str, index: int, number: int) -> Bounds:
    """The world's axis-aligned box round an object."""
    obj = next(item for item in scene(family, index).objects if item.id == number)
    points = world_points([obj])[0]
    return Bounds(points.min(0), points.max(0))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_scene_is_a_function_of_its_arguments(family: str) -> None:
    again = of_family(family, seed=11, index=0)
    assert again == scene(family, 0)
    assert SceneSpec.model_validate_json(again.model_dump_json()) == again
    assert of_family(family, seed=11, index=0, attempt=1).objects != again.objects
    assert scene(family, 1).objects != again.objects


@pytest.mark.parametrize("family", ["shapes", "tabletop"])
def test_another_seed_gives_another_scene(family: str) -> None:
    assert of_family(family, seed=12, index=0).objects != scene(family, 0).objects


@pytest.mark.parametrize("family", FAMILIES)
def test_more_views_add_cameras_and_change_nothing_else(family: str) -> None:
    few, many = scene(family, 0), of_family(family, seed=11, index=0, views=4)
    assert len(few.views) < len(many.views) == 4
    assert many.views[: len(few.views)] == few.views
    assert many.model_copy(update={"views": few.views}) == few


@pytest.mark.parametrize("family", FAMILIES)
def test_categories_are_known_and_specs_are_small(family: str) -> None:
    for index in range(2):  # those sampled above; each family's own tests look at more
        spec = scene(family, index)
        assert all(load_taxonomy()[obj.model.category] for obj in spec.objects)
        assert len(spec.model_dump_json()) < LARGEST.get(spec.family, 200_000)
        assert all(6 <= len(view.candidates) <= 9 for view in spec.views)


def test_objects_rest_on_their_supports() -> None:
    for index in INDICES:
        spec = scene("tabletop", index)
        for obj in spec.objects:
            if obj.supported_by and obj.model.category not in SETTING | {"tablecloth", "table"}:
                under = box("tabletop", index, obj.supported_by)
                inside = next(item for item in spec.objects if item.id == obj.supported_by).model.category == "bowl"
                gap = box("tabletop", index, obj.id).low[2] - under.high[2]
                assert (-0.2 < gap < 0.06) if inside else (-1e-5 <= gap < 0.005), (index, obj.name)


def test_objects_on_the_top_do_not_overlap() -> None:
    for index in INDICES:
        spec = scene("tabletop", index)
        supports = {obj.id for obj in spec.objects if obj.model.category in ("table", "tablecloth")}
        objects = [obj for obj in spec.objects if obj.supported_by in supports and obj.model.category != "tablecloth"]
        hulls = [points[:, :2] for points in world_points(objects)]
        angle = np.linspace(0, np.pi, 90, endpoint=False)
        shades = [points @ np.stack([np.cos(angle), np.sin(angle)]) for points in hulls]
        for a, b in combinations(range(len(objects)), 2):
            apart = np.maximum(shades[a].min(0) - shades[b].max(0), shades[b].min(0) - shades[a].max(0)).max()
            assert apart > 0, (index, objects[a].name, objects[b].name)


def test_wall_objects_do_not_touch_objects_on_the_table() -> None:
    for index in INDICES:
        spec = scene("tabletop", index)
        fixtures = [obj for obj in spec.objects if obj.model.category in SETTING and obj.body == "fixed"]
        loose = [obj for obj in spec.objects if obj.body != "fixed"]
        for fixture in fixtures:
            held = box("tabletop", index, fixture.id)
            skirted = fixture.model.category == "skirting board"  # runs on under a top that overhangs it
            for obj in (obj for obj in loose if not (skirted and obj.model.category == "table")):
                other = box("tabletop", index, obj.id)
                apart = np.maximum(held.low - other.high, other.low - held.high).max()
                assert apart > -1e-5, (index, fixture.name, obj.name)


def test_a_table_carries_as_many_objects_as_asked() -> None:
    for index in INDICES:
        spec = sample_scene("tabletop", seed=3, index=index, parameters={"min_objects": 8, "max_objects": 9})
        loose = [obj for obj in spec.objects if obj.body in ("dynamic", "passive")]
        assert 6 <= len(loose) <= 14


def test_cameras_stand_over_the_top_and_before_the_walls() -> None:
    for index in INDICES:
        spec = scene("tabletop", index)
        top = next(box("tabletop", index, obj.id) for obj in spec.objects if obj.model.category == "table")
        walls = [box("tabletop", index, obj.id) for obj in spec.objects if obj.model.category == "wall"]
        for camera in (camera for view in spec.views for camera in view.candidates):
            location = np.array(camera.location)
            assert location[2] > top.high[2]
            for wall in walls:
                assert not np.all((location > wall.low - 0.1) & (location < wall.high + 0.1))


def test_loose_objects_start_just_over_their_support() -> None:
    for index in INDICES:
        spec = scene("tabletop", index)
        assert spec.physics is not None
        top = next(box("tabletop", index, obj.id).high[2] for obj in spec.objects if obj.model.category == "table")
        loose = [obj for obj in spec.objects if obj.body == "dynamic"]
        assert loose
        assert min(obj.location[2] for obj in loose) >= top + 0.0029


def test_errors_are_one_sentence_for_a_person() -> None:
    with pytest.raises(SceneError, match=r"kitchen.*assets, .*tabletop"):
        sample_scene("kitchen", seed=0, index=0)
    with pytest.raises(SceneError, match="max_objects"):
        sample_scene("shapes", seed=0, index=0, parameters={"max_objects": 999})
    with pytest.raises(SceneError, match=r"max_objects: .*must be at least min_objects"):
        sample_scene("tabletop", seed=0, index=0, parameters={"min_objects": 9, "max_objects": 2})
    with pytest.raises(SceneError, match="and unicorn is not"):
        sample_scene("tabletop", seed=0, index=0, parameters={"categories": ["unicorn"]})
    with pytest.raises(SceneError, match="colour"):
        sample_scene("tabletop", seed=0, index=0, parameters={"colour": "red"})
    assert "indoor_share" in family_parameters("tabletop").model_fields


def test_categories_can_be_chosen() -> None:
    for index in range(6):
        spec = sample_scene(
            "tabletop", seed=2, index=index, parameters={"categories": ["mug", "book"], "indoor_share": 0}
        )
        categories = {obj.model.category for obj in spec.objects} - SETTING - {"table", "tablecloth", "chair"}
        assert categories
        assert categories <= {"mug", "book", "place mat"}
