"""webshart and SimpleTuner: a tar of targets and a tar of sources with the same keys, each with its index in JSON.

Schema: `ShardMetadataFormat` in src/metadata.rs of webshart 0.4 (github.com/bghira/webshart); "Webshart Datasets"
in documentation/DATALOADER.md and documentation/quickstart/QWEN_EDIT.md of github.com/bghira/SimpleTuner, whose buckets
have sides that are multiples of 64 pixels (`--aspect_bucket_alignment`).
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from shards.export.choice import Split
from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.image_files import rooted
from shards.export.part_writer import PartWriter
from shards.export.tar_files import TarSamples

__all__ = ["SIMPLETUNER", "WEBSHART"]


@dataclass(frozen=True, slots=True)
class Webshart:
    """`{split}/targets/pairs-000000.tar` and `.json`, with the prompts as captions, and `{split}/sources/` alike."""

    name: str
    reader: str
    command: str
    side_multiple: int = 64
    has_config: bool = False
    home_in_place: str = ""
    takes_source2: bool = False
    takes_answer: bool = False

    def write_part(self, part: PartWriter, pairs: Iterator[ExportedPair]) -> None:
        """Two tars a split."""
        tars: dict[tuple[Split, str], _IndexedTar] = {}
        with ExitStack() as stack:
            for pair in pairs:
                images = {"targets": ("png", pair.target), "sources": (pair.source_format, pair.source)}
                for side, (suffix, content) in images.items():
                    if (pair.split, side) not in tars:
                        stem = f"{pair.split}/{side}/pairs-{part.shard:06d}"
                        stream = stack.enter_context(part.large_file(f"{stem}.tar"))
                        tars[pair.split, side] = _IndexedTar(stem, TarSamples(stream), {})
                    tars[pair.split, side].add(pair, suffix, content)
            sizes = {tar.stem: tar.samples.close() for tar in tars.values()}
        for tar in tars.values():
            index = {
                "path": f"{tar.stem.rpartition('/')[2]}.tar",
                "filesize": sizes[tar.stem],
                "files": tar.files,
                "includes_image_geometry": True,
            }
            with part.large_file(f"{tar.stem}.json") as stream:
                stream.write(json.dumps(index).encode())

    def finish(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """SimpleTuner's configuration of each split."""
        if not self.has_config:
            return {}
        shorter = min(parts.commonest_size())
        return {
            f"multidatabackend.{split}.json": (
                json.dumps(list(_backends(parts.root, split, shorter)), indent=1) + "\n"
            ).encode()
            for split in parts.splits
        }


@dataclass(frozen=True, slots=True)
class _IndexedTar:
    stem: str
    samples: TarSamples
    files: dict[str, dict[str, Any]]

    def add(self, pair: ExportedPair, suffix: str, content: bytes) -> None:
        (member,) = self.samples.add(pair.key, {suffix: content}).members
        self.files[f"{pair.key}.{suffix}"] = {
            "offset": member.offset,
            "length": member.size,
            "width": pair.width,
            "height": pair.height,
            "aspect": pair.width / pair.height,
            "captions": pair.prompt,
        }


def _backends(root: str, split: Split, shorter: int) -> Iterator[dict[str, Any]]:
    """Targets, sources as references that are cropped like them, and the cache of prompts; sides in pixels."""
    targets, sources = f"verichrome-{split}-targets", f"verichrome-{split}-sources"
    cache = rooted(root, "cache")
    for name, side in ((targets, "targets"), (sources, "sources")):
        yield {
            "id": name,
            "type": "webshart",
            "dataset_type": "image" if side == "targets" else "conditioning",
            "source": rooted(root, f"{split}/{side}"),
            "caption_strategy": "webshart",
            "metadata_backend": "webshart",
            "resolution": shorter,
            "resolution_type": "pixel",
            "crop": False,
            "cache_dir_vae": f"{cache}/vae/{name}",
            "webshart": {"cache_dir": f"{cache}/webshart/{name}", "shard_cache_gb": 0},
            **(
                {"conditioning_data": [sources]}
                if side == "targets"
                else {"conditioning_type": "reference_strict", "source_dataset_id": targets}
            ),
        }
    yield {
        "id": f"verichrome-{split}-prompts",
        "type": "local",
        "dataset_type": "text_embeds",
        "default": True,
        "cache_dir": f"{cache}/text",
    }


WEBSHART = Webshart("webshart", "webshart", "webshart.discover_dataset('{out}/train/targets')")
SIMPLETUNER = Webshart(
    "simpletuner",
    "SimpleTuner",
    "set data_backend_config to {out}/multidatabackend.train.json in the job's config",
    has_config=True,
)
