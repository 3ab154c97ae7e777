"""OKS and its AP (COCO keypoints), and PCK (Yang and Ramanan 2013).

OKS of a person: the mean over its labelled keypoints of exp(-d^2 / (2 s^2 k^2)), with the distance d in pixels, s^2 the
area of the person's mask and k twice the keypoint's sigma (cocodataset.org/#keypoints-eval). PCK: the share of the
keypoints that are at most alpha times the longer side of the person's box away.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from jaxtyping import Float64

from encode.formulas.keypoints import KEYPOINT_NAMES
from encode.lazy_import import import_lazily
from encode.metrics.instance import average_precision

__all__ = [
    "OKS_SIGMAS",
    "PCK_SHARES",
    "Positions",
    "keypoint_metrics",
    "keypoint_summary",
    "object_keypoint_similarity",
]

Positions = Mapping[str, tuple[float, float]]

#: COCO's, in the order of its keypoints.
OKS_SIGMAS: Mapping[str, float] = MappingProxyType(
    dict(
        zip(
            KEYPOINT_NAMES,
            (
                *(0.026, 0.025, 0.025, 0.035, 0.035),
                *(0.079, 0.079, 0.072, 0.072, 0.062, 0.062),
                *(0.107, 0.107, 0.087, 0.087, 0.089, 0.089),
            ),
            strict=True,
        )
    )
)

#: Alphas of PCK.
PCK_SHARES = (0.1, 0.2)


def object_keypoint_similarity(predicted: Positions, truth: Positions, area: float) -> float:
    """OKS of a predicted person with a true one, over the keypoints of `truth`; one that is not predicted adds 0.

    area: of the true person's mask, pixels.
    """
    found = [
        np.exp(-((x - u) ** 2 + (y - v) ** 2) / (8 * OKS_SIGMAS[name] ** 2 * (area + np.spacing(1))))
        for name, (u, v) in truth.items()
        if name in predicted
        for x, y in (predicted[name],)
    ]
    return float(np.sum(found)) / len(truth)


def keypoint_metrics(
    predicted: Sequence[Positions],
    truth: Sequence[Positions],
    areas: Sequence[float],
    sizes: Sequence[float],
    *,
    grouped: bool,
    surplus: int = 0,
) -> dict[str, float]:
    """pck_10 and pck_20, precision, the counts behind them, and oks, ap and ap50 where `grouped`.

    predicted, truth: keypoints of each person; not `grouped`: each entry of `predicted` is a dot whose person is not
    told. areas, sizes: of each true person, the pixels of the mask and the longer side of the box. A person without a
    keypoint to be found does not count. surplus: dots that are nobody's, which are wrong.
    Scores without anything to count are NaN.
    """
    known = [i for i, person in enumerate(truth) if person]
    truth, areas, sizes = [truth[i] for i in known], [areas[i] for i in known], [sizes[i] for i in known]
    scores: dict[str, float] = {
        "n_truth": float(sum(map(len, truth))),
        "n_predicted": float(sum(map(len, predicted)) + surplus),
    }
    similarity = np.array(
        [[object_keypoint_similarity(p, t, a) for t, a in zip(truth, areas, strict=True)] for p in predicted],
        np.float64,
    ).reshape(len(predicted), len(truth))
    pairs = _matched(similarity) if grouped else {}
    for share in PCK_SHARES:
        limits = [share * size for size in sizes]
        if grouped:
            right = sum(_right(predicted[p], truth[t], limits[t]) for p, t in pairs.items())
        else:
            right = sum(_right_dots(name, predicted, truth, limits) for name in KEYPOINT_NAMES)
        scores[f"right_{round(100 * share)}"] = float(right)
    if grouped:
        best = dict(zip(pairs.values(), (similarity[p, t] for p, t in pairs.items()), strict=True))
        ap = average_precision(similarity) if truth else np.full(10, np.nan)
        scores["oks"] = float(np.mean([best.get(t, 0.0) for t in range(len(truth))])) if truth else float("nan")
        scores["ap"], scores["ap50"] = float(ap.mean()), float(ap[0])
    return {**_shares(scores), **scores}


def keypoint_summary(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    """PCK and precision over the keypoints of all answers, and the means of oks, ap and ap50."""
    names = ("n_truth", "n_predicted", *(f"right_{round(100 * share)}" for share in PCK_SHARES))
    summary = _shares({name: sum(score[name] for score in scores) for name in names})
    for name in ("oks", "ap", "ap50"):
        values = [score[name] for score in scores if name in score and not np.isnan(score[name])]
        summary[name] = float(np.mean(values)) if values else float("nan")
    return summary


def _shares(counts: Mapping[str, float]) -> dict[str, float]:
    truth, predicted = counts["n_truth"] or float("nan"), counts["n_predicted"] or float("nan")
    shares = {f"pck_{round(100 * share)}": counts[f"right_{round(100 * share)}"] / truth for share in PCK_SHARES}
    return {**shares, "precision": counts[f"right_{round(100 * PCK_SHARES[0])}"] / predicted}


def _matched(similarity: Float64[np.ndarray, "p t"]) -> dict[int, int]:
    """Predicted people by the true ones that they stand for, so that the sum of their OKS is greatest."""
    rows, columns = import_lazily("scipy.optimize").linear_sum_assignment(similarity, maximize=True)
    return dict(zip(rows.tolist(), columns.tolist(), strict=True))


def _right(predicted: Positions, truth: Positions, limit: float) -> int:
    return sum(
        float(np.hypot(predicted[name][0] - u, predicted[name][1] - v)) <= limit
        for name, (u, v) in truth.items()
        if name in predicted
    )


def _right_dots(name: str, predicted: Sequence[Positions], truth: Sequence[Positions], limits: Sequence[float]) -> int:
    """How many dots of one keypoint can each be given a person of its own within the limit."""
    dots = [person[name] for person in predicted if name in person]
    due = [(person[name], limit) for person, limit in zip(truth, limits, strict=True) if name in person]
    near = np.array(
        [[float(np.hypot(x - u, y - v)) <= limit for (u, v), limit in due] for x, y in dots], np.float64
    ).reshape(len(dots), len(due))
    return int(sum(near[p, t] for p, t in _matched(near).items()))
