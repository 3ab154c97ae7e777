"""Unreadable input is refused by one family of errors that say where, what was expected and what was got."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from encode import (
    ArrayError,
    CodecError,
    ColorEntry,
    ColorError,
    EncodeError,
    Frame,
    MetaError,
    Pair,
    PairMeta,
    PromptError,
    depth_codec,
    get_task,
    make_pairs,
    parse,
    task_names,
)
from encode import errors as error_module
from encode.metrics.albedo import albedo_metrics
from encode.metrics.amodal import amodal_metrics
from encode.metrics.depth import depth_metrics
from encode.metrics.instance import instance_metrics
from encode.metrics.normals import normal_metrics
from encode.metrics.referring import referring_metrics
from encode.metrics.semantic import semantic_metrics
from encode.pair import BACKGROUND
from encode.registry import built_in_task_names


@pytest.fixture(scope="module")
def pairs(frame: Frame) -> dict[str, Pair]:
    return {task: make_pairs(frame, [task], seed=0)[0] for task in task_names()}


NO_ANSWERS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "floats": (lambda rgb: rgb / 255, "expected dtype uint8, got dtype float64"),
    "alpha": (lambda rgb: np.dstack([rgb, rgb[..., :1]]), r"expected shape \(h, w, 3\), got shape \(160, 224, 4\)"),
    "grey": (lambda rgb: rgb[..., 0], r"expected shape \(h, w, 3\), got shape \(160, 224\)"),
    "batch": (lambda rgb: rgb[None], r"expected shape \(h, w, 3\), got shape \(1, 160, 224, 3\)"),
    "list": (lambda rgb: rgb.tolist(), "expected a numpy array, got list"),
    "signed": (lambda rgb: rgb.astype(np.int16), "expected dtype uint8, got dtype int16"),
}


@pytest.mark.wrong_arrays
@pytest.mark.parametrize("kind", NO_ANSWERS)
@pytest.mark.parametrize("task", task_names())
def test_images_other_than_8_bit_rgb_are_refused_by_every_method(
    frame: Frame, pairs: dict[str, Pair], task: str, kind: str
) -> None:
    pair, (change, message) = pairs[task], NO_ANSWERS[kind]
    bad = change(pair.target)
    for call in (
        lambda: get_task(task).decode(bad, pair.meta),
        lambda: get_task(task).confidence(bad, pair.meta),
        lambda: get_task(task).score(bad, frame, pair.meta),
    ):
        with pytest.raises(ArrayError, match=message):
            call()


@pytest.mark.wrong_arrays
@pytest.mark.parametrize("task", task_names())
def test_an_answer_of_another_size_is_not_scored(frame: Frame, pairs: dict[str, Pair], task: str) -> None:
    with pytest.raises(ArrayError, match=r"expected .*\(160, 224.*, got .*\(160, 223"):
        get_task(task).score(np.ascontiguousarray(pairs[task].target[:, :-1]), frame, pairs[task].meta)


@pytest.mark.parametrize(
    "task",
    built_in_task_names(),
)
def test_meta_without_the_decoders_parameters_is_refused(pairs: dict[str, Pair], task: str) -> None:
    pair = pairs[task]
    meta = replace(pair.meta, codec_parameters=(replace(pair.meta.codec_parameters[0], name="odd"),))
    with pytest.raises((MetaError, CodecError), match="odd"):
        get_task(task).decode(pair.target, meta)


def test_two_labels_in_one_color_are_refused(pairs: dict[str, Pair]) -> None:
    for task in (
        "semantic",
        "referring",
        "amodal",
        "reasoning",
        "interactive",
        "parts",
        "materials",
        "keypoints",
        "edges",
    ):
        pair = pairs[task]
        first = pair.meta.colors[0]
        meta = replace(pair.meta, colors=(*pair.meta.colors, ColorEntry("twin", first.rgb, (99,))))
        message = f"a colour of its own for each label, got {first.label!r} and 'twin' both in {first.rgb}"
        for read in (get_task(task).decode, get_task(task).confidence):
            with pytest.raises(ColorError, match=re.escape(message)):
                read(pair.target, meta)


@pytest.mark.wrong_arrays
@pytest.mark.parametrize("codec", ["cube-walk", "plasma", "gray"])
@pytest.mark.parametrize(
    ("depth", "message"),
    [
        (np.array([[1.0, -0.5]]), r"expected metres >= 0 or \+inf, got -0.5 at \(0, 1\)"),
        (np.array([[np.nan, 1.0]]), r"expected metres >= 0 or \+inf, got nan at \(0, 0\)"),
        (np.array([[1, 2]]), "expected dtype float32 or float64, got dtype int64"),
        ([[1.0]], "expected a numpy array, got list"),
    ],
)
def test_bad_depth_is_refused(codec: str, depth: Any, message: str) -> None:
    for call in (depth_codec(codec).encode, depth_codec(codec).quantisation_bound):
        with pytest.raises(ArrayError, match=message):
            call(depth)


MASK, MAP = np.ones((2, 3), bool), np.ones((2, 3))


@pytest.mark.wrong_arrays
@pytest.mark.parametrize(
    ("score", "message"),
    [
        (lambda: depth_metrics(MAP * np.nan, MAP), r"depth prediction: expected numbers, got nan at \(0, 0\)"),
        (lambda: depth_metrics(MAP, -MAP), r"depth truth: expected metres >= 0 or \+inf, got -1.0"),
        (lambda: depth_metrics(MAP.astype(int), MAP), "depth prediction: expected a floating dtype, got dtype int64"),
        (lambda: depth_metrics(MAP[:1], MAP), r"depth prediction: expected shape \(2, 3\), got shape \(1, 3\)"),
        (lambda: normal_metrics(MAP[..., None], MAP[..., None]), r"normals truth: expected shape \(h, w, 3\)"),
        (
            lambda: normal_metrics(np.full((1, 1, 3), np.nan), np.ones((1, 1, 3))),
            "normals prediction: expected numbers",
        ),
        (lambda: referring_metrics(MAP, MASK), "referring prediction: expected bool of shape"),
        (lambda: referring_metrics(MASK[:1], MASK), r"referring prediction: expected shape \(2, 3\)"),
        (lambda: semantic_metrics([MASK[:1]], [MASK], ["mug"]), "semantic class 'mug', prediction: expected shape"),
        (lambda: amodal_metrics(MASK, MASK, MASK[:1]), "amodal, visible part, prediction: expected shape"),
        (lambda: instance_metrics(MAP, MASK, []), "instance truth: expected integers"),
        (lambda: instance_metrics(-MASK.astype(int), MASK.astype(int), []), "expected labels >= 0, got -1"),
        (lambda: albedo_metrics(MAP, MAP, MASK), "albedo truth: expected dtype uint8"),
    ],
)
def test_metrics_refuse_what_they_cannot_compare(score: Callable[[], object], message: str) -> None:
    with pytest.raises(ArrayError, match=message):
        score()


def test_prompts_that_do_not_parse_are_refused() -> None:
    for prompt in ("", "Do something nice.", "Segment the mugs in #12345."):
        with pytest.raises(PromptError, match=re.escape(repr(prompt))):
            parse(prompt)


def test_every_error_is_in_the_documented_class_tree() -> None:
    classes = [getattr(error_module, name) for name in error_module.__all__]
    assert all(issubclass(error, EncodeError) and issubclass(error, ValueError) for error in classes)
    assert all(error.__name__ in (error_module.__doc__ or "") for error in classes)


def test_meta_that_is_not_a_json_object_is_refused() -> None:
    for text in ("[]", "3", "null", '"a"', "{}"):
        with pytest.raises(MetaError, match=r"meta\.json"):
            PairMeta.from_json(json.loads(text))


def test_meta_that_asks_for_nothing_is_refused(frame: Frame, pairs: dict[str, Pair]) -> None:
    for task in ("amodal", "reasoning", "interactive"):
        pair = pairs[task]
        meta = replace(pair.meta, colors=(ColorEntry(BACKGROUND, (0, 0, 0), (0,)),))
        with pytest.raises(MetaError, match="an entry besides the background, got none"):
            get_task(task).decode(pair.target, meta)
        with pytest.raises(MetaError, match="an entry besides the background, got none"):
            get_task(task).score(pair.target, frame, meta)
