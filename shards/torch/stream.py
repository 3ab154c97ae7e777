"""The samples of one consumer, shuffled, as an iterator whose position can be saved and taken up again."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shards.errors import ShardError
from shards.layout import ShardIndex
from shards.torch.chance import drawn_integer
from shards.torch.sample import Sample
from shards.torch.units import Consumer, Mode, Unit, resampled_unit, unit_at

__all__ = ["LoaderError", "Reading", "SampleSource", "SampleStream"]

#: Samples held before the first is given; the buffer then grows by one with each.
_FIRST = 16


class LoaderError(ShardError):
    """An option or a saved position that a loader cannot take; the message names what is allowed."""


class SampleSource(ABC):
    """Reads the samples of a unit in one order, always the same."""

    @abstractmethod
    def read(self, unit: Unit, wanted: Collection[int] | None, start: int) -> Iterator[tuple[int, Sample]]:
        """Yield (number, sample) in ascending order: from `start` on, and of these only the `wanted` ones, if given."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a stream goes through the shards; docs/training.md describes the fields."""

    shards: Sequence[ShardIndex]
    seed: int
    shuffle: int
    mode: Mode
    samples: int | None
    digest: str


@dataclass(slots=True)
class _Held:
    """A sample that waits in the buffer: of which unit of the consumer, and its number there."""

    unit: int
    number: int
    sample: Sample


class SampleStream(Iterator[Sample]):
    """An epoch of one consumer. `state_dict` says where it stands, as torchdata's StatefulDataLoader asks.

    The state holds names, no pixels: the samples that waited in the buffer are read again by `load_state_dict`.
    """

    def __init__(self, reader: SampleSource, reading: Reading, consumer: Consumer, epoch: int) -> None:
        self._reader, self._reading, self._consumer = reader, reading, consumer
        self._start(epoch)

    def _start(self, epoch: int) -> None:
        reading = self._reading
        self._epoch = epoch
        self._draws_from = f"{reading.seed}.{epoch}"
        self._order = sorted(reading.shards, key=lambda shard: drawn_integer("order", self._draws_from, shard))
        #: The unit that is read now, and the number of the next sample in it.
        self._unit, self._next = 0, 0
        self._source: Iterator[tuple[int, Sample]] | None = None
        self._buffer: list[_Held] = []
        self._drawn = 0

    def __next__(self) -> Sample:
        """Return the next sample; raises LoaderError where shards are drawn without end and none has any."""
        if self._drawn == self._limit:
            raise StopIteration
        self._fill()
        if not self._buffer:
            raise StopIteration
        place = drawn_integer("shuffle", self._draws_from, self._consumer.number, self._drawn) % len(self._buffer)
        self._drawn += 1
        self._buffer[place], self._buffer[-1] = self._buffer[-1], self._buffer[place]
        return self._buffer.pop().sample

    def state_dict(self) -> dict[str, Any]:
        """Return the position: plain integers, texts and lists."""
        return {
            "digest": self._reading.digest,
            "consumer": self._consumer.number,
            "consumers": self._consumer.count,
            "epoch": self._epoch,
            "unit": self._unit,
            "next": self._next,
            "drawn": self._drawn,
            "buffer": [[held.unit, held.number] for held in self._buffer],
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on where `state` was taken: the same samples follow in the same order.

        Raises LoaderError for a state of another data set, of other options or of other workers.
        """
        expected = {
            "digest": self._reading.digest,
            "consumer": self._consumer.number,
            "consumers": self._consumer.count,
        }
        for name, value in expected.items():
            if state.get(name) != value:
                raise LoaderError(
                    f"saved position, {name}: expected {value!r}, got {state.get(name)!r}; it can be taken up with the"
                    " same shards, options, nodes and workers only"
                )
        self._start(state["epoch"])
        self._unit, self._next, self._drawn = state["unit"], state["next"], state["drawn"]
        held = [(unit, number) for unit, number in state["buffer"]]
        samples = dict(self._read_again(held))
        if len(samples) != len(held):
            raise LoaderError(f"saved position: expected {len(held)} samples in the buffer, found {len(samples)}")
        self._buffer = [_Held(*name, samples[name]) for name in held]

    @property
    def _limit(self) -> int:
        """Samples of this consumer's epoch, -1 for no limit."""
        return -1 if self._reading.samples is None else self._reading.samples // self._consumer.count

    def _fill(self) -> None:
        wanted = max(1, min(self._reading.shuffle, _FIRST + self._drawn))
        empty = 0
        while len(self._buffer) < wanted:
            unit = self._unit_at(self._unit)
            if unit is None:
                return
            if self._source is None:
                self._source = self._reader.read(unit, None, self._next)
            number, sample = next(self._source, (-1, None))
            if sample is not None:
                self._buffer.append(_Held(self._unit, number, sample))
                self._next = number + 1
                continue
            empty = empty + 1 if self._next == 0 else 0
            if empty > 100 + 10 * len(self._reading.shards):
                raise LoaderError("the shards hold no sample of the chosen tasks, templates and scenes")
            self._unit, self._next, self._source = self._unit + 1, 0, None

    def _unit_at(self, number: int) -> Unit | None:
        if self._reading.mode == "exact":
            return unit_at(number, self._order, self._consumer, self._draws_from)
        return resampled_unit(number, self._reading.shards, self._consumer, self._draws_from)

    def _read_again(self, held: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], Sample]]:
        for number in sorted({unit for unit, _ in held}):
            unit = self._unit_at(number)
            wanted = {place for of, place in held if of == number}
            if unit is not None:
                yield from (((number, place), sample) for place, sample in self._reader.read(unit, wanted, min(wanted)))
