"""How alike two sets of images are, by the features that a network gives them.

KID is the unbiased squared maximum mean discrepancy under the kernel (x.y / d + 1)^3 (Binkowski et al., "Demystifying
MMD GANs", ICLR 2018). Density and coverage count in balls round one set's features, each as far as its fifth neighbour
of the set (Naeem et al., "Reliable Fidelity and Diversity Metrics for Generative Models", ICML 2020). The features of
those papers are another network's: compare values of this module with one another alone.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float64
from scipy.spatial.distance import cdist

__all__ = ["LEAST_IMAGES", "Likeness", "density_coverage", "kernel_distance", "likeness", "squared_mmd"]

#: Fewest images of either set: two subsets.
LEAST_IMAGES = 20

_SUBSETS, _LARGEST_SUBSET = 100, 100
_NEIGHBOURS = 5


class Likeness(NamedTuple):
    """Of images to photographs: kid with its standard error (0: the same distribution), density and coverage (1)."""

    kid: float
    kid_error: float
    density: float
    coverage: float


def likeness(images: Float64[np.ndarray, "n d"], photos: Float64[np.ndarray, "m d"]) -> Likeness:
    """Compare the features of images with those of photographs; at least LEAST_IMAGES of each."""
    return Likeness(*kernel_distance(images, photos), *density_coverage(images, photos))


def kernel_distance(a: Float64[np.ndarray, "n d"], b: Float64[np.ndarray, "m d"]) -> tuple[float, float]:
    """KID: the mean of `squared_mmd` over random subsets, and its standard error.

    Subsets are half of the smaller set, at most 100. They overlap, so the error is their deviation over the root of how
    many without a common image the smaller set holds.
    """
    rng = np.random.default_rng(0)
    fewest = min(len(a), len(b))
    size = min(fewest // 2, _LARGEST_SUBSET)
    values = [
        squared_mmd(a[rng.permutation(len(a))[:size]], b[rng.permutation(len(b))[:size]]) for _ in range(_SUBSETS)
    ]
    return float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(fewest / size))


def squared_mmd(a: Float64[np.ndarray, "n d"], b: Float64[np.ndarray, "m d"]) -> float:
    """The unbiased squared maximum mean discrepancy of two samples; it may be below 0."""
    within = []
    for sample in (a, b):
        kernel = _kernel(sample, sample)
        count = len(sample)
        within.append((kernel.sum() - np.trace(kernel)) / (count * (count - 1)))
    return float(sum(within) - 2 * _kernel(a, b).mean())


def _kernel(a: Float64[np.ndarray, "n d"], b: Float64[np.ndarray, "m d"]) -> Float64[np.ndarray, "n m"]:
    kernel: Float64[np.ndarray, "n m"] = (a @ b.T / a.shape[1] + 1) ** 3
    return kernel


def density_coverage(images: Float64[np.ndarray, "n d"], photos: Float64[np.ndarray, "m d"]) -> tuple[float, float]:
    """Return in how many photographs' balls an image lies, over 5, and the share of the balls that hold an image."""
    reach = np.sort(cdist(photos, photos), axis=1)[:, _NEIGHBOURS]  # the first is the photograph itself
    inside = cdist(photos, images) < reach[:, None]
    return float(inside.sum(0).mean() / _NEIGHBOURS), float(inside.any(1).mean())
