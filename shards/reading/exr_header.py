"""The header of an OpenEXR file, read before OpenEXR allocates memory for the pixels that it announces."""

import struct
from collections.abc import Mapping
from typing import NamedTuple

from encode import FormatError
from encode.reading.short_text import short_repr

__all__ = ["check_exr"]

_MAGIC = 20000630
#: Flags of the version field: tiles, deep pixels and several parts; long names (0x400) do no harm.
_OTHER_KINDS = 0x200 | 0x800 | 0x1000
#: None, RLE, ZIPS, ZIP and PIZ, which are lossless.
_LOSSLESS = range(5)
_MOST_ATTRIBUTES = 64
_TYPES = {0: "uint32", 1: "float16", 2: "float32"}


class _Attribute(NamedTuple):
    kind: bytes
    value: bytes


def check_exr(content: bytes, where: str, shape: tuple[int, int], channels: Mapping[str, str]) -> None:
    """Raise FormatError unless this is a lossless single-part file of just these channels and this (height, width).

    channels: `uint32`, `float16` or `float32` by name.
    """
    try:
        attributes = _attributes(content)
        corners = struct.unpack("<4i", attributes[b"dataWindow"].value)
        stored = _channels(attributes[b"channels"].value)
        compression = attributes[b"compression"].value[0]
    except (KeyError, IndexError, ValueError, struct.error) as error:
        got = f"{type(error).__name__}: {error}"
        raise FormatError(where, "a single-part OpenEXR file of scan lines", got) from None
    if corners != (0, 0, shape[1] - 1, shape[0] - 1):
        raise FormatError(where, f"pixels of height and width {shape}", f"the data window {corners}")
    if compression not in _LOSSLESS:
        raise FormatError(where, "a compression without loss", f"number {compression}")
    if stored.keys() != channels.keys():
        raise FormatError(where, f"the channels {sorted(channels)}", short_repr(sorted(stored)))
    for name, kind in channels.items():
        if stored[name] != kind:
            raise FormatError(where, f"{name} as {kind}", stored[name])


def _attributes(content: bytes) -> dict[bytes, _Attribute]:
    magic, version = struct.unpack_from("<2i", content)
    if magic != _MAGIC or version & _OTHER_KINDS:
        raise ValueError("another kind of file")
    attributes: dict[bytes, _Attribute] = {}
    offset = 8
    for _ in range(_MOST_ATTRIBUTES):
        name, offset = _text(content, offset)
        if not name:
            return attributes
        kind, offset = _text(content, offset)
        (size,) = struct.unpack_from("<i", content, offset)
        value = content[offset + 4 : offset + 4 + size]
        if size < 0 or len(value) != size or name in attributes:
            raise ValueError("an attribute that is cut or comes twice")
        attributes[name] = _Attribute(kind, value)
        offset += 4 + size
    raise ValueError(f"more than {_MOST_ATTRIBUTES} attributes")


def _text(content: bytes, offset: int) -> tuple[bytes, int]:
    end = content.index(b"\0", offset, offset + 256)
    return content[offset:end], end + 1


def _channels(value: bytes) -> dict[str, str]:
    """A list of names, each with type, flags and sampling; only a sampling of every pixel is accepted."""
    channels: dict[str, str] = {}
    offset = 0
    while value[offset] != 0:
        name, offset = _text(value, offset)
        kind, _, x_step, y_step = struct.unpack_from("<4i", value, offset)
        offset += 16
        if (x_step, y_step) != (1, 1) or len(channels) == _MOST_ATTRIBUTES:
            raise ValueError("channels that leave out pixels")
        channels[name.decode("ascii", "replace")] = _TYPES.get(kind, f"type {kind}")
    return channels
