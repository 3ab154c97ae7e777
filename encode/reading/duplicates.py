"""What comes twice where everything must come once."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

__all__ = ["first_duplicate"]

T = TypeVar("T", bound=Hashable)


def first_duplicate(values: Iterable[T]) -> T | None:
    """The first value that was there before; None where all are distinct."""
    seen: set[T] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None
