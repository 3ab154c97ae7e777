"""Metrics by hand and against pycocotools."""

import math
from typing import Any

import numpy as np
import pytest
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from encode import ArrayError
from encode.metrics.depth import align_affine, depth_metrics
from encode.metrics.instance import (
    IOU_THRESHOLDS,
    average_precision,
    instance_metrics,
    instance_summary,
    mask_ious,
)
from encode.metrics.mean import mean_scores
from encode.metrics.normals import normal_metrics
from encode.metrics.referring import referring_metrics, referring_summary
from encode.metrics.semantic import semantic_metrics, semantic_summary


def row(*values: float) -> np.ndarray:
    return np.array([values], np.float32)


def test_depth_errors_by_hand() -> None:
    scores = depth_metrics(row(1.0, 2.4, 8.0, 3.0), row(1.0, 2.0, 4.0, np.inf))
    assert scores["delta1"] == pytest.approx(2 / 3)  # ratios 1, 1.2, 2
    assert scores["delta2"] == pytest.approx(2 / 3)
    assert scores["delta3"] == pytest.approx(2 / 3)  # 2 is over 1.953
    assert scores["abs_rel"] == pytest.approx((0 + 0.2 + 1) / 3, rel=1e-6)
    assert scores["rmse"] == pytest.approx(math.sqrt((0.16 + 16) / 3), rel=1e-6)
    assert scores["log10"] == pytest.approx((math.log10(1.2) + math.log10(2)) / 3, rel=1e-6)
    logs = np.log([1, 1.2, 2])
    assert scores["silog"] == pytest.approx(100 * math.sqrt((logs**2).mean() - logs.mean() ** 2), rel=1e-6)


def test_depth_after_alignment_is_scored_separately() -> None:
    truth = row(1, 2, 3, 5)
    scaled = depth_metrics(truth * 3, truth)
    assert (scaled["delta1"], scaled["scaled_delta1"], scaled["aligned_delta1"]) == (0, 1, 1)
    shifted = depth_metrics(truth * 2 + 4, truth)
    assert shifted["aligned_abs_rel"] == pytest.approx(0, abs=1e-6)
    assert shifted["scaled_abs_rel"] > 0.1
    relative = depth_metrics(1 / (0.3 + 0.5 / truth), truth, relative="inverse")
    assert {name.split("_")[0] for name in relative} == {"aligned"}
    assert relative["aligned_delta1"] == 1
    logs = depth_metrics(3 * truth**0.4, truth, relative="log")
    assert logs.keys() == relative.keys()
    assert logs["aligned_abs_rel"] == pytest.approx(0, abs=1e-6)
    guess = row(1, 2, 4, 4)
    slope, offset = np.polyfit(np.log(guess[0]), np.log(truth[0]), 1)
    expected = np.abs(np.exp(slope * np.log(guess) + offset) / truth - 1).mean()
    assert depth_metrics(guess, truth, relative="log")["aligned_abs_rel"] == pytest.approx(expected, rel=1e-5)


@pytest.mark.wrong_arrays
def test_depth_of_sky_where_there_is_a_wall_is_bad_but_finite() -> None:
    scores = depth_metrics(row(np.inf, 2), row(2, 2))
    assert scores["delta1"] == 0.5
    assert math.isfinite(scores["rmse"])
    nothing = depth_metrics(row(1), row(np.inf))
    assert all(math.isnan(value) for value in nothing.values())
    flat = align_affine(np.ones(3), np.array([1.0, 2.0, 3.0]))
    np.testing.assert_allclose(flat, 2)
    with pytest.raises(ArrayError, match=r"shape \(1, 2\), got shape \(1, 1\)"):
        depth_metrics(row(1), row(1, 2))


def test_normal_angles_by_hand() -> None:
    def turned(*degrees: float) -> np.ndarray:
        angle = np.radians(degrees)
        return np.stack([np.sin(angle), np.zeros_like(angle), np.cos(angle)], -1)[None]

    scores = normal_metrics(turned(0, 6, 10, 25, 180), turned(0, 0, 0, 0, 0))
    assert scores["mean"] == pytest.approx(44.2)
    assert scores["median"] == pytest.approx(10)
    shares = [scores[f"under_{limit}"] for limit in ("5", "7.5", "11.25", "22.5", "30")]
    assert shares == pytest.approx([0.2, 0.4, 0.6, 0.6, 0.8])
    none = normal_metrics(np.zeros((1, 2, 3)), np.array([[[0, 0, 1.0], [0, 0, 0]]]))
    assert none["mean"] == 90
    assert math.isnan(normal_metrics(np.zeros((1, 1, 3)), np.zeros((1, 1, 3)))["mean"])


def masks(text: str, letters: str) -> list[np.ndarray]:
    grid = np.array([list(line) for line in text.split()])
    return [grid == letter for letter in letters]


def test_miou_by_hand() -> None:
    predicted, truth = masks("aabb aabb", "abc"), masks("aaab aaab", "abc")
    scores = semantic_metrics(predicted, truth, "abc")
    assert scores["miou"] == pytest.approx((4 / 6 + 2 / 4) / 2)  # c is in neither
    assert scores["pixel_accuracy"] == 0.75
    other = semantic_metrics(masks("aaaa", "ab"), masks("aaaa", "ab"), "ab")
    total = semantic_summary([scores, other])
    assert total["miou"] == pytest.approx((8 / 10 + 2 / 4) / 2)
    assert total["pixel_accuracy"] == pytest.approx(0.875)
    assert math.isnan(semantic_summary([])["miou"])


