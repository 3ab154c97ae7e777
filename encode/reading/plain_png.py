"""The pixels of PNG files in the form that `encode.png_encoder` writes, by libdeflate: a fifth of Pillow's time.

Only `encode.reading.image_file` uses it. A file of any other form, a damaged one too, is left to Pillow.
"""

import struct

import deflate
import numpy as np
from jaxtyping import UInt8

from encode.reading.limits import MOST_PIXELS, MOST_SIDE

__all__ = ["read_plain_png"]

#: Signature and IHDR with its checksum, then length and name of the one IDAT.
_HEAD = struct.Struct(">8sI4sIIBBBBBII4s")
#: The checksum of IDAT, then IEND.
_TAIL = struct.Struct(">II4sI")

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_RGB8 = (8, 2, 0, 0, 0)  # 8 bits, RGB, deflate, five filters, not interlaced
_END = (0, b"IEND", deflate.crc32(b"IEND"))


def read_plain_png(content: bytes, shape: tuple[int, int]) -> UInt8[np.ndarray, "h w 3"] | None:
    """The pixels, not writable, of an 8-bit RGB PNG of (height, width); None where the file is in another form.

    The form: IHDR, one IDAT and IEND, all checksums right, nothing else, and the same filter (none, sub or up) in all
    rows. Its size is compared with `shape` and with the limits before anything is decompressed.
    """
    height, width = shape
    compressed = _idat(content, shape)
    if compressed is None or min(shape) < 1 or max(shape) > MOST_SIDE or height * width > MOST_PIXELS:
        return None
    try:
        filtered = deflate.zlib_decompress(compressed, height * (1 + 3 * width))
    except deflate.DeflateError:
        return None
    if len(filtered) != height * (1 + 3 * width):
        return None
    rows = np.frombuffer(filtered, np.uint8).reshape(height, 1 + 3 * width)
    if (rows[:, 0] != rows[0, 0]).any():
        return None
    pixels = _unfiltered(rows[:, 1:], int(rows[0, 0]))
    if pixels is None:
        return None
    pixels.flags.writeable = False
    return pixels.reshape(height, width, 3)


def _idat(content: bytes, shape: tuple[int, int]) -> memoryview | None:
    """What the one IDAT of a plain PNG of this size holds; None for another file."""
    height, width = shape
    if len(content) < _HEAD.size + _TAIL.size:
        return None
    signature, *header, checksum, length, name = _HEAD.unpack_from(content)
    if signature != _SIGNATURE or header != [13, b"IHDR", width, height, *_RGB8] or name != b"IDAT":
        return None
    if length != len(content) - _HEAD.size - _TAIL.size:
        return None
    named = memoryview(content)[_HEAD.size - 4 : -_TAIL.size]
    idat_checksum, *end = _TAIL.unpack_from(content, len(content) - _TAIL.size)
    if deflate.crc32(content[12:29]) != checksum or deflate.crc32(named) != idat_checksum or tuple(end) != _END:
        return None
    return named[4:]


def _unfiltered(rows: UInt8[np.ndarray, "h n"], filter_type: int) -> UInt8[np.ndarray, "h n"] | None:
    """Rows of bytes without their filter; sums of bytes wrap, as the filters' differences do."""
    match filter_type:
        case 0:  # none
            return np.ascontiguousarray(rows)
        case 1:  # sub: the pixel to the left
            return np.cumsum(rows.reshape(len(rows), -1, 3), axis=1, dtype=np.uint8).reshape(rows.shape)
        case 2:  # up
            result = np.empty(rows.shape, np.uint8)
            result[0] = rows[0]
            for row in range(1, len(rows)):  # faster than cumsum, which goes down the columns
                np.add(result[row - 1], rows[row], out=result[row])
            return result
    return None
