"""What is not there, group nouns and crowds: proofs, empty targets and their scores, words, and colours of many."""

from dataclasses import replace

import numpy as np
import pytest

from encode import Frame, PairShares, audit_pair, get_task, make_pairs
from encode.colors.distance import rgb_distance
from encode.colors.legend import draw_crowd_colors
from encode.metrics.referring import no_target_accuracy, no_target_counts
from encode.referring.absent import look_alike_problems
from encode.referring.evaluator import proved_ids
from encode.referring.groups import GROUPS, is_member
from encode.referring.language import Expression, Node, Objects, Relation, Selection, write_expression
from encode.referring.realiser import realise
from encode.referring.visible import visible_objects
from encode.segmentation.absent import absent_categories
from encode.segmentation.instances import decode_instances
from tests.encode.raycaster import SimpleSolid, build_frame

ABSENT, GROUP = PairShares(absent_share=1.0), PairShares(absent_share=0.0, group_share=1.0)


def none(node: Node) -> Expression:
    return Expression((Selection("none", node),))


@pytest.mark.parametrize(
    ("node", "proved"),
    [
        (Objects("mug", "yellow"), True),
        (Objects("mug", "red"), False),
        (Objects("mug", "orange"), False),  # the red one may be called that
        (Objects("zebra"), True),
        (Relation(Objects("mug"), "on", (Objects("ball"),)), True),
        (Relation(Objects("ball"), "on", (Objects("box", "yellow"),)), False),
    ],
)
def test_nothing_is_like_a_phrase_only_if_that_is_sure(frame: Frame, node: Node, proved: bool) -> None:
    assert (proved_ids(none(node), visible_objects(frame)) == (frozenset(),)) is proved


def test_what_may_pass_for_the_absent_object_is_found(frame: Frame) -> None:
    assert look_alike_problems(frame, Objects("mug", "purple")) == []
    assert "plate" in look_alike_problems(frame, Objects("mug", "white"))[0]  # a white plate, tableware like a mug
    assert "relation behind" in look_alike_problems(frame, Relation(Objects("ball"), "behind", (Objects("plate"),)))[0]
    unlabelled = replace(frame.objects[0], category="", category_id=0)
    view = replace(frame, objects=(unlabelled, *frame.objects[1:]))
    assert "without a category" in look_alike_problems(view, Objects("ball", "green"))[0]
    assert absent_categories(view) == ()


def test_absent_classes_have_no_kin_in_view(frame: Frame) -> None:
    names = {category.name for category in absent_categories(frame)}
    assert {"table", "zebra"} <= names
    assert not names & {"mug", "bowl", "door", "sky"}  # bowls are tableware, doors like the floor room structure


@pytest.mark.parametrize("task", ["referring", "instance"])
@pytest.mark.parametrize("split", ["train", "heldout"])
def test_empty_targets_pass_the_audit_and_count_as_found_empty(frame: Frame, task: str, split: str) -> None:
    pairs = make_pairs(frame, [task], seed=3, prompts_per_task=8, split=split, shares=ABSENT)
    for pair in pairs:
        assert not any(entry.ids for entry in pair.meta.foreground)
        assert (pair.target == pair.meta.background).all()
        assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == []
        wrong = pair.target.copy()
        wrong[:40] ^= 128
        assert audit_pair(frame, wrong, pair.prompt, pair.meta)
    assert len({pair.prompt for pair in pairs}) > 4
    if task == "referring":
        scores = [get_task(task).score(pair.target, frame, pair.meta) for pair in pairs]
        summary = get_task(task).summarise(scores)
        assert (summary["giou"], summary["n_acc"]) == (1.0, 1.0)
        assert np.isnan(summary["t_acc"])


def test_a_phrase_for_what_is_there_with_an_empty_target_is_found(frame: Frame) -> None:
    pair = make_pairs(frame, ["referring"], seed=3, shares=ABSENT)[0]
    color, *rest = pair.meta.colors
    for name, message in (("red mug", "does not pick its objects"), ("white mug", "may pass for the mug")):
        word, category = name.split()
        expression = write_expression(none(Objects(category, word)))
        meta = replace(pair.meta, expression=expression, colors=(replace(color, label=f"the {name}"), *rest))
        messages = audit_pair(frame, pair.target, pair.prompt.replace(color.label, f"the {name}"), meta)
        assert any(message in text for text in messages), messages


