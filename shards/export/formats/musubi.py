"""musubi-tuner: a dataset configuration (TOML) for each split, which names a file of JSON lines.

Schema: docs/dataset_config.md ("Control image") and `ImageJsonlDatasource` in src/musubi_tuner/dataset/datasources.py
of github.com/kohya-ss/musubi-tuner. Its buckets have sides that are multiples of 16 pixels, of 32 for HiDream
(src/musubi_tuner/dataset/bucket.py). Paths are opened as they are, so they are absolute unless another root is given.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.image_files import ImageFileFormat, rooted

__all__ = ["Musubi"]


class Musubi(ImageFileFormat):
    """`{split}.jsonl`: `image_path`, `control_path`, `caption`; `{split}.toml` names it."""

    name = "musubi"
    reader = "musubi-tuner"
    side_multiple = 16
    command = "src/musubi_tuner/qwen_image_cache_latents.py --dataset_config {out}/train.toml --edit ..."

    def line(self, pair: ExportedPair, sources: Sequence[str], target: str, root: str) -> Mapping[str, Any]:
        """The target is the image, the source its control image; two are numbered."""
        names = ["control_path"] if len(sources) == 1 else [f"control_path_{number}" for number in range(len(sources))]
        controls = {name: rooted(root, source) for name, source in zip(names, sources, strict=True)}
        return {"image_path": rooted(root, target), **controls, "caption": pair.prompt}

    def small_files(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """One configuration a split; its resolution is that of most images, whose size buckets then keep."""
        width, height = parts.commonest_size()
        return {
            f"{split}.toml": (
                "[general]\n"
                f"resolution = [{width}, {height}]\n"
                "batch_size = 1\n"
                "enable_bucket = true\n"
                "bucket_no_upscale = true\n\n"
                "[[datasets]]\n"
                # A JSON string is a TOML basic string.
                f"image_jsonl_file = {json.dumps(rooted(parts.root, self.index_name(split)))}\n"
                f"cache_directory = {json.dumps(rooted(parts.root, f'cache/{split}'))}\n"
            ).encode()
            for split in parts.splits
        }
