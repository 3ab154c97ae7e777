"""Samples packed into files that begin with their count and offsets, as mosaicml-streaming and litdata have them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from shards.export.choice import SPLITS, Split
from shards.export.exported_pair import ExportedPair

__all__ = ["Chunk", "chunks_of", "uint32_table"]

#: Bytes of samples after which a chunk ends. Offsets have 32 bits, and a chunk is held in memory.
_MOST_BYTES = 1 << 26


@dataclass(frozen=True, slots=True)
class Chunk:
    """The `number`-th run of samples of one split in a part; `first` is the pair of the first sample."""

    split: Split
    number: int
    first: ExportedPair
    samples: Sequence[bytes]


def chunks_of(pairs: Iterator[ExportedPair], pack: Callable[[ExportedPair], bytes]) -> Iterator[Chunk]:
    """Yield the packed pairs in chunks of some 64 MB, each split for itself."""
    waiting: dict[Split, tuple[ExportedPair, list[bytes], int]] = {}
    numbers = dict.fromkeys(SPLITS, 0)
    for pair in pairs:
        first, samples, size = waiting.get(pair.split, (pair, [], 0))
        samples.append(pack(pair))
        waiting[pair.split] = first, samples, size + len(samples[-1])
        if waiting[pair.split][2] >= _MOST_BYTES:
            yield Chunk(pair.split, numbers[pair.split], first, samples)
            numbers[pair.split] += 1
            del waiting[pair.split]
    for split, (first, samples, _) in waiting.items():
        yield Chunk(split, numbers[split], first, samples)


def uint32_table(samples: Sequence[bytes], extra: int = 0) -> bytes:
    """The count of the samples and their offsets in a file where the table and `extra` bytes come before them."""
    begin = 4 * (len(samples) + 2) + extra
    offsets = begin + np.cumsum([0, *map(len, samples)])
    return np.array([len(samples), *offsets], "<u4").tobytes()
