"""The data sets that a DataLoader takes."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import torch
from torch.utils.data import IterableDataset

from encode import PairShares, get_task
from encode.prompts.template import SPLITS
from shards.layout import Kind, ShardIndex
from shards.receipts import committed, read_receipt
from shards.store import Store
from shards.torch.readers import FrameReader, PairReader
from shards.torch.sample import Pixels
from shards.torch.scenes_choice import SceneSplit
from shards.torch.stream import LoaderError, Reading, SampleSource, SampleStream
from shards.torch.units import Consumer, Mode

__all__ = ["FrameDataset", "PairDataset"]

#: Shards whose receipts tell how many pairs each task has.
_COUNTED = 64

_ALL_SCENES = SceneSplit()
_SHARES = PairShares()


class _ShardDataset(IterableDataset):
    """What both data sets share: shards, and an epoch that the workers see too."""

    def __init__(self, reader: SampleSource, reading: Reading) -> None:
        super().__init__()
        self._reader, self._reading = reader, reading
        # In shared memory: workers that live on see the next epoch.
        self._epoch = torch.zeros((), dtype=torch.int64).share_memory_()

    def set_epoch(self, epoch: int) -> None:
        """Choose the order and the draws of the next iteration; call it before each, as with DistributedSampler."""
        self._epoch.fill_(epoch)

    def __iter__(self) -> SampleStream:
        """Return this consumer's share of the epoch, an iterator with `state_dict` and `load_state_dict`."""
        return SampleStream(self._reader, self._reading, Consumer.here(), int(self._epoch))


class PairDataset(_ShardDataset):
    """Pairs as they are stored in a folder or at a URL.

    tasks: names, or shares of the samples by name (`{"depth": 2, "normals": 1}`); None for every pair once. Shares
    are met by repeating or leaving out pairs, drawn anew in each epoch, which keeps its length. templates: `train` or
    `heldout` prompts, None for all. scenes: which to read. shuffle: samples in each worker's buffer, 0 for the order of
    the shards. mode: `exact`: an epoch has each pair once over all workers of all nodes, which may get unequal numbers.
    `resampled`: each worker draws shards with replacement, without end or, with `samples`, an equal part of so many.
    pixels: `uint8` (h, w, 3) or `float` (3, h, w).

    Raises LoaderError, TaskError for an unknown task, StoreError.
    """

    def __init__(
        self,
        data: str | Store,
        *,
        tasks: Iterable[str] | Mapping[str, float] | None = None,
        templates: str | None = None,
        scenes: SceneSplit = _ALL_SCENES,
        seed: int = 0,
        shuffle: int = 256,
        mode: Mode = "exact",
        samples: int | None = None,
        pixels: Pixels = "uint8",
    ) -> None:
        store, shards = _shards_of(data, "pairs")
        weights = None if tasks is None else _weights(tasks)
        counts = _task_counts(store, shards)
        copies = _copies(counts, weights if isinstance(tasks, Mapping) else None, weights or counts)
        _check(templates, (*SPLITS, None), "templates")
        reader = PairReader(store, copies, templates, scenes, pixels)
        choice = ("pairs", sorted((weights or {}).items()), isinstance(tasks, Mapping), templates, scenes)
        super().__init__(reader, _reading(choice, shards, seed, shuffle, mode, samples, pixels))


class FrameDataset(_ShardDataset):
    """Pairs made from frames while they are loaded: `prompts` of each frame, other prompts in each epoch.

    tasks: names, or weights by name. templates: `train` or `heldout`. shares: how often what is asked. The other
    arguments are those of `PairDataset`. `encode.make_pair(frame, task, seed=meta.seed, index=..., split=templates,
    shares=shares)` gives the same pair again.
    """

    def __init__(
        self,
        data: str | Store,
        *,
        tasks: Iterable[str] | Mapping[str, float],
        prompts: int = 4,
        templates: str = "train",
        shares: PairShares = _SHARES,
        scenes: SceneSplit = _ALL_SCENES,
        seed: int = 0,
        shuffle: int = 256,
        mode: Mode = "exact",
        samples: int | None = None,
        pixels: Pixels = "uint8",
    ) -> None:
        store, shards = _shards_of(data, "frames")
        _check(templates, SPLITS, "templates")
        if prompts < 1:
            raise LoaderError(f"prompts: expected 1 or more of each frame, got {prompts}")
        weights = _weights(tasks)
        reader = FrameReader(store, weights, prompts, templates, shares, scenes, pixels)
        choice = ("frames", sorted(weights.items()), prompts, templates, shares, scenes)
        super().__init__(reader, _reading(choice, shards, seed, shuffle, mode, samples, pixels))


def _shards_of(data: str | Store, kind: Kind) -> tuple[Store, list[ShardIndex]]:
    store = data if isinstance(data, Store) else Store(data)
    shards = sorted(committed(store, kind))
    if not shards:
        raise LoaderError(f"{store.url}: expected committed {kind}, found none")
    return store, shards


def _reading(
    choice: Any, shards: list[ShardIndex], seed: int, shuffle: int, mode: Mode, samples: int | None, pixels: Pixels
) -> Reading:
    _check(mode, ("exact", "resampled"), "mode")
    _check(pixels, ("uint8", "float"), "pixels")
    if shuffle < 0:
        raise LoaderError(f"shuffle: expected 0 or more samples, got {shuffle}")
    if samples is not None and (mode == "exact" or samples < 1):
        raise LoaderError(f"samples: expected none with mode exact, 1 or more with resampled, got {samples}")
    # Not the URL: a saved position may be taken up with a copy.
    identity = repr((choice, shards, seed, shuffle, mode, samples))
    return Reading(shards, seed, shuffle, mode, samples, hashlib.sha256(identity.encode()).hexdigest()[:16])


def _check(value: object, allowed: Iterable[object], name: str) -> None:
    if value not in tuple(allowed):
        raise LoaderError(f"{name}: expected one of {', '.join(map(repr, allowed))}, got {value!r}")


def _weights(tasks: Iterable[str] | Mapping[str, float]) -> dict[str, float]:
    if isinstance(tasks, str):
        raise LoaderError(f"tasks: expected a list of names or weights by name, got {tasks!r}")
    weights = dict(tasks) if isinstance(tasks, Mapping) else dict.fromkeys(tasks, 1.0)
    for name, weight in weights.items():
        get_task(name)
        if not 0 < weight < float("inf"):
            raise LoaderError(f"tasks: expected a weight above 0 for {name}, got {weight}")
    if not weights:
        raise LoaderError("tasks: expected at least one, got none")
    return weights


def _task_counts(store: Store, shards: list[ShardIndex]) -> Counter[str]:
    """Pairs by task, of some shards evenly over the data set."""
    step = -(-len(shards) // _COUNTED)
    receipts = (read_receipt(store, "pairs", shard) for shard in shards[::step])
    return Counter(row.task for receipt in receipts for row in receipt.pairs)


def _copies(counts: Counter[str], weights: Mapping[str, float] | None, chosen: Iterable[str]) -> dict[str, float]:
    """How often each pair of a task comes in an epoch, which has as many samples as its tasks have pairs."""
    if weights is None:
        return dict.fromkeys(chosen, 1.0)
    there = {task: weight for task, weight in weights.items() if counts[task]}
    share = sum(counts[task] for task in there) / sum(there.values()) if there else 0.0
    return {task: weight * share / counts[task] for task, weight in there.items()}
