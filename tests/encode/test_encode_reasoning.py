"""Reasoning: the table of knowledge, the wordings, the evaluator on hand-placed scenes, and what the audit refuses."""

import re
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from encode import ExpressionError, Frame, audit_pair, get_task, make_pairs, parse
from encode.draw import shuffled
from encode.frame import ObjectId
from encode.reasoning.arrangements import ARRANGEMENTS
from encode.reasoning.evaluator import proved_answer
from encode.reasoning.facts import view_facts
from encode.reasoning.knowledge import has_attribute, load_knowledge
from encode.reasoning.language import RANKS, StructuredQuestion, read_question, write_question
from encode.reasoning.wording import asks_of, predicates, readings, wordings, write_wording
from scenes import load_taxonomy
from tests.encode.raycaster import CATEGORIES, SimpleSolid, build_frame

#: Attributes that no question asks for: what evaluators need to know of anchors and vessels.
SILENT = {"tips", "lifts", "fixed", "open_vessel"}

NAMES = {category.name: category for category in CATEGORIES}

# A table with a mug and a bowl on it, a ball in the bowl's place on the floor, and a box in front of the table.
TABLE = (
    SimpleSolid("table", "brown", (0, 5.5, 0.45), 0.9, "box", "wood"),
    SimpleSolid("mug", "red", (-0.25, 5.3, 1.05), 0.3, "sphere", "ceramic", on=1),
    SimpleSolid("bowl", "blue", (0.25, 5.3, 1.05), 0.3, "sphere", "wood", on=1),
    SimpleSolid("ball", "green", (1.6, 5, 0.3), 0.6, "sphere", "rubber"),
    SimpleSolid("plate", "white", (-1.7, 4.5, 0.3), 0.6, "sphere", "ceramic"),
)


def answer(view: Frame, question: StructuredQuestion) -> list[int] | None:
    ids = proved_answer(question, view_facts(view))
    return None if ids is None else sorted(ids)


def test_every_category_is_decided_and_no_other() -> None:
    taxonomy = load_taxonomy().category
    assert list(load_knowledge().categories) == [category.name for category in taxonomy]
    stuff = {category.name for category in taxonomy if category.kind == "stuff"}
    for name, row in load_knowledge().categories.items():
        if name in stuff:
            assert set(row.values()) <= {None}, name  # no question picks stuff


def test_every_attribute_has_things_and_questions() -> None:
    knowledge = load_knowledge()
    having = Counter(name for row in knowledge.categories.values() for name, verdict in row.items() if verdict)
    assert set(having) == set(knowledge.meanings)
    assert set(predicates()) == set(knowledge.meanings) - SILENT
    assert set(asks_of("heldout")) == set(predicates()) | set(ARRANGEMENTS)


def test_the_material_decides_where_the_category_does_not() -> None:
    assert has_attribute("fragile", "bowl", "ceramic") is True
    assert has_attribute("fragile", "bowl", "wood") is False
    assert has_attribute("fragile", "bowl", "") is None
    assert has_attribute("fragile", "wine glass") is True
    assert has_attribute("food", "apple") is True
    assert has_attribute("food", "jar") is None
    assert has_attribute("food", "hammock of a user") is None


def masked(text: str) -> str:
    """A wording without its nouns."""
    return re.sub(r"\{[a-z]+\}", "_", text.replace("{cannot}", "_ not"))


def test_there_are_over_two_hundred_forms_and_kinds_held_out_whole() -> None:
    texts = [masked(wording.text) for wording in wordings()]
    assert len(set(texts)) == len(texts) > 300
    own = {split: {masked(w.text) for w in wordings() if w.split == split and w.ask} for split in ("train", "heldout")}
    assert len(own["train"]) > 200
    assert not own["train"] & own["heldout"]
    held_out = set(asks_of("heldout")) - set(asks_of("train"))
    assert 8 <= len(held_out) < len(asks_of("train")) / 3
    assert {"heavy", "loaded", "shares"} <= held_out
    for ask in asks_of("train"):
        counts = Counter(wording.split for wording in wordings() if wording.ask == ask)
        assert counts["train"] >= 3, ask
        assert counts["heldout"] >= 1, ask


