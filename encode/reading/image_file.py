"""The only reader of untrusted image files: PNG, JPEG and WebP. The size is checked before pixels are decoded."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import numpy as np
from jaxtyping import UInt8
from PIL import Image, UnidentifiedImageError

from encode.errors import EncodeError, FormatError
from encode.reading.limits import MOST_PIXELS, MOST_SIDE
from encode.reading.plain_png import read_plain_png
from encode.reading.webp import check_webp

__all__ = ["IMAGE_SUFFIXES", "open_image", "read_exact_rgb"]

#: Endings of the names of files that `open_image` reads.
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")

_FORMATS = ("PNG", "JPEG", "WEBP")
_MAGIC = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"RIFF": "WEBP"}
#: Offset of a PNG's bits a channel: Pillow would silently reduce 16 to 8.
_PNG_DEPTH = 24


@contextmanager
def open_image(content: bytes, where: str, shape: tuple[int, int] | None = None) -> Iterator[Image.Image]:
    """Give the Pillow image of a file, its pixels not yet decoded; what fails in the with-block is a FormatError too.

    shape: (height, width) that it must have; without one, both sides are at most 8192 pixels. Raises FormatError that
    names `where`: other formats, other sizes, several frames, more than 8 bits a channel, damaged files.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit here is lower
            check_webp(content, where)
            with Image.open(BytesIO(content), formats=_FORMATS) as image:
                _check(image, content, where, shape)
                yield image
    except EncodeError:
        raise
    except Image.DecompressionBombError:  # twice as large as Pillow's own limit
        raise FormatError(where, f"sides of at most {MOST_SIDE} pixels", "a much larger image") from None
    except Exception as error:  # Pillow's decoders raise any kind of error
        raise FormatError(where, "an image file (PNG, JPEG or WebP)", _describe_error(error, content)) from error


def read_exact_rgb(content: bytes, where: str, shape: tuple[int, int]) -> UInt8[np.ndarray, "h w 3"]:
    """The pixels of an 8-bit RGB image file of exactly (height, width); raises FormatError as `open_image` does.

    Other modes (grey, palettes, alpha) are refused.
    """
    plain = read_plain_png(content, shape)
    if plain is not None:
        return plain
    with open_image(content, where, shape) as image:
        if image.mode != "RGB":
            raise FormatError(where, "an 8-bit RGB image", f"Pillow mode {image.mode}")
        return np.asarray(image)


def _check(image: Image.Image, content: bytes, where: str, shape: tuple[int, int] | None) -> None:
    size = image.height, image.width
    if shape is not None and size != shape:
        raise FormatError(where, f"an image of height and width {shape}", str(size))
    if max(size) > MOST_SIDE or size[0] * size[1] > MOST_PIXELS:
        raise FormatError(where, f"sides of at most {MOST_SIDE} pixels", f"{image.width}x{image.height}")
    if getattr(image, "n_frames", 1) != 1:
        raise FormatError(where, "one image", "an animation")
    if image.format == "PNG" and content[_PNG_DEPTH : _PNG_DEPTH + 1] > b"\x08":
        raise FormatError(where, "8 bits a channel", f"{content[_PNG_DEPTH]}")


def _describe_error(error: Exception, content: bytes) -> str:
    """Why an image cannot be read, without Pillow's addresses of objects."""
    if isinstance(error, UnidentifiedImageError):
        known = next((name for magic, name in _MAGIC.items() if content.startswith(magic)), None)
        return f"a damaged {known}" if known else "another format"
    return f"{type(error).__name__}: {error}"[:200]
