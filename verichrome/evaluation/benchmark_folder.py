"""The user's folder of a benchmark: only regular files inside it are read, with a limit on their size."""

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from encode import FormatError
from encode.reading.limits import MOST_SIDE
from encode.reading.short_text import short_repr
from shards import ShardError
from shards.folder import Folder
from verichrome.errors import UsageError

__all__ = ["MOST_BYTES", "BenchmarkFolder"]

#: Bytes of a file that is read whole: float64 depth of 8192 x 8192 pixels.
MOST_BYTES = 8 * MOST_SIDE**2 + (1 << 20)


class BenchmarkFolder:
    """Reads files by their names below `root`. Raises UsageError, FormatError or OSError."""

    def __init__(self, root: Path, title: str) -> None:
        self.root = root
        self.title = title
        self._folder = Folder(root)

    def where(self, name: str) -> str:
        """A file's path, for messages."""
        return str(self.root / name)

    def read(self, name: str, most: int = MOST_BYTES) -> bytes:
        """The content of a file of at most `most` bytes."""
        try:
            size = self._folder.size(name)
            if size > most:
                raise FormatError(self.where(name), f"a file of at most {most:,} bytes", f"{size:,}")
            with self._folder.open(name) as stream:
                content = stream.read(most)
        except ShardError as error:
            raise FormatError(str(self.root), "names within the folder", short_repr(name)) from error
        except OSError as error:
            raise FormatError(self.where(name), "a regular file", error.strerror or str(error)) from error
        return content

    @contextlib.contextmanager
    def stream(self, name: str) -> Iterator[BinaryIO]:
        """A file that is too large to be read whole."""
        try:
            opened = self._folder.open(name)
        except OSError as error:
            raise FormatError(self.where(name), "a regular file", error.strerror or str(error)) from error
        with opened:
            yield opened

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        with contextlib.suppress(ShardError, OSError):
            return self._folder.exists(name)
        return False

    def first(self, *names: str) -> str:
        """The first of these files that is there; raises UsageError that says what was expected where."""
        found = next((name for name in names if self.exists(name)), None)
        if found is None:
            raise self.lacks(" or ".join(names))
        return found

    def lacks(self, expected: str) -> UsageError:
        """The error of a folder that is not this benchmark's."""
        return UsageError(f"{self.title} expects {expected} in {self.root}, and it is not there (docs/benchmarks.md).")

    def entries(self, name: str = "") -> list[tuple[str, bool]]:
        """Sorted names in a folder, each with whether it is a folder; [] where there is none."""
        with contextlib.suppress(OSError, ShardError):
            return self._folder.entries(name)
        return []

    def files(self, name: str, suffix: str) -> Iterator[str]:
        """Names, from the root, of all files below a folder that end in `suffix`, in order."""
        for base, is_folder in self.entries(name):
            path = f"{name}/{base}" if name else base
            if is_folder:
                yield from self.files(path, suffix)
            elif base.endswith(suffix):
                yield path

    def image_shape(self, name: str) -> tuple[int, int]:
        """Height and width of a PNG or JPEG, from its header."""
        with _opened(self.read(name), self.where(name)) as image:
            return image.height, image.width

    def gray(self, name: str) -> np.ndarray:
        """The values of a PNG of one channel of 8 or 16 bits, (h, w)."""
        with _opened(self.read(name), self.where(name)) as image:
            if image.mode not in ("L", "P", "I;16", "I"):
                raise FormatError(self.where(name), "one channel of 8 or 16 bits", f"Pillow mode {image.mode}")
            return np.asarray(image)

    def rgb(self, name: str) -> np.ndarray:
        """The values of a PNG or JPEG of three channels of 8 bits, (h, w, 3)."""
        with _opened(self.read(name), self.where(name)) as image:
            if image.mode != "RGB":
                raise FormatError(self.where(name), "three channels of 8 bits", f"Pillow mode {image.mode}")
            return np.asarray(image)


@contextlib.contextmanager
def _opened(content: bytes, where: str) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as image:
            if max(image.size) > MOST_SIDE:
                raise FormatError(where, f"sides of at most {MOST_SIDE} pixels", f"{image.width}x{image.height}")
            yield image
    except FormatError:
        raise
    except Exception as error:  # Pillow's decoders raise any kind of error
        raise FormatError(where, "a PNG or JPEG", f"{type(error).__name__}: {error}"[:200]) from error
