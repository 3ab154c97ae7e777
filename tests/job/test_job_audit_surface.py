"""Parts and materials of pixels follow from the models of the spec: made by render.surface, audited by verichrome."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from encode import Frame
from encode.frame import SurfaceMaps
from render.surface import surface_maps
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.scene import Camera, Hdri, SceneObject, SceneSpec, View
from scenes.shapes import Box, Imported
from tests.encode.raycaster import build_frame
from verichrome.audit_surface import surface_problems
from verichrome.versions import installed

SIZE = (32, 48)
OAK = Material(kind="wood", name="oak", color=(0.5, 0.4, 0.3))
STEEL = Material(kind="polished_metal", name="steel", color=(0.5, 0.5, 0.5))
CUBE = Box(size=(1, 1, 1))
TABLE = ObjectSpec(
    category="table",
    parts=(
        Part(name="top", shape=CUBE, material=OAK),
        Part(name="leg 1", shape=CUBE, material=STEEL),
        Part(name="bracket core", shape=CUBE, material=Material(kind="plastic", name="ink", color=(0, 0, 0))),
    ),
)
ASSET = ObjectSpec(
    category="mug",
    parts=(
        Part(
            name="mesh",
            shape=Imported(digest="0" * 64, file="a.glb", points=((0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1))),
            material=OAK,
        ),
    ),
)


def scene_of(frame: Frame) -> SceneSpec:
    """A table wherever the frame has its floor, assets elsewhere."""
    ids = [record.id for record in frame.objects]
    objects = tuple(
        SceneObject(id=id_, name=f"thing-{id_}", model=TABLE if id_ == 100 else ASSET, location=(0, 0, 0))
        for id_ in ids
    )
    view = View(candidates=(Camera(location=(0, -1, 1), target=(0, 0, 0)),))
    return SceneSpec(
        family="shapes", seed=0, index=0, objects=objects, world=Hdri(name="studio"), views=(view,), min_categories=1
    )


@pytest.fixture(scope="module")
def example() -> tuple[Frame, dict[str, Any]]:
    """A frame whose table shows its three parts from left to right, and its scene.json as far as the rule reads it."""
    frame = build_frame(size=SIZE)
    spec = scene_of(frame)
    numbers = np.broadcast_to((np.arange(SIZE[1]) // 16 + 1).astype(np.uint32), SIZE)
    numbers = np.where(frame.truth.instance == 100, numbers, np.uint32(0))
    surface = surface_maps(numbers, frame.truth.instance, spec.objects)
    scene = {"spec": spec.model_dump(mode="json"), "versions": {"verichrome": installed("verichrome")}}
    return replace(frame, surface=surface), scene


def surface_of(frame: Frame) -> SurfaceMaps:
    assert frame.surface is not None
    return frame.surface


def test_numbers_of_parts_become_ids_of_parts_and_materials(example: tuple[Frame, dict[str, Any]]) -> None:
    frame, _ = example
    surface = surface_of(frame)
    table = frame.truth.instance == 100
    names = np.array(["", *(part.name for part in surface.record.parts)])
    materials = {0: "", **{material.id: material.name for material in surface.record.materials}}
    column = np.broadcast_to(np.arange(SIZE[1]) // 16, SIZE)
    assert [part.id for part in surface.record.parts] == [1, 2, 3]
    np.testing.assert_array_equal(names[surface.part][table], np.array(["top", "leg 1", "bracket core"])[column][table])
    made = np.vectorize(materials.__getitem__)(surface.material)
    np.testing.assert_array_equal(made[table], np.array(["wood", "metal", ""])[column][table])
    assert not surface.part[~table].any()
    assert not surface.material[~table].any()


def test_the_rule_accepts_what_the_models_give(example: tuple[Frame, dict[str, Any]]) -> None:
    frame, scene = example
    assert list(surface_problems(frame, scene)) == []
    assert list(surface_problems(replace(frame, surface=None), scene)) == []


def test_the_rule_finds_what_no_model_gives(example: tuple[Frame, dict[str, Any]]) -> None:
    frame, scene = example
    surface = surface_of(frame)
    table, asset = frame.truth.instance == 100, (frame.truth.instance > 0) & (frame.truth.instance < 100)
    for change, sentence in (
        ({"part": np.where(asset, np.uint32(1), surface.part)}, "has no known parts, and shows part 1"),
        ({"part": np.where(table, np.uint32(0), surface.part)}, "shows part 0, which its model does not have"),
        ({"material": np.where(table, np.uint32(3), surface.material)}, "expected its leg 1 of material [2], got 3"),
        ({"record": replace(surface.record, parts=surface.record.parts[:2])}, "expected the parts of the models"),
        ({"record": replace(surface.record, materials=surface.record.materials[:2])}, "materials of this version"),
    ):
        problems = list(surface_problems(replace(frame, surface=replace(surface, **change)), scene))
        assert any(sentence in problem for problem in problems), problems
    sky = replace(surface, part=np.where(frame.truth.instance == 0, np.uint32(1), surface.part))
    assert list(surface_problems(replace(frame, surface=sky), scene)) == []  # the rule `parts` of frames reports it


def test_words_and_materials_of_other_versions_are_not_checked(example: tuple[Frame, dict[str, Any]]) -> None:
    frame, scene = example
    surface = surface_of(frame)
    older = {**scene, "versions": {"verichrome": "0.0.1"}}
    parts = tuple(replace(part, word="thing", plural="things") for part in surface.record.parts)
    other = replace(surface, record=replace(surface.record, parts=parts), material=np.zeros_like(surface.material))
    assert list(surface_problems(replace(frame, surface=other), older)) == []
    assert list(surface_problems(replace(frame, surface=other), scene)) != []
