"""ai-toolkit: a folder of targets with captions beside them, and a folder of sources of the same names.

Schema: `AiToolkitDataset` in toolkit/data_loader.py and `CaptionMixin` and `ControlFileItemDTOMixin` in
toolkit/dataloader_mixins.py of github.com/ostris/ai-toolkit. Control images are looked up by name in one folder,
without subfolders. Its buckets have sides that are multiples of 64 pixels (`bucket_tolerance`). It joins the lines of a
caption with commas.
"""

from collections.abc import Iterator, Mapping

import yaml

from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.image_files import rooted
from shards.export.part_writer import PartWriter

__all__ = ["AiToolkit"]


class AiToolkit:
    """`{split}/targets/KEY.png` and `.txt`, `{split}/sources/KEY.png`; `{split}.yaml` is the part of a job's config."""

    name = "ai-toolkit"
    reader = "ai-toolkit"
    side_multiple = 64
    home_in_place = ""
    takes_source2 = False
    takes_answer = False
    command = "put the `datasets` of {out}/train.yaml into the job's YAML file; python run.py JOB.yaml"

    def write_part(self, part: PartWriter, pairs: Iterator[ExportedPair]) -> None:
        """Sources of one frame are hard links to the first of them, where the file system has links."""
        first: dict[tuple[str, bytes], str] = {}
        for pair in pairs:
            folder = f"{pair.split}/targets"
            part.write_file(f"{folder}/{pair.key}.png", pair.target)
            part.write_file(f"{folder}/{pair.key}.txt", pair.prompt.encode())
            name = f"{pair.split}/sources/{pair.key}.{pair.source_format}"
            same = first.get((pair.frame_key, pair.source))
            if same is None:
                first = {(pair.frame_key, pair.source): name}
                part.write_file(name, pair.source)
            else:
                part.link_or_write(same, name, pair.source)

    def finish(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """One configuration a split."""
        width, height = parts.commonest_size()
        return {
            f"{split}.yaml": yaml.safe_dump(
                {
                    "datasets": [
                        {
                            "folder_path": rooted(parts.root, f"{split}/targets"),
                            "control_path": rooted(parts.root, f"{split}/sources"),
                            "caption_ext": "txt",
                            "resolution": [max(width, height)],
                        }
                    ]
                },
                sort_keys=False,
            ).encode()
            for split in parts.splits
        }
