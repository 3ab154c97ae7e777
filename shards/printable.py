"""Text of unknown origin, made fit for one line of a terminal."""

__all__ = ["printable"]

#: Characters of one piece of data that a message repeats.
_MOST = 300


def printable(text: object, most: int = _MOST) -> str:
    """`text` with everything but visible characters and spaces escaped, cut after `most` characters with an ellipsis.

    Escaped are control characters (terminals obey them), line breaks, characters without width, those that turn the
    direction of what follows, and bytes that were not UTF-8: `\\x1b`, `\\n`, `\\u202e`, `\\udcff`.
    """
    whole = _text(text)
    shown = "".join(char if char.isprintable() else _escaped(char) for char in whole[:most])
    return shown if len(whole) <= most >= len(shown) else f"{shown[:most].rstrip()}…"


def _text(value: object) -> str:
    try:
        return str(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, a list within a list within a list
        return f"a very large {type(value).__name__}"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
