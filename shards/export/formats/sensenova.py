"""SenseNova-Vision: JSON lines of an instruction and two images.

Schema: `EditJSONLIterableDataset` in data/edit_dataset_jsonl.py and `JSONLIterableDataset` in data/jsonl_dataset.py of
github.com/OpenSenseNova/SenseNova-Vision; an entry of DATASET_INFO as in its data/dataset_info.py. Its transform
(data/transforms.py) rounds sides to multiples of its stride of 16 pixels.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.image_files import ImageFileFormat, rooted

__all__ = ["SenseNova"]


class SenseNova(ImageFileFormat):
    """`{split}.jsonl`: `image` (source, target), `instruction`; `dataset_info.json`: what to add to DATASET_INFO."""

    name = "sensenova"
    reader = "SenseNova-Vision"
    side_multiple = 16
    takes_source2 = False
    command = "add {out}/dataset_info.json to DATASET_INFO in data/dataset_info.py, and its names to a data config"

    def line(self, pair: ExportedPair, sources: Sequence[str], target: str, root: str) -> Mapping[str, Any]:
        """Paths are relative to `data_dir`."""
        del root
        return {"id": pair.key, "image": [*sources, target], "instruction": pair.prompt}

    def small_files(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """The entries of DATASET_INFO."""
        totals = parts.totals()
        entries = {
            f"verichrome_{split}": {
                "data_dir": parts.root or ".",
                "jsonl_path": rooted(parts.root, self.index_name(split)),
                "num_total_samples": totals[split],
            }
            for split in parts.splits
        }
        return {"dataset_info.json": (json.dumps(entries, indent=1) + "\n").encode()}
