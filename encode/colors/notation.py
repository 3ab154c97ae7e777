"""How prompts write a colour, and how to read each way back.

The forms are those that the paper's prompts use: `red`, `<255, 165, 0>`, `(255, 255, 0)`, `RGB(88, 50, 82)`,
`#80C000` and `#10aa05`.
"""

import re

from encode.colors.names import NAMED_COLORS
from encode.errors import ColorError
from encode.pair import RGB

__all__ = ["COLOR_PATTERN", "NOTATIONS", "read_color", "write_color"]

#: Every notation, by the name that tests and samplers use.
NOTATIONS = ("name", "angle", "paren", "rgb", "hex-upper", "hex-lower")

_TRIPLE = r"\d{1,3}, \d{1,3}, \d{1,3}"
# Longest names first, so that "light blue" is not read as "blue"; a hyphen or letter must not follow.
_NAMES = "|".join(re.escape(name) for name in sorted(NAMED_COLORS, key=lambda name: (-len(name), name)))

#: Matches one colour in any notation; holds no capturing group.
COLOR_PATTERN = rf"(?:<{_TRIPLE}>|RGB\({_TRIPLE}\)|\({_TRIPLE}\)|#[0-9A-Fa-f]{{6}}\b|\b(?:{_NAMES})\b)"

_BY_RGB = {rgb: name for name, rgb in NAMED_COLORS.items()}
_FORMATS = {
    "angle": "<{}, {}, {}>",
    "paren": "({}, {}, {})",
    "rgb": "RGB({}, {}, {})",
    "hex-upper": "#{:02X}{:02X}{:02X}",
    "hex-lower": "#{:02x}{:02x}{:02x}",
}


def write_color(rgb: RGB, notation: str) -> str:
    """Write `rgb` in one of NOTATIONS; raises ColorError for a colour without a name or an unknown notation."""
    if notation == "name":
        if rgb not in _BY_RGB:
            raise ColorError("colour by name", "a colour of NAMED_COLORS", str(rgb))
        return _BY_RGB[rgb]
    if notation not in _FORMATS:
        raise ColorError("colour notation", f"one of {', '.join(NOTATIONS)}", repr(notation))
    return _FORMATS[notation].format(*rgb)


def read_color(text: str) -> RGB:
    """Read a colour in any notation; raises ColorError for anything else."""
    if not re.fullmatch(COLOR_PATTERN, text):
        raise ColorError("colour", f"a known name or one of the notations {', '.join(NOTATIONS)}", repr(text))
    if text in NAMED_COLORS:
        return NAMED_COLORS[text]
    if text.startswith("#"):
        return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
    red, green, blue = (int(number) for number in re.findall(r"\d+", text))
    if max(red, green, blue) > 255:
        raise ColorError("colour", "channels from 0 to 255", repr(text))
    return red, green, blue
