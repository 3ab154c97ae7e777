"""Audit a data set: every byte against its receipt, every frame against the truth contract, every pair decoded."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice

from encode.reading.shared_member import SharedMember
from shards.audit.card import card_problems
from shards.audit.expectations import Expectations
from shards.audit.files import audit_files
from shards.audit.receipt import frames_receipt_problems, gap_problems, pairs_receipt_problems
from shards.audit.report import AuditReport, AuditTotals, Problem
from shards.audit.view import PairsContext, ViewAudit
from shards.errors import ShardError
from shards.layout import CARD, Kind, ShardIndex, receipt_name, shard_name
from shards.reader import iter_shard
from shards.receipt import Receipt
from shards.receipts import gap_indices, read_receipt, receipt_indices
from shards.spawned_map import map_spawned
from shards.store import Store

__all__ = ["audit_dataset"]

Sample = tuple[str, dict[str, bytes]]
Progress = Callable[[int, int], None]

_NO_EXPECTATIONS = Expectations()

#: Missing shards that are named one by one; a configuration may ask for any number.
_MOST_NAMED = 50

#: Frames that are worth a process of their own: to start one takes as long as to audit ten.
_FRAMES_A_PROCESS = 30

#: Objects made between two searches for cycles. Parsed JSON and specs are a hundred thousand objects a frame, none of
#: them in cycles: Python's 2,000 take a tenth of the audit, and free nothing.
_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000


def audit_dataset(
    store: Store,
    frames: Store | None = None,
    progress: Progress | None = None,
    workers: int = 1,
    expectations: Expectations = _NO_EXPECTATIONS,
    known_problems: Iterable[Problem] = (),
) -> AuditReport:
    """Check everything in `store`, with the frames in `frames` (by default the same store).

    Frames and pairs of one shard index are walked together, one view in memory at a time. Up to `workers` processes,
    which start anew (`spawn`), take one shard each; a small data set is audited in this process. `progress` is called
    with (shards done, shards in all). `expectations` come from the configuration; what they leave open is not checked.
    `known_problems` are added to the report. What is wrong with the data is reported; raises StoreError only where a
    store cannot be listed or read at all, ShardError where one of the processes is killed.
    """
    frames = frames or store
    totals = AuditTotals()
    for problem in known_problems:
        totals.add_problem(problem.check, problem.where, problem.detail)
    for each in {store.url: store, frames.url: frames}.values():
        audit_files(each, totals)
        with totals.guard("card", each.where(CARD)):
            for detail in card_problems(each):
                totals.add_problem("card", each.where(CARD), detail)
    paired = receipt_indices(store, "pairs")
    committed = receipt_indices(frames, "frames") | paired
    expected = expectations.frames.shards if expectations.frames else 0
    missing = list(islice((index for index in map(ShardIndex, range(expected)) if index not in committed), _MOST_NAMED))
    indices = sorted({*committed, *missing})
    unnamed = expected - sum(index < expected for index in indices)
    if unnamed > 0:
        detail = f"expected {unnamed:,} more shards up to it, as config.yaml has it"
        totals.add_problem("missing shard", frames.where(shard_name("frames", ShardIndex(expected - 1))), detail)
    shards = _ShardAudit(store if paired or expectations.pairs else None, frames, expectations)
    for done, tallied in enumerate(_audited(shards, indices, _processes(frames, indices, workers)), start=1):
        totals.add(tallied)
        if progress is not None:
            progress(done, len(indices))
    return totals.report()


def _processes(frames: Store, indices: Sequence[ShardIndex], workers: int) -> int:
    """How many of `workers` the frames keep busy. Reads no more receipts than it takes to know that all are."""
    count = 0
    for index in indices:
        if count >= workers * _FRAMES_A_PROCESS:
            break
        try:
            count += read_receipt(frames, "frames", index).samples
        except ShardError:  # the audit of this shard reports it
            continue
    return max(1, min(workers, len(indices), count // _FRAMES_A_PROCESS))


def _audited(shards: "_ShardAudit", indices: Sequence[ShardIndex], processes: int) -> Iterator[AuditTotals]:
    """What is found in each shard, in order."""
    if processes > 1:
        yield from map_spawned(shards.audit, indices, processes, gc.set_threshold, _OBJECTS_BETWEEN_COLLECTIONS)
        return
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        yield from map(shards.audit, indices)
    finally:
        gc.set_threshold(*usual)


class _ShardAudit:
    """Audits the frames of one shard index and their pairs, if the data set has any."""

    def __init__(self, pairs: Store | None, frames: Store, expectations: Expectations) -> None:
        self._pairs = pairs
        self._frames = frames
        self._expectations = expectations
        self._gaps = gap_indices(frames)

    def audit(self, index: ShardIndex) -> AuditTotals:
        """Audit the frames and pairs of one shard index."""
        totals = AuditTotals()
        receipt = self._pairs_receipt(index, totals)
        rows = {row.key: row for row in receipt.pairs} if receipt else {}
        pairs_by_frame = _PairsByFrame(_samples(self._pairs, receipt, totals), totals)
        context = PairsContext(self._expectations.pairs, receipt, rows)
        frames_receipt = self._frames_receipt(index, totals)
        shapes = {row.key: (row.height, row.width) for row in frames_receipt.frames} if frames_receipt else {}
        before: ViewAudit | None = None
        specs = SharedMember("spec")
        for key, members in _samples(self._frames, frames_receipt, totals):
            view = ViewAudit(key, members, frames_receipt, self._expectations, totals, specs, shapes.get(key))
            view.compare(before)
            for pair_key, pair_members in pairs_by_frame.of(key):
                view.audit_pair(pair_key, pair_members, context)
            if self._pairs is not None:
                view.audit_draws(context)
            before = view
        pairs_by_frame.report_rest()
        return totals

    def _pairs_receipt(self, index: ShardIndex, totals: AuditTotals) -> Receipt | None:
        receipt = _receipt(self._pairs, "pairs", index, totals) if self._pairs else None
        if receipt is not None and self._pairs is not None:
            where = self._pairs.where(receipt_name("pairs", index))
            with totals.guard("receipt", where):
                for detail in pairs_receipt_problems(receipt, self._expectations.pairs):
                    totals.add_problem("receipt", where, detail)
        return receipt

    def _frames_receipt(self, index: ShardIndex, totals: AuditTotals) -> Receipt | None:
        receipt = _receipt(self._frames, "frames", index, totals)
        if receipt is not None:
            expectations, where = self._expectations.frames, self._frames.where(receipt_name("frames", index))
            with totals.guard("receipt", where):
                gaps = gap_problems(receipt, expectations, index in self._gaps)
                for detail in (*frames_receipt_problems(receipt, expectations), *gaps):
                    totals.add_problem("receipt", where, detail)
        return receipt


class _PairsByFrame:
    """The pairs of each frame, taken in the order of the frames; pairs without a frame are reported."""

    def __init__(self, samples: Iterator[Sample], totals: AuditTotals) -> None:
        self._groups = groupby(samples, key=lambda sample: _frame_key(sample[0]))
        self._group = next(self._groups, None)
        self._totals = totals

    def of(self, frame_key: str) -> Iterator[Sample]:
        """Yield the pairs of this frame."""
        self._pass_to(frame_key)
        if self._group is not None and self._group[0] == frame_key:
            yield from self._group[1]
            self._group = next(self._groups, None)

    def report_rest(self) -> None:
        """Report all pairs that are left."""
        self._pass_to(None)

    def _pass_to(self, frame_key: str | None) -> None:
        while self._group is not None and (frame_key is None or self._group[0] < frame_key):
            frame_key_of_group, group = self._group
            for key, _ in group:
                detail = f"expected its frame {frame_key_of_group} in the frames shard of the same index, got none"
                self._totals.add_problem("missing frame", key, detail)
            self._group = next(self._groups, None)


def _receipt(store: Store, kind: Kind, index: ShardIndex, totals: AuditTotals) -> Receipt | None:
    if not store.exists(receipt_name(kind, index)):
        why = "as config.yaml or the other shard of this index has it"
        totals.add_problem("missing shard", store.where(shard_name(kind, index)), f"expected it and its receipt, {why}")
        return None
    try:
        return read_receipt(store, kind, index)
    except ShardError:  # audit_files reports it
        return None


def _samples(store: Store | None, receipt: Receipt | None, totals: AuditTotals) -> Iterator[Sample]:
    if store is None or receipt is None:
        return
    name = shard_name(receipt.kind, receipt.index)
    try:
        yield from iter_shard(store, name, receipt, sha256=True)
    except ShardError as error:
        totals.add_problem("damaged shard", store.where(name), str(error))


def _frame_key(pair_key: str) -> str:
    """The frame that a pair's key begins with; keys ascend, so the pairs of one frame follow one another."""
    return "-".join(pair_key.split("-")[:2])
