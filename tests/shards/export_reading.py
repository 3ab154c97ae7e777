"""Reads exports by their documented schemas, with no code of the project: what is there of each pair, by key."""

import io
import json
import sqlite3
import struct
import tarfile
import tomllib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import yaml

__all__ = ["Read", "read_export"]


class Read(NamedTuple):
    """What an export says of one pair; `source` and `target` are files of images."""

    split: str
    prompt: str
    source: bytes
    target: bytes


Pairs = Iterator[tuple[str, Read]]


def read_export(name: str, folder: Path) -> dict[str, Read]:
    """All pairs of an export in the format `name`, by key; a key that comes twice fails."""
    pairs = list(_READERS[name](folder))
    by_key = dict(pairs)
    assert len(by_key) == len(pairs)
    return by_key


def _lines(path: Path) -> list[Any]:
    assert path.read_bytes().isascii()
    return [json.loads(line) for line in path.read_text().split("\n")[:-1]]


def _splits(folder: Path, pattern: str) -> Iterator[tuple[str, Path]]:
    for split in ("train", "heldout"):
        for path in sorted(folder.glob(pattern.format(split=split))):
            yield split, path


def _of_files(pattern: str, fields: Callable[[Any], tuple[str, str, str]]) -> Callable[[Path], Pairs]:
    """Reader of an index of JSON lines; `fields` gives prompt, source and target of a line."""

    def read(folder: Path) -> Pairs:
        for split, index in _splits(folder, pattern):
            for line in _lines(index):
                prompt, source, target = fields(line)
                yield (
                    Path(target).stem,
                    Read(split, prompt, (folder / source).read_bytes(), (folder / target).read_bytes()),
                )

    return read


def _nemo(line: Any) -> tuple[str, str, str]:
    roles = [media["role"] for media in line["media"]]
    names = {media["role"]: media["file_name"] for media in line["media"]}
    assert roles == ["target", "context", "condition"]
    assert names["context"] == names["condition"]
    assert line["metadata"]["dataset_split"] in ("train", "heldout")
    return line["prompt"], names["context"], names["target"]


def _ai_toolkit(folder: Path) -> Pairs:
    for split, config in _splits(folder, "{split}.yaml"):
        (dataset,) = yaml.safe_load(config.read_text())["datasets"]
        for target in sorted(Path(dataset["folder_path"]).glob("*.png")):
            (source,) = Path(dataset["control_path"]).glob(f"{target.stem}.*")
            caption = target.with_suffix(f".{dataset['caption_ext']}").read_bytes().decode()
            yield target.stem, Read(split, caption, source.read_bytes(), target.read_bytes())


def _bagel(folder: Path) -> Pairs:
    entries = json.loads((folder / "dataset_info.json").read_text())["unified_edit"]
    for name, entry in entries.items():
        info = json.loads(Path(entry["parquet_info_path"]).read_text())
        files = sorted(Path(entry["data_dir"]).glob("*.parquet"))
        assert {str(path) for path in files} == set(info)
        assert len(files) == entry["num_files"]
        for path in files:
            table = pq.ParquetFile(path)
            assert info[str(path)]["num_row_groups"] == table.num_row_groups
            for row in table.read().to_pylist():
                ((prompt,),) = row["instruction_list"]
                yield row["key"], Read(name.removeprefix("verichrome_"), prompt, *row["image_list"])


def _parquet(source: str, target: str, prompt: str) -> Callable[[Path], Pairs]:
    def read(folder: Path) -> Pairs:
        for split, path in _splits(folder, "{split}/*.parquet"):
            for row in pq.read_table(path).to_pylist():
                yield row["key"], Read(split, row[prompt], row[source]["bytes"], row[target]["bytes"])

    return read


def _energon(folder: Path) -> Pairs:
    """Every sample by the offsets of the index, which are also those of the tar's own index."""
    meta = folder / ".nv-meta"
    counts = json.loads((meta / ".info.json").read_text())["shard_counts"]
    parts = yaml.safe_load((meta / "split.yaml").read_text())["split_parts"]
    splits = {name: {"train": "train", "val": "heldout"}[part] for part, names in parts.items() for name in names}
    assert set(splits) == set(counts)
    database = sqlite3.connect(meta / "index.sqlite")
    for number, name in enumerate(counts):
        content = (folder / name).read_bytes()
        offsets = struct.unpack(f"<{counts[name] + 1}Q", (folder / f"{name}.idx").read_bytes())
        samples = database.execute("SELECT * FROM samples WHERE tar_file_id = ? ORDER BY sample_index", (number,))
        for _, key, index, offset, size in samples.fetchall():
            assert (offset, offset + size) == offsets[index : index + 2]
            with tarfile.open(fileobj=io.BytesIO(content[offset : offset + size] + bytes(1024))) as tar:
                assert {member.name.partition(".")[0] for member in tar} == {key}
            rows = database.execute(
                "SELECT part_name, content_byte_offset, content_byte_size FROM sample_parts"
                " WHERE tar_file_id = ? AND sample_index = ?",
                (number, index),
            )
            members = {part: content[begin : begin + length] for part, begin, length in rows}
            yield key, Read(splits[name], members["prompt.txt"].decode(), members["source.png"], members["target.png"])
    database.close()