@pytest.mark.parametrize("seed", range(2))
def test_every_wording_reads_back_as_its_own_question_alone(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for wording in wordings():
        for ask in [wording.ask] if wording.ask else shuffled(rng, list(predicates()))[:5]:
            anchor = "box" if wording.slots & {"anchor", "plural"} else ""
            near = "door" if wording.rank == "beside" else ""
            question = StructuredQuestion(ask, anchor, wording.negated, wording.rank, near)
            assert wording.fits(question)
            text = write_wording(wording, rng, question, NAMES)
            assert readings(text, NAMES) == {question: wording.split_for(ask)}, text
            assert "  " not in text
            assert not re.search(r"colour|grey|metre|\ba (?!uni|one|use)(?=[aeiou])", text), text
            prompt = f"Work out {text}, and paint the answer red on black."
            if text.endswith("?"):
                prompt = f"{text} Paint the answer in red and all else in black."
            assert parse(prompt).legend == ((text, (255, 0, 0)),)


def test_predicates_begin_with_a_modal_verb_and_mean_one_kind() -> None:
    texts = [text for texts in predicates().values() for text in texts]
    assert len(set(texts)) == len(texts)
    assert {text.split()[0] for text in texts} <= {"would", "could"}


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        (StructuredQuestion("drink"), [2]),
        (StructuredQuestion("toy"), [4]),
        (StructuredQuestion("laid_table"), [2, 3, 5]),
        (StructuredQuestion("fragile"), [2, 5]),  # by material: the bowl is of wood
        (StructuredQuestion("fragile", "table"), [2]),
        (StructuredQuestion("fragile", "table", negated=True), [3]),
        (StructuredQuestion("seat"), None),  # none of them
        (StructuredQuestion("drink", "mug"), None),  # nothing falls from a mug
        (StructuredQuestion("drink", negated=True), None),  # what of all things is not for drinking is no question
        (StructuredQuestion("laid_table", rank="leftmost"), [5]),
        (StructuredQuestion("laid_table", rank="nearest"), [5]),
        (StructuredQuestion("laid_table", rank="farthest"), None),  # mug and bowl are equally far
        (StructuredQuestion("toy", rank="leftmost"), None),  # the first of one
        (StructuredQuestion("laid_table", rank="beside", near="ball"), [3]),
        (StructuredQuestion("falls", "table"), [2, 3]),
        (StructuredQuestion("falls", "mug"), None),
        (StructuredQuestion("support", "mug"), [1]),
        (StructuredQuestion("support", "ball"), None),  # it stands on the floor
        (StructuredQuestion("shares", "mug"), [3]),
        (StructuredQuestion("no such kind"), None),
        (StructuredQuestion("falls", "table", negated=True), None),
    ],
)
def test_the_evaluator_on_a_known_scene(question: StructuredQuestion, ids: list[int] | None) -> None:
    assert answer(build_frame(TABLE), question) == ids
    assert read_question(write_question(question)) == question


def test_what_is_unclear_forbids_the_question() -> None:
    view = build_frame([*TABLE[:4], SimpleSolid("plate", "white", (-1.7, 4.5, 0.3), 0.6, "sphere", "")])
    assert answer(view, StructuredQuestion("fragile")) == [2, 5]  # a plate is, whatever its material
    unknown = build_frame([*TABLE[:2], SimpleSolid("bowl", "blue", (0.25, 5.3, 1.05), 0.3, "sphere", "", on=1)])
    assert answer(unknown, StructuredQuestion("fragile")) is None
    assert answer(unknown, StructuredQuestion("drink")) == [2]


