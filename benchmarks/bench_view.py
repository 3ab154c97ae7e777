"""What the gallery takes to open a large data set and to page through it.

    python benchmarks/bench_view.py [FRAMES]

The manifest is synthetic: five pairs a frame, two frames a scene, a hundred frames a shard. There are no shards:
prompts on the pages of pairs are stand-ins, and pictures and the filters by category and prompt, which look into
samples, are left out. Wall seconds of the first request of each kind.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shards import Store
from shards.gallery import Gallery
from shards.gallery.tar_index import TarIndex
from shards.manifest import SCHEMAS

TASKS = ("depth", "instance", "normals", "referring", "semantic")
FAMILIES = ("room", "shop", "street", "tabletop", "terrain", "warehouse")
GROUP = 32_768  # rows in a row group
A_SHARD = 100  # frames
Columns = Mapping[str, Any]


def filled(name: str, rows: np.ndarray, columns: Columns) -> pa.Table:
    """Rows of a table: the columns `given`, and values of the right type in the others."""

    def column(field: pa.Field) -> pa.Array:
        if field.name in columns:
            return pa.array(columns[field.name], field.type)
        if pa.types.is_string(field.type):
            return pa.array(["x"] * len(rows))
        if pa.types.is_nested(field.type):
            return pa.array([[]] * len(rows), field.type)
        return pa.array(np.ones(len(rows))).cast(field.type)

    return pa.table([column(field) for field in SCHEMAS[name]], schema=SCHEMAS[name])


def scene_columns(rows: np.ndarray) -> Columns:
    """Columns of the table of scenes."""
    reasons = ["" if row % 5000 else "it hung" for row in rows]
    return {"scene_index": rows, "family": [FAMILIES[row % 5] for row in rows], "reason": reasons}


def key(frame: int) -> str:
    """Key of the frame with this number."""
    return f"s{frame // 2:07d}-v{frame % 2:02d}"


def frame_columns(rows: np.ndarray) -> Columns:
    """Columns of the table of frames."""
    return {"key": [key(row) for row in rows], "scene_index": rows // 2, "view": rows % 2, "shard": rows // A_SHARD}


def pair_columns(rows: np.ndarray) -> Columns:
    """Columns of the table of pairs."""
    tasks, frame_keys = [TASKS[row % 5] for row in rows], [key(row // 5) for row in rows]
    keys = [f"{frame}-{task}-00" for frame, task in zip(frame_keys, tasks, strict=True)]
    return {"key": keys, "frame_key": frame_keys, "task": tasks, "shard": rows // 5 // A_SHARD}


def shard_columns(count: int) -> Callable[[np.ndarray], Columns]:
    """Columns of the table of shards, `count` of each kind."""
    return lambda rows: {"kind": ["frames" if row < count else "pairs" for row in rows], "index": rows % count}


def make(folder: Path, count: int) -> None:
    """A manifest of `count` frames, and the name of a receipt, which makes a folder a data set."""
    (folder / "manifest").mkdir()
    (folder / "receipts").mkdir()
    (folder / "receipts/frames-000000.json").write_text("{}", encoding="utf-8")
    full = -(-count // A_SHARD)
    tables: dict[str, tuple[int, Callable[[np.ndarray], Columns]]] = {
        "scenes": (-(-count // 2), scene_columns),
        "frames": (count, frame_columns),
        "pairs": (5 * count, pair_columns),
        "shards": (2 * full, shard_columns(full)),
    }
    for name, (total, columns_of) in tables.items():
        with pq.ParquetWriter(folder / f"manifest/{name}.parquet", SCHEMAS[name], compression="zstd") as writer:
            for start in range(0, total, GROUP):
                rows = np.arange(start, min(start + GROUP, total))
                writer.write_table(filled(name, rows, columns_of(rows)))


def main(count: int) -> None:
    """Print the seconds of the first request of each kind for a set of `count` frames."""
    prompts = patch.object(TarIndex, "read", return_value=b"Generate a depth map.")
    with tempfile.TemporaryDirectory(prefix="verichrome-bench-") as folder, prompts:
        make(Path(folder), count)
        start = time.perf_counter()
        store = Store(folder)
        gallery = Gallery(store, store)
        gallery.get("data/set.json")
        sys.stdout.write(f"{'open':<46}{time.perf_counter() - start:8.3f} s\n")
        requests: list[tuple[str, dict[str, str]]] = [
            ("data/frames.json", {}),
            ("data/frames.json", {"from": str(9 * count // 10)}),
            ("data/frames.json", {"family": "room"}),
            ("data/pairs.json", {"from": str(9 * count // 2)}),
            ("data/pairs.json", {"task": "depth"}),
            ("data/pairs.json", {"task": "depth", "family": "room"}),
            ("data/facts.json", {}),
        ]
        for path, query in requests:
            start = time.perf_counter()
            gallery.get(path, query)
            request = f"{path.removeprefix('data/')} {' '.join(f'{k}={v}' for k, v in query.items())}"
            sys.stdout.write(f"{request:<46}{time.perf_counter() - start:8.3f} s\n")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
        sys.stdout.write(f"peak, making the manifest included{peak:15.0f} MB\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
