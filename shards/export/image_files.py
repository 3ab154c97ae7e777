"""Formats that keep each image as a file, and name the files in one index a split."""

import posixpath
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shards.export.choice import Split
from shards.export.exported_pair import ExportedPair
from shards.export.format_protocol import FinishedParts
from shards.export.part_writer import PartWriter

__all__ = ["ImageFileFormat", "SharedSources", "rooted"]


def rooted(root: str, name: str) -> str:
    """The name behind the root, where there is a root."""
    return posixpath.join(root, name)


class SharedSources:
    """Names of source images in a part: pairs of one frame share one file, in the folder `folder`."""

    def __init__(self, part: PartWriter, folder: str) -> None:
        self._part = part
        self._folder = folder
        self._frame_key = ""
        self._name = ""
        self._content = b""

    def name_of(self, pair: ExportedPair) -> str:
        """Name of the file of the pair's source, written where it is the first of its frame."""
        if pair.frame_key != self._frame_key:
            self._frame_key, self._content = pair.frame_key, pair.source
            self._name = f"{self._folder}/{pair.frame_key}.{pair.source_format}"
            self._part.write_file(self._name, pair.source)
        elif pair.source != self._content:  # no data set of ours has two images of a frame
            name = f"{self._folder}/{pair.key}.source.{pair.source_format}"
            self._part.write_file(name, pair.source)
            return name
        return self._name


class ImageFileFormat(ABC):
    """Images in `sources/SHARD/FRAME.png` and `targets/SHARD/KEY.png`, and a file of JSON lines for each split."""

    home_in_place = ""
    takes_source2 = True
    takes_answer = False

    @abstractmethod
    def line(self, pair: ExportedPair, sources: Sequence[str], target: str, root: str) -> Mapping[str, Any]:
        """What the index says of a pair; `sources`, one or two, and `target` are names of files below the folder."""

    def small_files(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """Further files by name."""
        del parts
        return {}

    def index_name(self, split: Split) -> str:
        """Name of the index of a split."""
        return f"{split}.jsonl"

    def write_part(self, part: PartWriter, pairs: Iterator[ExportedPair]) -> None:
        """Write the images of the pairs and a line for each pair."""
        sources = SharedSources(part, f"sources/{part.shard:06d}")
        for pair in pairs:
            names, target = [sources.name_of(pair)], f"targets/{part.shard:06d}/{pair.key}.png"
            part.write_file(target, pair.target)
            if pair.has_source2:
                names.append(f"sources/{part.shard:06d}/{pair.key}.source2.png")
                part.write_file(names[-1], pair.source2)
            part.add_line(pair.split, self.line(pair, names, target, part.root))

    def finish(self, parts: FinishedParts) -> Mapping[str, bytes]:
        """Join the lines to the index files."""
        for split in parts.splits:
            parts.join_lines(split, self.index_name(split))
        return self.small_files(parts)
