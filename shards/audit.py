"""Audit a data set: every byte against its receipt, every frame against the truth contract, every pair decoded."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

from encode import Frame
from shards.audit_files import audit_files
from shards.audit_frame import frame_problems
from shards.audit_pair import SourceCheck, answer_problems, row_problems
from shards.errors import ShardError
from shards.frames import read_frame, read_scene
from shards.layout import receipt_name, shard_name
from shards.pairs import read_answer, source_suffix
from shards.reader import iter_shard
from shards.receipt import Kind, PairRow, Receipt
from shards.receipts import read_receipt, receipt_indices
from shards.report import AuditReport, Tally
from shards.store import Store

__all__ = ["audit"]

Sample = tuple[str, dict[str, bytes]]
Progress = Callable[[int, int], None]


def audit(store: Store, frames: Store | None = None, progress: Progress | None = None, workers: int = 1) -> AuditReport:
    """Check everything in `store`, with the frames in `frames` (by default the same store), and report.

    Frames and pairs of one shard index are walked together, one view in memory at a time; `workers` threads take one
    shard each. `progress` is told (shards done, shards in all). Faults of the data are reported; raises StoreError
    only where a store cannot be listed or read at all.
    """
    frames = frames or store
    tally = Tally()
    for place in {store.url: store, frames.url: frames}.values():
        audit_files(place, tally)
    paired = receipt_indices(store, "pairs")
    indices = sorted(receipt_indices(frames, "frames") | paired)
    with ThreadPoolExecutor(workers) as pool:
        findings = pool.map(lambda index: _audit_index(store if paired else None, frames, index), indices)
        for done, found in enumerate(findings, start=1):
            tally.add(found)
            if progress is not None:
                progress(done, len(indices))
    return tally.report()


def _audit_index(pairs: Store | None, frames: Store, index: int) -> Tally:
    """Walk the frames of one shard, and beside them their pairs unless the data set has none."""
    tally = Tally()
    receipt = _receipt(pairs, "pairs", index, tally) if pairs else None
    rows = {row.key: row for row in receipt.pairs} if receipt else {}
    samples = _samples(pairs, receipt, tally) if pairs else iter(())
    groups = groupby(samples, key=lambda sample: _frame_key(sample[0], rows))
    group = next(groups, None)
    seen: set[str] = set()
    for key, members in _samples(frames, _receipt(frames, "frames", index, tally), tally):
        while group is not None and group[0] < key:
            _blame_strays(*group, seen, tally)
            group = next(groups, None)
        seen.add(key)
        view = _View(key, members, tally)
        if group is not None and group[0] == key:
            for pair_key, pair_members in group[1]:
                view.audit_pair(pair_key, pair_members, rows.get(pair_key))
            group = next(groups, None)
    while group is not None:
        _blame_strays(*group, seen, tally)
        group = next(groups, None)
    return tally


def _receipt(store: Store, kind: Kind, index: int, tally: Tally) -> Receipt | None:
    if not store.exists(receipt_name(kind, index)):
        tally.blame("missing shard", store.where(shard_name(kind, index)), f"the other shard {index} needs it")
        return None
    try:
        return read_receipt(store, kind, index)
    except ShardError:  # audit_files has said it
        return None


def _samples(store: Store, receipt: Receipt | None, tally: Tally) -> Iterator[Sample]:
    if receipt is None:
        return
    try:
        yield from iter_shard(store, receipt.file, receipt)
    except ShardError as error:
        tally.blame("damaged shard", store.where(receipt.file), str(error))


def _frame_key(pair_key: str, rows: Mapping[str, PairRow]) -> str:
    row = rows.get(pair_key)
    return row.frame_key if row else "-".join(pair_key.split("-")[:2])


def _blame_strays(frame_key: str, group: Iterator[Sample], seen: set[str], tally: Tally) -> None:
    for key, _ in group:
        if frame_key in seen:
            tally.blame("order", key, f"it stands apart from the other pairs of {frame_key}")
        else:
            tally.blame("missing frame", key, f"its frame {frame_key} is not in the frames shard of the same index")


class _View:
    """One audited frame, kept while its pairs are audited against it."""

    def __init__(self, key: str, members: Mapping[str, bytes], tally: Tally) -> None:
        self._tally = tally
        self._frame = self._read(key, members)
        tally.frames += 1
        if self._frame is not None:
            self._source = SourceCheck(self._frame.image, members["image.png"])

    def audit_pair(self, key: str, members: Mapping[str, bytes], row: PairRow | None) -> None:
        """Check one pair of this view, and decode its target."""
        try:
            pair = read_answer(key, members)
            self._tally.tasks[pair.meta.task] += 1
            for check, detail in row_problems(pair, members, row):
                self._tally.blame(check, key, detail)
            if self._frame is None:
                return
            suffix = source_suffix(key, members)
            if problem := self._source.problem(suffix, members[suffix], key):
                self._tally.blame("source", key, problem)
            verdict = answer_problems(self._frame, pair)
        except ShardError as error:
            self._tally.blame("pair", key, str(error))
            return
        self._tally.worst_depth_error = max(self._tally.worst_depth_error, verdict.depth_error)
        for detail in verdict.problems:
            self._tally.blame(pair.meta.task, key, detail)

    def _read(self, key: str, members: Mapping[str, bytes]) -> Frame | None:
        try:
            if set(members) - {"albedo.png"} != {"image.png", "truth.exr", "scene.json"}:
                self._tally.blame("frame", key, f"expected image.png, truth.exr, scene.json, got {sorted(members)}")
            frame = read_frame(members)
        except ShardError as error:
            self._tally.blame("frame", key, str(error))
            return None
        if frame.key != key:
            self._tally.blame("frame", key, f"its scene.json is that of {frame.key}")
        for rule, detail in frame_problems(frame, read_scene(members)):
            self._tally.blame(rule, key, detail)
        return frame
