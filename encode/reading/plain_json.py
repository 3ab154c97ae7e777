"""Proofs, a few scans of bytes each, that a parsed JSON document is within the limits of `encode.reading.json_text`.

Most documents are proved sound here, in a third of the time that looking at each key and number takes. What cannot be
proved is in doubt, not wrong: `read_json` then looks at each.
"""

import json
from collections.abc import Callable
from typing import Any

import numpy as np

from encode.reading.limits import MOST_NESTING

__all__ = ["InDoubtError", "parse_plain"]

_OTHERS = bytes(sorted(set(range(256)) - set(b'"[]{}')))
_STEPS = np.zeros(256, np.int8)
_STEPS[list(b"[{")] = 1
_STEPS[list(b"]}")] = -1

#: Digits become 0 and E becomes e, so that numbers that may be too large are found as fixed bytes.
_FLAT = bytes.maketrans(b"123456789E", b"000000000e")
#: As few digits as an integer beyond 64 bits has, or a float beyond 1e308 without an exponent.
_MANY_DIGITS = b"0" * 19
#: Bytes before them in which their point is looked for, and after them in which they end.
_LOOKED_AT = 64
#: As few as the exponent of a float beyond 1e308 has.
_LARGE_EXPONENTS = (b"0e000", b"0e+000")


class InDoubtError(Exception):
    """A document that is not proved to be within the limits."""


def parse_plain(
    content: bytes, parse_constant: Callable[[str], Any], start: int = 0, *, level: int = 0
) -> tuple[Any, int]:
    """The JSON value of ASCII that begins at `start`, and where it ends.

    level: of lists and objects around it in its document. Raises InDoubtError unless it is proved to be within the
    limits, ValueError where json does, and RecursionError.
    """
    keys = 0

    def count(value: dict[str, Any]) -> dict[str, Any]:
        nonlocal keys
        keys += len(value)
        return value

    text = content.decode("ascii")
    value, end = json.JSONDecoder(object_hook=count, parse_constant=parse_constant).raw_decode(text, start)
    parsed = content[start:end]
    # json keeps the last of duplicate keys. Each key has a colon, so with no more colons than keys in the value none
    # was dropped.
    if parsed.count(b":") != keys:
        raise InDoubtError
    if b"\\" in parsed or _count_levels(parsed) > MOST_NESTING - level:
        raise InDoubtError
    flat = parsed.translate(_FLAT)
    if _has_long_integer(flat) or _has_large_exponent(flat):
        raise InDoubtError
    return value, end


def _count_levels(content: bytes) -> int:
    """Lists and objects within each other in JSON without a backslash, in which quotes only delimit texts."""
    marks = np.frombuffer(content.translate(None, _OTHERS), np.uint8)
    outside = np.cumsum(marks == ord('"'), dtype=np.uint8) % 2 == 0
    return int(np.cumsum(_STEPS[marks] * outside, dtype=np.int32).max(initial=0))


def _has_long_integer(flat: bytes) -> bool:
    """Whether there may be a number with so many digits before its point or exponent: most are behind a point."""
    place = flat.find(_MANY_DIGITS)
    while place >= 0:
        before = flat[max(place - _LOOKED_AT, 0) : place].rstrip(b"0")
        if before[-1:] != b".":
            return True
        digits = flat[place : place + _LOOKED_AT]
        place = flat.find(_MANY_DIGITS, place + len(digits) - len(digits.lstrip(b"0")))
    return False


def _has_large_exponent(flat: bytes) -> bool:
    """Whether there may be a number with so large an exponent: not those within a text, such as a hash."""
    for exponent in _LARGE_EXPONENTS:
        place = flat.find(exponent)
        while place >= 0:
            # Within sound JSON no number follows a quote: what does is within a text.
            quote = flat.rfind(b'"', 0, place)
            if quote < 0 or not flat[quote + 1 : place + 1].isalnum():
                return True
            place = flat.find(exponent, place + 1)
    return False