def _packed(content: bytes, begin: int) -> Iterator[bytes]:
    (count,) = struct.unpack_from("<I", content, 0)
    offsets = struct.unpack_from(f"<{count + 1}I", content, 4)
    assert offsets[0] == 4 * (count + 2) + begin
    assert offsets[-1] == len(content)
    for start, stop in pairwise(offsets):
        yield content[start:stop]


def _fields(item: bytes, names: list[str]) -> dict[str, bytes]:
    sizes = struct.unpack_from(f"<{len(names)}I", item)
    values, position = {}, 4 * len(names)
    for name, size in zip(names, sizes, strict=True):
        values[name] = item[position : position + size]
        position += size
    assert position == len(item)
    return values


def _read_of(split: str, values: dict[str, bytes]) -> tuple[str, Read]:
    return values["key"].decode(), Read(split, values["prompt"].decode(), values["source"], values["target"])


def _mds(folder: Path) -> Pairs:
    for split, index in _splits(folder, "{split}/index.json"):
        for shard in json.loads(index.read_text())["shards"]:
            content = (index.parent / shard["raw_data"]["basename"]).read_bytes()
            assert len(content) == shard["raw_data"]["bytes"]
            config = content[4 * (shard["samples"] + 2) :].partition(b"}")[0] + b"}"
            assert json.loads(config)["column_names"] == shard["column_names"] == sorted(shard["column_names"])
            for item in _packed(content, len(config)):
                yield _read_of(split, _fields(item, shard["column_names"]))


def _litdata(folder: Path) -> Pairs:
    for split, index in _splits(folder, "{split}/index.json"):
        described = json.loads(index.read_text())
        names = json.loads(json.loads(described["config"]["data_spec"])[1]["context"])
        for chunk in described["chunks"]:
            content = (index.parent / chunk["filename"]).read_bytes()
            items = list(_packed(content, 0))
            assert (len(items), sum(map(len, items))) == (chunk["chunk_size"], chunk["chunk_bytes"])
            yield from (_read_of(split, _fields(item, names)) for item in items)


def _musubi(folder: Path) -> Pairs:
    for _, config in _splits(folder, "{split}.toml"):
        (dataset,) = tomllib.loads(config.read_text())["datasets"]
        assert Path(dataset["image_jsonl_file"]).is_file()
    return _of_files("{split}.jsonl", lambda line: (line["caption"], line["control_path"], line["image_path"]))(folder)


def _webshart(folder: Path) -> Pairs:
    for split, index in _splits(folder, "{split}/targets/*.json"):
        targets = json.loads(index.read_text())["files"]
        sources = json.loads((folder / split / "sources" / index.name).read_text())["files"]
        assert list(map(_stem, targets)) == list(map(_stem, sources))
        for target, source in zip(targets, sources, strict=True):
            described = targets[target]
            assert described["aspect"] == described["width"] / described["height"]
            images = [
                _span(folder / split / side / index.with_suffix(".tar").name, files[name])
                for side, files, name in (("sources", sources, source), ("targets", targets, target))
            ]
            yield _stem(target), Read(split, described["captions"], *images)


def _stem(name: str) -> str:
    return name.partition(".")[0]


def _span(tar: Path, entry: Any) -> bytes:
    return tar.read_bytes()[entry["offset"] : entry["offset"] + entry["length"]]


_READERS: dict[str, Callable[[Path], Pairs]] = {
    "ai-toolkit": _ai_toolkit,
    "bagel": _bagel,
    "diffsynth": _of_files("metadata_{split}.jsonl", lambda line: (line["prompt"], line["edit_image"], line["image"])),
    "diffusers": _parquet("cond_image", "image", "caption"),
    "energon": _energon,
    "instruct-pix2pix": _parquet("input_image", "edited_image", "edit_prompt"),
    "litdata": _litdata,
    "mds": _mds,
    "musubi": _musubi,
    "nemo": _of_files("{split}.jsonl", _nemo),
    "omnigen2": _of_files(
        "{split}.jsonl", lambda line: (line["instruction"], line["input_images"][0], line["output_image"])
    ),
    "sensenova": _of_files("{split}.jsonl", lambda line: (line["instruction"], *line["image"])),
    "simpletuner": _webshart,
    "webshart": _webshart,
}
