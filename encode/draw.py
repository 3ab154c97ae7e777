"""Random draws that depend only on the identity of the data, never on the process."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

__all__ = ["choice", "pair_generator", "shuffled"]

Item = TypeVar("Item")


def pair_generator(seed: int, frame_key: str, task: str, index: int) -> np.random.Generator:
    """Return the generator of one pair.

    Seeded through sha256: Python's own hash() is salted per process and would break determinism.
    """
    digest = hashlib.sha256(f"{seed}\n{frame_key}\n{task}\n{index}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))


def choice(rng: np.random.Generator, items: Sequence[Item]) -> Item:
    """Return one of `items`, all equally likely (rng.choice would turn tuples into arrays)."""
    return items[int(rng.integers(len(items)))]


def shuffled(rng: np.random.Generator, items: Sequence[Item]) -> list[Item]:
    """Return `items` in random order."""
    return [items[i] for i in rng.permutation(len(items))]