def test_a_category_of_a_user_is_unclear_in_everything() -> None:
    view = build_frame(TABLE)
    own = [replace(c, name="gadget", id=c.id) if c.name == "ball" else c for c in view.categories]
    objects = [replace(o, category="gadget") if o.category == "ball" else o for o in view.objects]
    assert answer(replace(view, categories=tuple(own), objects=tuple(objects)), StructuredQuestion("drink")) is None


def test_stuff_that_some_would_count_forbids_the_question() -> None:
    view = build_frame(TABLE)
    garden = tuple(replace(c, name="water") if c.name == "floor" else c for c in view.categories)
    assert (
        answer(view, StructuredQuestion("drink"))
        == answer(replace(view, categories=garden), StructuredQuestion("drink"))
        == [2]
    )
    assert has_attribute("bathe", "water") is None


def test_a_faint_answer_forbids_the_question() -> None:
    far = build_frame([*TABLE, SimpleSolid("mug", "blue", (1.5, 15, 0.3), 0.5, "sphere", "ceramic")])
    assert answer(far, StructuredQuestion("drink")) is None
    assert answer(far, StructuredQuestion("toy")) == [4]


def test_what_hides_what_is_counted_in_pixels() -> None:
    view = build_frame(
        [SimpleSolid("box", "yellow", (0, 6, 0.6), 1.2), SimpleSolid("ball", "red", (0.3, 4, 0.3), 0.6, "sphere")]
    )
    assert answer(view, StructuredQuestion("hides", "box")) == [2] or len(view.objects) == 3
    three = build_frame(
        [
            SimpleSolid("box", "yellow", (0, 6, 0.6), 1.2),
            SimpleSolid("ball", "red", (0.3, 4, 0.3), 0.6, "sphere"),
            SimpleSolid("mug", "blue", (-1.8, 5, 0.3), 0.6, "sphere"),
        ]
    )
    assert answer(three, StructuredQuestion("hides", "box")) == [2]
    assert answer(three, StructuredQuestion("hides", "mug")) is None
    assert answer(replace(three, amodal=None), StructuredQuestion("hides", "box")) is None


def test_the_nearest_to_the_exit_by_distances_in_the_room() -> None:
    solids = [
        SimpleSolid("door", "white", (-1.5, 7, 0.6), 1.2),
        SimpleSolid("ball", "red", (-1.4, 5.6, 0.3), 0.6, "sphere"),
        SimpleSolid("mug", "blue", (1.6, 4.4, 0.3), 0.6, "sphere"),
    ]
    view = build_frame(solids)
    assert answer(view, StructuredQuestion("near_exit")) == answer(view, StructuredQuestion("near_exit", "door")) == [2]
    assert answer(view, StructuredQuestion("near_exit", "mug")) is None
    two = build_frame([*solids, SimpleSolid("door", "white", (1.5, 7, 0.6), 1.2)])
    assert answer(two, StructuredQuestion("near_exit")) is None


def test_loads_are_those_that_one_sees(frame: Frame) -> None:
    assert answer(frame, StructuredQuestion("free", "box")) == [5]  # a ball lies on the other one
    assert answer(frame, StructuredQuestion("loaded", "box")) == [4]
    hidden = replace(
        frame.truth, instance=np.where(frame.truth.instance == 6, 0, frame.truth.instance).astype(np.uint32)
    )
    assert answer(replace(frame, truth=hidden), StructuredQuestion("loaded", "box")) is None


def with_parts(view: Frame, object_id: int, *parts: str) -> Frame:
    return replace(view, objects=tuple(replace(o, parts=parts) if o.id == object_id else o for o in view.objects))


