"""make_pairs: form and repeatability of its pairs, and that all of them pass the audit."""

import hashlib
import json
import pickle
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import encode
from encode import (
    ArrayError,
    EncodeError,
    Frame,
    MetaError,
    Pair,
    PairMeta,
    PairShares,
    PromptError,
    TaskError,
    audit_pair,
    get_task,
    make_pairs,
    parse,
    task_names,
)
from encode.colors.distance import rgb_distance
from encode.depth.codec import DEPTH_CODECS, RELATIVE
from encode.depth.scale import SCALE_NAMES
from encode.prompts.template import templates
from tests.encode.raycaster import SimpleSolid, build_frame

KEYS = {
    "task": str,
    "codec": str,
    "codec_parameters": list,
    "frame_key": str,
    "colors": list,
    "template": str,
    "split": str,
    "seed": int,
    "width": int,
    "height": int,
    "expression": str,
}


@pytest.fixture(scope="module")
def pairs(frame: Frame, frames: list[Frame]) -> list[tuple[Frame, Pair]]:
    view_pairs = []
    for view in (frame, *frames):
        for split in ("train", "heldout"):
            view_pairs += [(view, p) for p in make_pairs(view, task_names(), seed=3, prompts_per_task=6, split=split)]
    return view_pairs


def test_every_pair_passes_the_audit(pairs: list[tuple[Frame, Pair]]) -> None:
    assert Counter(pair.meta.task for _, pair in pairs).keys() == set(task_names())
    for view, pair in pairs:
        assert audit_pair(view, pair.target, pair.prompt, pair.meta, pair.answer, pair.source2) == [], pair.prompt


def test_keys_prompts_and_targets_have_the_documented_form(pairs: list[tuple[Frame, Pair]], frame: Frame) -> None:
    for view, pair in pairs:
        assert pair.key.startswith(f"{view.key}-{pair.meta.task}-0")
        assert "." not in pair.key
        assert pair.target.dtype == np.uint8
        assert pair.target.shape == view.image.shape
        assert pair.prompt == pair.prompt.strip()
    first = make_pairs(frame, ["depth"], seed=0, prompts_per_task=2)
    assert [p.key for p in first] == ["s0000012-v01-depth-00", "s0000012-v01-depth-01"]


def test_meta_has_the_keys_and_types_of_the_format(pairs: list[tuple[Frame, Pair]]) -> None:
    for _, pair in pairs:
        data = json.loads(json.dumps(pair.meta.to_json(), allow_nan=False))
        assert {key: type(value) for key, value in data.items()} == KEYS
        assert all(type(p["value"]) is float and type(p["name"]) is str for p in data["codec_parameters"])
        assert data["codec_parameters"]
        assert any(color_entry["ids"] for color_entry in data["colors"])
        for color_entry in data["colors"]:
            assert [type(color_entry[key]) for key in ("label", "rgb", "ids", "scored")] == [str, list, list, bool]
        assert PairMeta.from_json(data) == pair.meta
        if pair.meta.task not in (
            "semantic",
            "boxes",
            "keypoints",
        ):  # which have one in a label set's classes, or by phrases
            assert (pair.meta.expression != "") == (
                pair.meta.task in ("referring", "amodal", "reasoning", "interactive", "parts")
            )


def test_pairs_depend_on_nothing_but_their_own_index(frame: Frame) -> None:
    everything = {p.key: p for p in make_pairs(frame, task_names(), seed=5, prompts_per_task=4)}
    for name in task_names():
        for pair in make_pairs(frame, [name], seed=5, prompts_per_task=2):
            again = everything[pair.key]
            assert (again.prompt, again.meta) == (pair.prompt, pair.meta)
            np.testing.assert_array_equal(again.target, pair.target)
            assert again.answer == pair.answer
            assert (again.source2 is None) == (pair.source2 is None)
            if again.source2 is not None and pair.source2 is not None:
                np.testing.assert_array_equal(again.source2, pair.source2)


def test_pairs_do_not_depend_on_the_process() -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from raycaster import build_frame; from encode import make_pairs, task_names; import hashlib\n"
        "pairs = make_pairs(build_frame(size=(96, 128)), task_names(), seed=7, prompts_per_task=2)\n"
        "text = repr([(p.key, p.prompt, p.meta, p.target.tobytes()) for p in pairs])\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    root = Path(encode.__file__).parents[1]
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            text=True,
            cwd=root,
            env={"PYTHONHASHSEED": salt, "PYTHONPATH": str(root)},
        ).stdout
        for salt in ("1",)
    }
    pairs = make_pairs(build_frame(size=(96, 128)), task_names(), seed=7, prompts_per_task=2)
    text = repr([(p.key, p.prompt, p.meta, p.target.tobytes()) for p in pairs])
    assert digests == {hashlib.sha256(text.encode()).hexdigest() + "\n"}


