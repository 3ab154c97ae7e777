"""The truth of one sample of each task, which scores what an answer decodes to with the benchmark's crop and cap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Float64, Int, UInt8

from encode import PairMeta
from encode.metrics import normal_metrics, referring_metrics, semantic_metrics
from encode.metrics.depth import align_affine, align_scale, depth_errors

__all__ = ["IGNORED", "DepthTruth", "LabelTruth", "MaskTruth", "NormalTruth", "directions", "window"]

#: Label of pixels that are not scored.
IGNORED = 255


@dataclass(frozen=True, slots=True, eq=False)
class DepthTruth:
    """Planar depth in metres, scored where `scored` is set and the truth lies between `least` and `most`.

    Predictions are clipped to [least, most], as the evaluation code of BTS (Lee et al. 2019) does, which most of the
    field's descend from; then again after each alignment.
    """

    depth: Float[np.ndarray, "h w"]
    scored: Bool[np.ndarray, "h w"]
    least: float
    most: float

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.depth.shape[0], self.depth.shape[1]

    def score(self, decoded: Float[np.ndarray, "h w"], meta: PairMeta) -> dict[str, float]:
        """`depth_errors` in metres; with `scaled_` after a scale, `aligned_` after least-squares scale and shift."""
        with np.errstate(invalid="ignore"):
            valid = self.scored & (self.depth > self.least) & (self.depth < self.most)
        t = self.depth[valid].astype(np.float64)
        p = self._clip(decoded[valid].astype(np.float64))
        return {
            **depth_errors(p, t),
            **{f"scaled_{name}": value for name, value in depth_errors(self._clip(align_scale(p, t)), t).items()},
            **{f"aligned_{name}": value for name, value in depth_errors(self._clip(align_affine(p, t)), t).items()},
        }

    def _clip(self, values: Float64[np.ndarray, " n"]) -> Float64[np.ndarray, " n"]:
        clipped: Float64[np.ndarray, " n"] = np.clip(values, self.least, self.most)
        return clipped


@dataclass(frozen=True, slots=True, eq=False)
class NormalTruth:
    """Unit normals in camera axes (x right, y up, z toward the viewer), 0 where nothing is scored."""

    normals: Float[np.ndarray, "h w 3"]

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.normals.shape[0], self.normals.shape[1]

    def score(self, decoded: Float[np.ndarray, "h w 3"], meta: PairMeta) -> dict[str, float]:
        """`normal_metrics`."""
        return normal_metrics(decoded, self.normals)


@dataclass(frozen=True, slots=True, eq=False)
class LabelTruth:
    """A class a pixel: indices into `labels`, IGNORED where nothing is scored."""

    classes: UInt8[np.ndarray, "h w"]
    labels: Sequence[str]

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.classes.shape[0], self.classes.shape[1]

    def score(self, decoded: Int[np.ndarray, "h w"], meta: PairMeta) -> dict[str, float]:
        """`semantic_metrics` of the scored pixels. decoded: indices into `meta.colors`."""
        scored = self.classes != IGNORED
        if not scored.any():
            return {}
        painted = [entry.label for entry in meta.colors]
        truth, predicted = self.classes[scored][None], decoded[scored][None]
        return semantic_metrics(
            [predicted == painted.index(label) for label in self.labels],
            [truth == i for i in range(len(self.labels))],
            self.labels,
        )


@dataclass(frozen=True, slots=True, eq=False)
class MaskTruth:
    """The pixels that a phrase refers to, and those that are scored."""

    mask: Bool[np.ndarray, "h w"]
    scored: Bool[np.ndarray, "h w"]

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width."""
        return self.mask.shape[0], self.mask.shape[1]

    def score(self, decoded: Mapping[str, Bool[np.ndarray, "h w"]], meta: PairMeta) -> dict[str, float]:
        """`referring_metrics` of the mask of the one phrase."""
        (predicted,) = decoded.values()
        return referring_metrics(predicted[self.scored][None], self.mask[self.scored][None])


def directions(
    vectors: Float[np.ndarray, "h w 3"], signs: tuple[float, float, float], shortest: float
) -> Float[np.ndarray, "h w 3"]:
    """Unit normals of a benchmark's vectors, each axis times its sign; 0 for those shorter than `shortest` or NaN."""
    wide = np.nan_to_num(vectors.astype(np.float64)) * np.array(signs)
    length = np.linalg.norm(wide, axis=-1, keepdims=True)
    unit: Float[np.ndarray, "h w 3"] = np.divide(wide, length, out=np.zeros_like(wide), where=length > shortest)
    return unit


def window(shape: tuple[int, int], top: int, bottom: int, left: int, right: int) -> Bool[np.ndarray, "h w"]:
    """True in rows [top, bottom) and columns [left, right)."""
    inside = np.zeros(shape, bool)
    inside[top:bottom, left:right] = True
    return inside
