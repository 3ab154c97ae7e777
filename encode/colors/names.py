"""Colour names, one RGB each.

`green` is the full green of the RGB cube, as in the depth walk, and not the half-bright CSS colour; `lime`, `silver`,
`aqua`, `fuchsia` and other second names of a colour are left out.
"""

from types import MappingProxyType

from encode.pair import RGB

__all__ = ["NAMED_COLORS"]

NAMED_COLORS: MappingProxyType[str, RGB] = MappingProxyType(
    {
        "black": (0, 0, 0),
        "white": (255, 255, 255),
        "gray": (128, 128, 128),
        "light gray": (200, 200, 200),
        "dark gray": (64, 64, 64),
        "red": (255, 0, 0),
        "dark red": (139, 0, 0),
        "green": (0, 255, 0),
        "dark green": (0, 100, 0),
        "light green": (144, 238, 144),
        "blue": (0, 0, 255),
        "navy blue": (0, 0, 128),
        "light blue": (173, 216, 230),
        "sky blue": (80, 180, 255),
        "yellow": (255, 255, 0),
        "light yellow": (255, 255, 160),
        "cyan": (0, 255, 255),
        "magenta": (255, 0, 255),
        "orange": (255, 140, 0),
        "purple": (128, 0, 128),
        "light purple": (200, 150, 255),
        "violet": (140, 60, 255),
        "pink": (255, 192, 203),
        "hot pink": (255, 80, 170),
        "brown": (139, 69, 19),
        "tan": (210, 180, 140),
        "teal": (0, 128, 128),
        "turquoise": (64, 224, 208),
        "olive": (128, 128, 0),
        "salmon": (250, 128, 114),
    }
)
