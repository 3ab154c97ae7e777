"""Is a receipt consistent: its names, its rows among themselves, and with what the configuration expects?"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from encode.frame import frame_key
from encode.reading.short_text import short_repr
from shards.audit.expectations import FrameExpectations, PairExpectations
from shards.layout import gap_name
from shards.receipt import Receipt

__all__ = ["frames_receipt_problems", "gap_problems", "pairs_receipt_problems"]

#: Missing scenes that are named.
_NAMED = 20


def frames_receipt_problems(receipt: Receipt, expectations: FrameExpectations | None) -> Iterator[str]:
    """Yield what is wrong with a receipt of frames; its shard is not opened."""
    yield from _shape(receipt)
    yield from _scenes(receipt, expectations)
    yield from _views(receipt, expectations)
    yield from _failures(receipt)
    if expectations is not None:
        if receipt.fingerprint != expectations.fingerprint:
            yield f"expected the fingerprint {expectations.fingerprint} of config.yaml, got {receipt.fingerprint}"
        yield from _expected_scenes(receipt, expectations)


def gap_problems(receipt: Receipt, expectations: FrameExpectations | None, has_gap: bool) -> Iterator[str]:
    """Yield a missing gap file, without which a resume would not look for the scenes that the shard lacks."""
    if expectations is not None and receipt.complete_scenes < expectations.scenes_per_shard and not has_gap:
        lacking = expectations.scenes_per_shard - receipt.complete_scenes
        yield f"expected {gap_name('frames', receipt.index)}, since {lacking} scenes of the shard are not there"


def pairs_receipt_problems(receipt: Receipt, expectations: PairExpectations | None) -> Iterator[str]:
    """Yield what is wrong with a receipt of pairs; its shard is not opened."""
    yield from _shape(receipt)
    if expectations is not None and expectations.fingerprint not in (None, receipt.fingerprint):
        yield f"expected the fingerprint {expectations.fingerprint} of config.yaml, got {receipt.fingerprint}"


def _shape(receipt: Receipt) -> Iterator[str]:
    if len(receipt.keys) != receipt.samples:
        yield f"expected {receipt.samples} rows, got {len(receipt.keys)}"
    named = {row.shard for row in receipt.frames} | {row.shard for row in receipt.pairs}
    others = sorted(named - {receipt.index})
    if others:
        yield f"expected every row to be of shard {receipt.index}, got {short_repr(others)}"
    scenes = receipt.scenes or receipt.frames or receipt.rejections or receipt.failures
    if receipt.pairs if receipt.kind == "frames" else scenes:
        yield f"expected rows of {receipt.kind} alone, got others too"


def _scenes(receipt: Receipt, expectations: FrameExpectations | None) -> Iterator[str]:
    indices = [row.scene_index for row in receipt.scenes]
    if indices != sorted(set(indices)):
        yield f"expected the rows of scenes to ascend, got {short_repr(indices)}"
    for row in receipt.scenes:
        family = expectations.family(row.scene_index) if expectations is not None else row.family
        if row.family != family:
            yield f"scene {row.scene_index}: expected the family {family} of config.yaml, got {row.family}"
        if row.reason and row.objects:
            yield f"scene {row.scene_index}: expected no objects, for it failed, got {row.objects}"


def _views(receipt: Receipt, expectations: FrameExpectations | None) -> Iterator[str]:
    """A scene that was kept must have all its views, one that failed none."""
    views: dict[int, list[int]] = defaultdict(list)
    for row in receipt.frames:
        views[row.scene_index].append(row.view)
        expected = frame_key(row.scene_index, row.view)
        if row.key != expected:
            yield f"expected the key {expected} of scene {row.scene_index}, view {row.view}, got {row.key}"
    for scene in receipt.scenes:
        got = views.pop(scene.scene_index, [])
        wanted = expectations.views if expectations else max(len(got), 1)
        if got != list(range(0 if scene.reason else wanted)):
            count = "no views, for it failed" if scene.reason else f"the views {list(range(wanted))}"
            yield f"scene {scene.scene_index}: expected {count}, got {short_repr(got)}"
    for scene_index, got in views.items():
        yield f"scene {scene_index}: expected a row of it among the scenes, got only its views {short_repr(got)}"


def _failures(receipt: Receipt) -> Iterator[str]:
    """Rejections and failures must be of scenes of this shard and of attempts that were made."""
    attempts = {row.scene_index: row.attempts for row in receipt.scenes}
    for rejection in receipt.rejections:
        if rejection.attempt >= attempts.get(rejection.scene_index, 0):
            sampling = f"sampling {rejection.attempt} of scene {rejection.scene_index}"
            yield f"expected rejections of what was tried alone, got one of {sampling}"
    for failure in receipt.failures:
        if failure.scene_index not in attempts:
            yield f"expected no failure of scene {failure.scene_index}: it is not of this shard"


def _expected_scenes(receipt: Receipt, expectations: FrameExpectations) -> Iterator[str]:
    span = expectations.scenes_of(receipt.index)
    held = {row.scene_index for row in receipt.scenes}
    expected = span[: max(expectations.scenes - span.start, 0)]  # a range, however long
    if lacking := len(expected) - sum(scene in expected for scene in sorted(held)):
        named = list(islice((scene for scene in expected if scene not in held), _NAMED))
        more = f" and {lacking - len(named):,} more" if lacking > len(named) else ""
        yield f"expected the scenes {named}{more} too, by config.yaml's {expectations.scenes} scenes"
    if others := sorted(scene for scene in held if scene not in span):
        yield f"expected scenes from {span.start} to {span.stop - 1} alone, got {short_repr(others)}"
