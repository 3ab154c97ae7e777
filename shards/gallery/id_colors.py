"""Colours by which the gallery shows ids; no target is painted in them."""

import colorsys

__all__ = ["id_color"]

#: Fraction of the golden ratio: hues that are multiples of it (in turns) stay far apart.
_TURN = 0.618034
_SHADES = ((0.55, 0.95), (0.80, 0.75), (0.40, 0.80), (0.70, 0.55), (0.90, 1.0))


def id_color(id_: int) -> tuple[int, int, int]:
    """The colour of an id, 8-bit sRGB; black for 0. Neighbouring ids differ most."""
    if id_ == 0:
        return 0, 0, 0
    saturation, value = _SHADES[id_ % len(_SHADES)]
    red, green, blue = (round(255 * c) for c in colorsys.hsv_to_rgb(id_ * _TURN % 1, saturation, value))
    return red, green, blue
