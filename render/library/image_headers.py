"""The size of an image by its header, checked before anything decodes the image."""

import io
import re
import struct
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from PIL import Image

__all__ = ["MOST_PIXELS", "image_problem"]

#: 16384 x 8192, which as floats take 2 GiB.
MOST_PIXELS = 2**27
#: The formats that Pillow may read: for some others it starts programs.
FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "DDS", "TGA")
DOCUMENTED = "PNG, JPEG, WebP, TIFF, TGA, BMP, DDS, EXR or Radiance HDR"
HEADER = 2**20  # bytes of a header that are read
EXR, HDR = b"\x76\x2f\x31\x01", b"#?"
MULTIPART = 0x1000
PARTS = 256  # of a multi-part EXR
CHANNELS = 4  # a pixel, which MOST_PIXELS counts on


def image_problem(source: Path | bytes) -> str:
    """Why the image must not be decoded, as a predicate (`has 100000x100000 pixels ...`); "" where it may be."""
    try:
        with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
            start = stream.read(HEADER)
            if start.startswith(EXR):
                sizes = list(_exr(start))
            elif start.startswith(HDR):
                sizes = [_hdr(start)]
            else:
                stream.seek(0)
                sizes = [_by_pillow(stream)]
    except _TooLarge:
        return f"has more than {MOST_PIXELS:,} pixels"
    except Exception:  # Pillow's readers raise whatever a malformed header makes them
        return f"is not {DOCUMENTED}"
    if not all(width > 0 and height > 0 for width, height, _ in sizes):
        return "has no pixels"
    if sum(width * height * max(channels, CHANNELS) for width, height, channels in sizes) > CHANNELS * MOST_PIXELS:
        width, height, channels = max(sizes, key=lambda size: size[0] * size[1] * size[2])
        deep = f" of {channels} channels" if channels > CHANNELS else ""
        return f"has {width}x{height} pixels{deep}, more than the {MOST_PIXELS:,} that are read"
    return ""


class _TooLarge(Exception):
    pass


def _by_pillow(stream: BinaryIO) -> tuple[int, int, int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # sizes are checked here
        try:
            with Image.open(stream, formats=FORMATS) as image:
                return (*image.size, CHANNELS)
        except Image.DecompressionBombError as error:
            raise _TooLarge from error


def _hdr(start: bytes) -> tuple[int, int, int]:
    match = re.search(rb"\n[-+][YX] (\d{1,9}) [-+][XY] (\d{1,9})\n", start)
    if not match:
        raise ValueError("no resolution")
    height, width = map(int, match.groups())
    return width, height, CHANNELS


def _exr(start: bytes) -> Iterator[tuple[int, int, int]]:
    """Width, height and channels of each part, the larger of its two windows."""
    (version,) = struct.unpack_from("<I", start, 4)
    offset = 8
    for _ in range(PARTS if version & MULTIPART else 1):
        windows, channels = [(0, 0)], 0
        while start[offset]:
            name, kind_at = _text(start, offset)
            _, size_at = _text(start, kind_at)
            (size,) = struct.unpack_from("<i", start, size_at)
            value = start[size_at + 4 : size_at + 4 + size]
            if size < 0 or len(value) < size:
                raise ValueError("cut short")
            if name in (b"dataWindow", b"displayWindow"):
                left, top, right, bottom = struct.unpack("<4i", value)
                windows.append((right - left + 1, bottom - top + 1))
            elif name == b"channels":
                channels = _channels(value)
            offset = size_at + 4 + size
        yield (*max(windows, key=lambda window: window[0] * window[1]), channels)
        offset += 1
        if version & MULTIPART and not start[offset]:
            return
    if version & MULTIPART:
        raise ValueError("too many parts")


def _channels(value: bytes) -> int:
    """How many a list of channels names: each is a name and 16 bytes."""
    offset, count = 0, 0
    while value[offset]:
        _, offset = _text(value, offset)
        offset += 16
        count += 1
    return count


def _text(content: bytes, start: int) -> tuple[bytes, int]:
    end = content.index(b"\0", start)
    return content[start:end], end + 1