def test_seeds_and_indices_differ(frame: Frame) -> None:
    prompts = [p.prompt for s in range(4) for p in make_pairs(frame, ["semantic"], seed=s, prompts_per_task=4)]
    assert len(set(prompts)) == len(prompts)


def test_splits_use_their_own_templates(pairs: list[tuple[Frame, Pair]]) -> None:
    by_id = {template.id: template for template in templates()}
    for _, pair in pairs:
        assert by_id[pair.meta.template].split == pair.meta.split == parse(pair.prompt).split


def test_instances_are_apart_and_no_color_is_used_twice(pairs: list[tuple[Frame, Pair]]) -> None:
    for _, pair in pairs:
        if pair.meta.task == "instance":
            colors = [color_entry.rgb for color_entry in pair.meta.colors]
            for i, a in enumerate(colors):
                assert all(rgb_distance(a, b) >= 64 for b in colors[i + 1 :])
            painted = {tuple(c) for c in pair.target.reshape(-1, 3).tolist()}
            assert painted <= set(colors)


def test_legends_are_random_and_sometimes_name_absent_categories(frame: Frame) -> None:
    pairs = make_pairs(frame, ["semantic"], seed=1, prompts_per_task=80)
    color_entries = [color_entry for pair in pairs for color_entry in pair.meta.foreground]
    reds = {color_entry.rgb for color_entry in color_entries if color_entry.label in ("mug", "mugs", "cup")}
    assert len(reds) > 20
    absent = [entry for entry in color_entries if not np.isin(frame.truth.category, entry.ids).any()]
    assert 0.15 <= len(absent) / len(color_entries) <= 0.45
    words = {color_entry.label for color_entry in color_entries}
    assert {"mug", "mugs", "cup", "tableware"} <= words
    assert any(pair.meta.background != (0, 0, 0) for pair in pairs)


def test_depth_codecs_are_mixed_and_the_cube_walk_leads(frame: Frame) -> None:
    pairs = make_pairs(frame, ["depth"], seed=1, prompts_per_task=120)
    codecs = Counter(pair.meta.codec for pair in pairs)
    assert set(codecs) == set(DEPTH_CODECS)
    assert codecs.most_common(1)[0][0] == "cube-walk"
    for shares, asked in (
        (PairShares(cube_walk_share=1), {"cube-walk"}),
        (PairShares(cube_walk_share=0, log_depth_share=1), {"log-gray", "relative-log-gray"}),
        (PairShares(cube_walk_share=0, log_depth_share=0), set(SCALE_NAMES[1:]) | {"inverse-gray"}),
    ):
        pairs = make_pairs(frame, ["depth"], seed=1, prompts_per_task=24, shares=shares)
        assert {pair.meta.codec for pair in pairs} == asked


def empty(frame: Frame) -> Frame:
    """Nothing but sky."""
    shape = frame.truth.shape
    truth = replace(
        frame.truth,
        depth=np.full(shape, np.inf, np.float32),
        normal=np.zeros((*shape, 3), np.float32),
        instance=np.zeros(shape, np.uint32),
        category=np.ones(shape, np.uint32),
    )
    return replace(frame, truth=truth, surface=None)


def test_an_empty_view_gives_fewer_pairs_and_no_crash(frame: Frame) -> None:
    bare = replace(empty(frame), albedo=np.zeros_like(frame.albedo), shading=None)
    pairs = make_pairs(bare, task_names(), seed=0, prompts_per_task=6)
    empty_targets = {"instance", "referring", "boxes", "points"}
    assert {pair.meta.task for pair in pairs} <= {"depth", "normals", "semantic", "albedo"} | empty_targets
    assert not any(e.ids for p in pairs if p.meta.task in empty_targets for e in p.meta.foreground)
    for pair in pairs:
        assert audit_pair(bare, pair.target, pair.prompt, pair.meta, pair.answer, pair.source2) == []
    unlabelled = replace(bare, truth=replace(bare.truth, category=np.zeros_like(bare.truth.category)))
    assert make_pairs(unlabelled, ["semantic"], seed=0) == []


