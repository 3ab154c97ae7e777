"""Image files: reads answers of a model, writes targets."""

import os
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from encode.errors import ArrayError, FormatError
from encode.png_encoder import encode_png

__all__ = ["read_rgb", "write_png"]

# Pillow's modes of 8 bits a channel that convert to RGB without loss or ambiguity.
_EIGHT_BIT = ("RGB", "RGBA", "L", "LA", "P")

# Trainers' buckets stretch by a few per cent; beyond it an image was cropped or padded, and must not be resized.
_MOST_STRETCH = 1.05


def read_rgb(
    source: str | os.PathLike[str] | bytes, shape: tuple[int, int] | None = None, *, exact: bool = False
) -> UInt8[np.ndarray, "h w 3"]:
    """Read an 8-bit image file (a path, or its bytes) as RGB: what every `decode` and `score` takes.

    shape: (height, width) wanted, `meta.shape` for an answer: a model that paints at another size is resized to it by
    nearest neighbour, since any smoother filter would mix colours into new ones. exact: it must have that size.

    Raises ArrayError for a file that is not PNG, JPEG or WebP, has sides of more than 8192 pixels or more than 8 bits a
    channel, is animated, partly transparent or of another size or aspect ratio than allowed, and OSError where there is
    none.
    """
    from PIL import Image  # lazy, since only files need it

    from encode.reading.image_file import open_image

    where = "image bytes" if isinstance(source, bytes) else f"image {os.fspath(source)}"
    content = source if isinstance(source, bytes) else Path(source).read_bytes()
    try:
        with open_image(content, where) as image:
            if shape is not None:
                _check_size(image.size, shape, where, exact)
            if image.mode not in _EIGHT_BIT:
                raise ArrayError(where, "8 bits a channel", f"Pillow mode {image.mode}")
            if image.has_transparency_data and image.convert("RGBA").getchannel("A").getextrema() != (255, 255):
                raise ArrayError(where, "an opaque image", "transparent pixels")
            rgb = image.convert("RGB")
    except FormatError as error:
        raise ArrayError(error.where, error.expected, error.got) from error
    if shape is not None and (rgb.height, rgb.width) != shape:
        rgb = rgb.resize((shape[1], shape[0]), Image.Resampling.NEAREST)
    return np.asarray(rgb)


def _check_size(size: tuple[int, int], shape: tuple[int, int], where: str, exact: bool) -> None:
    """Before a pixel is decoded: `size` is (width, height), `shape` (height, width)."""
    if exact and size != shape[::-1]:
        raise ArrayError(where, f"height and width {shape}", f"{size[::-1]}")
    stretch = size[0] * shape[0] / (size[1] * shape[1])
    if not 1 / _MOST_STRETCH <= stretch <= _MOST_STRETCH:
        raise ArrayError(where, f"the aspect ratio of height and width {shape}", f"{(size[1], size[0])}")


def write_png(path: str | os.PathLike[str], rgb: UInt8[np.ndarray, "h w 3"]) -> None:
    """Write `rgb` without loss; raises ArrayError for another type or shape, or a name that does not end in .png."""
    content = encode_png(rgb, f"image {os.fspath(path)}")
    if Path(path).suffix.lower() != ".png":
        raise ArrayError(f"image {os.fspath(path)}", "a name that ends in .png", repr(Path(path).suffix))
    Path(path).write_bytes(content)
