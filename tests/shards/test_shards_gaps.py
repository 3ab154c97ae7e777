"""Names alone say which shards are committed, and which of them lack scenes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shards import (
    CommittedShards,
    Expectations,
    FrameExpectations,
    Receipt,
    SceneRow,
    ShardIndex,
    ShardWriter,
    Store,
    audit_dataset,
    committed_shards,
    contact_sheet,
)
from shards.layout import receipt_name, shard_name


def _scene(number: int, reason: str = "") -> SceneRow:
    return SceneRow(scene_index=number, family="shapes", attempts=1, objects=0, reason=reason)


def _commit(store: Store, *scenes: SceneRow, full: int = 2) -> Receipt:
    """Both shards of index 0, which hold no view."""
    index = ShardIndex(0)
    with ShardWriter(store, "pairs", index) as pairs, ShardWriter(store, "frames", index) as frames:
        pairs.commit(fingerprint="f")
        return frames.commit(full=full, fingerprint="f", scenes=scenes)


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return Store(tmp_path / "out" if request.param == "folder" else f"memory://{tmp_path}")


@pytest.mark.parametrize(
    ("scenes", "gaps"),
    [
        ((_scene(0), _scene(1)), set()),
        ((_scene(0),), {0}),
        ((_scene(0), _scene(1, "crashed")), {0}),
    ],
)
def test_a_shard_that_lacks_scenes_has_a_gap(store: Store, scenes: tuple[SceneRow, ...], gaps: set[ShardIndex]) -> None:
    _commit(store, *scenes)
    assert committed_shards(store) == CommittedShards(frozenset({ShardIndex(0)}), frozenset(gaps))


def test_a_gap_goes_when_its_shard_is_made_whole(store: Store) -> None:
    _commit(store, _scene(0))
    _commit(store, _scene(0), _scene(1))
    assert [name for name in store.names("receipts/") if name.endswith(".gap")] == []


def test_in_a_folder_the_tar_must_be_there_and_in_a_bucket_the_receipt_is_enough(store: Store) -> None:
    _commit(store, _scene(0), _scene(1))
    store.remove(shard_name("pairs", ShardIndex(0)))
    assert committed_shards(store).indices == (set() if store.folder else {0})
    store.remove(receipt_name("pairs", ShardIndex(0)))
    assert committed_shards(store).indices == set()


def test_the_audit_finds_a_missing_gap_record(tmp_path: Path) -> None:
    store = Store(tmp_path)
    _commit(store, _scene(0))
    expectations = FrameExpectations(
        "f", lambda _: "shapes", 0, 4, 4, scenes=1, views=1, scenes_per_shard=2, albedo=False, surface=False
    )
    expected = "expected receipts/frames-000000.gap, since 1 scenes of the shard are not there"
    assert expected not in str(audit_dataset(store, expectations=Expectations(expectations)))
    store.remove("receipts/frames-000000.gap")
    assert expected in str(audit_dataset(store, expectations=Expectations(expectations)))


def test_the_contact_sheet_skips_shards_without_pairs(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = Store(tmp_path)
    fill(store, shards=3)
    for index in (0, 1):
        with ShardWriter(store, "pairs", ShardIndex(index)) as writer:
            writer.commit(fingerprint="f")
    whole = contact_sheet(store, rows=6)
    assert contact_sheet(store, rows=1).height < whole.height