def test_accuracy_of_empty_answers_by_hand() -> None:
    answers = [(False, False), (True, False), (True, True), (True, True), (False, True)]
    scores = [no_target_counts(found=found, target=target) for found, target in answers]
    assert no_target_accuracy(scores) == {"n_acc": 0.5, "t_acc": pytest.approx(2 / 3)}


def toys() -> Frame:
    """Two balls and a third so far off that it is faint, and a box."""
    return build_frame(
        [
            SimpleSolid("ball", "red", (-1.0, 4.0, 0.3), 0.6, "sphere"),
            SimpleSolid("ball", "blue", (1.0, 4.0, 0.3), 0.6, "sphere"),
            SimpleSolid("ball", "green", (3.0, 22.0, 0.4), 0.8, "sphere"),
            SimpleSolid("box", "white", (0.0, 6.0, 0.3), 0.6),
        ]
    )


def test_a_group_noun_picks_all_members_as_one() -> None:
    view = toys()
    objects = visible_objects(view)
    assert [obj.id for obj in objects if obj.faint] == [3]
    every = Expression((Selection("all", Objects(group="toys")),))
    assert proved_ids(every, objects) == (frozenset({1, 2, 3}),)
    assert proved_ids(Expression((Selection("all", Objects(group="furniture")),)), objects) is None
    for pair in make_pairs(view, ["referring"], seed=0, prompts_per_task=4, shares=GROUP):
        assert pair.meta.foreground[0].ids == (1, 2, 3)
        assert pair.meta.foreground[0].label in {"the toys", "all the toys"}
        assert audit_pair(view, pair.target, pair.prompt, pair.meta) == []
        other = pair.prompt.replace("toys", "vehicles")
        assert audit_pair(view, pair.target, other, pair.meta)


@pytest.mark.parametrize(
    ("group", "category", "supercategory", "member"),
    [
        ("vehicles", "car", "vehicle", True),
        ("vehicles", "hand truck", "vehicle", None),
        ("fruit", "tomato", "vegetable", None),
        ("vegetables", "tomato", "vegetable", True),
        ("furniture", "mug", "dishware", False),
        ("people", "", "", None),
    ],
)
def test_members_of_groups(group: str, category: str, supercategory: str, member: bool | None) -> None:
    assert is_member(group, category, supercategory) is member


def phrases(expression: Expression, count: int, frame: Frame) -> set[str]:
    categories = {category.name: category for category in frame.categories}
    return {realise(np.random.default_rng(seed), expression, (count,), categories)[0] for seed in range(60)}


def test_english_of_groups(frame: Frame) -> None:
    people = Expression((Selection("all", Objects(group="people")),))
    assert phrases(people, 3, frame) == {"the people", "all the people"}
    assert phrases(people, 9, frame) == {"the people", "all the people", "the crowd"}
    on = Expression((Selection("all", Relation(Objects(), "on", (Objects("plate"),))),))
    assert {"everything on the plate", "everything that is on top of the plate"} & phrases(on, 3, frame)
    assert all(noun.words for noun in GROUPS.values())


def test_a_hundred_instances_are_decoded_exactly() -> None:
    colors = draw_crowd_colors(np.random.default_rng(0), 100, (0, 0, 0))
    assert colors is not None
    distances = rgb_distance(np.array(colors)[:, None], np.array(colors)[None]) + 500 * np.eye(100)
    assert distances.min() >= 28
    assert rgb_distance(colors, (0, 0, 0)).min() >= 64
    target = np.zeros((200, 200, 3), np.uint8)
    for i, color in enumerate(colors):
        y, x = 20 * (i // 10), 20 * (i % 10)
        target[y : y + 20, x : x + 20] = color  # touching one another
    labels = decode_instances(target, (0, 0, 0))
    tiles = labels.reshape(10, 20, 10, 20).transpose(0, 2, 1, 3).reshape(100, 400)
    assert (tiles == tiles[:, :1]).all()
    assert len(set(tiles[:, 0].tolist()) - {0}) == 100
