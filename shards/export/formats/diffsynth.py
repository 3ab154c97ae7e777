"""DiffSynth-Studio: JSON lines with `image`, `edit_image` and `prompt`.

Schema: `UnifiedDataset` in diffsynth/core/data/unified_dataset.py and the scripts in examples/qwen_image/model_training
of github.com/modelscope/DiffSynth-Studio. Its ImageCropAndResize crops sides to multiples of 16 pixels. A CSV would do
as well, but pandas turns some prompts (`null`, `1e3`) into other values.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from shards.export.choice import Split
from shards.export.exported_pair import ExportedPair
from shards.export.image_files import ImageFileFormat

__all__ = ["DiffSynth"]


class DiffSynth(ImageFileFormat):
    """`metadata_{split}.jsonl`; paths are relative to `--dataset_base_path`."""

    name = "diffsynth"
    reader = "DiffSynth-Studio"
    side_multiple = 16
    command = (
        "examples/qwen_image/model_training/train.py --dataset_base_path {out} --dataset_metadata_path "
        '{out}/metadata_train.jsonl --data_file_keys "image,edit_image" --extra_inputs "edit_image"'
    )

    def line(self, pair: ExportedPair, sources: Sequence[str], target: str, root: str) -> Mapping[str, Any]:
        """The target is `image`, what the model edits is `edit_image`: a file, or a list of two."""
        del root
        return {
            "image": target,
            "edit_image": sources[0] if len(sources) == 1 else list(sources),
            "prompt": pair.prompt,
        }

    def index_name(self, split: Split) -> str:
        """`metadata_train.jsonl`."""
        return f"metadata_{split}.jsonl"
