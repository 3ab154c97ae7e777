"""Readers of arrays in the formats of the benchmarks: .npy, raw floats, MATLAB. Sizes come before allocation."""

import io
import struct
import zlib
from typing import Any

import numpy as np
from numpy.lib import format as npy_format

from encode import FormatError

__all__ = ["read_mat", "read_npy", "read_raw_floats"]

_NUMBERS = "fiub"

#: Bytes of a MATLAB file's compressed variables, unpacked; its header and the type of a compressed variable.
_MOST_UNPACKED = 512 << 20
_MAT_HEADER, _MAT_COMPRESSED = 128, 15


def read_npy(content: bytes, where: str) -> np.ndarray:
    """The numbers of a .npy file; raises FormatError for objects, and for a shape that the file's bytes do not fill."""
    stream = io.BytesIO(content)
    try:
        version = npy_format.read_magic(stream)
        header = npy_format.read_array_header_1_0 if version == (1, 0) else npy_format.read_array_header_2_0
        shape, _, dtype = header(stream)
        if dtype.kind not in _NUMBERS or dtype.hasobject:
            raise ValueError(f"an array of {dtype}")
        size = dtype.itemsize * int(np.prod(shape, dtype=object))
        if size != len(content) - stream.tell():
            raise ValueError(f"{len(content) - stream.tell():,} bytes for the shape {shape} of {dtype}")
        stream.seek(0)
        return np.asarray(np.load(stream, allow_pickle=False))
    except (ValueError, TypeError, SyntaxError, EOFError, OverflowError) as error:
        raise FormatError(where, "a .npy file of numbers", str(error)[:200]) from error


def read_raw_floats(content: bytes, where: str, shape: tuple[int, int]) -> np.ndarray:
    """Little-endian float32 without a header, row by row, of `shape` (height, width)."""
    if len(content) != 4 * shape[0] * shape[1]:
        raise FormatError(where, f"{4 * shape[0] * shape[1]:,} bytes of float32, {shape}", f"{len(content):,} bytes")
    return np.frombuffer(content, "<f4").reshape(shape)


def read_mat(content: bytes, where: str, name: str) -> Any:
    """The variable `name` of a MATLAB file of version 5; structs become nested arrays, as scipy reads them."""
    from scipy.io import loadmat

    try:
        _check_unpacked_size(content)
        variables = loadmat(io.BytesIO(content), variable_names=[name])
    except Exception as error:  # scipy raises any kind of error for damaged files
        raise FormatError(where, "a MATLAB file of version 5", f"{type(error).__name__}: {error}"[:200]) from error
    if name not in variables:
        raise FormatError(where, f"the variable {name}", "none of this name")
    return variables[name]


def _check_unpacked_size(content: bytes) -> None:
    """Raise ValueError where the compressed variables are larger than any image's, before they are unpacked whole."""
    order = ">" if content[_MAT_HEADER - 2 : _MAT_HEADER] == b"MI" else "<"
    start, total = _MAT_HEADER, 0
    while start + 8 <= len(content):
        kind, size = struct.unpack_from(f"{order}2I", content, start)
        if kind == _MAT_COMPRESSED:
            unpacker, packed = zlib.decompressobj(), content[start + 8 : start + 8 + size]
            while packed and total <= _MOST_UNPACKED:
                total += len(unpacker.decompress(packed, 1 << 20))
                packed = unpacker.unconsumed_tail
        if total > _MOST_UNPACKED:
            raise ValueError(f"variables of more than {_MOST_UNPACKED:,} bytes")
        start += 8 + size
