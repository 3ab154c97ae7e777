"""The answers of a model: image files named by the keys of pairs, in a folder, in a tar, or in a folder of tars."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from jaxtyping import UInt8

from encode import ArrayError, FormatError, read_rgb
from encode.reading.image_file import IMAGE_SUFFIXES
from encode.reading.short_text import short_repr
from shards.errors import BadSample, ShardError, StoreError
from shards.reading.limits import most_bytes
from shards.reading.stored import read_small
from shards.reading.tar_listing import list_tar
from shards.store import Store

__all__ = ["Answers", "open_answers"]

_TAR = ".tar"
_MOST = most_bytes("source.png")
_MOST_TEXT = most_bytes("answer.txt")


class _AnswerPlace(NamedTuple):
    """Where an answer is: a file of the store, and the bytes of it where that is a tar."""

    file: str
    start: int = 0
    size: int = -1
    inner: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """Where the answer of each key is. Holds no connection and no pixels: it is sent to other processes.

    url: what `open_answers` was given. texts: where the text of each key is, KEY.txt, which some pairs ask for. others:
    how many files are neither, nor named KEY.png, .jpg, .jpeg or .webp.
    """

    url: str
    store: Store
    places: dict[str, _AnswerPlace]
    doubled: dict[str, str]
    others: int
    texts: dict[str, _AnswerPlace] = field(default_factory=dict)

    def keys(self) -> Iterator[str]:
        """The keys that have an answer, in the order in which they were found."""
        yield from self.places

    def where(self, key: str) -> str:
        """Path of an answer for messages."""
        place = self.places[key]
        return f"{self.store.where(place.file)}{f', {place.inner}' if place.inner else ''}"

    def read(self, key: str, shape: tuple[int, int], *, resize: bool = False) -> UInt8[np.ndarray, "h w 3"]:
        """The answer as RGB of `shape` (height, width).

        resize: one of another size is scaled by nearest neighbour, which makes no new colours. Raises BadSample, one
        sentence: another size or aspect ratio, transparency, more than 8 bits a channel, no image, a damaged one, two
        files for this key.
        """
        if key in self.doubled:
            raise BadSample(f"{self.where(key)}: expected one answer for {key}, got {self.doubled[key]} too")
        place = self.places[key]
        try:
            return read_rgb(self._content(place), shape, exact=not resize)
        except (ArrayError, FormatError) as error:
            hint = "; --resize scales it" if error.expected.startswith("height and width") else ""
            raise BadSample(f"{self.where(key)}: expected {error.expected}, got {error.got}{hint}") from error
        except StoreError as error:
            raise BadSample(str(error)) from error

    def text(self, key: str) -> str:
        """The text that stands before the image of an answer, KEY.txt beside it; raises BadSample, one sentence."""
        if key not in self.texts:
            raise BadSample(f"{self.where(key)}: expected its text in {key}.txt too, got no such file")
        place = self.texts[key]
        try:
            return self._content(place, _MOST_TEXT).decode(errors="replace")
        except FormatError as error:
            raise BadSample(f"{key}.txt: expected {error.expected}, got {error.got}") from error
        except StoreError as error:
            raise BadSample(str(error)) from error

    def _content(self, place: _AnswerPlace, most: int = _MOST) -> bytes:
        if place.size < 0:
            return read_small(self.store, place.file, most)
        if place.size > most:
            raise FormatError(place.inner, f"a file of at most {most:,} bytes", f"{place.size:,}")
        return self.store.read_range(place.file, place.start, place.start + place.size) if place.size else b""


def open_answers(url: str) -> Answers:
    """Find the answers below a folder or in a tar, at a path or URL; raises ShardError where there are none."""
    parent, _, base = url.rstrip("/").rpartition("/")
    is_tar = base.endswith(_TAR)
    store = Store(parent or ("/" if url.startswith("/") else ".")) if is_tar else Store(url)
    names = [base] if is_tar else list(store.names())
    if is_tar and not store.exists(base):
        raise StoreError(f"{url} is not there")
    if not names and store.folder is not None and not store.folder.is_dir():
        raise StoreError(f"{url} is neither a folder nor a .tar")
    places: dict[str, _AnswerPlace] = {}
    doubled: dict[str, str] = {}
    texts: dict[str, _AnswerPlace] = {}
    others = 0
    for name, place in _files(store, names):
        key, _, suffix = name.rpartition("/")[2].partition(".")
        if suffix.lower() == "txt" and key:
            texts[key] = place
        elif f".{suffix.lower()}" not in IMAGE_SUFFIXES or not key:
            others += 1
        elif key in places:
            doubled[key] = place.inner or place.file
        else:
            places[key] = place
    others += sum(key not in places for key in texts)
    if not places:
        found = f"only {others:,} other files" if others else "no file"
        raise ShardError(f"{url}: expected answers named KEY.png, .jpg or .webp, in a folder or in tars, got {found}")
    return Answers(url, store, places, doubled, others, texts)


def _files(store: Store, names: Iterable[str]) -> Iterator[tuple[str, _AnswerPlace]]:
    """Every file by its own name, those in tars too."""
    for name in names:
        if not name.endswith(_TAR):
            yield name, _AnswerPlace(name)
            continue
        where = store.where(name)
        with store.open(name) as stream:
            for file in list_tar(stream, store.size(name), where):
                yield file.name, _AnswerPlace(name, file.start, file.size, short_repr(file.name).strip("'"))
