"""Views that look nearly the same, by perceptual hashes of the image and of its depth.

The hash is the sign of the lowest 8x8 cosine coefficients but the mean, which survives noise, light and small shifts
(Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from jaxtyping import Float
from PIL import Image

from encode import Frame, SceneIndex

__all__ = ["ALIKE", "ViewHash", "alike_views", "hash_view"]

#: Two hashes of 63 bits that differ in so few belong to views that a person would take for the same.
ALIKE = 6
_SIDE, _KEPT = 32, 8


@dataclass(frozen=True, slots=True)
class ViewHash:
    """A frame's key and scene, and the perceptual hashes, of 63 bits each, of its image and its depth."""

    key: str
    scene: SceneIndex
    image: int
    depth: int


def hash_view(frame: Frame, scene: SceneIndex) -> ViewHash:
    """Hash one frame of the scene with this index."""
    inverse = 1 / np.maximum(frame.truth.depth, 1e-3)  # finite where there is no surface
    light = np.asarray(Image.fromarray(frame.image).convert("L"), np.float64)
    return ViewHash(frame.key, scene, _hash(light), _hash(inverse))


def alike_views(hashes: Iterable[ViewHash], most: int = ALIKE) -> Iterator[tuple[ViewHash, ViewHash, int]]:
    """Pairs of views whose image and whose depth differ in at most `most` bits each, with the larger difference.

    Two hashes that differ in at most `most` bits agree in one of `most + 1` bands, so only views that share a band are
    compared: nearly linear in their number.
    """
    bands: dict[tuple[int, int], list[ViewHash]] = defaultdict(list)
    width = -(-(_KEPT**2 - 1) // (most + 1))
    for entry in hashes:
        for band in range(most + 1):
            bands[band, (entry.image >> band * width) & ((1 << width) - 1)].append(entry)
    seen = set()
    for group in bands.values():
        for one, other in combinations(group, 2):
            apart = max((one.image ^ other.image).bit_count(), (one.depth ^ other.depth).bit_count())
            if apart <= most and (one.key, other.key) not in seen:
                seen.add((one.key, other.key))
                yield one, other, apart


def _hash(values: Float[np.ndarray, "h w"]) -> int:
    small = np.asarray(
        Image.fromarray(values.astype(np.float32)).resize((_SIDE, _SIDE), Image.Resampling.BOX), np.float64
    )
    index = np.arange(_SIDE)
    basis = np.cos(np.pi / _SIDE * np.outer(np.arange(_KEPT), index + 0.5))  # DCT-II, its scale changes no sign
    low = (basis @ small @ basis.T).ravel()[1:]
    return sum(1 << int(bit) for bit in np.flatnonzero(low > np.median(low)))
