"""A store writes whole files or none, and reports clearly what it cannot do."""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import shards.temporary
from shards import Store, StoreError, printable


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
    assert not store.exists("a")  # a folder is not a file


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
def test_a_missing_file_is_one_sentence(store: Store, method: str) -> None:
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


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "a//b", "", ".", "a/./b", "x\0y", "x\udcff"])
@pytest.mark.parametrize("method", ["read_bytes", "open", "size", "exists", "remove"])
def test_a_name_outside_the_store_is_refused(store: Store, tmp_path: Path, name: str, method: str) -> None:
    (tmp_path / "x").write_bytes(b"secret")
    store.put("inside", b"")
    with pytest.raises(StoreError, match="is not the name of a file inside a data set"):
        getattr(store, method)(name)
    with pytest.raises(StoreError, match="is not the name of a file inside a data set"):
        store.put(name, b"")
    assert (tmp_path / "x").read_bytes() == b"secret"


@pytest.fixture
def led_astray(tmp_path: Path) -> Store:
    """A folder whose folders, files and temporaries lead elsewhere."""
    store = Store(tmp_path / "out")
    store.put("frames/real", b"real")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x").write_bytes(b"secret")
    for name in ("manifest", ".spool", "receipts"):
        (tmp_path / "out" / name).symlink_to(tmp_path / "elsewhere")
    (tmp_path / "out" / "frames" / "link").symlink_to(tmp_path / "elsewhere" / "x")
    os.mkfifo(tmp_path / "out" / "frames" / "pipe")
    # From within the folder, since a socket's path may have 100 bytes.
    with socket.socket(socket.AF_UNIX) as listener, contextlib.chdir(tmp_path / "out" / "frames"):
        listener.bind("socket")
    return store


@pytest.mark.parametrize("method", ["read_bytes", "open", "size"])
def test_only_regular_files_are_opened(led_astray: Store, method: str) -> None:
    for name, why in {
        "manifest/x": "manifest is a symbolic link, not a folder",
        ".spool/x": ".spool is a symbolic link, not a folder",
        "frames/link": "it is a symbolic link, not a regular file",
        "frames/pipe": "it is not a regular file",
        "frames/socket": "it is not a regular file",
    }.items():
        with pytest.raises(StoreError, match=why):
            getattr(led_astray, method)(name)
    for folder in ("manifest", "frames"):
        with pytest.raises(StoreError, match=r"link, not a|not a regular file"):
            led_astray.check_regular(folder)
    with pytest.raises(StoreError, match="receipts is a symbolic link"):
        list(led_astray.names("receipts/"))


def test_nothing_is_written_through_a_link(led_astray: Store, tmp_path: Path) -> None:
    before = (tmp_path / "elsewhere" / "x").read_bytes()
    for name in ("manifest/x", "manifest/new/y", ".spool/x"):
        with pytest.raises(StoreError, match="is a symbolic link, not a folder"):
            led_astray.put(name, b"new")
    with pytest.raises(StoreError, match="is a symbolic link, not a folder"):
        led_astray.remove("manifest/x")
    led_astray.put("frames/link", b"new")  # the link itself is replaced
    assert led_astray.read_bytes("frames/link") == b"new"
    (tmp_path / "out" / ".tmp").rmdir()
    (tmp_path / "out" / ".tmp").symlink_to(tmp_path / "elsewhere")
    for act in (lambda: led_astray.put("a", b""), led_astray.sweep):
        with pytest.raises(StoreError, match=r"\.tmp is a symbolic link, not a folder"):
            act()
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["x"]
    assert (tmp_path / "elsewhere" / "x").read_bytes() == before


@pytest.mark.parametrize("name", ["a::b", "file:x", "a#b?c=%20", "日本 é", "a*[b]{c}", "back\\slash", "~x"])
def test_a_folder_may_have_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Store(name).put("a/b", b"1")
    assert (tmp_path / name / "a" / "b").read_bytes() == b"1"
    assert Store(str(tmp_path / name)).read_bytes("a/b") == b"1"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    store = Store(tmp_path / "out" / "set")
    store.put("a/b", b"1")
    assert (tmp_path / "disk" / "set" / "a" / "b").read_bytes() == b"1"
    assert list(store.names()) == ["a/b"]


def test_printed_text_is_escaped_and_truncated() -> None:
    assert printable("a\x1b[31mb\u202e\n\udcff") == "a\\x1b[31mb\\u202e\\n\\udcff"
    assert printable("日本 é") == "日本 é"
    assert printable("x" * 50_000_000, 5) == "xxxxx…"
    assert printable("\x1b" * 1000, 8) == "\\x1b\\x1b…"
    assert printable(10**5000) == "a very large int"


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


def test_sweep_removes_temporaries_of_dead_processes_only(tmp_path: Path) -> None:
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
        with store.temporary() as temporary:
            assert store.sweep() == 0
            assert temporary.path.exists()
    finally:
        for holder in holders:
            holder.kill()
            holder.communicate()
    assert store.sweep() == 1
    assert list(store.names()) == []


def test_a_recent_temporary_of_another_host_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".tmp").mkdir()
    young, old = tmp_path / ".tmp/.tmp-elsewhere-1-0", tmp_path / ".tmp/.tmp-elsewhere-2-0"
    young.write_bytes(b"")
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    assert Store(tmp_path).sweep() == 1
    assert young.exists()
    assert not old.exists()
