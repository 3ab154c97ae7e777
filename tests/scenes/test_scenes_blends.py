"""What the objects of a .blend are taken for, and cameras sampled from a survey: all without Blender."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

import numpy as np
import pytest
from pydantic import ValidationError

from scenes import AssetLibrary, SceneError, SceneSpec, sample_scene
from scenes.naming import category_named, known_words
from scenes.scene import Sky
from scenes.settings import (
    FreePoint,
    ObjectLabel,
    ObjectNames,
    SettingFixture,
    SettingRules,
    SurveyedSetting,
    label_of,
    survey_directions,
)
from scenes.settings.spec import OwnWorld

NAMES = {
    "ChairFactory(1234).spawn_asset(5)": "chair",
    "OfficeChairFactory(3)": "office chair",
    "living-room_0/0.floor": "floor",
    "Walnut_Side_Table.003": "table",
    "CeilingLamp": "ceiling lamp",
    "Pillow.L": "pillow",
    "walls": "wall",
    "couch": "sofa",
    "Cube.001": "",
    "Box012": "",
    "Plane": "",
    "sky": "",
    "Sphere": "",
    "thingummy": "",
}
#: Words of kind and place behind what a thing is, or a noun that makes another thing of it.
QUALIFIED = {
    "Chair_Oak": "chair",
    "chair.oak.003": "chair",
    "SM_Chair_01": "chair",
    "oakChair02": "chair",
    "Crate plain": "crate",
    "Lamp_ceiling": "ceiling lamp",
    "Lamp_desk_old": "desk lamp",
    "Bench_park": "park bench",
    "Arm_Chair": "armchair",
    "Table_kitchen": "table",
    "Chair_orange": "chair",
    "Table_stone_round": "table",
    "Garden_stone": "rock",
    "Stone_floor": "floor",
    "Floor_oak": "floor",
    "Chair_floor": "chair",
    "Lamp_wall": "",
    "Chair_leg": "",
    "Table cloth": "tablecloth",
    "Table_leg_left": "",
    "Door handle brass": "",
    "Book cover red": "",
    "Car park": "",
    "Bed room": "",
    "Box office": "",
    "Rock garden": "",
    "Water glass": "",
    "Window glass": "",
    "Table top": "",
    "Chair back": "",
    "Towel rail": "",
    "Car light": "",
    "Kitchen old": "",
}


def rules(*rules_given: Mapping[str, object]) -> SettingRules:
    return SettingRules.model_validate({"rules": rules_given})


def label(names: ObjectNames, material: str = "", *rules_given: Mapping[str, object]) -> ObjectLabel:
    return label_of(names, material, rules(*rules_given))


@pytest.mark.parametrize(("name", "category"), (NAMES | QUALIFIED).items())
def test_object_names_give_categories(name: str, category: str) -> None:
    assert category_named(name) == category


def test_the_nearest_name_wins_and_groups_its_parts() -> None:
    assert label(ObjectNames(object="leg", above=("Chair.001", "Table"))) == ObjectLabel(category="chair", level=1)
    assert label(ObjectNames(object="Pillow", above=("Sofa",))) == ObjectLabel(category="pillow")
    assert label(ObjectNames(object="Cube", collections=("Vases", "Chairs"))).category == "vase"


def test_materials_named_as_walls_override_collection_names() -> None:
    room = ObjectNames(object="Cube.004", collections=("Chairs",))
    assert [label(room, name).category for name in ("Walls", "ceiling.001", "oak")] == ["wall", "ceiling", "chair"]
    assert label(ObjectNames(object="Sofa"), "floor").category == "sofa", "an object that says what it is, is that"


def test_generic_words_are_not_categories() -> None:
    word_lists = tomllib.loads(files("scenes").joinpath("naming.toml").read_text("utf-8"))
    words = {name: set(text.split()) for name, text in word_lists.items()}
    assert not words["always"] & set(known_words(True))
    assert not words["always"] & words["unclear"]
    assert words["sometimes"] <= set(known_words(True))


def test_later_rules_override_earlier_rules_and_names() -> None:
    chair = ObjectNames(object="Chair.007", collections=("Dining", "House"))
    first = {"object": "chair*", "category": "armchair", "color": "red"}
    assert label(chair, "", first) == ObjectLabel(category="armchair", color="red")
    assert label(chair, "", first, {"collection": "dining", "category": "stool"}).category == "stool"
    assert label(chair, "", first, {"collection": "dining", "category": "stool"}).color == "red"
    assert label(chair, "oak", {"material": "*OAK*", "category": "couch"}).category == "sofa"
    assert label(chair, "", {"object": "chair.007", "skip": True}).skip
    assert label(chair, "", {"object": "CHAIR", "category": "unlabelled"}).category == ""
    assert label(chair, "", {"collection": "house", "color": "blue"}) == ObjectLabel(category="chair", color="blue")


def test_a_whole_collection_may_be_one_object() -> None:
    rule = {"collection": "kit *", "category": "bookshelf", "whole": True}
    parts = [ObjectNames(object=name, collections=("kit 1", "House")) for name in ("board", "board.001")]
    assert [label(part, "", rule).collection for part in parts] == ["kit 1", "kit 1"]


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"category": "chiar"}, r"one of its words, and 'chiar' is none \(did you mean chair\?\)"),
        ({"category": "bench"}, r"'bench' is none \(did you mean park bench or workbench\?\)"),
        ({"category": "sky"}, "must not be sky, which lies beyond all surfaces"),
        ({"objekt": "x"}, "Extra inputs"),
    ],
)
def test_an_invalid_rule_is_refused(rule: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        rules(rule)


WALL, FLOOR, CHAIR, VASE, ODD = range(1, 6)


def free_point(x: float, y: float) -> FreePoint:
    """What is seen from 1.5 m above the floor of a room 6 m wide: a chair to the east, a vase to the north, all odd
    to the west."""
    directions = survey_directions()
    azimuth = np.arctan2(directions[:, 1], directions[:, 0])
    ids = np.where(directions[:, 2] < -0.4, FLOOR, WALL)
    level = np.abs(directions[:, 2]) < 0.3
    ids = np.where(level & (np.abs(azimuth) < 0.3), CHAIR, ids)
    ids = np.where(level & (np.abs(azimuth - np.pi / 2) < 0.2), VASE, ids)
    ids = np.where(np.abs(azimuth) > 2.2, ODD, ids)
    ids = np.where(directions[:, 2] > 0.8, 0, ids)
    distances = np.where(ids > 0, np.where(ids == FLOOR, 2000, 2600), 0)
    return FreePoint(location=(x, y, 1.5), floor=1.5, distances=tuple(distances.tolist()), things=tuple(ids.tolist()))


def library_of(**fields: object) -> AssetLibrary:
    names = {"wall": 3.0, "floor": 6.0, "chair": 0.5, "vase": 0.3, "": 1.0}
    fixtures = tuple(
        SettingFixture(number=number, name=f"thing {number}", category=name, low=(0, 0, 0), high=(side, side, side))
        for number, (name, side) in enumerate(names.items(), 1)
    )
    free_points = tuple(free_point(x / 4, y / 4) for x in range(4) for y in range(4))
    blend = SurveyedSetting(name="a.blend", digest="a" * 64, fixtures=fixtures, spots=free_points, **fields)
    return AssetLibrary(blends=(blend,), digest="b" * 64)


def sampled(index: int, library: AssetLibrary, **parameters: float) -> SceneSpec:
    return sample_scene("blend", seed=3, index=index, views=2, library=library, parameters=parameters)


def test_scenes_are_the_same_for_the_same_numbers_and_replay() -> None:
    first, second = sampled(4, library_of()), sampled(4, library_of())
    assert first == second
    assert SceneSpec.model_validate_json(first.model_dump_json()) == first
    assert first != sampled(5, library_of())
    assert first.views[0] == sample_scene("blend", seed=3, index=4, views=1, library=library_of()).views[0]


def test_cameras_look_at_what_is_labelled_from_where_it_is_free() -> None:
    library = library_of()
    free = {point.location for point in library.blends[0].spots}
    for index in range(6):
        for view in sampled(index, library).views:
            for camera in view.candidates:
                assert camera.location in free
                assert 18 <= camera.focal_length <= 85
                toward = np.subtract(camera.target, camera.location)
                heading = np.arctan2(toward[1], toward[0])
                assert -0.8 < heading < np.pi / 2 + 0.8, "never to the west, where nothing is labelled"


def test_own_light_stays_and_other_light_varies() -> None:
    library = library_of(lamps=2, suns=1, world=True, sky=True)
    own = [sampled(index, library, own_light=1.0) for index in range(8)]
    assert all(spec.world == OwnWorld(category="sky") and spec.setting and spec.setting.lamps == 1 for spec in own)
    other = [sampled(index, library, own_light=0.0) for index in range(16)]
    assert {type(spec.world).__name__ for spec in other} == {"Sky", "Hdri"}
    suns = {spec.world.sun_elevation for spec in other if isinstance(spec.world, Sky)}
    assert len(suns) > 4
    assert len({spec.setting.lamps for spec in other if spec.setting}) > 4


def test_a_setting_that_shows_too_little_is_refused_in_a_sentence() -> None:
    with pytest.raises(SceneError, match=r"The family blend has no usable \.blend to render in"):
        sampled(0, AssetLibrary())
    hidden = library_of()
    dark = hidden.blends[0].spots[0].model_copy(update={"things": (ODD,) * len(survey_directions())})
    blend = hidden.blends[0].model_copy(update={"spots": (dark,)})
    with pytest.raises(SceneError, match=r"None of 144 cameras shows a labelled thing with at most 30% of the view"):
        sampled(0, AssetLibrary(blends=(blend,)))
    with pytest.raises(SceneError, match="max_focal: Value error, must be at least min_focal, 90"):
        sampled(0, hidden, min_focal=90)


def test_pieces_and_own_worlds_need_a_setting() -> None:
    spec = sampled(0, library_of())
    with pytest.raises(ValidationError, match="setting: there is none that thing 1 would be of"):
        SceneSpec.model_validate({**spec.model_dump(), "setting": None})
