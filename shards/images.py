"""8-bit RGB images as files: PNG for all that must be exact, JPEG or WebP for sources where size counts."""

import io
from typing import Any, Literal, get_args

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from encode import FormatError
from encode.png_encoder import encode_png
from encode.reading.image_file import read_exact_rgb
from shards.errors import BadSample

__all__ = ["SourceFormat", "decode_image", "encode_image"]

SourceFormat = Literal["png", "jpg", "webp"]


def encode_image(image: UInt8[np.ndarray, "h w 3"], file_format: SourceFormat = "png", quality: int = 95) -> bytes:
    """Return the file's bytes, without metadata; `quality` (1 to 100) is for jpg and webp. Raises BadSample."""
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or not image.size:
        raise BadSample(f"image: expected uint8 of shape (h, w, 3), got {image.dtype} of {image.shape}")
    options: dict[str, Any]
    match file_format:
        case "png":
            return encode_png(image)
        case "jpg":
            # Full chroma: at half resolution colour edges would be a pixel off the truth.
            options = {"format": "JPEG", "quality": quality, "subsampling": 0}
        case "webp":
            options = {"format": "WEBP", "quality": quality, "method": 4}
        case _:
            raise BadSample(f"image: expected a format of {', '.join(get_args(SourceFormat))}, got {file_format!r}")
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(image)).save(stream, **options)
    return stream.getvalue()


def decode_image(content: bytes, where: str, shape: tuple[int, int]) -> UInt8[np.ndarray, "h w 3"]:
    """Return the pixels; raises BadSample that names `where` unless this is an 8-bit RGB image of (height, width)."""
    try:
        return read_exact_rgb(content, where, shape)
    except FormatError as error:
        raise BadSample(str(error)) from error
