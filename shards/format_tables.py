"""The tables of docs/formats.md, from the models that read and write the files.

`python -m shards.format_tables docs/formats.md` updates them between their markers; a test fails when they
are outdated.
"""

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import numpy as np
from pydantic.fields import FieldInfo

from encode import PairMeta
from encode.frame import Box3D, CategoryRecord, Keypoint, MaterialRecord, ObjectPartRecord, TextRecord
from encode.frame.document import LensRecord, SceneDocument, StoredObject
from encode.frame.shading import SHADING_CHANNELS
from encode.frame.surface import SURFACE_CHANNELS
from encode.frame.truth import TRUTH_CHANNELS, Channel
from encode.pair import CodecParameter, ColorEntry
from encode.schema import key_rows
from shards.receipt import Receipt

__all__ = ["format_tables", "with_tables"]

_MARKED = re.compile(r"(<!-- table: ([\w. ]+) -->\n\n).*?(\n<!-- end of table -->)", re.DOTALL)
_TYPES = {str: "str", bool: "bool", int: "int", float: "float"}


def format_tables() -> dict[str, str]:
    """The Markdown of each table, by the name in its marker."""
    records = {
        "scene.json": SceneDocument,
        "lens": LensRecord,
        "categories": CategoryRecord,
        "objects": StoredObject,
        "box_3d": Box3D,
        "keypoints": Keypoint,
        "texts": TextRecord,
        "parts": ObjectPartRecord,
        "materials": MaterialRecord,
        "meta.json": PairMeta,
        "codec_parameters": CodecParameter,
        "colors": ColorEntry,
    }
    return {
        "truth.exr": _table("channel", _channel_rows(TRUTH_CHANNELS)),
        "surface.exr": _table("channel", _channel_rows(SURFACE_CHANNELS)),
        "shading.exr": _table("channel", _channel_rows(SHADING_CHANNELS)),
        **{name: _table("key", key_rows(record)) for name, record in records.items()},
        "receipts": _table("key", _receipt_rows()),
    }


def with_tables(page: str) -> str:
    """A page with each of its tables generated from the models."""
    tables = format_tables()
    return _MARKED.sub(lambda match: f"{match[1]}{tables[match[2]]}{match[3]}", page)


def _table(first: str, rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"| {first} | type | meaning |", "| --- | --- | --- |"]
    lines += [f"| {_code(name)} | {kind} | {meaning} |" for name, kind, meaning in rows]
    return "\n".join(lines) + "\n"


def _code(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split(", "))


def _channel_rows(layout: Mapping[str, Channel]) -> Iterable[tuple[str, str, str]]:
    for channel in layout.values():
        yield ", ".join(channel.names), np.dtype(channel.dtype).name, channel.meaning


def _receipt_rows() -> Iterable[tuple[str, str, str]]:
    for name, field in Receipt.model_fields.items():
        meaning, kind = field.description or "", _type_name(field.annotation)
        if get_origin(field.annotation) is tuple:
            meaning = f"{meaning} {_described_fields(get_args(field.annotation)[0].model_fields)}"
        yield name, kind, meaning


def _described_fields(fields: dict[str, FieldInfo]) -> str:
    return ", ".join(
        f"`{name}` ({field.description})" if field.description else f"`{name}`" for name, field in fields.items()
    )


def _type_name(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return "list"
    if get_origin(kind) is dict:
        return "object"
    base = get_args(kind)[0] if isinstance(kind, UnionType) else getattr(kind, "__supertype__", kind)
    return _TYPES.get(base, "str")


def main() -> None:
    """Rewrite the tables of the page that the command line names."""
    page = Path(sys.argv[1])
    page.write_text(with_tables(page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
