"""Panoptic pairs in both forms, the text legend, and PQ against a closed form and an independent count."""

import time
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import EntryPoint
from typing import Any

import numpy as np
import pytest

from encode import (
    Frame,
    MetaError,
    ObjectId,
    Pair,
    PairMeta,
    TaskError,
    TaskWithTextAnswer,
    asks_for_text,
    audit_pair,
    extra_members,
    get_task,
    make_pairs,
    meta_of_answer,
    score_answer,
)
from encode.errors import ArrayError
from encode.metrics import panoptic_metrics, panoptic_summary
from encode.pair import BACKGROUND
from encode.panoptic.segments import visible_ids
from encode.panoptic.task import PanopticTask
from encode.prompts.legend import STATEMENT_STYLES, read_legend
from encode.prompts.text_legend import class_of, read_text_legend, write_text_legend
from encode.target_frame import score_against_target
from encode.third_party import load_task


@pytest.fixture(scope="module")
def pairs(frame: Frame) -> list[Pair]:
    return make_pairs(frame, ["panoptic"], seed=2, prompts_per_task=16)


def of_form(pairs: list[Pair], *, text: bool) -> Pair:
    """The pair of a form with the most segments."""
    return max((pair for pair in pairs if bool(pair.answer) == text), key=lambda pair: len(pair.meta.foreground))


def test_both_forms_are_made_and_declared(pairs: list[Pair]) -> None:
    assert extra_members(["depth", "panoptic"]) == {"answer.txt"}
    assert {bool(pair.answer) for pair in pairs} == {True, False}
    assert all(asks_for_text(pair.meta) == bool(pair.answer) for pair in pairs)
    assert all(pair.source2 is None for pair in pairs)


def test_two_clauses_in_named_colours_are_two_entries() -> None:
    text = "the sky is yellow and the ground is light purple"
    assert read_legend(text, STATEMENT_STYLES) == [("sky", (255, 255, 0)), ("ground", (200, 150, 255))]


def test_stuff_is_one_segment_and_things_are_apart(frame: Frame, pairs: list[Pair]) -> None:
    kinds = {o.id: next(c.kind for c in frame.categories if c.id == o.category_id) for o in frame.objects}
    for pair in pairs:
        labels = [entry.label for entry in pair.meta.foreground]
        assert len(set(labels)) == len(labels)
        for entry in pair.meta.foreground:
            if class_of(entry.label)[1]:
                assert len(entry.ids) <= 1
                assert all(kinds[ObjectId(i)] == "thing" for i in entry.ids)
            else:
                assert entry.label != "sky" or entry.ids == (0,)
                assert all(i == 0 or kinds[ObjectId(i)] == "stuff" for i in entry.ids)
    assert any(entry.label == "sky" for pair in pairs for entry in pair.meta.foreground)
    assert 0 in visible_ids(frame)[frame.world_category]


def test_a_listed_class_may_have_more_colours_than_instances(pairs: list[Pair]) -> None:
    entries = [entry for pair in pairs if not pair.answer for entry in pair.meta.foreground]
    assert any(class_of(entry.label)[1] and not entry.ids for entry in entries)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda answer: "",
        lambda answer: answer + " ",
        lambda answer: answer.replace("-0<", "-1<", 1),
        lambda answer: ", ".join(reversed(answer.split(", "))),
        lambda answer: answer.partition(", ")[2],
    ],
    ids=["none", "longer", "renamed", "reordered", "shorter"],
)
def test_a_text_answer_that_is_not_the_images_is_found(
    frame: Frame, pairs: list[Pair], spoil: Callable[[str], str]
) -> None:
    pair = of_form(pairs, text=True)
    problems = audit_pair(frame, pair.target, pair.prompt, pair.meta, spoil(pair.answer))
    assert [problem.partition(" is ")[0] for problem in problems] == ["answer.txt"]
    listed = of_form(pairs, text=False)
    assert audit_pair(frame, listed.target, listed.prompt, listed.meta, pair.answer)


