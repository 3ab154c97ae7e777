"""Pairs of a `verichrome export --format diffusers` folder, as arrays."""

import io
from collections.abc import Iterator
from typing import NamedTuple

import datasets
import numpy as np
from jaxtyping import UInt8
from PIL import Image

__all__ = ["ExportedRow", "exported_rows"]


class ExportedRow(NamedTuple):
    """A pair: source and target of one size, and the prompt."""

    key: str
    source: UInt8[np.ndarray, "h w 3"]
    target: UInt8[np.ndarray, "h w 3"]
    prompt: str


def exported_rows(folder: str, split: str, *, shuffle: int = 0, seed: int = 0) -> Iterator[ExportedRow]:
    """Stream the pairs of a split once. shuffle: of a buffer of so many pairs; 0 keeps the order."""
    rows = datasets.load_dataset(folder, split=split, streaming=True)
    for name in ("cond_image", "image"):
        rows = rows.cast_column(name, datasets.Image(decode=False))
    if shuffle:
        rows = rows.shuffle(seed=seed, buffer_size=shuffle)
    for row in rows:
        source, target = (_rgb(row[name]["bytes"]) for name in ("cond_image", "image"))
        yield ExportedRow(row["key"], source, target, row["caption"])


def _rgb(content: bytes) -> UInt8[np.ndarray, "h w 3"]:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))