def test_unscorable_instances_are_marked(frame: Frame) -> None:
    far = build_frame([SimpleSolid("mug", "red", (0, 5, 0.3), 0.6), SimpleSolid("mug", "blue", (1.5, 60, 0.3), 0.6)])
    pair = make_pairs(far, ["instance"], seed=0)[0]
    assert {color_entry.ids[0]: color_entry.scored for color_entry in pair.meta.foreground} == {1: True, 2: False}
    exact = get_task("instance").score(pair.target, far, pair.meta)
    assert exact["pmf1"] == 1
    only_far = build_frame([SimpleSolid("mug", "blue", (1.5, 60, 0.3), 0.6)])
    assert make_pairs(only_far, ["instance"], seed=0) == []


def test_exact_targets_score_perfectly(pairs: list[tuple[Frame, Pair]]) -> None:
    best = {"depth": "delta1", "normals": "under_5", "semantic": "miou", "instance": "pmf1"}
    best |= {"referring": "iou", "amodal": "hidden_iou", "reasoning": "iou", "interactive": "iou"}
    best |= {"parts": "miou", "materials": "miou"}
    best |= {"boxes": "f1", "points": "exact", "keypoints": "pck_10", "edges": "f1", "panoptic": "pq"}
    for view, pair in pairs:
        scores = get_task(pair.meta.task).score(pair.target, view, pair.meta)
        if (pair.meta.task == "instance" and not pair.meta.foreground) or scores.get("n_truth") == 0:
            assert (scores["n_predicted"], scores["n_truth"]) == (0, 0)
            continue
        if pair.meta.task == "albedo":
            assert scores == pytest.approx({"rmse": 0, "si_mse": 0, "si_lmse": 0, "delta_e": 0}, abs=1e-12)
            continue
        if pair.meta.task == "shading":
            assert scores["stops"] < 0.02  # half a level
            continue
        name = "aligned_delta1" if pair.meta.codec in RELATIVE else best[pair.meta.task]
        # At the horizon one level of these codecs is wider than 25 % of the depth.
        least = 1 if pair.meta.task != "depth" or pair.meta.codec == "cube-walk" else 0.9
        assert scores[name] >= least, (pair.prompt, scores)


def test_wrong_targets_score_badly(frame: Frame) -> None:
    for pair in make_pairs(frame, task_names(), seed=2, shares=PairShares(absent_share=0.0)):
        task = get_task(pair.meta.task)
        blank = np.zeros_like(pair.target)
        scores = task.score(blank, frame, pair.meta)
        name = {"depth": "delta1", "normals": "under_30", "semantic": "miou", "instance": "pmf1"}
        name |= {"referring": "iou", "amodal": "iou", "albedo": "rmse", "reasoning": "iou", "interactive": "iou"}
        name |= {"parts": "miou", "materials": "miou", "shading": "stops"}
        name |= {"boxes": "f1", "points": "exact", "keypoints": "pck_10", "edges": "f1", "panoptic": "pq"}
        score = scores.get(name[pair.meta.task], scores.get("aligned_delta1"))
        assert score is not None
        assert (
            score > (0.3 if pair.meta.task == "albedo" else 0.1)
            if pair.meta.task in ("albedo", "shading")
            else score < 0.6
        )
        summary = task.summarise([scores, scores])
        assert summary
        assert all(isinstance(value, float) for value in summary.values())


def test_tasks_are_found_by_name() -> None:
    assert task_names()[:5] == ("depth", "normals", "semantic", "instance", "referring")
    assert get_task("depth").name == "depth"
    with pytest.raises(
        TaskError,
        match=r"task: expected one of depth, normals, .*, keypoints, edges, panoptic, shading, got 'flow'",
    ):
        get_task("flow")


def test_all_names_of_the_package_exist() -> None:
    assert all(hasattr(encode, name) for name in encode.__all__)


def test_bad_requests_are_refused(frame: Frame) -> None:
    with pytest.raises(PromptError, match="one of train, heldout, got 'test'"):
        make_pairs(frame, ["depth"], seed=0, split="test")
    with pytest.raises(EncodeError, match="no dots"):
        make_pairs(replace(frame, key="a.b"), ["depth"], seed=0)
    with pytest.raises(EncodeError, match="0 or more, got -1"):
        make_pairs(frame, ["depth"], seed=0, prompts_per_task=-1)
    with pytest.raises(TaskError):
        make_pairs(frame, ["flow"], seed=0)