def test_swapped_instances_and_merged_ones_are_found(frame: Frame, pairs: list[Pair]) -> None:
    for text in (True, False):
        pair = of_form(pairs, text=text)
        one, other = [e for e in pair.meta.foreground if e.ids and class_of(e.label)[0] in ("mug", "cup")][:2]
        merged = pair.target.copy()
        merged[frame.truth.instance == other.ids[0]] = one.rgb
        assert audit_pair(frame, merged, pair.prompt, pair.meta, pair.answer)
        swapped = merged.copy()
        swapped[frame.truth.instance == one.ids[0]] = other.rgb
        assert audit_pair(frame, swapped, pair.prompt, pair.meta, pair.answer)


def test_an_answer_in_other_colours_numbers_and_order_scores_the_same(frame: Frame, pairs: list[Pair]) -> None:
    pair = of_form(pairs, text=True)
    entries = list(pair.meta.foreground)[::-1]
    answer = pair.target.copy()
    named = []
    for number, entry in enumerate(entries):
        rgb = (250 - 25 * number, 20 * number, 255 * (number % 2))
        answer[(pair.target == entry.rgb).all(-1)] = rgb
        name, is_thing = class_of(entry.label)
        named.append((f"{name}-{number + 7}" if is_thing else name, rgb))
    text = f"Here it is: {write_text_legend(named)}."
    scores = score_answer(answer, text, frame, pair.meta)
    assert (scores["pq"], scores["pq_things"], scores["pq_stuff"]) == (1, 1, 1)
    assert score_against_target(answer, pair, text)["pq"] == 1
    assert score_answer(answer, "", frame, pair.meta)["pq"] == 0
    assert score_answer(answer, text.replace("mug-", "zebra-").replace("cup-", "zebra-"), frame, pair.meta)["pq"] < 1
    decoded = get_task("panoptic").decode(answer, meta_of_answer(pair.meta, text))
    assert len(np.unique(decoded)) == len(np.unique(get_task("panoptic").decode(pair.target, pair.meta)))


def test_text_does_not_matter_where_the_prompt_lists_the_colours(frame: Frame, pairs: list[Pair]) -> None:
    pair = of_form(pairs, text=False)
    assert meta_of_answer(pair.meta, "<p>a<color>(1,2,3)</color></p>") is pair.meta
    assert score_answer(pair.target, "nonsense", frame, pair.meta)["pq"] == 1
    depth = make_pairs(frame, ["depth"], seed=0)[0]
    assert score_answer(depth.target, "x", frame, depth.meta) == get_task("depth").score(
        depth.target, frame, depth.meta
    )


def test_a_class_that_is_not_in_view_is_wrong_where_it_is_painted(frame: Frame, pairs: list[Pair]) -> None:
    pair = next(p for p in pairs if not p.answer and any(not e.ids for e in p.meta.foreground))
    unused = next(entry for entry in pair.meta.foreground if not entry.ids)
    answer = pair.target.copy()
    answer[:30, :30] = unused.rgb
    scores = score_answer(answer, "", frame, pair.meta)
    kind = "thing" if class_of(unused.label)[1] else "stuff"
    assert sum(value for name, value in scores.items() if name.startswith(f"fp/{kind}/")) == 1


def test_text_legends_read_back_and_bad_entries_are_skipped() -> None:
    entries = [("sky", (80, 180, 255)), ("mug-0", (255, 0, 0)), ("T-shirt-12", (0, 0, 1))]
    assert read_text_legend(write_text_legend(entries)) == entries
    assert [class_of(name) for name, _ in entries] == [("sky", False), ("mug", True), ("T-shirt", True)]
    loose = "<P> sky <color> (80, 180, 255) </color> </p> and <p>sea<color>(80,180,255)</color></p>"
    loose += "<p>x<color>(1,2)</color></p>"
    assert read_text_legend(loose) == [("sky", (80, 180, 255))]
    assert read_text_legend("<p>a<color>(1,2,256)</color></p>") == []
    assert read_text_legend("<p>" * 100_000) == []
    assert len(read_text_legend("<p>a<color>(1,2,3)</color></p>" * 100_000)) == 1


