"""Chance: random streams named by what they are for, and the typed draws that modelling code takes from them."""

import hashlib
from collections.abc import Sequence
from typing import Protocol, TypeVar

import numpy as np

__all__ = ["chance", "choice", "integer", "normal", "stream", "uniform", "weighted_index"]

_Option = TypeVar("_Option", covariant=True)


class _Indexable(Protocol[_Option]):
    """A sequence: anything of known length that can be read by index."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> _Option: ...


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """A PCG64 generator for `seed` and the path of `names`: the same on every machine and in every process.

    A new draw in one stream moves nothing in another. Hashed with SHA-256, since Python's own hash of str changes from
    run to run.
    """
    path = "/".join(str(name) for name in (seed, *names))
    digest = hashlib.sha256(path.encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def uniform(rng: np.random.Generator, low: float, high: float) -> float:
    """A number in [low, high), all equally likely."""
    return float(rng.uniform(low, high))


def normal(rng: np.random.Generator, mean: float = 0.0, deviation: float = 1.0) -> float:
    """A normally distributed number of this mean and standard deviation."""
    return float(rng.normal(mean, deviation))


def integer(rng: np.random.Generator, low: int, high: int | None = None) -> int:
    """An integer in [low, high), or in [0, low) where `high` is not given."""
    return int(rng.integers(low, high))


def chance(rng: np.random.Generator, probability: float) -> bool:
    """True with this probability."""
    return bool(rng.random() < probability)


def choice(rng: np.random.Generator, options: _Indexable[_Option], p: Sequence[float] | None = None) -> _Option:
    """One of `options`, with probabilities `p` (sum 1) or all equally likely. A repeated option counts as often."""
    return options[int(rng.choice(len(options), p=p))]


def weighted_index(rng: np.random.Generator, shares: Sequence[float] | np.ndarray) -> int:
    """The index of one of `shares`, each as likely as it is large; they need not sum to 1."""
    weights = np.asarray(shares, np.float64)
    return int(rng.choice(len(weights), p=weights / weights.sum()))
