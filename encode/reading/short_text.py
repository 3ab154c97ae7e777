"""Values, sizes and untrusted text in messages, in a readable length."""

import reprlib
from typing import Any

__all__ = ["printable", "short_repr", "size_text"]

#: Longer integers are described, not printed: Python refuses to print those of more than some thousand digits.
_MOST_BITS = 256

#: Characters of one piece of data that a message repeats.
_MOST_CHARACTERS = 300


class _ShortRepr(reprlib.Repr):
    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 4
        self.maxstring = self.maxother = 160
        self.maxlong = 60
        self.maxlist = self.maxtuple = self.maxdict = self.maxset = 12

    def repr_int(self, value: int, level: int) -> str:
        return repr(value) if value.bit_length() <= _MOST_BITS else f"an integer of {value.bit_length()} bits"


def short_repr(value: Any) -> str:
    """Return `repr(value)` with long strings and collections cut, before they are turned into text."""
    return _ShortRepr().repr(value)


def printable(value: object, most: int = _MOST_CHARACTERS) -> str:
    r"""Return `str(value)` for one line of a terminal, cut after `most` characters with an ellipsis.

    Everything except visible characters and spaces is escaped (`\x1b`, `\n`, `\u202e`, `\udcff`): control characters,
    which terminals obey, line breaks, characters without width, those that change the direction of the text, and bytes
    that were not UTF-8.
    """
    text = _text(value)
    escaped = "".join(char if char.isprintable() else _escaped(char) for char in text[:most])
    return escaped if len(text) <= most >= len(escaped) else f"{escaped[:most].rstrip()}…"


def size_text(count: int) -> str:
    """Return a number of bytes in decimal units with three digits: `12.3 MB`."""
    size = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:,.3g} TB"


def _text(value: object) -> str:
    try:
        return str(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, a list within a list within a list
        return f"a very large {type(value).__name__}"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
