"""The legend of an answer as text: `<p>sky<color>(80,180,255)</color></p>, <p>mug-0<color>(255,0,0)</color></p>`.

The form of open reproductions (SenseNova-Vision): stuff by its name, each thing by its name and its number from 0.
"""

import re
from collections.abc import Sequence

from encode.pair import RGB
from encode.reading.limits import MOST_PROMPT, MOST_TEXT

__all__ = ["TEXT_FORM", "class_of", "read_text_legend", "segment_name", "write_text_legend"]

#: How prompts describe an entry.
TEXT_FORM = "<p>name-0<color>(R,G,B)</color></p>"

_NUMBERED = re.compile(r"(?P<name>.+)-(?P<number>\d+)")
_ENTRY = re.compile(
    r"<p>(?P<name>[^<>]{1,1000})"  # white space is stripped later: a pattern for it would backtrack over long runs
    r"<color>\s*\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)\s*</color>\s*</p>",
    re.IGNORECASE,
)


def segment_name(name: str, number: int | None) -> str:
    """Return the name of a segment: that of a stuff class itself, or `mug-0` for a thing."""
    return name if number is None else f"{name}-{number}"


def class_of(segment: str) -> tuple[str, bool]:
    """Return the class of a segment by its name, and whether it is a thing."""
    match = _NUMBERED.fullmatch(segment)
    return (match["name"], True) if match else (segment, False)


def write_text_legend(entries: Sequence[tuple[str, RGB]]) -> str:
    """Write the (name, colour) of each segment."""
    return ", ".join(f"<p>{name}<color>({r},{g},{b})</color></p>" for name, (r, g, b) in entries)


def read_text_legend(text: str) -> list[tuple[str, RGB]]:
    """Read the entries of a text that a model wrote: what else is in it is skipped, and so is a colour's second use.

    Of more than 16,384 characters the rest is not read; a channel over 255 makes no entry.
    """
    entries: dict[RGB, str] = {}
    for match in _ENTRY.finditer(text[:MOST_PROMPT]):
        red, green, blue = (int(channel) for channel in match.groups()[1:])
        name = match["name"].strip()[:MOST_TEXT]
        if name and max(red, green, blue) <= 255:
            entries.setdefault((red, green, blue), name)
    return [(name, rgb) for rgb, name in entries.items()]
