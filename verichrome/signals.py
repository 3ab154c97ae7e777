"""Interrupts (SIGINT, Ctrl-C) and termination requests (SIGTERM), noticed where the job can stop."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["Interrupted", "StopRequest", "interruptible", "kept_signals", "watch_signals"]

WATCHED = (signal.SIGINT, signal.SIGTERM)


class Interrupted(BaseException):
    """The process was asked to stop, and has stopped its work. Not an Exception, which retries would catch."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal.Signals(signal_number).name)
        self.exit_code = 128 + signal_number


class StopRequest:
    """Remembers the first signal. It cannot be raised where it arrives: inside Ray's C code that is a SystemError."""

    def __init__(self) -> None:
        self._number: int | None = None

    def note(self, signal_number: int, frame: FrameType | None) -> None:
        """The signal handler."""
        self._number = self._number or signal_number

    def check(self) -> None:
        """Raise Interrupted if a signal has come."""
        if self._number is not None:
            raise Interrupted(self._number)


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise Interrupted where SIGINT or SIGTERM arrives, as Python does by default for SIGINT alone.

    Not while Ray is at work: `watch_signals` is for that.
    """

    def stop(signal_number: int, frame: FrameType | None) -> None:
        raise Interrupted(signal_number)

    with _handled_by(stop):
        yield


@contextmanager
def watch_signals() -> Iterator[StopRequest]:
    """Note SIGINT and SIGTERM while open, and raise Interrupted at the end, if not before, where one has come."""
    request = StopRequest()
    with _handled_by(request.note):
        yield request
    request.check()


@contextmanager
def kept_signals() -> Iterator[None]:
    """Keep others from setting handlers of SIGINT and SIGTERM while open.

    Ray's start would replace the handler of SIGTERM, and exit in the middle of any work; that exit has other
    codes, and now and then it is lost, together with the signal.
    """
    real = signal.signal

    def keep(signal_number: int, handler: Any) -> Any:
        return signal.getsignal(signal_number) if signal_number in WATCHED else real(signal_number, handler)

    signal.signal = keep  # type: ignore[assignment]
    try:
        yield
    finally:
        signal.signal = real
        for signal_number in WATCHED:  # once more, since Ray's C code may have taken them over unseen
            signal.signal(signal_number, signal.getsignal(signal_number))


@contextmanager
def _handled_by(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    old: dict[signal.Signals, Any] = {signal_number: signal.signal(signal_number, handler) for signal_number in WATCHED}
    try:
        yield
    finally:
        for signal_number, handler in old.items():
            signal.signal(signal_number, handler)
