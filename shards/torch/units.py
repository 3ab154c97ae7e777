"""Which parts of which shards each consumer reads: every worker of every node is a consumer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from webdataset.utils import pytorch_worker_info

from shards.layout import ShardIndex
from shards.torch.chance import drawn_integer

__all__ = ["Consumer", "Mode", "Unit", "resampled_unit", "unit_at"]

#: `exact`: each epoch has every pair once, over all consumers. `resampled`: consumers draw shards without end.
Mode = Literal["exact", "resampled"]


@dataclass(frozen=True, slots=True)
class Consumer:
    """One reader of several: its number, and how many there are."""

    number: int
    count: int

    @classmethod
    def here(cls) -> "Consumer":
        """Return that of this process: its node by torch.distributed or RANK, its worker by the DataLoader."""
        node, nodes, worker, workers = pytorch_worker_info()
        # The nodes' first workers come first: a remainder of shards is spread over the nodes.
        return cls(worker * nodes + node, nodes * workers)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a consumer reads next: of `shard`, every sample whose number is `part` modulo `parts`.

    draw: names the reading: the epoch, and with `resampled` also which of the consumer's draws it is.
    """

    shard: ShardIndex
    part: int
    parts: int
    draw: str


def unit_at(number: int, order: Sequence[ShardIndex], consumer: Consumer, draws_from: str) -> Unit | None:
    """Return unit `number` of a consumer's epoch, None after the last.

    order: the epoch's shards. draws_from: names the epoch. The shards go round the consumers; where there are fewer
    shards than consumers, each is cut into as many parts as it takes to give everyone one.
    """
    parts = -(-consumer.count // len(order))
    place = consumer.number + number * consumer.count
    if place >= parts * len(order):
        return None
    return Unit(order[place % len(order)], place // len(order), parts, draws_from)


def resampled_unit(number: int, shards: Sequence[ShardIndex], consumer: Consumer, draws_from: str) -> Unit:
    """Return unit `number` of a consumer that draws whole shards, each as likely as any other, without end."""
    draw = f"{draws_from}.{consumer.number}.{consumer.count}.{number}"
    return Unit(shards[drawn_integer("shard", draw) % len(shards)], 0, 1, draw)
