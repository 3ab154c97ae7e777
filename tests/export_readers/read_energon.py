"""megatron-energon loads the export in sys.argv[1] by examples/energon_cooker.py; its own prepare would write the same.

sys.argv[2]: an empty folder, where the prepared copy goes.
"""

import json
import shutil
import sqlite3
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from megatron.energon import WorkerConfig, get_loader, get_train_dataset, get_val_dataset
from megatron.energon.epathlib import EPath
from megatron.energon.flavors.webdataset.prepare import WebdatasetPreparator
from pixels import print_pair

sys.path.append(str(Path(__file__).parents[2] / "examples"))
from energon_cooker import PairTaskEncoder

export, prepared = Path(sys.argv[1]), Path(sys.argv[2])


def read(split: str, dataset: Any) -> None:
    """Print all pairs of a split."""
    for pair in get_loader(dataset):
        raw = [
            ((image.shape[2], image.shape[1]), (image * 255).round().byte().permute(1, 2, 0).numpy().tobytes())
            for image in (pair.source, pair.target)
        ]
        print_pair(pair.__key__.rpartition("/")[2], split, pair.prompt, *raw)


def index(folder: Path) -> tuple[object, ...]:
    """Rows and names of the SQLite index."""
    database = sqlite3.connect(folder / ".nv-meta/index.sqlite")
    tables = [database.execute(f"SELECT * FROM {table}").fetchall() for table in ("samples", "sample_parts")]
    names = database.execute("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name").fetchall()
    return *tables, names


workers = WorkerConfig(rank=0, world_size=1, num_workers=0)
common = {"worker_config": workers, "batch_size": None, "task_encoder": PairTaskEncoder()}
read(
    "train",
    get_train_dataset(str(export), shuffle_buffer_size=None, max_samples_per_sequence=None, repeat=False, **common),
)
read("heldout", get_val_dataset(str(export), **common))

counts = json.loads((export / ".nv-meta/.info.json").read_text())["shard_counts"]
for name in counts:
    (prepared / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(export / name, prepared / name)
with redirect_stdout(sys.stderr):
    patterns = [("train", "train/.*"), ("val", "heldout/.*")]
    WebdatasetPreparator.prepare_dataset(EPath(prepared), list(counts), split_parts_patterns=patterns, workers=1)
assert json.loads((prepared / ".nv-meta/.info.json").read_text())["shard_counts"] == counts
assert index(export) == index(prepared)
for name in counts:
    assert (export / f"{name}.idx").read_bytes() == (prepared / f"{name}.idx").read_bytes(), name
