"""The only writer of PNG files that must be exact: targets, sources, images and base colours.

libdeflate at level 5 takes a half to a third of the time of zlib at 4, and no more bytes (benchmarks/RESULTS.md). One
filter serves the whole image: which one, a trial on a few bands of rows decides.
"""

import struct

import deflate
import numpy as np
from jaxtyping import UInt8

from encode.check import check_rgb
from encode.errors import ArrayError

__all__ = ["encode_png"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LEVEL, _TRIAL_LEVEL = 5, 2

#: PNG's filter types. Average and Paeth cost more here than they save.
_NONE, _SUB, _UP = 0, 1, 2

_TRIAL_BANDS, _BAND_ROWS = 4, 16


def encode_png(rgb: UInt8[np.ndarray, "h w 3"], where: str = "image") -> bytes:
    """Return an 8-bit RGB PNG file without metadata; the same pixels give the same bytes with the same libdeflate.

    Raises ArrayError that names `where` for another dtype or shape, or for no pixels.
    """
    check_rgb(rgb, where)
    height, width, _ = rgb.shape
    if not rgb.size:
        raise ArrayError(where, "at least one pixel", f"shape {rgb.shape}")
    rows = np.ascontiguousarray(rgb).reshape(height, 3 * width)
    filtered = _filtered(rows, 0, height, _best_filter(rows))
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),  # 8 bits, RGB, not interlaced
            _chunk(b"IDAT", deflate.zlib_compress(filtered, _LEVEL)),
            _chunk(b"IEND", b""),
        )
    )


def _best_filter(rows: UInt8[np.ndarray, "h n"]) -> int:
    """The filter by which bands across the image compress best; of two equals the first."""
    height = len(rows)
    if height <= _TRIAL_BANDS * _BAND_ROWS:
        bands = [(0, height)]
    else:
        step = height // _TRIAL_BANDS
        starts = (band * step + (step - _BAND_ROWS) // 2 for band in range(_TRIAL_BANDS))
        bands = [(start, start + _BAND_ROWS) for start in starts]

    def compressed(filter_type: int) -> int:
        trial = np.concatenate([_filtered(rows, start, stop, filter_type) for start, stop in bands])
        return len(deflate.zlib_compress(trial, _TRIAL_LEVEL))

    return min((_NONE, _SUB, _UP), key=compressed)


def _filtered(rows: UInt8[np.ndarray, "h n"], start: int, stop: int, filter_type: int) -> UInt8[np.ndarray, "r m"]:
    """Rows `start` to `stop` as IDAT holds them: each behind the type of its filter."""
    result = np.empty((stop - start, rows.shape[1] + 1), np.uint8)
    result[:, 0] = filter_type
    taken, body = rows[start:stop], result[:, 1:]
    if filter_type == _SUB:
        body[:, :3] = taken[:, :3]
        np.subtract(taken[:, 3:], taken[:, :-3], out=body[:, 3:])
    elif filter_type == _UP:
        body[0] = taken[0] - rows[start - 1] if start else taken[0]
        np.subtract(taken[1:], taken[:-1], out=body[1:])
    else:
        body[:] = taken
    return result


def _chunk(kind: bytes, content: bytes | bytearray) -> bytes:
    checksum = deflate.crc32(content, deflate.crc32(kind))
    return b"".join((struct.pack(">I", len(content)), kind, content, struct.pack(">I", checksum)))
