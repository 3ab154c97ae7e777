"""Colours that tell ids apart in pictures of the gallery; they mean nothing else, and no target is painted in them."""

import colorsys

__all__ = ["id_color"]

#: Turns of the colour wheel that land far from all before them: the golden ratio's fraction.
_TURN = 0.618034
_SHADES = ((0.55, 0.95), (0.80, 0.75), (0.40, 0.80), (0.70, 0.55), (0.90, 1.0))


def id_color(number: int) -> tuple[int, int, int]:
    """The colour of a number, 8-bit RGB; black for 0. Neighbouring numbers differ most."""
    if number == 0:
        return 0, 0, 0
    saturation, value = _SHADES[number % len(_SHADES)]
    red, green, blue = (round(255 * c) for c in colorsys.hsv_to_rgb(number * _TURN % 1, saturation, value))
    return red, green, blue
