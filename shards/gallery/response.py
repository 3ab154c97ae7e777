"""The gallery's answer to an address."""

import json
import math
from dataclasses import dataclass
from typing import Any

from shards.errors import ShardError

__all__ = ["NotFound", "Response", "json_response"]


class NotFound(ShardError):
    """An unknown address; the message names what is missing."""


@dataclass(frozen=True, slots=True)
class Response:
    """A file's bytes and their MIME type."""

    content: bytes
    kind: str


def json_response(value: Any) -> Response:
    """`value` as JSON, which has no infinity and no NaN: both become null."""
    text = json.dumps(_finite(value), separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    return Response(text.encode(), "application/json")


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(entry) for entry in value]
    return value
