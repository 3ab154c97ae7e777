"""The gallery as files: every address of the page exists, with the bytes that the server sends."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shards import Store, WriteRefused
from shards.gallery import Gallery, export_gallery
from shards.gallery.export_folder import _HEADING, MARK
from shards.gallery.files import page_names
from tests.shards.gallery_sets import frame_path, make_set, pair_path


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory, fill: Callable[..., None]) -> Gallery:
    store = make_set(tmp_path_factory.mktemp("set"), fill, shards=2, scenes=3, views=1)
    return Gallery(store, store)


@pytest.fixture(scope="module")
def folder(gallery: Gallery, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "gallery"
    assert export_gallery(gallery, out, frames=3) == 3
    return out


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / name).read_text())


def asked_for(folder: Path) -> set[str]:
    """Every address that the page may ask for, as app/*.js makes them."""
    paths = {"index.html", *page_names()}
    paths |= {f"data/{name}.json" for name in ("set", "facts", "filters", "frames", "pairs", "scale", "stats")}
    for row in read(folder, "data/frames.json")["rows"]:
        names = ["thumb.webp", "image.png", "frame.json", "scene.json"]
        names += [f"{name}.bin" for name in ("depth", "normal", "instance", "category")]
        paths |= {frame_path(row["key"], name, row["shard"]) for name in names}
        page = read(folder, frame_path(row["key"], "frame.json", row["shard"]))
        paths |= {pair_path(key, "pair.json", row["shard"]) for key in page["pairs"]}
    for row in read(folder, "data/pairs.json")["rows"]:
        page = read(folder, pair_path(row["key"], "pair.json", row["shard"]))
        shared = page["truth"] and page["truth"]["kind"] in ("metres", "directions")
        names = ["thumb.webp", "target.png", "pair.json", "decoded.bin", "verdict.json"]
        names += [] if page["source_is_image"] else [page["source"]]
        names += [] if shared else ["expected.bin"]
        paths |= {pair_path(row["key"], name, row["shard"]) for name in names}
    stats = read(folder, "data/stats.json")
    paths |= {"data/stats.png"} if stats["plots"] != "none" else set()
    views = [view for pair in stats["alike"] for view in pair["views"]]
    return paths | {frame_path(view["key"], "thumb.webp", view["shard"]) for view in views}


def test_every_file_that_the_page_requests_is_exported(folder: Path) -> None:
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MARK}
    assert there == asked_for(folder)


def test_frames_are_spread_over_the_set(folder: Path) -> None:
    rows = read(folder, "data/frames.json")["rows"]
    assert [row["key"] for row in rows] == ["s0000000-v00", "s0000002-v00", "s0000004-v00"]
    assert {name for row in rows for name in row["shows"]} == {"ball", "floor", "sky"}
    pairs = read(folder, "data/pairs.json")["rows"]
    assert len(pairs) == 12
    assert {row["frame_key"] for row in pairs} == {row["key"] for row in rows}
    assert read(folder, "data/set.json")["chosen"] == 3
    assert read(folder, "data/set.json")["frames"] == 6
    assert read(folder, "data/filters.json")["task"] == ["depth", "instance", "normals", "semantic"]


def test_files_are_what_the_server_gives(folder: Path, gallery: Gallery) -> None:
    differing = {"data/set.json", "data/filters.json", "data/frames.json", "data/pairs.json"}  # of what was chosen
    for name in asked_for(folder) - differing:
        assert (folder / name).read_bytes() == gallery.get(name).content, name


def test_every_address_in_the_page_is_relative(folder: Path) -> None:
    for name in page_names():
        if name.endswith(("js", "html", "css")):
            text = (folder / name).read_text().replace("http://www.w3.org/2000/svg", "")
            assert "http:" not in text
            assert "https:" not in text
            assert not re.search(r'(?:src|href|from|url\()\s*=?\s*["\']/', text), name


def test_scripts_import_existing_modules(folder: Path) -> None:
    for script in (folder / "app").glob("*.js"):
        for names, source in re.findall(r'import \{([^}]*)\} from "\./([^"]+)"', script.read_text()):
            module = (folder / "app" / source).read_text()
            for name in names.split(","):
                assert re.search(rf"export (?:async )?(?:function|class|const) {name.strip()}\b", module), name
    assert "innerHTML" not in "".join(path.read_text() for path in (folder / "app").glob("*.js"))


def test_another_export_replaces_the_last(gallery: Gallery, tmp_path: Path) -> None:
    assert export_gallery(gallery, tmp_path, frames=2) == 2
    progress: list[tuple[int, int]] = []
    assert export_gallery(gallery, tmp_path, frames=1, progress=lambda done, total: progress.append((done, total))) == 1
    assert progress == [(1, 1)]
    assert [path.name for path in sorted((tmp_path / "data/frames").rglob("s*-v00"))][:1] == ["s0000000-v00"]
    assert [row["key"] for row in read(tmp_path, "data/frames.json")["rows"]] == ["s0000000-v00"]


def test_a_folder_with_other_files_is_left_alone(gallery: Gallery, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(WriteRefused, match="is not empty and holds no gallery"):
        export_gallery(gallery, tmp_path, frames=1)
    with pytest.raises(WriteRefused, match="is a file"):
        export_gallery(gallery, tmp_path / "thesis.tex", frames=1)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize(
    "mark", [b"", b"mine\n", _HEADING + b"../precious\n", _HEADING + b"/etc/passwd\n", _HEADING + b"\xff\n"]
)
def test_a_marker_file_that_no_export_wrote_is_refused(gallery: Gallery, tmp_path: Path, mark: bytes) -> None:
    (tmp_path / "precious").write_text("years of work")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MARK).write_bytes(mark)
    with pytest.raises(WriteRefused, match="is not the list of a gallery's files"):
        export_gallery(gallery, tmp_path / "out", frames=1)
    assert (tmp_path / "precious").read_text() == "years of work"


def test_only_what_an_export_wrote_is_removed(gallery: Gallery, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_gallery(gallery, out, frames=2)
    (out / "data" / "notes.txt").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "boxes.js").write_text("mine")
    shutil.rmtree(out / "app")
    (out / "app").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="app is a symbolic link"):
        export_gallery(gallery, out, frames=1)
    (out / "app").unlink()
    assert export_gallery(gallery, out, frames=1) == 1
    assert (out / "data" / "notes.txt").read_text() == "mine"
    assert (tmp_path / "elsewhere" / "boxes.js").read_text() == "mine"


def test_more_frames_than_there_are_are_all_of_them(gallery: Gallery, tmp_path: Path) -> None:
    assert export_gallery(gallery, tmp_path, frames=100) == 6


def test_pairs_without_frames_are_exported(gallery: Gallery, tmp_path: Path, fill: Callable[..., None]) -> None:
    source = make_set(tmp_path / "set", fill, shards=1, manifest=False)
    alone = Store(tmp_path / "alone")
    for name in ("pairs/pairs-000000.tar", "receipts/pairs-000000.json"):
        alone.put(name, source.read_bytes(name))
    out = tmp_path / "gallery"
    assert export_gallery(Gallery(alone, alone), out, frames=2) == 2
    rows = read(out, "data/pairs.json")["rows"]
    assert {row["frame_key"] for row in rows} == {"s0000000-v00", "s0000001-v00"}
    assert (out / pair_path(rows[0]["key"], "source.png")).exists()
    assert not (out / "data/stats.json").exists()
    assert read(out, "data/frames.json")["rows"] == []
