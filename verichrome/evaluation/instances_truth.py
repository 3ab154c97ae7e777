"""The instances of a phrase, as several annotators see them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int

from encode import PairMeta
from encode.metrics.instance import scores_of_ious

__all__ = ["InstancesTruth"]


@dataclass(frozen=True, slots=True, eq=False)
class InstancesTruth:
    """The masks of each annotator, which may overlap; none where the phrase names nothing in the image."""

    annotators: Sequence[Sequence[Bool[np.ndarray, "h w"]]]
    size: tuple[int, int]

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.size

    def score(self, decoded: Int[np.ndarray, "h w"], meta: PairMeta) -> dict[str, float]:
        """`scores_of_ious` against the annotator with whom it agrees best: none and none, else the highest mean F1."""
        found = [scores_of_ious(_ious(decoded, masks)) for masks in self.annotators]
        return max(found, key=lambda score: 2.0 if np.isnan(score["pmf1"]) else score["pmf1"])


def _ious(labels: Int[np.ndarray, "h w"], masks: Sequence[Bool[np.ndarray, "h w"]]) -> Float64[np.ndarray, "p t"]:
    areas = np.bincount(labels.ravel())
    present = np.flatnonzero(areas[1:]) + 1
    ious = np.zeros((len(present), len(masks)))
    for column, mask in enumerate(masks):
        inside = np.bincount(labels[mask], minlength=len(areas))[present]
        ious[:, column] = inside / np.maximum(areas[present] + mask.sum() - inside, 1)
    return ious
