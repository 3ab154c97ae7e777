"""Ctrl-C and a polite kill as one exception, so that every with-block on the way closes."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["Interrupted", "interruptible"]

WATCHED = (signal.SIGINT, signal.SIGTERM)


class Interrupted(BaseException):
    """The process was asked to stop; as with KeyboardInterrupt, no `except Exception` swallows it."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise Interrupted on SIGINT and SIGTERM while open."""
    old = {number: signal.signal(number, _raise) for number in WATCHED}
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


def _raise(number: int, frame: FrameType | None) -> None:
    for watched in WATCHED:
        signal.signal(watched, signal.SIG_IGN)  # the way out is short, and a second Ctrl-C must not cut it
    raise Interrupted(number)
