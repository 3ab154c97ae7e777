"""What is taken on trust between the driver, the preparing process, the cache and the bucket; without Blender."""

import hashlib
import io
import os
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from render.errors import RenderError
from render.library.cache import prepared, prepared_folder
from render.library.image_headers import image_problem
from scenes import AssetLibrary
from shards import Store
from verichrome.library import transfer
from verichrome.library.child_process import run_child
from verichrome.library.folder import entries_in, local_folder

ONE = "1" * 64


def run_script(script: str, timeout: float = 20.0) -> Any:
    """What came of a Python script that is given the descriptor for its answers."""
    opening = "import os, sys, time; out = os.fdopen(int(sys.argv[1]), 'w', buffering=1)\n"
    return run_child([sys.executable, "-I", "-S", "-c", opening + script], os.environ, timeout)


def test_answers_are_read_and_printed_text_is_limited() -> None:
    result = run_script(
        "print('x' * 10**7); print('one', file=out); print('two', file=out); print('half', end='', file=out)"
    )
    assert result.answers == ("one", "two")
    assert result.code == 0
    assert 1000 < len(result.printed) < 20_000


def test_a_crash_and_a_hang_keep_the_answers_before_them() -> None:
    crashed = run_script("print('one', file=out); os.kill(os.getpid(), 11)")
    assert (crashed.answers, crashed.code) == (("one",), -signal.SIGSEGV)
    start = time.monotonic()
    hung = run_script("print('one', file=out)\nwhile True: print('busy'); time.sleep(0.01)", timeout=1.0)
    assert (hung.answers, hung.code) == (("one",), None)
    assert time.monotonic() - start < 10


@pytest.fixture
def bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Store, AssetLibrary]:
    """A library of one prepared file, pushed; the cache is another machine's then."""
    monkeypatch.setenv("VERICHROME_CACHE", str(tmp_path / "here"))
    prepared(ONE).parent.mkdir(parents=True)
    prepared(ONE).write_bytes(b"prepared")
    library = AssetLibrary(files={ONE: hashlib.sha256(b"prepared").hexdigest()})
    store = Store(tmp_path / "out")
    transfer.upload_library(library, store)
    monkeypatch.setenv("VERICHROME_CACHE", str(tmp_path / "there"))
    monkeypatch.setattr(transfer, "asset_digests", lambda spec: {ONE})
    return store, library


def test_a_prepared_file_is_fetched_by_its_own_digest(bucket: tuple[Store, AssetLibrary]) -> None:
    store, library = bucket
    spec: Any = SimpleNamespace()
    transfer.download_assets(spec, store, library)
    assert prepared(ONE).read_bytes() == b"prepared"
    prepared(ONE).write_bytes(b"something else")  # in the cache: brought again
    transfer.download_assets(spec, store, library)
    assert prepared(ONE).read_bytes() == b"prepared"


def test_foreign_files_in_the_bucket_are_refused(bucket: tuple[Store, AssetLibrary]) -> None:
    store, library = bucket
    (name,) = store.names("library/")
    store.put(name, b"a foreign .blend")
    with pytest.raises(RenderError, match="is not the prepared file that it is named for"):
        transfer.download_assets(SimpleNamespace(), store, library)  # type: ignore[arg-type]
    assert not prepared(ONE).exists()
    assert not list(prepared(ONE).parent.iterdir())


def test_a_cache_that_others_can_write_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERICHROME_CACHE", str(tmp_path / "own"))
    assert prepared_folder().stat().st_mode & 0o777 == 0o700
    (tmp_path / "own").chmod(0o777)
    with pytest.raises(RenderError, match="can be written by others"):
        prepared_folder()


