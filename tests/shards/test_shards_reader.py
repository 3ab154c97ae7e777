"""Readers stream what is committed and never take a part for the whole."""

import hashlib
import io
import tarfile
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from encode import Frame
from shards import (
    DamagedShard,
    Receipt,
    ShardError,
    ShardIndex,
    Store,
    StoreError,
    audit_dataset,
    iter_frames,
    iter_pairs,
    iter_shard,
    read_receipt,
    read_receipts,
)

FRAMES = "frames/frames-000000.tar"


@pytest.fixture
def store(tmp_path: Path, fill: Callable[..., None]) -> Store:
    store = Store(tmp_path)
    fill(store)
    return store


def _edit(store: Store, name: str, change: Callable[[bytes], bytes]) -> None:
    store.put(name, change(store.read_bytes(name)))


def _drop_last_member(content: bytes) -> bytes:
    """Cut at a member boundary and end the tar properly: tarfile and webdataset read it without an error."""
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(content)) as old, tarfile.open(fileobj=out, mode="w") as new:
        for member in old.getmembers()[:-3]:
            new.addfile(member, old.extractfile(member))
    return out.getvalue()


def test_everything_comes_back_in_order(store: Store, make_frame: Callable[..., Frame]) -> None:
    frames = list(iter_frames(store))
    assert [frame.key for frame in frames] == [f"s{i:07d}-v{v:02d}" for i in range(4) for v in range(2)]
    assert np.array_equal(frames[3].truth.depth, make_frame(1, 1).truth.depth)
    keys = [stored.pair.key for stored in iter_pairs(store)]
    assert keys == [key for receipt in read_receipts(store, "pairs") for key in receipt.keys]
    assert len(keys) == 40


@pytest.mark.parametrize("padded", [False, True])
def test_a_tar_cut_at_a_member_boundary_is_not_silently_short(store: Store, padded: bool) -> None:
    size = store.size(FRAMES)
    _edit(store, FRAMES, lambda content: _drop_last_member(content).ljust(size if padded else 0, b"\0"))
    with pytest.raises(DamagedShard, match="crc32" if padded else f"expected {size} bytes by its receipt, got"):
        list(iter_shard(store, FRAMES))
    with pytest.raises(DamagedShard):
        list(iter_frames(store))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.999])
def test_one_flipped_bit_is_found_wherever_it_is(store: Store, share: float) -> None:
    def flip(content: bytes) -> bytes:
        offset = int(share * len(content))
        return content[:offset] + bytes([content[offset] ^ 4]) + content[offset + 1 :]

    _edit(store, FRAMES, flip)
    with pytest.raises(ShardError):
        list(iter_shard(store, FRAMES))
    with pytest.raises(ShardError):
        list(iter_frames(store))


def _receipt_with(store: Store, **fields: str) -> Receipt:
    """The receipt of the frames shard, stored with other fields."""
    receipt = read_receipt(store, "frames", ShardIndex(0)).model_copy(update=fields)
    store.put("receipts/frames-000000.json", receipt.to_json().encode())
    return receipt


def test_the_checksum_is_that_of_gzip(store: Store) -> None:
    receipt = read_receipt(store, "frames", ShardIndex(0))
    content = store.read_bytes(FRAMES)
    assert receipt.crc32 == f"{zlib.crc32(content):08x}"
    assert receipt.sha256 == hashlib.sha256(content).hexdigest()


def test_a_receipt_of_an_earlier_version_has_its_sha256_checked(store: Store) -> None:
    _receipt_with(store, crc32="")
    assert len(list(iter_shard(store, FRAMES))) == 4
    _receipt_with(store, sha256="0" * 64)
    with pytest.raises(DamagedShard, match=f"expected sha256 {'0' * 64}, got"):
        list(iter_shard(store, FRAMES))


def test_bytes_of_the_same_crc32_are_found_by_sha256(store: Store) -> None:
    _edit(store, FRAMES, lambda content: content[:-1] + b"\x01")  # in the tar's end, where nothing else looks
    _receipt_with(store, crc32=f"{zlib.crc32(store.read_bytes(FRAMES)):08x}")
    assert len(list(iter_shard(store, FRAMES))) == 4
    with pytest.raises(DamagedShard, match="expected sha256"):
        list(iter_shard(store, FRAMES, sha256=True))
    problems = audit_dataset(store).problems
    assert any(problem.check == "damaged shard" and "sha256" in problem.detail for problem in problems)


def test_a_wrong_crc32_is_found_by_audit_too(store: Store) -> None:
    assert not [problem for problem in audit_dataset(store).problems if problem.check == "damaged shard"]
    _receipt_with(store, crc32="0" * 8)
    problems = audit_dataset(store).problems
    assert any(problem.check == "damaged shard" and f"crc32 {'0' * 8}" in problem.detail for problem in problems)


def test_random_bytes_are_not_a_tar(store: Store) -> None:
    _edit(store, FRAMES, lambda content: np.random.default_rng(0).bytes(len(content)))
    with pytest.raises(DamagedShard, match="expected a tar that reads"):
        list(iter_shard(store, FRAMES))


def test_a_shard_without_receipt_is_not_committed(store: Store) -> None:
    store.remove("receipts/frames-000000.json")
    with pytest.raises(StoreError, match=r"receipts/frames-000000\.json: it is not there"):
        list(iter_shard(store, FRAMES))
    assert next(iter(iter_frames(store))).key == "s0000002-v00"  # the other shard stands


def test_a_missing_tar_is_reported(store: Store) -> None:
    store.remove(FRAMES)
    with pytest.raises(StoreError, match=r"frames-000000\.tar: it is not there"):
        list(iter_frames(store))


def test_a_receipt_of_another_shard_is_refused(store: Store) -> None:
    store.put("receipts/frames-000001.json", store.read_bytes("receipts/frames-000000.json"))
    with pytest.raises(DamagedShard, match="is the receipt of frames 0"):
        list(read_receipts(store, "frames"))
    store.put("receipts/frames-000001.json", b"{}")
    with pytest.raises(DamagedShard, match="is not a receipt: kind: Field required"):
        list(read_receipts(store, "frames"))


def test_memory_is_flat_in_the_number_of_shards(tmp_path: Path, fill: Callable[..., None]) -> None:
    peaks = []
    for shards in (2, 8):
        store = Store(tmp_path / str(shards))
        fill(store, shards=shards)
        tracemalloc.start()
        for _ in iter_frames(store):
            pass
        for _ in iter_pairs(store):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
