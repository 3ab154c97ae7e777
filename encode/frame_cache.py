"""Caches what is computed of a frame, as long as the frame lives."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from encode.frame import Frame

__all__ = ["cached_per_frame"]

Measured = TypeVar("Measured")


def cached_per_frame(measure: Callable[[Frame], Measured]) -> Callable[[Frame], Measured]:
    """Keep the result of `measure` for as long as its frame lives; frames are never changed in place."""
    cache: WeakKeyDictionary[Frame, Measured] = WeakKeyDictionary()

    @wraps(measure)
    def measured(frame: Frame) -> Measured:
        if frame not in cache:
            cache[frame] = measure(frame)
        return cache[frame]

    return measured
