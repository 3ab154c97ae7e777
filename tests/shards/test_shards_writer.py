"""A shard is there whole or not at all, and its bytes depend on its samples alone."""

import json
import os
import resource
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import IO, cast

import numpy as np
import pytest

import shards
from shards import (
    FrameRow,
    Receipt,
    ShardIndex,
    ShardWriter,
    Store,
    StoreError,
    WriteRefused,
    committed,
    iter_shard,
    read_receipts,
)

MEMBERS = {"image.png": b"image", "scene.json": b"{}"}


def _row(key: str) -> FrameRow:
    return FrameRow(
        key=key,
        scene_index=0,
        view=0,
        shard=0,
        width=4,
        height=4,
        categories=1,
        objects_visible=1,
        depth_min=None,
        depth_median=None,
        depth_max=None,
        share_no_surface=1.0,
        share_labelled=0.0,
    )


def _commit(store: Store, index: int = 0, content: bytes = b"image") -> Receipt:
    with ShardWriter(store, "frames", ShardIndex(index)) as writer:
        for key in ("a", "b"):
            writer.add(key, {"image.png": content, "scene.json": b"{}"})
        return writer.commit(fingerprint="f", frames=[_row("a"), _row("b")])


def _fail(store: Store, error: Exception) -> None:
    with ShardWriter(store, "frames", ShardIndex(0)) as writer:
        writer.add("z", MEMBERS)
        raise error


def test_commit_writes_the_tar_and_then_a_receipt_that_fits_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    receipt = _commit(store, 7)
    assert list(store.names()) == ["frames/frames-000007.tar", "receipts/frames-000007.json"]
    assert list(read_receipts(store, "frames")) == [receipt]
    assert committed(store, "frames") == {7}
    assert committed(store, "pairs") == set()
    assert (receipt.samples, receipt.bytes) == (2, store.size(receipt.file))
    assert [key for key, _ in iter_shard(store, receipt.file)] == ["a", "b"]


def test_no_clock_user_or_mode_enters_the_tar(tmp_path: Path) -> None:
    one = _commit(Store(tmp_path / "one"))
    time.sleep(1.1)
    old = os.umask(0o077)
    try:
        two = _commit(Store(tmp_path / "two"))
    finally:
        os.umask(old)
    assert one.sha256 == two.sha256
    with tarfile.open(tmp_path / "one" / one.file) as tar:
        headers = {(m.mtime, m.uid, m.gid, m.uname, m.gname, m.mode, tuple(m.pax_headers)) for m in tar}
    assert headers == {(0, 0, 0, "root", "root", 0o444, ())}


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (["a.b"], r"letters, digits, '-' and '_' \(no dot\), got 'a.b'"),
        (["a/b"], "got 'a/b'"),
        ([""], "got ''"),
        (["x" * 65], "1 to 64"),
        (["a", "a"], "the key 'a' comes twice"),
        (["b", "a"], "keys come in ascending order, got 'a' after 'b'"),
    ],
)
def test_keys_that_a_reader_would_misread_are_refused(tmp_path: Path, keys: list[str], message: str) -> None:
    with ShardWriter(Store(tmp_path), "frames", ShardIndex(0)) as writer:
        for key in keys[:-1]:
            writer.add(key, MEMBERS)
        with pytest.raises(WriteRefused, match=message):
            writer.add(keys[-1], MEMBERS)


def test_members_must_be_bytes_under_plain_suffixes(tmp_path: Path) -> None:
    with ShardWriter(Store(tmp_path), "frames", ShardIndex(0)) as writer:
        with pytest.raises(WriteRefused, match=r"suffix 'Image\.PNG'"):
            writer.add("a", {"Image.PNG": b""})
        with pytest.raises(WriteRefused, match=r"a\.prompt\.txt must be bytes, got str"):
            writer.add("a", {"prompt.txt": "text"})  # type: ignore[dict-item]
        with pytest.raises(WriteRefused, match="'a' has no members"):
            writer.add("a", {})


