"""Every task under every degradation: how well it still scores, and how well its confidence predicts errors."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from encode import Frame, Pair, PairShares, get_task, make_pairs, task_names
from encode.segmentation.flat_colors import decode_entries
from encode.segmentation.instances import decode_instances
from tests.encode.raycaster import build_frame

_BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
DEGRADATIONS = runpy.run_path(str(_BENCHMARKS / "degradations.py"))["DEGRADATIONS"]

SCORES = {
    "depth": "delta1",
    "normals": "under_11.25",
    "semantic": "miou",
    "instance": "pmf1",
    "referring": "iou",
    "amodal": "iou",
    "albedo": "delta_e",
    "reasoning": "iou",
    "interactive": "iou",
    "parts": "miou",
    "materials": "miou",
    "boxes": "f1_50",
    "points": "exact",
    "edges": "f1",
    "panoptic": "pq",
    "shading": "stops",
}

#: Tasks whose scores are errors.
ERRORS = ("albedo", "shading")

#: Least scores in the order of SCORES, a few hundredths under what was measured; at most so much for ERRORS.
FLOORS = {
    "nothing": (1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0.01),
    "noise, sigma 4": (0.97, 0.98, 0.98, 0.98, 0.98, 0.98, 4, 0.98, 0.98, 0.98, 0.98, 0.9, 1, 0.97, 0.98, 0.15),
    "noise, sigma 8": (0.96, 0.95, 0.97, 0.95, 0.98, 0.98, 7, 0.98, 0.98, 0.97, 0.97, 0.9, 1, 0.97, 0.98, 0.3),
    "noise, sigma 16": (0.94, 0.6, 0.95, 0.85, 0.97, 0.98, 12, 0.97, 0.97, 0.95, 0.95, 0.9, 1, 0.96, 0.97, 0.6),
    "blur, sigma 0.7": (0.98, 0.94, 0.97, 0.95, 0.95, 0.97, 1, 0.95, 0.95, 0.97, 0.97, 0.9, 1, 0.96, 0.97, 0.03),
    "blur, sigma 1.5": (0.96, 0.9, 0.9, 0.9, 0.9, 0.94, 2, 0.9, 0.9, 0.9, 0.9, 0.8, 1, 0.93, 0.95, 0.06),
    "soft edges, 5 px": (0.96, 0.9, 0.9, 0.9, 0.9, 0.92, 2, 0.9, 0.9, 0.9, 0.9, 0.6, 1, 0.93, 0.94, 0.06),
    "JPEG 95": (0.97, 0.93, 0.97, 0.95, 0.95, 0.97, 1.5, 0.95, 0.95, 0.97, 0.97, 0.9, 1, 0.95, 0.97, 0.03),
    "JPEG 85": (0.97, 0.93, 0.97, 0.95, 0.95, 0.97, 1.5, 0.95, 0.95, 0.97, 0.97, 0.9, 1, 0.95, 0.97, 0.04),
    "JPEG 70": (0.96, 0.92, 0.95, 0.92, 0.94, 0.96, 2, 0.94, 0.94, 0.95, 0.95, 0.9, 1, 0.92, 0.96, 0.04),
    "half size and back": (0.96, 0.93, 0.96, 0.94, 0.92, 0.96, 1.5, 0.92, 0.92, 0.96, 0.96, 0.9, 1, 0.95, 0.96, 0.05),
    "gamma 0.9": (0.99, 0.99, 0.98, 0.98, 0.98, 0.98, 4, 0.98, 0.98, 0.98, 0.98, 0.9, 1, 0.97, 0.98, 0.02),
    "gamma 1.1": (0.99, 0.99, 0.98, 0.98, 0.98, 0.98, 4, 0.98, 0.98, 0.98, 0.98, 0.9, 1, 0.97, 0.98, 0.03),
    "hue +5 degrees": (0.99, 0.99, 0.98, 0.98, 0.98, 0.98, 1, 0.98, 0.98, 0.98, 0.98, 0.9, 1, 0.97, 0.98, 0.02),
    # Which turns most of these normals by 12 degrees.
    "hue +15 degrees": (0.95, 0.0, 0.95, 0.98, 0.98, 0.98, 2, 0.98, 0.98, 0.95, 0.95, 0.9, 1, 0.97, 0.98, 0.02),
    "less contrast": (0.95, 0.95, 0.98, 0.98, 0.98, 0.98, 4, 0.98, 0.98, 0.98, 0.98, 0.9, 1, 0.97, 0.98, 0.02),
    "a bit of everything": (0.96, 0.92, 0.96, 0.94, 0.93, 0.96, 3, 0.93, 0.93, 0.96, 0.96, 0.9, 1, 0.94, 0.96, 0.1),
}


@pytest.fixture(scope="module")
def view() -> Frame:
    return build_frame(size=(320, 448))


@pytest.fixture(scope="module")
def pairs(view: Frame) -> dict[str, list[Pair]]:
    """Two pairs of each task, in the codec that is scored."""
    codecs = ("cube-walk", "camera-normals", "flat-colors", "srgb", "log-shading", "outlines", "dots")
    pairs_by_task = {}
    for task in task_names():
        pairs = make_pairs(view, [task], seed=11, prompts_per_task=8, shares=PairShares(absent_share=0.0))
        pairs_by_task[task] = [pair for pair in pairs if pair.meta.codec in codecs][:2]
    return pairs_by_task


@pytest.fixture(scope="module")
def judged() -> Callable[..., Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(_BENCHMARKS))
        judged: Callable[..., Any] = runpy.run_path(str(_BENCHMARKS / "bench_decoding.py"))["judged"]
        return judged


@pytest.mark.parametrize("name", DEGRADATIONS)
def test_degraded_answers_still_score(view: Frame, pairs: dict[str, list[Pair]], name: str) -> None:
    for (task, score), floor in zip(SCORES.items(), FLOORS[name], strict=True):
        answers = [get_task(task).score(DEGRADATIONS[name](pair.target), view, pair.meta) for pair in pairs[task]]
        mean = float(np.mean([answer[score] for answer in answers]))
        assert mean <= floor + 1e-9 if task in ERRORS else mean >= floor, (task, mean)


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
