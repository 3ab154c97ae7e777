"""What the gallery gives for an address."""

import json
import math
from dataclasses import dataclass
from typing import Any

from shards.errors import ShardError

__all__ = ["NotFound", "Response", "json_response"]


class NotFound(ShardError):
    """An address that leads nowhere; the message says what is not there."""


@dataclass(frozen=True, slots=True)
class Response:
    """A file's bytes and their MIME type."""

    content: bytes
    kind: str


def json_response(value: Any) -> Response:
    """`value` as JSON, which knows no infinity and no NaN: null stands for both."""
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
