"""OmniGen2: JSON lines, and a YAML file that mixes them.

Schema: docs/FINETUNE.md and `OmniGen2TrainDataset` in omnigen2/dataset/omnigen2_train_dataset.py of
github.com/VectorSpaceLab/OmniGen2, whose image processor rounds sides to multiples of 16 pixels (`img_scale_num`).
Paths are opened as they are, so they are absolute unless another root is given.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.image_files import ImageFileFormat, rooted

__all__ = ["OmniGen2"]


class OmniGen2(ImageFileFormat):
    """`{split}.jsonl`: `task_type`, `instruction`, `input_images`, `output_image`; `{split}.yml` names it."""

    name = "omnigen2"
    reader = "OmniGen2"
    side_multiple = 16
    command = "set data.data_path to {out}/train.yml in options/ft.yml; bash scripts/train/ft.sh"

    def line(self, pair: ExportedPair, sources: Sequence[str], target: str, root: str) -> Mapping[str, Any]:
        """All pairs are edits of one image, or of an image beside a second one."""
        return {
            "task_type": "edit",
            "instruction": pair.prompt,
            "input_images": [rooted(root, source) for source in sources],
            "output_image": rooted(root, target),
        }

    def small_files(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """One mix a split."""
        return {
            f"{split}.yml": yaml.safe_dump(
                {
                    "ratio_type": "inside_ratio",
                    "data": [{"path": rooted(parts.root, self.index_name(split)), "type": "edit", "ratio": 1}],
                },
                sort_keys=False,
                allow_unicode=False,
            ).encode()
            for split in parts.splits
        }
