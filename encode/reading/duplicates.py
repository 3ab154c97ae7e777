"""Finds duplicates where all values must be distinct."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

__all__ = ["first_duplicate"]

T = TypeVar("T", bound=Hashable)


def first_duplicate(values: Iterable[T]) -> T | None:
    """The first value that occurs again; None where all are distinct."""
    seen: set[T] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None
