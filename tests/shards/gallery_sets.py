"""Data sets for the gallery's tests, and how its answers are read."""

import json
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from encode import Frame, Pair, make_pairs
from shards import Store, write_manifest
from shards.gallery import Gallery

__all__ = ["TASKS", "folder_of", "frame_path", "json_at", "listed", "make_set", "numbers", "pair_path", "real_pairs"]

TASKS = ("depth", "instance", "normals", "semantic")


def real_pairs(frame: Frame) -> tuple[Pair, ...]:
    """As a job makes them."""
    return tuple(make_pairs(frame, TASKS, seed=5))


def make_set(folder: Path, fill: Callable[..., None], manifest: bool = True, **sizes: Any) -> Store:
    """A data set of real pairs unless `pairs_of` says otherwise, with or without a manifest."""
    store = Store(folder)
    partial(fill, pairs_of=real_pairs)(store, **sizes)
    if manifest:
        write_manifest(store)
    return store


def folder_of(store: Store) -> Path:
    """The folder of a store that is not at a URL."""
    assert store.folder is not None
    return store.folder


def json_at(gallery: Gallery, path: str, **query: str) -> Any:
    """The JSON at an address; `from_` stands for `from`."""
    answer = gallery.get(path, {name.rstrip("_"): value for name, value in query.items()})
    assert answer.kind == "application/json"
    return json.loads(answer.content)


def listed(gallery: Gallery, kind: str, **query: str) -> list[str]:
    """Keys of a list."""
    return [row["key"] for row in json_at(gallery, f"data/{kind}.json", **query)["rows"]]


def numbers(content: bytes, kind: str, shape: tuple[int, ...]) -> np.ndarray:
    """A map as the page reads it: four planes of bytes."""
    planes = np.frombuffer(zlib.decompress(content), np.uint8).reshape(4, -1)
    return np.ascontiguousarray(planes.T).view({"f32": "<f4", "i32": "<i4", "u32": "<u4"}[kind]).reshape(shape)


def frame_path(key: str, name: str, shard: int = 0) -> str:
    return f"data/frames/{shard:06d}/{key}/{name}"


def pair_path(key: str, name: str, shard: int = 0) -> str:
    return f"data/pairs/{shard:06d}/{key}/{name}"