def test_rows_must_name_the_samples(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with ShardWriter(store, "frames", ShardIndex(0)) as writer:
        writer.add("a", MEMBERS)
        with pytest.raises(WriteRefused, match="the rows must name its 1 samples in order, got 0 rows"):
            writer.commit(fingerprint="f")
    with ShardWriter(store, "frames", ShardIndex(0)) as writer:
        writer.add("a", MEMBERS)
        with pytest.raises(WriteRefused, match="colour"):
            writer.commit(fingerprint="f", frames=[_row("a")], colour="red")
    assert list(store.names()) == []


def test_leaving_without_commit_leaves_nothing(tmp_path: Path) -> None:
    with ShardWriter(Store(tmp_path), "frames", ShardIndex(0)) as writer:
        writer.add("a", MEMBERS)
    with pytest.raises(KeyError):
        _fail(Store(tmp_path), KeyError())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    with pytest.raises(WriteRefused, match="no longer open"):
        writer.add("b", MEMBERS)


def test_an_error_leaves_the_shard_that_was_there(tmp_path: Path) -> None:
    receipt = _commit(Store(tmp_path))
    with pytest.raises(RuntimeError):
        _fail(Store(tmp_path), RuntimeError())
    assert list(read_receipts(Store(tmp_path), "frames")) == [receipt]
    assert len(list(iter_shard(Store(tmp_path), receipt.file))) == 2


def test_commit_again_replaces_shard_and_receipt(tmp_path: Path) -> None:
    _commit(Store(tmp_path), content=b"old")
    receipt = _commit(Store(tmp_path), content=b"new")
    assert next(iter_shard(Store(tmp_path), receipt.file))[1]["image.png"] == b"new"


def test_a_receipt_never_matches_another_tar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies between tar and receipt: the old receipt must already be gone."""
    store = Store(tmp_path)
    _commit(store, content=b"old")

    def die(*_: object) -> None:
        raise StoreError("gone")

    monkeypatch.setattr(store, "put", die)
    with pytest.raises(StoreError, match="gone"):
        _commit(store, content=b"new")
    assert committed(Store(tmp_path), "frames") == set()


def test_a_full_disk_is_reported_and_leaves_nothing(tmp_path: Path) -> None:
    """RLIMIT_FSIZE fails a write as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(StoreError, match=r"cannot write .*/frames-000000\.tar by way of .*/\.tmp: File too large"):
            _commit(Store(tmp_path), content=bytes(200_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


# Imports once, then forks a job for each line "SECONDS FOLDER" and kills it after that time unless it has ended: the
# parent has not waited for the child by then, so its pid cannot be anybody else's.
_JOBS = """
import os, signal, sys, time
import numpy as np
from shards import FrameRow, ShardWriter, Store, committed

def row(number, index):
    return FrameRow(key=f"s{number:07d}-v00", scene_index=number, view=0, shard=index, width=1, height=1, categories=1,
        objects_visible=1, depth_min=None, depth_median=None, depth_max=None, share_no_surface=1.0, share_labelled=0.0)

def job(store):
    store.sweep()
    for index in sorted(set(range(6)) - committed(store, "frames")):
        rng = np.random.default_rng(index)
        rows = [row(20 * index + number, index) for number in range(20)]
        with ShardWriter(store, "frames", index) as writer:
            for frame_row in rows:
                time.sleep(0.002)  # 0.24 s in all, however fast the disk
                writer.add(frame_row.key, {"image.png": rng.bytes(60_000), "scene.json": b"{}"})
            writer.commit(fingerprint="f", frames=rows)

for line in sys.stdin:
    seconds, folder = line.strip().split(" ", 1)
    child = os.fork()
    if child == 0:
        job(Store(folder))
        os._exit(0)
    if seconds != "inf":
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    print(os.waitpid(child, 0)[1], flush=True)
"""


def test_killed_at_any_moment_and_run_again_gives_the_same_bytes(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", _JOBS]
    rng = np.random.default_rng(0)
    with subprocess.Popen(
        command, cwd=Path(shards.__file__).parents[1], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        commands, results = cast(IO[str], server.stdin), cast(IO[str], server.stdout)

        def run(folder: Path, kill_after: float) -> int:
            print(kill_after, folder, file=commands, flush=True)
            return int(results.readline())

        assert run(whole, float("inf")) == 0
        statuses = []
        for _ in range(10):
            statuses.append(run(broken, rng.uniform(0.0, 0.12)))
            for index in committed(Store(broken), "frames"):
                assert len(list(iter_shard(Store(broken), f"frames/frames-{index:06d}.tar"))) == 20
        assert signal.SIGKILL in statuses
        assert run(broken, float("inf")) == 0
        commands.close()
    assert _contents(broken) == _contents(whole)


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_receipts_hold_no_nan(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="finite"):
        _row("a").__class__(**{**_row("a").model_dump(), "depth_min": float("nan")})
    receipt = _commit(Store(tmp_path))
    assert json.loads((tmp_path / "receipts/frames-000000.json").read_bytes())["sha256"] == receipt.sha256
