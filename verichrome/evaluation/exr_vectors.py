"""Reads vectors from an OpenEXR image of three channels; its header is checked first."""

import io

import numpy as np
import OpenEXR
from jaxtyping import Float

from encode import FormatError
from shards.reading.exr_header import check_exr

__all__ = ["read_exr_vectors"]

_CHANNELS = {"R": "float32", "G": "float32", "B": "float32"}


def read_exr_vectors(content: bytes, where: str, shape: tuple[int, int]) -> Float[np.ndarray, "h w 3"]:
    """The channels R, G and B, float32 or float16, of an image of `shape`; raises FormatError."""
    try:
        check_exr(content, where, shape, _CHANNELS)
    except FormatError:
        check_exr(content, where, shape, dict.fromkeys(_CHANNELS, "float16"))
    try:
        channels = OpenEXR.File(io.BytesIO(content), separate_channels=True, num_threads=0).channels()
        return np.stack([channels[name].pixels.astype(np.float32) for name in _CHANNELS], axis=-1)
    except Exception as error:  # OpenEXR raises bare RuntimeError and ValueError
        raise FormatError(where, "an OpenEXR file", str(error)[:200]) from error
