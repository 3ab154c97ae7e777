"""BAGEL: parquet files of `image_list` and `instruction_list`, and a JSON file that counts their row groups.

Schema: `UnifiedEditIterableDataset` in data/interleave_datasets/edit_dataset.py, `ParquetStandardIterableDataset` in
data/interleave_datasets/interleave_t2i_dataset.py and DATASET_INFO in data/dataset_info.py of
github.com/ByteDance-Seed/Bagel. Its transform (data/configs/example.yaml) rounds sides to multiples of 16 pixels and
enlarges images below 512. The JSON file is keyed by the paths of the parquet files, so they are absolute unless another
root is given.
"""

import json
from collections.abc import Iterator, Mapping

import pyarrow as pa

from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.image_files import rooted
from shards.export.parquet_files import ParquetFiles
from shards.export.part_writer import PartWriter

__all__ = ["Bagel"]

_SCHEMA = pa.schema(
    [
        pa.field("image_list", pa.list_(pa.binary()), nullable=False),
        pa.field("instruction_list", pa.list_(pa.list_(pa.string())), nullable=False),
        pa.field("key", pa.string(), nullable=False),
        pa.field("task", pa.string(), nullable=False),
    ]
)


class Bagel:
    """`{split}/pairs-000000.parquet`, `parquet_info/{split}.json`, `dataset_info.json` for DATASET_INFO."""

    name = "bagel"
    reader = "BAGEL"
    side_multiple = 16
    home_in_place = ""
    takes_source2 = False
    takes_answer = False
    command = "add {out}/dataset_info.json to DATASET_INFO in data/dataset_info.py, and its names to a data config"

    def write_part(self, part: PartWriter, pairs: Iterator[ExportedPair]) -> None:
        """A row a pair: two images, and the one instruction that leads from the first to the second."""
        with ParquetFiles(part, _SCHEMA) as files:
            for pair in pairs:
                files.add(
                    pair.split,
                    {
                        "image_list": [pair.source, pair.target],
                        "instruction_list": [[pair.prompt]],
                        "key": pair.key,
                        "task": pair.task,
                    },
                )

    def finish(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """Row groups by the path of their file, and the entries of DATASET_INFO."""
        groups: dict[str, dict[str, dict[str, int]]] = {split: {} for split in parts.splits}
        for record in parts.records():
            for name, counts in record.facts["parquet"].items():
                split = name.partition("/")[0]
                groups[split][rooted(parts.root, name)] = {
                    "num_row_groups": counts["row_groups"],
                    "num_rows": counts["rows"],
                }
        info = {
            f"verichrome_{split}": {
                "data_dir": rooted(parts.root, split),
                "num_files": len(files),
                "num_total_samples": sum(counts["num_rows"] for counts in files.values()),
                "parquet_info_path": rooted(parts.root, f"parquet_info/{split}.json"),
            }
            for split, files in groups.items()
        }
        written = {f"parquet_info/{split}.json": files for split, files in groups.items()}
        contents = {**written, "dataset_info.json": {"unified_edit": info}}
        return {name: (json.dumps(content, indent=1) + "\n").encode() for name, content in contents.items()}
