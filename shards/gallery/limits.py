"""What one browser may cost the gallery: time, bytes, connections."""

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a connection may be silent before a request, take to send one, and take to accept an answer; bytes
    of a request line and of all headers; how many connections are open and how many answers are made at one time."""

    idle: float = 15.0
    request: float = 10.0
    answer: float = 60.0
    line: int = 8 * 2**10
    headers: int = 32 * 2**10
    connections: int = 256
    #: Each answer may hold a whole frame's truth, so few are made at once and the others wait.
    answers: int = 8
