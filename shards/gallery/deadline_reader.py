"""Reads what a browser sends, within a deadline and a number of bytes."""

import io
import socket
import time
from typing import Any

__all__ = ["DeadlineReader", "RequestTooLarge"]


class RequestTooLarge(Exception):
    """A request has more bytes than allowed."""


class DeadlineReader(io.RawIOBase):
    """The readable side of a connection, with one deadline for all reads until `allow` sets another.

    A socket's own timeout restarts with every byte, so a request sent a byte at a time would never end.

    Reads raise TimeoutError after the deadline, RequestTooLarge after the last byte that is allowed.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._deadline = 0.0
        self._left = 0

    def allow(self, seconds: float, size: int) -> None:
        """Set the deadline and how many bytes may be read by then."""
        self._deadline = time.monotonic() + seconds
        self._left = size

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what has arrived, waiting for the first byte."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request took too long")
        if self._left <= 0:
            raise RequestTooLarge
        self._connection.settimeout(left)
        count = self._connection.recv_into(buffer)
        self._left -= count
        return count
