"""The only reader of untrusted JSON."""

import json
import re
from typing import Any, NoReturn

from encode.errors import FormatError
from encode.reading.duplicates import first_duplicate
from encode.reading.limits import MOST_JSON_BYTES, MOST_NESTING
from encode.reading.plain_json import InDoubtError, parse_plain
from encode.reading.short_text import short_repr

__all__ = ["check_size", "read_json", "refuse_constant"]

#: Lists and objects in one document: each takes some 80 bytes of memory, and as few as 3 of JSON.
_MOST_CONTAINERS = 1_000_000

_CONTAINERS = frozenset((dict, list))
_INFINITY = float("inf")

#: What NumPy and Arrow hold.
_INTEGERS = range(-(2**63), 2**63)

#: Digits and exponents that may be out of range, and escapes that may be half a character.
_LONG_NUMBER = re.compile(rb"[0-9]{19}|[eE]\+?[0-9]{3}")
_SURROGATE = re.compile(rb"\\u[dD]")


def read_json(
    content: bytes, where: str, most_bytes: int = MOST_JSON_BYTES, most_containers: int = _MOST_CONTAINERS
) -> Any:
    """The value of a UTF-8 JSON document; raises FormatError that names `where`.

    Refused: more than `most_bytes`, more than 100 levels or `most_containers` lists and objects, duplicate keys,
    integers beyond 64 bits, NaN, infinity, and text that is not Unicode (halves of surrogate pairs).
    """
    check_size(content, where, most_bytes, most_containers)
    try:
        value, end = parse_plain(content, refuse_constant)
    except (InDoubtError, RecursionError, ValueError):
        end = 0
    return value if end and end == len(content) else _read_thoroughly(content, where)


def check_size(
    content: bytes, where: str, most_bytes: int = MOST_JSON_BYTES, most_containers: int = _MOST_CONTAINERS
) -> None:
    """Raise FormatError for a document of too many bytes, lists and objects."""
    if len(content) > most_bytes:
        raise FormatError(where, f"JSON of at most {most_bytes:,} bytes", f"{len(content):,}")
    if content.count(b"[") + content.count(b"{") > most_containers:
        raise FormatError(where, f"at most {most_containers:,} lists and objects", "more")


def _read_thoroughly(content: bytes, where: str) -> Any:
    """The value of a document; each object is searched for duplicate keys, and each number compared with the limits."""
    try:
        value = json.loads(content.decode("utf-8"), parse_constant=refuse_constant, object_pairs_hook=_unique)
        if _SURROGATE.search(content):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except RecursionError:
        raise FormatError(where, f"at most {MOST_NESTING} levels", "more") from None
    except ValueError as error:
        raise FormatError(where, "JSON in UTF-8", str(error)[:200]) from error
    _check(value, where, numbers=_LONG_NUMBER.search(content) is not None)
    return value


def refuse_constant(name: str) -> NoReturn:
    """For json's `parse_constant`: raises ValueError for NaN and infinity."""
    raise ValueError(f"{name}, which JSON does not have")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError(f"the key {short_repr(first_duplicate(key for key, _ in pairs))} twice")
    return members


def _check(value: Any, where: str, *, numbers: bool) -> None:
    """Level by level, without recursion: not too deep, and where `numbers` may be out of range none that is."""
    # json gives these very types, and comparing them takes a fifth of what isinstance takes with a union.
    level = [value]
    for _ in range(MOST_NESTING + 1):
        if numbers:
            _check_numbers(level, where)
        children: list[Any] = []
        for node in level:
            if type(node) is dict:
                children.extend(node.values())
            elif type(node) is list:
                children.extend(node)
        level = children if numbers else [child for child in children if type(child) in _CONTAINERS]
        if not level:
            return
    raise FormatError(where, f"at most {MOST_NESTING} levels", "more")


def _check_numbers(level: list[Any], where: str) -> None:
    for node in level:
        if type(node) is int and node not in _INTEGERS:
            raise FormatError(where, "integers of 64 bits", f"one of {node.bit_length()} bits")
        if type(node) is float and abs(node) == _INFINITY:
            raise FormatError(where, "finite numbers", "one that is too large")
