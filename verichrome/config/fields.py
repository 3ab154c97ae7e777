"""Types that fields of several sections have, and how YAML values and the text of flags become them."""

import re
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PlainValidator, model_validator

from render.settings import LARGEST_SIDE, SMALLEST_SIDE

__all__ = ["Amount", "ConfigSection", "Count", "Mapping", "Names", "Resolution", "Share", "Size"]


class ConfigSection(BaseModel):
    """A section of the configuration: immutable, without other fields than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _text_is_utf8(cls, values: Any) -> Any:
        for name, value in values.items() if isinstance(values, dict) else ():
            if isinstance(value, str) and not value.isascii():
                try:
                    value.encode()
                except UnicodeEncodeError as error:
                    raise ValueError(f"{name} must be UTF-8 text, got {ascii(value)[:200]}.") from error
        return values


class Size(NamedTuple):
    """Width and height of an image in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


def _not_boolean(value: Any) -> Any:
    """Refuse booleans: to pydantic YAML's true is 1, and `scenes: true` is surely a mistake."""
    if isinstance(value, bool):
        raise ValueError("must be a number")
    return value


def _split_names(value: Any) -> Any:
    """`a,b,c` as on the command line, or a list as in YAML."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _read_mapping(value: Any) -> Any:
    """A mapping as in YAML, or its text as on the command line."""
    if not isinstance(value, str):
        return value
    from encode import FormatError  # lazy: slow to import, and only a flag needs them here
    from shards.reading.yaml_text import read_yaml

    try:
        return read_yaml(value, "parameters")
    except FormatError as error:
        raise ValueError("must be a YAML mapping such as '{objects: 6}'") from error


def _parse_size(value: Any) -> Size:
    if isinstance(value, Size):
        return _checked(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _checked(Size(value, value))
    match = re.fullmatch(r"(\d+)(?:x(\d+))?", value.strip().lower()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("must be a number of pixels such as 512, or a width and a height such as 640x480")
    return _checked(Size(int(match[1]), int(match[2] or match[1])))


def _checked(size: Size) -> Size:
    if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in size):
        raise ValueError(f"must have sides from {SMALLEST_SIDE} to {LARGEST_SIDE} pixels")
    return size


def _plain_size(size: Size) -> int | str:
    return size.width if size.width == size.height else str(size)


Count = Annotated[int, BeforeValidator(_not_boolean)]
Amount = Annotated[float, BeforeValidator(_not_boolean), Field(allow_inf_nan=False)]
Share = Annotated[float, BeforeValidator(_not_boolean), Field(allow_inf_nan=False, ge=0, le=1)]
Names = BeforeValidator(_split_names)
Mapping = BeforeValidator(_read_mapping)
#: The size of an image, written `512` for a square or `640x480` for width x height.
Resolution = Annotated[Size, PlainValidator(_parse_size), PlainSerializer(_plain_size, return_type=int | str)]