@pytest.mark.wrong_arrays
@pytest.mark.parametrize(
    ("channel", "value", "message"),
    [
        ("depth", np.full((160, 224), -1, np.float32), r"s0000012-v01, depth: expected metres >= 0 or \+inf, got -1.0"),
        ("depth", np.full((160, 224), np.nan, np.float32), r"got nan at \(0, 0\)"),
        ("depth", np.ones((160, 224), np.float16), "dtype float32 or float64, got dtype float16"),
        ("instance", np.zeros((160, 224), np.int32), "instance: expected dtype uint32, got dtype int32"),
        ("category", np.zeros((10, 224), np.uint32), r"category: expected shape \(160, 224\), got shape \(10, 224\)"),
        ("normal", np.full((160, 224, 3), 0.5, np.float32), "unit vectors, or 0 where no surface"),
        ("normal", np.zeros((160, 3), np.float32), r"shape \(h, w, 3\)"),
    ],
)
def test_truth_that_breaks_the_contract_is_refused(frame: Frame, channel: str, value: Any, message: str) -> None:
    broken = replace(frame, truth=replace(frame.truth, **{channel: value}))
    with pytest.raises(ArrayError, match=message):
        make_pairs(broken, ["depth"], seed=0)


def test_broken_meta_is_refused(frame: Frame) -> None:
    good = make_pairs(frame, ["depth"], seed=0)[0].meta.to_json()
    changes: list[tuple[dict[str, Any], str]] = [
        ({"seed": "0"}, "meta.json, seed: expected an integer from .*, got '0'"),
        ({"task": 3}, "meta.json, task: expected text of at most 1000 characters, got 3"),
        ({"extra": 1}, r"missing \[\], unknown \['extra'\]"),
        ({"codec_parameters": []}, "at least one codec parameter, got none"),
        (
            {"colors": [{"label": "a", "rgb": [0, 0, 300], "ids": [1], "scored": True}]},
            r"meta.json, colors\[0\], rgb: expected a list of 3 integers from 0 to 255, got \[0, 0, 300\]",
        ),
        ({"colors": [{"label": "a", "rgb": [0, 0], "ids": [1], "scored": True}]}, "a list of 3 integers from 0 to 255"),
        ({"colors": [{"label": "a", "rgb": [0, 0, 0], "ids": [1]}]}, r"colors\[0\]: .* missing \['scored'\]"),
        ({"expression": "x" * 16_385}, "expression: expected text of at most 16384 characters"),
        ({"codec_parameters": [{"name": "a", "value": float("inf")}]}, "value: expected a finite number, got inf"),
        (
            {"colors": [{"label": "a", "rgb": [0, 0, 0], "ids": [], "scored": True}]},
            "at least one colour entry with ids",
        ),
        ({"colors": 3}, "colors: expected a list, got 3"),
    ]
    for change, message in changes:
        with pytest.raises(MetaError, match=message):
            PairMeta.from_json({**good, **change})
    del good["codec"]
    with pytest.raises(MetaError, match=r"missing \['codec'\]"):
        PairMeta.from_json(good)


def test_errors_survive_pickling() -> None:
    error = pickle.loads(pickle.dumps(TaskError("task", "one of a, b", "'c'")))
    assert isinstance(error, TaskError)
    assert str(error) == "task: expected one of a, b, got 'c'"


def test_names_that_would_make_a_prompt_ambiguous_are_not_used(frame: Frame) -> None:
    odd: dict[str, dict[str, Any]] = {
        "mug": {"name": "mug", "synonyms": ("the mug", "mug, cup", "background", "red")},
        "sky": {"name": "sky", "synonyms": ("the open sky",)},
        "box": {"name": "box/carton", "plural": "boxes/cartons"},
    }
    categories = tuple(replace(c, **odd.get(c.name, {})) for c in frame.categories)
    objects = tuple(replace(o, category="box/carton") if o.category == "box" else o for o in frame.objects)
    view = replace(frame, categories=categories, objects=objects)
    pairs = make_pairs(view, ["semantic", "instance", "referring"], seed=0, prompts_per_task=40)
    assert {pair.meta.task for pair in pairs} == {"semantic", "instance", "referring"}
    for pair in pairs:
        assert audit_pair(view, pair.target, pair.prompt, pair.meta, pair.answer, pair.source2) == [], pair.prompt
        assert "/" not in pair.prompt
