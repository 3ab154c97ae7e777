"""NeMo AutoModel: the manifest of image edits with target, context and condition.

Schema: `_read_manifest` in nemo_automodel/components/models/qwen_image_edit/preprocessing.py of
github.com/NVIDIA-NeMo/Automodel, which resizes images to sides that are multiples of 32 pixels.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from shards.export.exported_pair import ExportedPair
from shards.export.image_files import ImageFileFormat

__all__ = ["Nemo"]


class Nemo(ImageFileFormat):
    """`{split}.jsonl`; paths are relative to it, as the reader demands. Rows are numbered in their order."""

    name = "nemo"
    reader = "NeMo AutoModel"
    side_multiple = 32
    command = (
        "QwenImageEditCacheEncoder().encode_manifest(manifest_path=Path('{out}/train.jsonl'), output_dir=..., "
        "max_pixels=1048576, resolution_preset=None, num_gpus=1, verify=True)"
    )

    def line(self, pair: ExportedPair, sources: Sequence[str], target: str, root: str) -> Mapping[str, Any]:
        """Each source is both context (for the VAE) and condition (for the prompt's encoder)."""
        del root
        return {
            "id": pair.key,
            "prompt": pair.prompt,
            "media": [
                {"role": "target", "file_name": target},
                *({"role": "context", "file_name": source} for source in sources),
                *({"role": "condition", "file_name": source} for source in sources),
            ],
            "metadata": {
                "dataset_name": "verichrome",
                "dataset_config_name": None,
                "dataset_split": pair.split,
                "task": pair.task,
            },
        }
