"""Reads the records of a parsed `scene.json` field by field: type, range and shape, before anything is made of them."""

import math
from collections.abc import Collection, Mapping
from typing import Any

from encode.errors import SceneFileError
from encode.reading.duplicates import first_duplicate
from encode.reading.limits import MOST_TEXT
from encode.reading.short_text import short_repr

__all__ = ["MOST_ID", "Record", "unique_ids"]

#: Ids are pixels of uint32.
MOST_ID = 2**32 - 1
_MOST_INTEGER = 2**31 - 1


class Record:
    """One object of the JSON, at `where` in the document. Each method raises SceneFileError that names the key.

    keys: those that it must have. optional: those that it may have; None takes any others too.
    """

    def __init__(
        self, value: Any, where: str, keys: Collection[str], optional: Collection[str] | None = frozenset()
    ) -> None:
        if not isinstance(value, Mapping):
            raise SceneFileError(where, "an object", short_repr(value))
        unknown = set() if optional is None else set(value) - {*keys, *optional}
        if (missing := sorted(set(keys) - set(value))) or unknown:
            raise SceneFileError(
                where, f"the keys {sorted(keys)}", f"missing {missing}, unknown {short_repr(sorted(unknown))}"
            )
        self._value = value
        self._where = where

    def text(self, key: str) -> str:
        """A string of at most 1000 characters."""
        value = self._value[key]
        if not isinstance(value, str) or len(value) > MOST_TEXT:
            raise self._error(key, f"text of at most {MOST_TEXT} characters")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        values = self.entries(key)
        if not all(isinstance(value, str) and len(value) <= MOST_TEXT for value in values):
            raise self._error(key, "a list of texts")
        return values

    def entries(self, key: str) -> tuple[Any, ...]:
        """A list of anything."""
        value = self._value[key]
        if not isinstance(value, list | tuple):
            raise self._error(key, "a list")
        return tuple(value)

    def integer(self, key: str, low: int = 0, high: int = _MOST_INTEGER) -> int:
        """An integer from `low` to `high`."""
        value = self._value[key]
        if not _is_integer(value, low, high):
            raise self._error(key, f"an integer from {low} to {high}")
        return int(value)

    def integers(self, key: str, count: int) -> tuple[int, ...]:
        """A list of `count` integers of 32 bits."""
        value = self._value[key]
        if not _is_list(value, count) or not all(_is_integer(entry, -_MOST_INTEGER, _MOST_INTEGER) for entry in value):
            raise self._error(key, f"a list of {count} integers")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._value[key]
        if not isinstance(value, bool):
            raise self._error(key, "true or false")
        return value

    def number(self, key: str) -> float:
        """A finite number, as it stands."""
        value = self._value[key]
        if not _is_number(value):
            raise self._error(key, "a finite number")
        return value  # type: ignore[no-any-return]

    def vector(self, key: str, count: int = 3) -> tuple[float, ...]:
        """A list of `count` finite numbers, as they stand."""
        value = self._value[key]
        if not _is_list(value, count) or not all(map(_is_number, value)):
            raise self._error(key, f"a list of {count} finite numbers")
        return tuple(value)

    def matrix(self, key: str, side: int) -> tuple[tuple[float, ...], ...]:
        """A list of `side` lists of `side` finite numbers."""
        value = self._value[key]
        if not _is_list(value, side) or not all(_is_list(row, side) and all(map(_is_number, row)) for row in value):
            raise self._error(key, f"{side} rows of {side} finite numbers")
        return tuple(tuple(row) for row in value)

    def of(self, key: str) -> Any:
        """The value, unchecked; None where it is not there."""
        return self._value.get(key)

    def _error(self, key: str, expected: str) -> SceneFileError:
        return SceneFileError(f"{self._where}, {key}", expected, short_repr(self._value[key]))


def unique_ids(ids: Collection[int], where: str) -> None:
    """Raise SceneFileError where an id comes twice."""
    twice = first_duplicate(ids)
    if twice is not None:
        raise SceneFileError(where, "ids to be distinct", f"{twice} twice")


def _is_integer(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_number(value: Any) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return math.isfinite(value) if isinstance(value, float) else abs(value) < 2**63


def _is_list(value: Any, count: int) -> bool:
    return isinstance(value, list | tuple) and len(value) == count
