"""The size of an image, written `512` for a square or `640x480` for width x height."""

import re
from typing import Annotated, Any, NamedTuple

from pydantic import PlainSerializer, PlainValidator

__all__ = ["Resolution", "Size"]

SMALLEST = 16
LARGEST = 8192  # Cycles' buffers of one view fit a worker's memory up to about here


class Size(NamedTuple):
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


def _parse(value: Any) -> Size:
    if isinstance(value, Size):
        return _checked(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _checked(Size(value, value))
    match = re.fullmatch(r"(\d+)(?:x(\d+))?", value.strip().lower()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("must be a number of pixels such as 512, or a width and a height such as 640x480")
    return _checked(Size(int(match[1]), int(match[2] or match[1])))


def _checked(size: Size) -> Size:
    if not all(SMALLEST <= side <= LARGEST for side in size):
        raise ValueError(f"must have sides from {SMALLEST} to {LARGEST} pixels")
    return size


def _plain(size: Size) -> int | str:
    return size.width if size.width == size.height else str(size)


Resolution = Annotated[Size, PlainValidator(_parse), PlainSerializer(_plain, return_type=int | str)]
