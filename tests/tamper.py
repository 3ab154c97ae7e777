"""Consistent tampering, as by an attacker: tar, receipt, manifest and card all agree on the wrong data."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from PIL import Image

from encode import SceneIndex, ViewIndex
from shards import (
    FrameRow,
    PairRow,
    ShardError,
    ShardIndex,
    ShardWriter,
    Store,
    frame_members,
    iter_shard,
    read_frame,
    read_pair,
    read_receipt,
    read_scene,
    write_card,
    write_manifest,
)

Members = dict[str, bytes]
Samples = dict[str, Members]
Fields = dict[str, Any]


def finish(store: Store) -> None:
    """Manifest and card anew, as an attacker would write them too."""
    if write_manifest(store)["pairs"]:
        write_card(store)


def rewrite(
    store: Store,
    kind: Any,
    change: Callable[[Samples], Any] = lambda samples: None,
    fields: Callable[[Fields], Any] = lambda fields: None,
    *,
    index: int = 0,
) -> None:
    """Change the samples of one shard in place, measure their rows anew, change the receipt's fields, and commit."""
    receipt = read_receipt(store, kind, ShardIndex(index))
    samples = {key: dict(members) for key, members in iter_shard(store, receipt.file)}
    change(samples)
    kept = receipt.model_dump(exclude={"kind", "index", "file", "bytes", "sha256", "crc32", "samples"})
    old = {row["key"]: row for row in kept[kind]}
    row = _pair_row if kind == "pairs" else _frame_row
    kept[kind] = [row(key, samples[key], old.get(key), index) for key in sorted(samples)]
    fields(kept)
    with ShardWriter(store, kind, ShardIndex(index)) as writer:
        for key in sorted(samples):
            writer.add(key, samples[key])
        writer.commit(**kept)
    finish(store)


def _pair_row(key: str, members: Members, old: Fields | None, index: int) -> Fields:
    try:
        return PairRow.of(read_pair(key, members).pair, members, shard=ShardIndex(index)).model_dump()
    except ShardError:  # damaged on purpose
        assert old is not None
        return old


def _frame_row(key: str, members: Members, old: Fields | None, index: int) -> Fields:
    try:
        seconds = old["seconds"] if old else {}
        row = FrameRow.measure(
            read_frame(members),
            scene_index=SceneIndex(int(key[1:8])),
            view=ViewIndex(int(key[10:12])),
            shard=ShardIndex(index),
            seconds=seconds,
        )
        return {**row.model_dump(), "key": key}
    except (ShardError, KeyError):
        assert old is not None
        return old


def edit_receipt(store: Store, kind: str, change: Callable[[Fields], Any], index: int = 0) -> None:
    """Change a receipt and nothing else but what is made from it."""
    name = f"receipts/{kind}-{index:06d}.json"
    fields = json.loads(store.read_bytes(name))
    change(fields)
    store.put(name, json.dumps(fields).encode())
    finish(store)


def only(key: str, change: Callable[[Members], Members]) -> Callable[[Samples], None]:
    """Change the members of one sample."""

    def do(samples: Samples) -> None:
        samples[key] = change(samples[key])

    return do


def edit_json(suffix: str, change: Callable[[Any], Any]) -> Callable[[Members], Members]:
    """Change the parsed content of a JSON member in place."""

    def edit(members: Members) -> Members:
        content = json.loads(members[suffix])
        change(content)
        return {**members, suffix: json.dumps(content).encode()}

    return edit


def edit_scene(change: Callable[[dict[str, Any]], Any]) -> Callable[[Members], Members]:
    return edit_json("scene.json", change)


def edit_truth(**maps: Callable[[Any], Any]) -> Callable[[Members], Members]:
    """Rewrite truth maps: depth=lambda truth: new depth."""

    def edit(members: Members) -> Members:
        frame = read_frame(members)
        truth = replace(frame.truth, **{name: change(frame.truth) for name, change in maps.items()})
        return {**members, **frame_members(frame.image, truth, read_scene(members))}

    return edit


def put(array: Any, where: Any, value: Any) -> Any:
    """A copy with `value` at `where`."""
    array = array.copy()
    array[where] = value
    return array


def png(pixels: Any) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    return stream.getvalue()


def pixels_of(content: bytes) -> Any:
    return np.array(Image.open(io.BytesIO(content)))
