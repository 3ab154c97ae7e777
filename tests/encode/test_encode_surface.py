"""Parts and materials: what is asked, what is never asked as absent, and what the audit refuses."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from encode import ArrayError, ExpressionError, Frame, Pair, SceneFileError, audit_pair, get_task, make_pairs, parse
from encode.check import check_frame
from encode.formulas.id_map import joint_ids
from encode.frame import ObjectId, SurfaceMaps, SurfaceRecord
from encode.schema import record_json
from encode.segmentation.paint import mask_of
from encode.surface.materials import absent_materials, visible_materials
from encode.surface.parts import absent_words, named_parts, parts_are_known, resolve_part
from encode.surface.parts_expression import read_parts_expression, write_parts_expression
from encode.target_frame import score_against_target
from tests.encode.raycaster import MADE_OF, PARTS, SimpleSolid, build_frame

TASKS = ("parts", "materials")
BOX, FLOOR = (ObjectId(4),), (ObjectId(100),)


@pytest.fixture(scope="module")
def pairs(frames: list[Frame]) -> list[tuple[Frame, Pair]]:
    """Several of each task, from both splits."""
    splits = ("train", "heldout")
    return [
        (view, pair)
        for view in frames
        for split in splits
        for pair in make_pairs(view, TASKS, seed=3, split=split, prompts_per_task=5)
    ]


def surface_of(frame: Frame) -> SurfaceMaps:
    assert frame.surface is not None
    return frame.surface


def with_surface(frame: Frame, **maps: Any) -> Frame:
    return replace(frame, surface=replace(surface_of(frame), **maps))


def test_joint_ids_are_the_distinct_combinations() -> None:
    rng = np.random.default_rng(0)
    maps = [rng.integers(0, high, (40, 50)).astype(np.uint32) for high in (3, 40, 2_000_000)]
    expected = np.unique(np.stack(maps, -1).reshape(-1, 3), axis=0)
    np.testing.assert_array_equal(joint_ids(*maps), expected)


def test_every_pair_is_proved_and_decodes_to_its_truth(pairs: list[tuple[Frame, Pair]]) -> None:
    assert {pair.meta.task for _, pair in pairs} == set(TASKS)
    for view, pair in pairs:
        assert audit_pair(view, pair.target, pair.prompt, pair.meta) == []
        assert parse(pair.prompt).task == pair.meta.task
        assert get_task(pair.meta.task).score(pair.target, view, pair.meta)["miou"] == 1
        assert score_against_target(pair.target, pair)["miou"] == 1


def test_only_the_picked_objects_are_painted(pairs: list[tuple[Frame, Pair]]) -> None:
    counts = set()
    for view, pair in pairs:
        if pair.meta.task == "parts":
            _, ids = read_parts_expression(pair.meta.expression)
            counts.add(min(len(ids), 2))
            painted = (pair.target != np.array(pair.meta.background)).any(-1)
            assert not painted[~np.isin(view.truth.instance, ids)].any()
            assert parse(pair.prompt).phrase.startswith(("the ", "all ", "every ", "both "))
    assert counts == {1, 2}


def test_several_parts_of_one_word_take_one_color_and_the_plural(frame: Frame) -> None:
    parts = {part.word: part for part in named_parts(frame, BOX)}
    assert {word: part.label for word, part in parts.items()} == {"body": "body", "leg": "legs", "lid": "lid"}
    legs = mask_of(frame.truth.instance, BOX) & mask_of(surface_of(frame).part, (2, 3))
    assert parts["leg"].ids == (2, 3)
    assert parts["leg"].pixels == legs.sum()
    assert [part.label for part in named_parts(frame, (ObjectId(4), ObjectId(5)))] == ["bodies", "legs", "lids"]
    assert resolve_part(frame, "leg", BOX) == resolve_part(frame, "legs", BOX) == parts["leg"]
    assert resolve_part(frame, "wheel", BOX) is None
    assert named_parts(frame, FLOOR) == ()  # the floor's one part has no word


def test_absent_parts_are_words_of_other_objects_that_nobody_would_use_here(frame: Frame) -> None:
    records = [replace(record, parts=("body",)) if record.id == 4 else record for record in frame.objects]
    view = replace(frame, objects=tuple(records))
    assert absent_words(view, BOX) == ("leg", "lid")
    assert absent_words(frame, BOX) == ()
    assert absent_words(view, FLOOR) == ()  # its own part has no word, and may be a lid
    lidless = [replace(record, parts=("leg 1",)) if record.id == 4 else record for record in frame.objects]
    assert absent_words(replace(frame, objects=tuple(lidless)), BOX) == ("lid",)  # everything has some body


def test_materials_are_absent_only_where_that_is_certain(frame: Frame) -> None:
    seen = {"wood", "metal", "ceramic", "plastic", "rubber", "cardboard", "concrete"} - {"plastic"}
    assert {material.name for material in visible_materials(frame)} == seen
    assert {material.name for material in absent_materials(frame)} == {"glass", "plastic", "brick", "wax", "cork"}
    unnamed = build_frame([SimpleSolid("mug", "red", (0, 4, 0.3), 0.6, material="enamel")])
    names = {material.name for material in absent_materials(unnamed)}
    assert not names & {"glass", "metal", "plastic"}
    assert {"brick", "wax"} <= names
    mug = frame.truth.instance == 1
    unknown = with_surface(
        frame,
        part=np.where(mug, np.uint32(0), surface_of(frame).part),
        material=np.where(mug, np.uint32(0), surface_of(frame).material),
    )
    assert absent_materials(unknown) == ()  # an asset may be of anything
    for pair in make_pairs(unknown, ["materials"], seed=1, prompts_per_task=8):
        assert audit_pair(unknown, pair.target, pair.prompt, pair.meta) == []
        assert all(entry.ids for entry in pair.meta.foreground)


def test_frames_without_parts_and_materials_have_no_pairs(frame: Frame) -> None:
    bare = replace(frame, surface=None)
    assert make_pairs(bare, TASKS, seed=0, prompts_per_task=3) == []
    unknown = with_surface(frame, part=np.zeros_like(surface_of(frame).part))
    assert make_pairs(unknown, ["parts"], seed=0, prompts_per_task=3) == []
    for pair in make_pairs(frame, TASKS, seed=0):
        assert get_task(pair.meta.task).score(pair.target, bare, pair.meta) == {}
        assert audit_pair(bare, pair.target, pair.prompt, pair.meta)
        assert get_task(pair.meta.task).summarise([{}]) == pytest.approx(
            {"miou": np.nan, "pixel_accuracy": np.nan}, nan_ok=True
        )


def test_words_are_summed_in_singular_and_plural(frame: Frame) -> None:
    for pair in make_pairs(frame, ["parts"], seed=5, prompts_per_task=8):
        scores = get_task("parts").score(pair.target, frame, pair.meta)
        assert not {name for name in scores if name.endswith(("legs", "bodies", "lids"))}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "expression: expected JSON"),
        ('{"targets":[]}', 'expected an object with the keys "objects" and "targets"'),
        ('{"objects":[],"targets":[]}', "objects of an expression: expected a list of ids"),
        ('{"objects":[true],"targets":[]}', "objects of an expression: expected a list of ids"),
        ('{"objects":[1],"targets":[]}', "expression: expected at least one target"),
    ],
)
def test_a_bad_structured_form_is_named(text: str, sentence: str) -> None:
    with pytest.raises(ExpressionError, match=sentence):
        read_parts_expression(text)


def test_the_structured_form_reads_back(pairs: list[tuple[Frame, Pair]]) -> None:
    for _, pair in pairs:
        if pair.meta.task == "parts":
            assert write_parts_expression(*read_parts_expression(pair.meta.expression)) == pair.meta.expression


def _one_pixel(pair: Pair) -> Pair:
    target = pair.target.copy()
    target[3, 5] = 255 - target[3, 5]
    return replace(pair, target=target)


def _other_objects(pair: Pair) -> Pair:
    document = json.loads(pair.meta.expression)
    return replace(pair, meta=replace(pair.meta, expression=json.dumps({**document, "objects": [1, 2, 3]})))


def _first_entry(**change: object) -> Callable[[Pair], Pair]:
    def spoil(pair: Pair) -> Pair:
        first, *rest = pair.meta.colors
        return replace(pair, meta=replace(pair.meta, colors=(replace(first, **change), *rest)))  # type: ignore[arg-type]

    return spoil


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_one_pixel, "pixels differ from the truth"),
        (_other_objects, "does not pick its objects beyond doubt"),
        (_first_entry(ids=(77,)), "meta's colors"),
        (_first_entry(label="wheel"), "meta's colors"),
    ],
)
def test_the_audit_finds_what_is_wrong(frame: Frame, task: str, spoil: Callable[[Pair], Pair], sentence: str) -> None:
    pair = make_pairs(frame, [task], seed=2)[0]
    if spoil is _other_objects and task == "materials":
        pytest.skip("materials pick no objects")
    wrong = spoil(pair)
    assert any(sentence in problem for problem in audit_pair(frame, wrong.target, wrong.prompt, wrong.meta))


def test_the_audit_reads_the_frame_and_not_the_painter(frame: Frame) -> None:
    """The same pair is wrong in a frame in which one pixel is of another part or material."""
    for task, name in zip(TASKS, ("part", "material"), strict=True):
        pair = make_pairs(frame, [task], seed=2)[0]
        entry = next(entry for entry in pair.meta.foreground if (pair.target == np.array(entry.rgb)).all(-1).any())
        painted = (pair.target == np.array(entry.rgb)).all(-1)
        ids = getattr(surface_of(frame), name).copy()
        ids[tuple(np.argwhere(painted)[0])] = 0
        assert audit_pair(with_surface(frame, **{name: ids}), pair.target, pair.prompt, pair.meta)


def test_maps_of_another_size_are_refused(frame: Frame) -> None:
    surface = surface_of(frame)
    cut = SurfaceMaps(surface.part[1:], surface.material[1:], surface.record)
    with pytest.raises(ArrayError, match="part: expected shape"):
        check_frame(replace(frame, surface=cut))


def test_scene_json_holds_the_words(frame: Frame) -> None:
    document = {"surface": record_json(surface_of(frame).record)}
    assert document["surface"]["parts"][1] == {
        "id": 2,
        "name": "leg 1",
        "word": "leg",
        "plural": "legs",
        "several": False,
    }
    scene: dict[str, Any] = {
        "key": "s0000000-v00",
        "intrinsics": np.eye(3).tolist(),
        "camera_to_world": np.eye(4).tolist(),
    }
    scene |= {"world_category": 0, "categories": [], "objects": [], **document}
    maps = (surface_of(frame).part, surface_of(frame).material)
    read = Frame.from_scene(scene, frame.image, frame.truth, None, maps)
    assert surface_of(read).record == SurfaceRecord(PARTS, surface_of(frame).record.materials)
    assert Frame.from_scene(scene, frame.image, frame.truth).surface is None
    del scene["surface"]
    with pytest.raises(SceneFileError, match="surface"):
        Frame.from_scene(scene, frame.image, frame.truth, None, maps)
    document["surface"]["parts"][1]["id"] = 1
    with pytest.raises(SceneFileError, match="surface, parts: expected ids to be distinct, got 1 twice"):
        Frame.from_scene(scene | document, frame.image, frame.truth, None, maps)


def test_the_raycasters_words_are_materials() -> None:
    assert set(MADE_OF.values()) <= set(range(1, 12))


def test_objects_whose_parts_are_not_known_are_not_asked_for(frame: Frame) -> None:
    assert parts_are_known(frame, BOX)
    part = surface_of(frame).part.copy()
    rows, columns = np.nonzero(frame.truth.instance == BOX[0])
    part[rows[0], columns[0]] = 0
    view = with_surface(frame, part=part)
    assert not parts_are_known(view, BOX)
    asked = [pair for pair in make_pairs(frame, ["parts"], seed=3, prompts_per_task=20) if _picks_box(pair)]
    assert asked
    assert not any(_picks_box(pair) for pair in make_pairs(view, ["parts"], seed=3, prompts_per_task=20))
    problems = audit_pair(view, asked[0].target, asked[0].prompt, asked[0].meta)
    assert "the frame does not know all parts of the objects that the phrase picks" in problems


def _picks_box(pair: Pair) -> bool:
    return BOX[0] in read_parts_expression(pair.meta.expression)[1]