def test_only_regular_files_inside_with_plain_names_are_found(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.obj").write_text("secret")
    (folder / "a.obj").write_text("sound")
    (folder / "inner.obj").symlink_to(folder / "a.obj")
    (folder / "outer.obj").symlink_to(tmp_path / "secret.obj")
    (folder / "loop.obj").symlink_to(folder / "loop.obj")
    os.mkfifo(folder / "pipe.obj")
    (folder / "\x1b[31mred.obj").write_text("colours the terminal")
    (folder / "sub" / os.fsdecode(b"\xff.obj")).write_text("not UTF-8")
    (tmp_path / "link").symlink_to(folder)
    for path in (folder, tmp_path / "link"):
        reasons = dict(entries_in(path, (".obj",)))
        assert {name for name, reason in reasons.items() if not reason} == {"a.obj", "inner.obj"}
        assert reasons["outer.obj"].startswith("it lies outside ")
        assert reasons["pipe.obj"] == "it is not a regular file"
        assert reasons["loop.obj"] == "it is missing"
        assert reasons["\\x1b[31mred.obj"] == reasons["sub/\\udcff.obj"] == "its name is not plain UTF-8"


def test_rules_by_a_link_or_a_pipe_are_refused(tmp_path: Path) -> None:
    from verichrome.errors import UsageError
    from verichrome.library.rules import read_rules

    (tmp_path / "given").mkdir()
    (tmp_path / "secret").write_text("names: {}")
    (tmp_path / "given" / "assets.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(UsageError, match="lies outside"):
        read_rules(tmp_path / "given")
    (tmp_path / "given" / "assets.yaml").unlink()
    os.mkfifo(tmp_path / "given" / "labels.csv")
    with pytest.raises(UsageError, match="is not a regular file"):
        read_rules(tmp_path / "given")


def test_names_in_a_bucket_stay_in_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    monkeypatch.setenv("VERICHROME_CACHE", str(tmp_path / "cache"))
    system = fsspec.filesystem("memory")
    for name in ("box/a.obj", "box/../../../evil.obj", ".keys.json"):
        system.store[f"/assets/{name}"] = type(system)._open(system, "/x", "wb")
    copied = local_folder("memory://assets", "assets")
    assert [path.name for path in copied.rglob("*.obj")] == ["a.obj"]
    assert not list(tmp_path.glob("**/evil.obj"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "is not PNG"),
        (b"", "is not PNG"),
        (b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1000000 +X 2000000\n", "has 2000000x1000000 pixels"),
        (b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 64 +X 128\n", ""),
    ],
)
def test_images_are_judged_by_their_headers(content: bytes, reason: str) -> None:
    assert image_problem(content).startswith(reason)
    assert bool(image_problem(content)) == bool(reason)


def test_images_of_the_documented_formats_pass() -> None:
    from PIL import Image

    for name in ("PNG", "JPEG", "WEBP", "TIFF", "TGA", "BMP", "DDS"):
        with io.BytesIO() as stream:
            Image.new("RGB", (8, 8)).save(stream, name)
            assert image_problem(stream.getvalue()) == "", name
    with io.BytesIO() as stream:
        Image.new("RGB", (8, 8)).save(stream, "GIF")
        assert image_problem(stream.getvalue()).startswith("is not PNG")


def test_an_unusable_library_ends_the_job_before_rendering(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rich.console import Console

    from scenes.library import Asset
    from verichrome.configfile import resolve
    from verichrome.errors import UsageError
    from verichrome.library import OpenLibrary, warnings

    corners = ((0, 0, 0), (0.1, 0, 0), (0, 0.1, 0), (0, 0, 0.1))
    library = AssetLibrary(assets=(Asset(name="a.obj", category="mug", digest=ONE, points=corners),))
    monkeypatch.setattr(warnings, "open_watched", lambda config, console: OpenLibrary(library, (), {}))
    config = resolve({"family": "assets", "assets": "/x", "parameters": {"categories": ["chair"]}})
    with pytest.raises(UsageError, match="no usable asset of the categories chair"):
        warnings.with_library(config, Console(quiet=True))
