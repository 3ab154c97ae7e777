"""Unlabelled objects: painted as background; no phrase that might mean them is proved."""

from dataclasses import replace

import numpy as np
import pytest

from encode import Frame, audit_pair, make_pairs
from encode.referring.evaluator import proved_ids
from encode.referring.language import Expression, Objects, Rank, Selection
from encode.referring.visible import visible_objects


def stripped(frame: Frame, gone: int) -> Frame:
    """The frame with the category of one of its objects removed."""
    objects = tuple(replace(o, category="", category_id=0) if o.id == gone else o for o in frame.objects)
    category = np.where(frame.truth.instance == gone, np.uint32(0), frame.truth.category)
    return replace(frame, objects=objects, truth=replace(frame.truth, category=category))


@pytest.fixture
def unlabelled(frame: Frame) -> Frame:
    """The frame of conftest with one unlabelled object."""
    return stripped(frame, next(obj.id for obj in visible_objects(frame) if not obj.faint))


def proved(frame: Frame, node: Objects | Rank) -> tuple[frozenset[int], ...] | None:
    return proved_ids(Expression((Selection("one", node),)), visible_objects(frame))


def test_no_phrase_that_might_mean_an_unlabelled_object_is_proved(frame: Frame) -> None:
    asked = 0
    for node in (Rank(Objects(), by, end) for by in ("x", "y", "depth") for end in ("low", "high")):
        if picked := proved(frame, node):
            asked += 1
            assert proved(stripped(frame, next(iter(picked[0]))), node) is None
    assert asked


def test_labelled_objects_are_still_referred_to_beside_unlabelled_ones(unlabelled: Frame) -> None:
    names = [obj.record.category for obj in visible_objects(unlabelled) if not obj.faint]
    alone = [name for name in names if names.count(name) == 1]
    assert alone
    for name in alone:
        (object_ids,) = proved(unlabelled, Objects(category=name)) or (frozenset(),)
        assert {obj.category for obj in unlabelled.objects if obj.id in object_ids} == {name}


def test_every_task_paints_unlabelled_objects_as_background(unlabelled: Frame) -> None:
    gone = unlabelled.truth.category == 0
    assert gone.any()
    for seed in range(8):
        for pair in make_pairs(unlabelled, tasks=["semantic", "instance", "referring"], seed=seed):
            painted = np.unique(pair.target[gone], axis=0)
            assert [tuple(color) for color in painted.tolist()] == [pair.meta.background], pair.prompt
            assert audit_pair(unlabelled, pair.target, pair.prompt, pair.meta) == []