def test_drinks_are_parts_of_their_vessels_and_must_be_seen() -> None:
    solids = [
        SimpleSolid("mug", "red", (-1, 4, 0.3), 0.6, "sphere", "glass"),
        SimpleSolid("mug", "blue", (0.3, 4, 0.3), 0.6, "sphere", "glass"),
        SimpleSolid("ball", "green", (1.6, 4, 0.3), 0.6, "sphere"),
    ]
    view = with_parts(build_frame(solids), 1, "body", "tea")
    assert answer(view, StructuredQuestion("spills")) == [1]
    assert answer(view, StructuredQuestion("refill")) == [2]
    solids[0] = replace(solids[0], material="ceramic")
    assert (
        answer(with_parts(build_frame(solids), 1, "body", "tea"), StructuredQuestion("spills")) is None
    )  # seen from the side


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"ask":"seat","x":1}', '{"ask":5}', '{"ask":"seat","not":false}', '{"ask":"seat","rank":"best"}'],
)
def test_malformed_questions_are_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match=r"expected .*, got"):
        read_question(text)


def test_near_belongs_to_one_rank() -> None:
    for rank in RANKS:
        with pytest.raises(ExpressionError, match="beside with near"):
            read_question(
                write_question(StructuredQuestion("seat", rank=rank, near="" if rank == "beside" else "door"))
            )


def test_pairs_hold_and_both_splits_have_their_own_questions(frame: Frame) -> None:
    labels: dict[str, set[str]] = {}
    for split in ("train", "heldout"):
        pairs = make_pairs(frame, ["reasoning"], seed=0, prompts_per_task=40, split=split)
        assert len(pairs) == 40
        labels[split] = {pair.meta.foreground[0].label for pair in pairs}
        for pair in pairs:
            assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == [], pair.prompt
            assert get_task("reasoning").score(pair.target, frame, pair.meta)["iou"] == 1
    assert len(labels["train"]) > 12
    assert not labels["train"] & labels["heldout"]


def broken(frame: Frame, label: str, expression: str) -> list[str]:
    """What the audit says of a question "What here could be sipped from?" with another label or structured form."""
    pair = next(
        p
        for p in make_pairs(frame, ["reasoning"], seed=0, prompts_per_task=60)
        if p.meta.expression == '{"ask":"drink"}' and p.meta.foreground[0].label.endswith("?")
    )
    old = pair.meta.foreground[0]
    colors = (replace(old, label=label or old.label), *pair.meta.colors[1:])
    meta = replace(pair.meta, colors=colors, expression=expression or pair.meta.expression)
    return audit_pair(frame, pair.target, pair.prompt.replace(old.label, label or old.label), meta)


@pytest.mark.parametrize(
    ("label", "expression", "message"),
    [
        ("", '{"ask":"toy"}', 'asks {"ask":"drink"}, not {"ask":"toy"}'),
        ("What here could amuse nobody?", "", "asks nothing that is known"),
        ("What here could belong in the toy box?", "", 'asks {"ask":"toy"}, not {"ask":"drink"}'),
        ("What here could belong in the toy box?", '{"ask":"toy"}', "meta's colors"),
        ("Look around: what could be sipped from?", "", "is of the split heldout, its prompt of train"),
        ("", '{"ask":"seat"}', "has no answer beyond doubt"),
        ("", "nonsense", "question: expected JSON"),
        ("", '{"ask":"drink","rank":"largest"}', 'not {"ask":"drink","rank":"largest"}'),
    ],
)
def test_another_question_is_found(frame: Frame, label: str, expression: str, message: str) -> None:
    assert any(message in problem for problem in broken(frame, label, expression)), broken(frame, label, expression)


def test_an_answer_left_out_or_added_is_found(frame: Frame) -> None:
    pair = next(
        p for p in make_pairs(frame, ["reasoning"], seed=0, prompts_per_task=99) if len(p.meta.foreground[0].ids) > 1
    )
    entry = pair.meta.foreground[0]
    for ids in (entry.ids[1:], (*entry.ids, ObjectId(100))):
        mask = np.isin(frame.truth.instance, ids)[..., None]
        target = np.where(mask, np.array(entry.rgb, np.uint8), np.array(pair.meta.background, np.uint8))
        meta = replace(pair.meta, colors=(replace(entry, ids=tuple(ids)), *pair.meta.colors[1:]))
        assert any("differ from the truth" in text for text in audit_pair(frame, target, pair.prompt, meta))
