"""Small pictures for lists."""

import io
from typing import Literal

from PIL import Image

from encode import FormatError
from encode.reading.image_file import open_image
from shards.errors import BadSample
from shards.gallery.response import Response

__all__ = ["thumbnail"]

#: Pixels of the longer side: twice what a list shows, for screens of high density.
_SIDE = 360


def thumbnail(content: bytes, where: str, look: Literal["photo", "flat"]) -> Response:
    """A small WebP of an image file; `flat` keeps colours unmixed. Raises BadSample that names `where`."""
    stream = io.BytesIO()
    try:
        with open_image(content, where) as image:
            scale = min(1.0, _SIDE / max(image.size))
            size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
            resample = Image.Resampling.LANCZOS if look == "photo" else Image.Resampling.NEAREST
            small = image.convert("RGB").resize(size, resample)
            small.save(stream, "WEBP", quality=82, method=2)
    except FormatError as error:
        raise BadSample(str(error)) from error
    return Response(stream.getvalue(), "image/webp")
