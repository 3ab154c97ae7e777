"""Cloth by weave. In pictures the kinds look alike, so all of them are called fabric."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.finishes import finish
from scenes.material import Material, MaterialKind

__all__ = ["THROWS", "UPHOLSTERY", "textile"]

#: Kinds of cloth by weight, for furniture and for what lies on it.
UPHOLSTERY: Mapping[MaterialKind, float] = MappingProxyType({"fabric": 0.6, "velvet": 0.22, "corduroy": 0.18})
THROWS: Mapping[MaterialKind, float] = MappingProxyType({"fabric": 0.5, "knit": 0.3, "velvet": 0.12, "denim": 0.08})
_SCALES: Mapping[MaterialKind, tuple[float, float]] = MappingProxyType(
    {
        "fabric": (0.06, 0.15),
        "velvet": (0.08, 0.12),
        "corduroy": (0.08, 0.16),
        "knit": (0.15, 0.3),
        "denim": (0.1, 0.14),
    }
)


def textile(
    rng: np.random.Generator, color: Rgb, shares: Mapping[MaterialKind, float], *, wear: float = 0.0
) -> Material:
    """Cloth of one of the kinds, drawn by weight, with threads of about their real size."""
    kinds = list(shares)
    kind = kinds[draw.weighted_index(rng, list(shares.values()))]
    return finish(rng, kind, "fabric", color, scale=draw.uniform(rng, *_SCALES[kind]), roughness=0.9, wear=wear)
