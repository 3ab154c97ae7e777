"""Limits of the gallery on each browser: time, bytes, connections."""

from dataclasses import dataclass

__all__ = ["RequestLimits"]


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """Limits of one connection, and of all connections together."""

    #: Seconds that a connection may be silent before a request.
    idle: float = 15.0
    #: Seconds in which a request must be sent.
    request: float = 10.0
    #: Seconds in which a browser must accept an answer.
    answer: float = 60.0
    #: Bytes of a request line, and of all headers together.
    line: int = 8 * 2**10
    headers: int = 32 * 2**10
    #: Connections that are open at one time.
    connections: int = 256
    #: Each answer may hold a whole frame's truth, so few are made at once and the others wait.
    answers: int = 8
