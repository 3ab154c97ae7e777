"""Tar files of a part, with the offsets of their members."""

from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

from shards.reading.tar_member import BLOCK, padded
from shards.tar_stream import TarStream

__all__ = ["MemberSpan", "SampleSpan", "TarOffsets", "TarSamples"]


class MemberSpan(NamedTuple):
    """Where the content of a member lies in its tar, in bytes."""

    suffix: str
    offset: int
    size: int


class SampleSpan(NamedTuple):
    """Where a sample lies in its tar: from its first header to the end of its last member, in bytes."""

    key: str
    offset: int
    size: int
    members: tuple[MemberSpan, ...]


class TarOffsets:
    """Counts through a tar of plain headers, one block each, as this project's writers and readers have them."""

    def __init__(self) -> None:
        self.end = 0

    def add(self, key: str, members: Mapping[str, bytes]) -> SampleSpan:
        """Where the next sample lies."""
        begin, spans = self.end, []
        for suffix, content in members.items():
            spans.append(MemberSpan(suffix, self.end + BLOCK, len(content)))
            self.end += BLOCK + padded(len(content))
        return SampleSpan(key, begin, self.end - begin, tuple(spans))


class TarSamples:
    """Writes a tar of samples, and says where each lies in it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._tar = TarStream(stream)
        self._offsets = TarOffsets()

    def add(self, key: str, members: Mapping[str, bytes]) -> SampleSpan:
        """Append a sample."""
        for suffix, content in members.items():
            self._tar.add(f"{key}.{suffix}", content)
        return self._offsets.add(key, members)

    def close(self) -> int:
        """Write the end of the tar and return its bytes; the stream stays open."""
        self._tar.close()
        return self._tar.size
