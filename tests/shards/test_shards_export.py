"""Exports hold exactly the chosen pairs, byte for byte, whatever the format; and an interrupted one goes on."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import fsspec
import pytest

from encode import Frame, Pair
from shards import BadSample, DamagedShard, Store, WriteRefused, audit_dataset
from shards.export import FORMATS, PairChoice, export_dataset, export_format
from shards.export.part_writer import PartWriter
from tests.shards.export_reading import Read, read_export
from tests.shards.export_sets import HOSTILE, export_set, pairs_of_set

NAMES = sorted(FORMATS)


@pytest.fixture(scope="module")
def store(
    tmp_path_factory: pytest.TempPathFactory,
    fill: Callable[..., None],
    plain_pairs: Callable[[Frame], tuple[Pair, ...]],
) -> Store:
    return export_set(tmp_path_factory.mktemp("export") / "set", fill, plain_pairs)


@pytest.fixture(scope="module")
def pairs(store: Store) -> dict[str, Read]:
    return pairs_of_set(store)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", NAMES)
def test_every_pair_is_there_byte_for_byte(name: str, store: Store, pairs: dict[str, Read], tmp_path: Path) -> None:
    summary = export_dataset(store, Store(tmp_path / "out"), FORMATS[name])
    assert read_export(name, tmp_path / "out") == pairs
    assert summary.pairs == {"train": {"depth": 4, "referring": 4}, "heldout": {"semantic": 4}}
    assert HOSTILE in {read.prompt for read in pairs.values()}
    said = json.loads((tmp_path / "out/export.json").read_text())
    assert (said["complete"], said["fingerprint"], said["sides"]) == (True, "f" * 64, {"128x96": 12})
    assert not list((tmp_path / "out/.tmp").glob("*"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("choice", [PairChoice(("referring", "semantic")), PairChoice(split="heldout")])
def test_only_the_chosen_pairs_are_there(
    name: str, choice: PairChoice, store: Store, pairs: dict[str, Read], tmp_path: Path
) -> None:
    export_dataset(store, Store(tmp_path / "out"), FORMATS[name], choice)
    chosen = {
        key: read
        for key, read in pairs.items()
        if (choice.tasks is None or key.split("-")[2] in choice.tasks) and choice.split in (None, read.split)
    }
    assert read_export(name, tmp_path / "out") == chosen
    assert chosen != pairs


@pytest.mark.parametrize("name", NAMES)
def test_an_interrupted_export_goes_on_and_ends_the_same(
    name: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    export_dataset(store, Store(whole), FORMATS[name], root="/data")
    commit = PartWriter.commit

    def stop_at_the_second(part: PartWriter) -> Any:
        if part.shard == 1:
            raise KeyboardInterrupt
        return commit(part)

    with monkeypatch.context() as context:
        context.setattr(PartWriter, "commit", stop_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            export_dataset(store, Store(cut), FORMATS[name], root="/data")
    assert not json.loads((cut / "export.json").read_text())["complete"]
    assert export_dataset(store, Store(cut), FORMATS[name], root="/data").kept == 1
    assert contents(cut) == contents(whole)
    assert export_dataset(store, Store(cut), FORMATS[name], root="/data").kept == 2
    assert contents(cut) == contents(whole)


def test_a_part_whose_file_is_missing_is_made_again(store: Store, tmp_path: Path) -> None:
    out = Store(tmp_path)
    export_dataset(store, out, FORMATS["mds"])
    before = contents(tmp_path)
    (tmp_path / "train/pairs-000001-00.mds").unlink()
    assert export_dataset(store, out, FORMATS["mds"]).kept == 1
    assert contents(tmp_path) == before


def test_a_whole_shard_is_a_hard_link(
    tmp_path: Path, fill: Callable[..., None], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    store = Store(tmp_path / "set")
    fill(store, shards=1, scenes=1, views=1)
    export_dataset(store, Store(tmp_path / "out"), FORMATS["energon"])
    tar = tmp_path / "out/train/pairs-000000.tar"
    assert os.path.samefile(tar, tmp_path / "set/pairs/pairs-000000.tar")
    export_dataset(store, Store(tmp_path / "one"), FORMATS["energon"], PairChoice(("depth",)))
    assert (tmp_path / "one/train/pairs-000000.tar").stat().st_nlink == 1


def test_sources_of_a_frame_share_one_file(store: Store, tmp_path: Path) -> None:
    export_dataset(store, Store(tmp_path / "lines"), FORMATS["sensenova"])
    assert len(list((tmp_path / "lines/sources").rglob("*.png"))) == 4
    export_dataset(store, Store(tmp_path / "names"), FORMATS["ai-toolkit"])
    sources = (tmp_path / "names").glob("*/sources/*.png")
    assert {path.stat().st_nlink for path in sources} == {3}


@pytest.mark.parametrize("name", NAMES)
def test_a_url_takes_every_format(name: str, store: Store, pairs: dict[str, Read], tmp_path: Path) -> None:
    """From one URL to another; the files are then read from a folder."""
    memory = fsspec.filesystem("memory")
    start, end = f"/{name}-from", f"/{name}-to"
    assert store.folder is not None
    for path, content in contents(store.folder).items():
        memory.pipe_file(f"{start}/{path}", content)
    export_dataset(Store(f"memory:/{start}"), Store(f"memory:/{end}"), FORMATS[name], root=str(tmp_path))
    for path in memory.find(end):
        (tmp_path / path.removeprefix(f"{end}/")).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path.removeprefix(f"{end}/")).write_bytes(memory.cat_file(path))
    memory.rm([start, end], recursive=True)
    assert read_export(name, tmp_path) == pairs


def test_the_data_set_itself_becomes_energons(
    tmp_path: Path, fill: Callable[..., None], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    store = Store(tmp_path)
    fill(store, shards=2, scenes=1, views=1)
    before = contents(tmp_path)
    export_dataset(store, store, FORMATS["energon"])
    assert read_export("energon", tmp_path) == pairs_of_set(store)
    assert {name: content for name, content in contents(tmp_path).items() if name in before} == before
    problems = {problem.check for problem in audit_dataset(store, store).problems}
    assert "orphan" not in problems
    index = tmp_path / "pairs/pairs-000001.tar.idx"
    index.write_bytes(index.read_bytes()[:-8])
    assert "orphan" in {problem.check for problem in audit_dataset(store, store).problems}


def test_refusals_say_what_is_wrong(store: Store, tmp_path: Path) -> None:
    out = Store(tmp_path / "out")
    with pytest.raises(WriteRefused, match=r"tasks: the data set has no pair of 'amodal', only of depth, referring"):
        export_dataset(store, out, FORMATS["mds"], PairChoice(("amodal",)))
    with pytest.raises(WriteRefused, match="no pair that is of both"):
        export_dataset(store, out, FORMATS["mds"], PairChoice(("depth",), "heldout"))
    with pytest.raises(WriteRefused, match=r"format: expected one of ai-toolkit, .*got 'arrow'"):
        export_format("arrow")
    with pytest.raises(WriteRefused, match="is, holds or lies in the data set"):
        export_dataset(store, store, FORMATS["mds"])
    with pytest.raises(WriteRefused, match="both splits"):
        export_dataset(store, store, FORMATS["energon"])
    assert not (tmp_path / "out").exists()


def test_a_folder_of_something_else_is_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine")
    with pytest.raises(WriteRefused, match=r"not empty and holds no export.json \(but thesis.tex\)"):
        export_dataset(store, Store(tmp_path), FORMATS["mds"])
    assert contents(tmp_path) == {"thesis.tex": b"mine"}


def test_another_export_is_left_alone(store: Store, tmp_path: Path) -> None:
    export_dataset(store, Store(tmp_path), FORMATS["mds"])
    before = contents(tmp_path)
    with pytest.raises(WriteRefused, match="format is 'mds' there, and 'litdata' here"):
        export_dataset(store, Store(tmp_path), FORMATS["litdata"])
    with pytest.raises(WriteRefused, match=r"tasks is None there, and \['depth'\] here"):
        export_dataset(store, Store(tmp_path), FORMATS["mds"], PairChoice(("depth",)))
    assert contents(tmp_path) == before
    (tmp_path / "export.json").write_text("[")
    with pytest.raises(WriteRefused, match="does not read as JSON"):
        export_dataset(store, Store(tmp_path), FORMATS["mds"])


def test_a_damaged_shard_is_not_exported(
    tmp_path: Path, fill: Callable[..., None], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    store = export_set(tmp_path / "set", fill, plain_pairs)
    tar = tmp_path / "set/pairs/pairs-000001.tar"
    content = bytearray(tar.read_bytes())
    content[-600] ^= 1
    tar.write_bytes(content)
    for name in NAMES:
        with pytest.raises(DamagedShard, match="crc32"):
            export_dataset(store, Store(tmp_path / name), FORMATS[name])
        assert not (tmp_path / name / ".export/000001.json").exists()
        assert not json.loads((tmp_path / name / "export.json").read_text())["complete"]


def test_sources_keep_their_format(tmp_path: Path, fill: Callable[..., None]) -> None:
    store = Store(tmp_path / "set")
    fill(store, shards=1, scenes=1, views=1, source_format="jpg")
    for name in ("ai-toolkit", "bagel", "mds", "nemo", "sensenova", "webshart"):
        export_dataset(store, Store(tmp_path / name), FORMATS[name])
        assert {read.source[:3] for read in read_export(name, tmp_path / name).values()} == {b"\xff\xd8\xff"}
    shard = json.loads((tmp_path / "mds/train/index.json").read_text())["shards"][0]
    assert dict(zip(shard["column_names"], shard["column_encodings"], strict=True))["source"] == "jpeg"
    assert {path.suffix for path in (tmp_path / "nemo/sources").rglob("*.*")} == {".jpg"}


@pytest.mark.parametrize("frame_key", ["../../up", "a/b", "a.b", "", "k" * 65])
def test_names_from_meta_cannot_lead_elsewhere(
    frame_key: str, tmp_path: Path, fill: Callable[..., None], plain_pairs: Callable[[Frame], tuple[Pair, ...]]
) -> None:
    def pairs_of(frame: Frame) -> tuple[Pair, ...]:
        first = plain_pairs(frame)[0]
        return (replace(first, meta=replace(first.meta, frame_key=frame_key)),)

    store = Store(tmp_path / "set")
    fill(store, shards=1, scenes=1, views=1, pairs_of=pairs_of)
    with pytest.raises(BadSample, match="keys are 1 to 64 letters"):
        export_dataset(store, Store(tmp_path / "out"), FORMATS["sensenova"])
    assert set(contents(tmp_path / "out")) == {"export.json"}


def test_sides_that_a_reader_would_resample_are_warned_of(store: Store, tmp_path: Path) -> None:
    (warning,) = export_dataset(store, Store(tmp_path / "64"), FORMATS["ai-toolkit"]).warnings
    assert warning.startswith("12 pairs are 128x96 pixels, and ai-toolkit wants sides that are multiples of 64")
    assert export_dataset(store, Store(tmp_path / "32"), FORMATS["nemo"]).warnings == ()


def test_progress_counts_to_all_pairs(store: Store, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    export_dataset(store, Store(tmp_path), FORMATS["mds"], progress=lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 12)
    assert seen[-1] == (12, 12)
    assert seen == sorted(seen)