def test_hostile_text_leaves_all_to_the_background(frame: Frame, pairs: list[Pair]) -> None:
    pair = of_form(pairs, text=True)
    r, g, b = pair.meta.background
    for text in ("\x00" * 9, f"<p>x<color>({r},{g},{b})</color></p>", f"<p>{BACKGROUND}<color>(9,9,9)</color></p>"):
        meta = meta_of_answer(pair.meta, text)
        assert [entry.label for entry in meta.colors] == [BACKGROUND]
        assert score_answer(pair.target, text, frame, pair.meta)["pq"] == 0
    with pytest.raises(MetaError):
        replace(pair.meta, colors=())


def test_pq_of_a_case_worked_out_by_hand() -> None:
    truth = np.zeros((10, 10), np.int32)
    truth[:, :4], truth[:5, 4:8], truth[5:, 4:8] = 1, 2, 3  # 40 of wall, and two cups of 20
    predicted = np.zeros((10, 10), np.int32)
    predicted[:, :5], predicted[:5, 5:8], predicted[5:, 8:] = 1, 2, 3
    scores = panoptic_metrics(predicted, ["wall", "cup", "cup"], truth, ["wall", "cup", "cup"], things={"cup"})
    wall, cup = 40 / 50, 15 / 20  # the second cup is missed, and one is painted where none is
    assert scores["pq_stuff"] == scores["sq_stuff"] == pytest.approx(wall)
    assert scores["pq_things"] == pytest.approx(cup / (1 + 0.5 + 0.5))
    assert (scores["sq_things"], scores["rq_things"]) == pytest.approx((cup, 0.5))
    assert scores["pq"] == pytest.approx((wall + cup / 2) / 2)
    assert scores["tp/thing/cup"] == scores["fp/thing/cup"] == scores["fn/thing/cup"] == 1
    void = truth == 3
    freed = panoptic_metrics(
        predicted, ["wall", "cup", "cup"], truth, ["wall", "cup", "cup"], things={"cup"}, void=void
    )
    assert freed["fn/thing/cup"] == 0
    assert freed["iou/stuff/wall"] == pytest.approx(40 / 45)
    assert np.isnan(panoptic_metrics(truth * 0, [], truth * 0, [], things=())["pq"])
    with pytest.raises(ArrayError, match="labels up to 2, got 3"):
        panoptic_metrics(predicted, ["wall", "cup"], truth, ["wall", "cup", "cup"], things=())


def _independent_pq(images: list[tuple[np.ndarray, list[str], np.ndarray, list[str], np.ndarray]]) -> float:
    """PQ by sets of pixels and all pairs of segments, with void as the COCO evaluation has it."""
    sums: dict[str, list[float]] = {}
    for predicted, predicted_names, truth, true_names, void in images:
        nothing = set(np.flatnonzero(void))
        found = [set(np.flatnonzero(predicted == i + 1)) for i in range(len(predicted_names))]
        wanted = [set(np.flatnonzero((truth == i + 1) & ~void)) for i in range(len(true_names))]
        used = set()
        for name, there in zip(true_names, wanted, strict=True):
            if not there:
                continue
            row = sums.setdefault(name, [0, 0, 0, 0])
            ious = [
                len(there & here) / len((there | here) - nothing) if other == name else 0.0
                for here, other in zip(found, predicted_names, strict=True)
            ]
            best = int(np.argmax(ious)) if ious else 0
            if ious and ious[best] > 0.5:
                used.add(best)
                row[0] += ious[best]
                row[1] += 1
            else:
                row[3] += 1
        for i, (here, name) in enumerate(zip(found, predicted_names, strict=True)):
            if here and i not in used and len(here & nothing) / len(here) <= 0.5:
                sums.setdefault(name, [0, 0, 0, 0])[2] += 1
    return float(np.mean([iou / (tp + fp / 2 + fn / 2) for iou, tp, fp, fn in sums.values()]))