def test_referring_iou_by_hand() -> None:
    a, b = masks("xx.. xx..", "x")[0], masks(".xx. .xx.", "x")[0]
    first = referring_metrics(a, b)
    assert first == {"iou": pytest.approx(1 / 3), "intersection": 2, "union": 6}
    empty = referring_metrics(a & ~a, a & ~a)
    assert empty["iou"] == 1
    total = referring_summary([first, referring_metrics(a, a)])
    assert total == {"ciou": pytest.approx(6 / 10), "giou": pytest.approx(2 / 3)}
    assert math.isnan(referring_summary([])["ciou"])


def random_instances(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    truth, predicted = np.zeros((64, 64), int), np.zeros((64, 64), int)
    for number in range(1, 8):
        y, x = rng.integers(0, 48, 2)
        h, w = rng.integers(6, 16, 2)
        dy, dx = rng.integers(-2, 3, 2)
        truth[y : y + h, x : x + w] = number
        if rng.random() < 0.85:
            predicted[max(y + dy, 0) : y + h + dy, max(x + dx, 0) : x + w + dx] = number
    predicted[60:, :8] = 9
    return predicted, truth


def labels_of(labels: np.ndarray) -> list[int]:
    return [int(i) for i in np.unique(labels) if i]


@pytest.mark.parametrize("seed", range(8))
def test_ious_and_ap_equal_pycocotools(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    predicted, truth = random_instances(seed)
    p, t = labels_of(predicted), labels_of(truth)
    ious = mask_ious(predicted, p, truth, t)

    def encoded(labels: np.ndarray, number: int) -> Any:
        return coco_mask.encode(np.asfortranarray((labels == number).astype(np.uint8)))

    theirs = coco_mask.iou([encoded(predicted, i) for i in p], [encoded(truth, i) for i in t], [0] * len(t))
    np.testing.assert_allclose(ious, theirs)

    confidence = np.random.default_rng(seed).permutation(len(p)) / 10 + 0.1
    coco = COCO()
    coco.dataset = {
        "info": {},
        "images": [{"id": 1, "width": 64, "height": 64}],
        "categories": [{"id": 1}],
        "annotations": [
            {
                "id": k,
                "image_id": 1,
                "category_id": 1,
                "iscrowd": 0,
                "area": int((truth == i).sum()),
                "segmentation": encoded(truth, i),
                "bbox": [0, 0, 1, 1],
            }
            for k, i in enumerate(t, start=1)
        ],
    }
    coco.createIndex()
    results = [
        {"image_id": 1, "category_id": 1, "segmentation": encoded(predicted, i), "score": float(c)}
        for i, c in zip(p, confidence, strict=True)
    ]
    evaluation = COCOeval(coco, coco.loadRes(results), "segm")
    evaluation.evaluate()
    evaluation.accumulate()
    expected = evaluation.eval["precision"][:, :, 0, 0, 2].mean(1)
    np.testing.assert_allclose(average_precision(ious, confidence.tolist()), expected, atol=1e-9)
    capsys.readouterr()


def two_blocks() -> np.ndarray:
    truth = np.zeros((20, 40), int)
    truth[5:15, 5:15], truth[5:15, 25:35] = 1, 2
    return truth


def test_pmf1_by_hand() -> None:
    truth = two_blocks()
    exact = instance_metrics(truth, truth, [1, 2])
    assert (exact["pmf1"], exact["ap"], exact["n_predicted"], exact["n_truth"]) == (1, 1, 2, 2)
    one = np.where(truth == 1, 5, 0)
    scores = instance_metrics(one, truth, [1, 2])
    assert scores["pmf1"] == pytest.approx(2 / 3)  # 1 found, 1 missed
    part = one.copy()
    part[5:8] = 0  # IoU 0.7: a hit at 0.50 to 0.70, five of ten thresholds
    scores = instance_metrics(part, truth, [1, 2])
    assert scores["pmf1"] == pytest.approx(0.5 * 2 / 3)
    assert [scores[f"tp_{round(t * 100)}"] for t in IOU_THRESHOLDS] == [1] * 5 + [0] * 5


def test_unscored_instances_neither_help_nor_hurt() -> None:
    truth = two_blocks()
    only_first = np.where(truth == 1, 1, 0)
    for predicted in (only_first, truth):
        assert instance_metrics(predicted, truth, [1])["pmf1"] == 1


def test_cgf1_over_prompts() -> None:
    truth = two_blocks()
    nothing = np.zeros_like(truth)
    hit, miss = instance_metrics(truth, truth, [1, 2]), instance_metrics(nothing, truth, [1, 2])
    quiet, false = instance_metrics(nothing, nothing, []), instance_metrics(truth, nothing, [])
    total = instance_summary([hit, miss, quiet, false])
    assert total["pmf1"] == pytest.approx(2 * 2 / (2 * 2 + 0 + 2))
    assert total["il_mcc"] == 0
    best = instance_summary([hit, quiet])
    assert (best["pmf1"], best["il_mcc"], best["cgf1"]) == (1, 1, 1)
    assert math.isnan(instance_summary([hit])["il_mcc"])
    assert math.isnan(quiet["pmf1"])


def test_means_leave_nan_out() -> None:
    mean = mean_scores([{"a": 1.0, "b": float("nan")}, {"a": 3.0}])
    assert mean["a"] == 2
    assert math.isnan(mean["b"])
