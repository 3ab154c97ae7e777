"""A frame's maps in OpenEXR files (`truth.exr`, `surface.exr`, `shading.exr`), lossless, with no clock in headers."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import OpenEXR
from jaxtyping import UInt32

from encode import FormatError, Truth
from encode.frame import ShadingMaps, SurfaceMaps
from encode.frame.shading import SHADING_CHANNELS
from encode.frame.surface import SURFACE_CHANNELS
from encode.frame.truth import TRUTH_CHANNELS, Channel
from shards.errors import BadSample
from shards.reading.exr_header import check_exr

__all__ = [
    "decode_shading",
    "decode_surface",
    "decode_truth",
    "encode_exr",
    "encode_shading",
    "encode_surface",
    "encode_truth",
]


def encode_truth(truth: Truth) -> bytes:
    """Return the file's bytes, the same for the same maps; raises BadSample for a map of the wrong type or shape."""
    return _encode(truth, TRUTH_CHANNELS)


def encode_surface(surface: SurfaceMaps) -> bytes:
    """Return the file's bytes, the same for the same maps; raises BadSample for a map of the wrong type or shape."""
    return _encode(surface, SURFACE_CHANNELS)


def encode_shading(shading: ShadingMaps) -> bytes:
    """Return the file's bytes, the same for the same maps; raises BadSample for a map of the wrong type or shape."""
    return _encode(shading, SHADING_CHANNELS)


def _encode(maps: Truth | SurfaceMaps | ShadingMaps, layout: Mapping[str, Channel]) -> bytes:
    channels: dict[str, np.ndarray] = {}
    for field, channel in layout.items():
        values = getattr(maps, field)
        single = len(channel.names) == 1
        channels |= {name: values if single else values[..., i] for i, name in enumerate(channel.names)}
    types = _types(layout)
    for name, values in channels.items():
        _check(name, values, types[name], maps.shape)
    return encode_exr(channels)


def encode_exr(channels: Mapping[str, np.ndarray]) -> bytes:
    """Return an OpenEXR file of these channels, (h, w) each, without loss and without a clock in its header."""
    # 512x512, smooth maps: ZIP (16 rows at once) 1.7 MB in 31 ms, ZIPS (single rows) 2.6 MB in 54 ms, PIZ 2.0 MB in
    # 95 ms. ZSTD takes 1.4 MB in 34 ms, but it is too new for most readers.
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
    stream = io.BytesIO()
    # No thread pool (0): it is no faster at these sizes, and hangs in a process forked after its first use.
    image = OpenEXR.File(header, {name: np.ascontiguousarray(v) for name, v in channels.items()}, num_threads=0)
    image.write(stream)
    return stream.getvalue()


def decode_truth(content: bytes, where: str, shape: tuple[int, int]) -> Truth:
    """Return the maps, bit for bit; raises BadSample that names `where` unless they have this (height, width)."""
    return Truth(**_decode(content, where, shape, TRUTH_CHANNELS))


def decode_surface(
    content: bytes, where: str, shape: tuple[int, int]
) -> tuple[UInt32[np.ndarray, "h w"], UInt32[np.ndarray, "h w"]]:
    """Return the ids of part and material; raises BadSample that names `where` unless they have this size."""
    maps = _decode(content, where, shape, SURFACE_CHANNELS)
    return maps["part"], maps["material"]


def decode_shading(content: bytes, where: str, shape: tuple[int, int]) -> ShadingMaps:
    """Return the maps, bit for bit; raises BadSample that names `where` unless they have this (height, width)."""
    return ShadingMaps(**_decode(content, where, shape, SHADING_CHANNELS))


def _decode(content: bytes, where: str, shape: tuple[int, int], layout: Mapping[str, Channel]) -> dict[str, np.ndarray]:
    """The maps by their fields."""
    types = _types(layout)
    try:
        check_exr(content, where, shape, {name: np.dtype(kind).name for name, kind in types.items()})
        channels = OpenEXR.File(io.BytesIO(content), separate_channels=True, num_threads=0).channels()
    except FormatError as error:
        raise BadSample(str(error)) from error
    except Exception as error:  # OpenEXR raises bare RuntimeError and ValueError
        raise BadSample(f"{where} does not read as OpenEXR: {str(error)[:200]}") from error
    maps = {name: channels[name].pixels for name in types}
    for name, values in maps.items():
        _check(name, values, types[name], shape)
    return {field: _joined([maps[name] for name in channel.names]) for field, channel in layout.items()}


def _types(layout: Mapping[str, Channel]) -> dict[str, type[np.generic]]:
    return {name: channel.dtype for channel in layout.values() for name in channel.names}


def _joined(channels: list[np.ndarray]) -> np.ndarray:
    """(h, w), or (h, w, c) in whose memory each channel stays whole, which is how most of what is done with it goes."""
    return channels[0] if len(channels) == 1 else np.moveaxis(np.stack(channels), 0, -1)


def _check(name: str, values: Any, kind: type[np.generic], shape: tuple[int, int]) -> None:
    expected = np.dtype(kind)
    if values.dtype != expected or values.shape != shape:
        raise BadSample(f"truth {name}: expected {expected} of shape {shape}, got {values.dtype} of {values.shape}")
