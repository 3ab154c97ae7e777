"""Every task under every degradation: how well it still scores, and how well its confidence predicts errors."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from encode import Frame, Pair, PairShares, make_pairs, score_answer, task_names
from encode.segmentation.flat_colors import decode_entries
from encode.segmentation.instances import decode_instances
from encode.segmentation.repair import nearest_colors, repair_labels
from tests.encode.raycaster import build_frame

_BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
DEGRADATIONS = runpy.run_path(str(_BENCHMARKS / "degradations.py"))["DEGRADATIONS"]

# The kinds of pairs that are scored, most of one task, some of one form of it, with the score that stands for them.
MAPS = {
    "depth": "delta1",
    "normals": "under_11.25",
    "albedo": "delta_e",
    "shading": "stops",
}
MASKS = {
    "semantic": "miou",
    "instance": "pmf1",
    "referring": "iou",
    "amodal": "iou",
    "reasoning": "iou",
    "interactive": "iou",
    "parts": "miou",
    "materials": "miou",
    "panoptic": "pq",
    "panoptic in the answer's colors": "pq",
}
MARKS = {
    "boxes": "f1_50",
    "boxes over the image": "f1_50",
    "points": "exact",
    "keypoints": "pck_10",
    "edges": "f1",
}
SCORES = MAPS | MASKS | MARKS

#: Kinds whose scores are errors.
ERRORS = ("albedo", "shading")

#: Least scores in the order of MAPS, a few hundredths under what was measured; at most so much for ERRORS.
MAP_FLOORS = {
    "nothing": (1, 1, 0, 0.01),
    "noise, sigma 4": (0.97, 0.98, 4, 0.15),
    "noise, sigma 8": (0.96, 0.95, 7, 0.3),
    "noise, sigma 16": (0.94, 0.6, 12, 0.6),
    "blur, sigma 0.7": (0.98, 0.94, 1, 0.03),
    "blur, sigma 1.5": (0.96, 0.9, 2, 0.06),
    "soft edges, 5 px": (0.96, 0.9, 2, 0.06),
    "JPEG 95": (0.97, 0.93, 1.5, 0.03),
    "JPEG 85": (0.97, 0.93, 1.5, 0.04),
    "JPEG 70": (0.96, 0.92, 2, 0.04),
    "half size and back": (0.96, 0.93, 1.5, 0.05),
    "gamma 0.9": (0.99, 0.99, 4, 0.02),
    "gamma 1.1": (0.99, 0.99, 4, 0.03),
    "hue +5 degrees": (0.99, 0.99, 1, 0.02),
    # Which turns most of these normals by 12 degrees.
    "hue +15 degrees": (0.95, 0.0, 2, 0.02),
    "less contrast": (0.95, 0.95, 4, 0.02),
    "a bit of everything": (0.96, 0.92, 3, 0.1),
}

#: The same in the order of MASKS. Colours of the prompt that are not used may be those of soft edges.
MASK_FLOORS = {
    "nothing": (1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    "noise, sigma 4": (0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98),
    "noise, sigma 8": (0.97, 0.95, 0.98, 0.98, 0.98, 0.98, 0.97, 0.97, 0.98, 0.98),
    "noise, sigma 16": (0.95, 0.85, 0.97, 0.98, 0.97, 0.97, 0.95, 0.95, 0.97, 0.97),
    "blur, sigma 0.7": (0.97, 0.95, 0.95, 0.97, 0.95, 0.95, 0.97, 0.97, 0.97, 0.97),
    "blur, sigma 1.5": (0.9, 0.9, 0.9, 0.94, 0.9, 0.9, 0.9, 0.9, 0.78, 0.95),
    "soft edges, 5 px": (0.9, 0.9, 0.9, 0.92, 0.9, 0.9, 0.9, 0.9, 0.78, 0.95),
    "JPEG 95": (0.97, 0.95, 0.95, 0.97, 0.95, 0.95, 0.97, 0.97, 0.97, 0.97),
    "JPEG 85": (0.97, 0.95, 0.95, 0.97, 0.95, 0.95, 0.97, 0.97, 0.97, 0.97),
    "JPEG 70": (0.95, 0.92, 0.94, 0.96, 0.94, 0.94, 0.95, 0.95, 0.96, 0.96),
    "half size and back": (0.96, 0.94, 0.92, 0.96, 0.92, 0.92, 0.96, 0.96, 0.82, 0.97),
    "gamma 0.9": (0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98),
    "gamma 1.1": (0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98),
    "hue +5 degrees": (0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98),
    "hue +15 degrees": (0.95, 0.98, 0.98, 0.98, 0.98, 0.98, 0.95, 0.95, 0.98, 0.98),
    "less contrast": (0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98),
    "a bit of everything": (0.96, 0.94, 0.93, 0.96, 0.93, 0.93, 0.96, 0.96, 0.96, 0.96),
}

#: The same in the order of MARKS. Blur and soft edges take half of a thin line, and most of a dot of 3 pixels.
MARK_FLOORS = {
    "nothing": (1, 1, 1, 1, 1),
    "noise, sigma 4": (0.9, 0.9, 1, 0.98, 0.99),
    "noise, sigma 8": (0.9, 0.9, 1, 0.98, 0.99),
    "noise, sigma 16": (0.9, 0.9, 1, 0.97, 0.93),
    "blur, sigma 0.7": (0.9, 0.9, 1, 0.93, 0.97),
    "blur, sigma 1.5": (0.8, 0.4, 1, 0.15, 0.94),
    "soft edges, 5 px": (0.6, 0.4, 1, 0.15, 0.94),
    "JPEG 95": (0.9, 0.9, 1, 0.97, 0.97),
    "JPEG 85": (0.9, 0.9, 1, 0.97, 0.97),
    "JPEG 70": (0.9, 0.9, 1, 0.95, 0.96),
    "half size and back": (0.9, 0.9, 1, 0.88, 0.96),
    "gamma 0.9": (0.9, 0.9, 1, 0.98, 0.99),
    "gamma 1.1": (0.9, 0.9, 1, 0.98, 0.99),
    "hue +5 degrees": (0.9, 0.9, 1, 0.98, 0.99),
    "hue +15 degrees": (0.9, 0.9, 1, 0.98, 0.99),
    "less contrast": (0.9, 0.9, 1, 0.98, 0.99),
    "a bit of everything": (0.9, 0.9, 1, 0.88, 0.95),
}


@pytest.fixture(scope="module")
def view() -> Frame:
    return build_frame(size=(320, 448))


@pytest.fixture(scope="module")
def pairs(view: Frame) -> dict[str, list[Pair]]:
    """Two pairs of each kind; depth by the cube walk alone."""
    pairs_by_kind: dict[str, list[Pair]] = {kind: [] for kind in SCORES}
    for task in task_names():
        for pair in make_pairs(view, [task], seed=11, prompts_per_task=8, shares=PairShares(absent_share=0.0)):
            if task != "depth" or pair.meta.codec == "cube-walk":
                pairs_by_kind[kind_of(pair)].append(pair)
    return {kind: pairs[:2] for kind, pairs in pairs_by_kind.items()}


def kind_of(pair: Pair) -> str:
    if pair.meta.codec == "outlines-over-image":
        return "boxes over the image"
    return "panoptic in the answer's colors" if pair.answer else pair.meta.task


@pytest.fixture(scope="module")
def judged() -> Callable[..., Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(_BENCHMARKS))
        judged: Callable[..., Any] = runpy.run_path(str(_BENCHMARKS / "bench_decoding.py"))["judged"]
        return judged


@pytest.mark.parametrize("name", DEGRADATIONS)
def test_degraded_answers_still_score(view: Frame, pairs: dict[str, list[Pair]], name: str) -> None:
    floors = (*MAP_FLOORS[name], *MASK_FLOORS[name], *MARK_FLOORS[name])
    for (kind, score), floor in zip(SCORES.items(), floors, strict=True):
        assert len(pairs[kind]) == 2
        answers = [
            score_answer(DEGRADATIONS[name](pair.target), pair.answer, view, pair.meta)[score] for pair in pairs[kind]
        ]
        mean = float(np.mean(answers))
        assert mean <= floor + 1e-9 if kind in ERRORS else mean >= floor, (kind, mean)


# Noise that is the same everywhere is left out: nowhere is it worse than elsewhere, and no map can say so.
@pytest.mark.parametrize("name", ["blur, sigma 1.5", "JPEG 70", "half size and back", "a bit of everything"])
@pytest.mark.parametrize(
    "task",
    [
        "depth",
        "normals",
        "semantic",
        "instance",
        "referring",
        "amodal",
        "reasoning",
        "interactive",
        "parts",
        "materials",
        "panoptic",
    ],
)
def test_pixels_of_low_confidence_are_wrong_more_often(
    view: Frame, pairs: dict[str, list[Pair]], judged: Callable[..., Any], task: str, name: str
) -> None:
    parts = [judged(DEGRADATIONS[name](pair.target), view, pair) for pair in pairs[task]]
    wrong, trust = (np.concatenate([part[i].ravel() for part in parts]) for i in (0, 1))
    order = np.argsort(trust, kind="stable")
    cut = len(order) // 10
    low, high = wrong[order[:cut]].mean(), wrong[order[cut:]].mean()
    assert low > 3 * high or wrong.mean() < 1e-4, (low, high)


def test_a_part_too_small_for_a_block_keeps_its_pixels_under_another_tone() -> None:
    colors = np.array([(0, 0, 0), (200, 60, 60), (60, 200, 60), (90, 90, 220)], np.float64)
    index = np.zeros((60, 80), np.int32)
    index[10:50, 10:40], index[10:50, 40:70], index[20:22, 20:60] = 1, 2, 3
    exact = colors[index].astype(np.uint8)
    for name in ("gamma 0.9", "gamma 1.1", "less contrast", "hue +15 degrees"):
        toned = DEGRADATIONS[name](exact)
        np.testing.assert_array_equal(repair_labels(toned, nearest_colors(toned, colors)[0], colors), index)
    # A smear in the colour of none but a third is still repaired.
    smear = exact.copy()
    smear[10:50, 39:41] = (100, 110, 200)
    assert (repair_labels(smear, nearest_colors(smear, colors)[0], colors)[30:50] != 3).all()


def test_repair_does_not_change_exact_targets_of_any_task(frames: list[Frame]) -> None:
    for view in frames:
        for pair in make_pairs(
            view,
            [
                "semantic",
                "referring",
                "amodal",
                "reasoning",
                "interactive",
                "parts",
                "materials",
                "panoptic",
                "instance",
            ],
            seed=5,
            prompts_per_task=3,
        ):
            if pair.meta.task == "instance":
                repaired, plain = (
                    decode_instances(pair.target, pair.meta.background, repair=repair) for repair in (True, False)
                )
            else:
                repaired, plain = (decode_entries(pair.target, pair.meta, repair=repair) for repair in (True, False))
            np.testing.assert_array_equal(repaired, plain)