def test_pq_agrees_with_an_independent_count() -> None:
    rng = np.random.default_rng(5)
    images = []
    for _ in range(12):
        names = [str(name) for name in rng.choice(["a", "b", "c"], 6)]
        truth = np.kron(rng.integers(0, 7, (4, 4)), np.ones((6, 6), int)).astype(np.int32)
        predicted = np.where(rng.random(truth.shape) < 0.3, np.roll(truth, 3, 1), truth).astype(np.int32)
        void = np.kron(rng.random((8, 8)) < 0.1, np.ones((3, 3), int)).astype(bool)
        other = [name if rng.random() < 0.8 else "d" for name in names]
        images.append((predicted, other, truth, names, void))
    scores = [panoptic_metrics(p, n, t, m, things={"a"}, void=v) for p, n, t, m, v in images]
    assert panoptic_summary(scores)["pq"] == pytest.approx(_independent_pq(images), abs=1e-12)
    assert panoptic_summary(scores)["pq"] > 0.1


def test_the_truth_says_what_is_a_thing(frame: Frame, pairs: list[Pair]) -> None:
    pair = of_form(pairs, text=True)
    stuff = next(entry.label for entry in pair.meta.foreground if not class_of(entry.label)[1])
    numbered = pair.answer.replace(f"<p>{stuff}<", f"<p>{stuff}-0<")
    assert numbered != pair.answer
    scores = score_answer(pair.target, numbered, frame, pair.meta)
    assert {name for name in scores if f"/thing/{stuff}" in name} == set()
    assert scores["pq"] == 1


def test_long_runs_of_white_space_are_read_in_linear_time() -> None:
    for text in ("<p>" + " " * 16_000, "<p> " * 4_000, ("<p>a<color>(" + " " * 5_000) * 3):
        start = time.process_time()
        assert read_text_legend(text) == []
        assert time.process_time() - start < 0.5  # minutes where a pattern backtracks


class _Painter(PanopticTask):
    """A third party's task with a text answer, which it reads as it is asked to."""

    name = "painter"

    def __init__(self, read: Callable[[PairMeta, str], Any]) -> None:
        self._read = read

    def has_text_answer(self, meta: PairMeta) -> bool:
        return PanopticTask().has_text_answer(meta)

    def read_answer(self, meta: PairMeta, answer: str) -> PairMeta:
        result: PairMeta = self._read(meta, answer)
        return result


def guarded(read: Callable[[PairMeta, str], Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    point = EntryPoint("painter", "unused", "verichrome.tasks")
    monkeypatch.setattr(EntryPoint, "load", lambda self: _Painter(read))
    return load_task(point)


def test_a_third_partys_text_answers_count(frame: Frame, pairs: list[Pair], monkeypatch: pytest.MonkeyPatch) -> None:
    pair = of_form(pairs, text=True)
    task = guarded(PanopticTask().read_answer, monkeypatch)
    assert isinstance(task, TaskWithTextAnswer)
    assert task.has_text_answer(pair.meta)
    assert task.read_answer(pair.meta, pair.answer).foreground[0].label == pair.meta.foreground[0].label
    assert task.score_answer(pair.target, pair.answer, frame, pair.meta)["pq"] == 1
    wrong = guarded(lambda meta, answer: answer, monkeypatch)
    with pytest.raises(TaskError, match=r"read_answer: expected an encode\.PairMeta, got str"):
        wrong.read_answer(pair.meta, "")
    failing = guarded(lambda meta, answer: 1 // len(answer), monkeypatch)
    with pytest.raises(TaskError, match="ZeroDivisionError"):
        failing.read_answer(pair.meta, "")
