"""A store writes whole files or none, and says plainly what it cannot do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import shards.temporary
from shards import Store, StoreError


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """The same tests on a folder and on an object store that lives in memory."""
    return Store(tmp_path / "out" if request.param == "folder" else f"memory://{tmp_path}")


def test_all_is_sorted_and_there() -> None:
    assert shards.__all__ == sorted(shards.__all__)
    assert all(hasattr(shards, name) for name in shards.__all__)


def test_put_read_list_remove(store: Store, tmp_path: Path) -> None:
    store.put("a/one.txt", b"1")
    store.put("a/b/two.txt", b"22")
    (tmp_path / "three").write_bytes(b"333")
    store.put_file(tmp_path / "three", "a-three.txt")
    assert sorted(store.names()) == ["a-three.txt", "a/b/two.txt", "a/one.txt"]
    assert list(store.names("a/")) == ["a/b/two.txt", "a/one.txt"]
    assert list(store.names("a/o")) == ["a/one.txt"]
    assert list(store.names("nowhere/")) == []
    assert (store.read_bytes("a/b/two.txt"), store.size("a-three.txt")) == (b"22", 3)
    with store.open("a-three.txt") as stream:
        assert stream.read() == b"333"
    store.put("a/one.txt", b"new")
    assert store.read_bytes("a/one.txt") == b"new"
    store.remove("a/one.txt")
    store.remove("a/one.txt")
    assert not store.exists("a/one.txt")
    assert not store.exists("a")  # a folder is no file


def _write_half(store: Store) -> None:
    with store.writing("table") as stream:
        stream.write(b"new and half")
        raise RuntimeError("half way")


def test_writing_leaves_the_old_file_when_it_fails(store: Store) -> None:
    store.put("table", b"old")
    with pytest.raises(RuntimeError, match="half way"):
        _write_half(store)
    assert store.read_bytes("table") == b"old"
    assert list(store.names()) == ["table"]
    assert store.sweep() == 0


@pytest.mark.parametrize("method", ["read_bytes", "open", "size"])
def test_a_missing_file_is_said_in_one_sentence(store: Store, method: str) -> None:
    with pytest.raises(StoreError, match=r"frames/x\.tar: it is not there"):
        getattr(store, method)("frames/x.tar")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match=r"cannot write .*file/out: Not a directory"):
        Store(tmp_path / "file" / "out").put("x", b"")


def test_an_unknown_url_is_named() -> None:
    with pytest.raises(StoreError, match="nonsense://x: no file system for this URL"):
        Store("nonsense://x")


def test_files_can_be_read_by_others(tmp_path: Path) -> None:
    Store(tmp_path).put("x", b"")
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o666 & ~umask


# The module by its path: it needs nothing but the standard library, and `import shards` takes a second.
_HOLDER = """
import importlib.util, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("temporary", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
held = module.Temporary(Path(sys.argv[2]))
print(held.path, flush=True)
sys.stdin.read()
"""


def test_sweep_takes_the_dead_and_spares_the_living(tmp_path: Path) -> None:
    store = Store(tmp_path)
    holders = [
        subprocess.Popen(
            [sys.executable, "-c", _HOLDER, shards.temporary.__file__, str(tmp_path / ".tmp")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    try:
        paths = [Path(holder.stdout.readline().strip()) for holder in holders if holder.stdout]
        assert store.sweep() == 0
        holders[0].kill()
        holders[0].wait()
        assert store.sweep() == 1
        assert [path.exists() for path in paths] == [False, True]
        with store.temporary() as mine:
            assert store.sweep() == 0
            assert mine.path.exists()
    finally:
        for holder in holders:
            holder.kill()
            holder.communicate()
    assert store.sweep() == 1
    assert list(store.names()) == []


def test_another_hosts_young_temporary_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".tmp").mkdir()
    young, old = tmp_path / ".tmp/.tmp-elsewhere-1-0", tmp_path / ".tmp/.tmp-elsewhere-2-0"
    young.write_bytes(b"")
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    assert Store(tmp_path).sweep() == 1
    assert young.exists()
    assert not old.exists()
