"""The words for parts and materials: every modelled thing is decided, and no word means two things."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from scenes.catalog import make, object_makers
from scenes.craft.style import sample_style
from scenes.furnish.wallware import door, picture, window
from scenes.material import MATERIAL_KINDS, Material
from scenes.model import ObjectSpec, Part, PartRole
from scenes.shapes import Box, Imported
from scenes.surface_words import material_of, materials, part_word, scene_parts

#: Kinds whose materials are decided by their names alone: what is modelled as plastic may stand for anything.
BY_NAME = {
    "bark",
    "emission",
    "face",
    "matte_plastic",
    "mountain",
    "plastic",
    "print",
    "road_paint",
    "skin",
    "soil",
    "turf",
}


@cache
def document() -> Mapping[str, Any]:
    return tomllib.loads(files("scenes").joinpath("surface_words.toml").read_text("utf-8"))


def models() -> Iterator[ObjectSpec]:
    for category in object_makers():
        for seed in range(2):
            rng = np.random.default_rng(seed)
            yield make(category, rng, sample_style(rng))


def word_of_material(kind: str, name: str) -> str:
    id_ = material_of(Material.model_validate({"kind": kind, "name": name, "color": (0, 0, 0)}))
    return next((material.name for material in materials() if material.id == id_), "")


def test_what_stands_round_doors_windows_and_pictures_is_their_frame() -> None:
    rng = np.random.default_rng(4)
    style = sample_style(rng)
    for model, sides, others in (
        (door(rng, style), 3, {"leaf", "panel", "lever", ""}),
        (window(rng, 1.2, 1.4), 4, {"sill", "bar", "mullion"}),
        (picture(rng, style), 4, {""}),
    ):
        frames = [part for part in model.parts if part.name.startswith("frame")]
        assert len(frames) == sides
        assert {part_word(part.name).word for part in frames} == {"frame"}
        words = {part_word(part.name).word for part in model.parts if part not in frames}
        assert words <= others, words


def test_numbers_and_adjectives_do_not_change_the_word() -> None:
    for name, word in {
        "leg": "leg",
        "leg 2": "leg",
        "leg -1": "leg",
        "front leg 2": "leg",
        "drawer 11 handle": "handle",
        "-1 drawer 11 knob": "knob",
        "seat cushion": "seat",
        "back cushion 2": "cushion",
        "backrest": "back",
        "backrest top": "",
        "steering wheel": "steering wheel",
        "nothing like it": "",
    }.items():
        assert part_word(name).word == word, name
    assert (part_word("leg 2").plural, part_word("leg 2").several) == ("legs", False)
    assert (part_word("tyres").word, part_word("tyres").several) == ("tyre", True)
    assert not part_word("trousers").several  # one thing with one word


def test_no_word_means_two_parts() -> None:
    rows = document()["part"]
    words = [word for row in rows for word in {row["name"], row["plural"]}]
    also = [word for row in rows for word in (*row.get("also", ()), *row.get("also_several", ()))]
    assert not [word for word, count in Counter(words).items() if count > 1]
    assert not [word for word, count in Counter([*also, *document()["unnamed_parts"]]).items() if count > 1]


def test_ids_and_names_of_materials_are_distinct_and_kinds_known() -> None:
    rows = document()["material"]
    assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))
    keys = [(field, key) for row in rows for field in ("names", "kinds") for key in row.get(field, ())]
    keys += [("names", key) for key in document()["unnamed_materials"]]
    assert not [key for key, count in Counter(keys).items() if count > 1]
    kinds = {key for field, key in keys if field == "kinds"}
    assert kinds | BY_NAME == set(MATERIAL_KINDS)
    assert not kinds & BY_NAME
    assert {key.partition("/")[0] for field, key in keys if field == "names" and "/" in key} <= set(MATERIAL_KINDS)


@pytest.mark.parametrize(
    ("kind", "name", "word"),
    [
        ("wood", "oak", "wood"),
        ("polished_metal", "mirror", "mirror"),
        ("plastic", "glass", "glass"),  # a car's windows
        ("painted_metal", "plastic", "plastic"),
        ("rubber", "skin", "rubber"),
        ("fruit_skin", "skin", "food"),
        ("skin", "skin", "skin"),
        ("face", "skin", "skin"),
        ("liquid", "coffee", "liquid"),
        ("soil", "coffee", "food"),
        ("matte_plastic", "stem", ""),
        ("paper", "foil", ""),
    ],
)
def test_a_materials_own_name_comes_before_its_kind(kind: str, name: str, word: str) -> None:
    assert word_of_material(kind, name) == word


def test_most_of_what_is_modelled_has_words() -> None:
    parts = [part for model in models() for part in model.parts]
    named = [bool(part_word(part.name).word) for part in parts]
    made = [bool(material_of(part.material)) for part in parts]
    assert np.mean(named) > 0.6
    assert np.mean(made) > 0.8
    words = {word.word for word in map(part_word, (part.name for part in parts))}
    assert {"leg", "seat", "handle", "lid", "wheel", "drawer", "door", "shade"} <= words
    assert all(part_word(role.value).word for role in PartRole if role not in {PartRole.BOARD, PartRole.SHELL})


def test_parts_of_a_scene_are_each_name_once_and_none_of_assets() -> None:
    wood = Material(kind="wood", name="oak", color=(0.5, 0.4, 0.3))
    box = Box(size=(1, 1, 1))
    table = ObjectSpec(
        category="table", parts=tuple(Part(name=name, shape=box, material=wood) for name in ("top", "leg 2", "leg 1"))
    )
    asset = Imported(digest="0" * 64, file="a.glb", points=((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)))
    thing = ObjectSpec(category="chair", parts=(Part(name="mesh", shape=asset, material=wood),))
    assert [part.name for part in scene_parts([table, thing, table])] == ["leg 1", "leg 2", "top"]
    assert (table.has_known_parts, thing.has_known_parts) == (True, False)
