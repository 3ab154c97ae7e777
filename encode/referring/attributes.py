"""Whether an attribute's word fits an object: True, False, or None where that is open."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float64

__all__ = ["color_fits", "looks_like", "size_fits", "word_fits"]

# Lab hue angles, degrees, that lit surfaces of these base colours show; measured hues of rendered objects scatter by
# some 20 degrees about them.
_HUES: Mapping[str, float] = {
    "red": 30.0,
    "brown": 60.0,
    "orange": 60.0,
    "yellow": 90.0,
    "green": 140.0,
    "teal": 195.0,
    "cyan": 210.0,
    "blue": 270.0,
    "purple": 315.0,
    "magenta": 330.0,
    "pink": 0.0,
}
_MOST_TURN = 45.0
_LEAST_CHROMA = 8.0
# Chroma over which an object is not called white, gray or black.
_MOST_NEUTRAL_CHROMA = 28.0
# Least and greatest lightness of neutral words.
_NEUTRALS: Mapping[str, tuple[float, float]] = {"white": (45.0, 101.0), "gray": (12.0, 92.0), "black": (-1.0, 45.0)}

# Neighbouring colours that two people may name differently. Words that share a part ("light blue", "blue") are too.
_NEIGHBOURS = (
    {"red", "orange"},
    {"red", "brown"},
    {"red", "pink"},
    {"red", "maroon"},
    {"red", "crimson"},
    {"red", "burgundy"},
    {"orange", "brown"},
    {"orange", "yellow"},
    {"orange", "coral"},
    {"yellow", "gold"},
    {"yellow", "beige"},
    {"yellow", "cream"},
    {"yellow", "mustard"},
    {"beige", "tan"},
    {"beige", "cream"},
    {"beige", "white"},
    {"beige", "brown"},
    {"cream", "white"},
    {"ivory", "white"},
    {"tan", "brown"},
    {"tan", "orange"},
    {"green", "olive"},
    {"green", "teal"},
    {"green", "turquoise"},
    {"green", "lime"},
    {"blue", "navy"},
    {"blue", "teal"},
    {"blue", "turquoise"},
    {"blue", "cyan"},
    {"blue", "purple"},
    {"blue", "violet"},
    {"teal", "turquoise"},
    {"teal", "cyan"},
    {"turquoise", "cyan"},
    {"navy", "black"},
    {"navy", "purple"},
    {"purple", "violet"},
    {"purple", "magenta"},
    {"purple", "pink"},
    {"pink", "magenta"},
    {"pink", "coral"},
    {"pink", "salmon"},
    {"gray", "silver"},
    {"gray", "charcoal"},
    {"gray", "white"},
    {"gray", "black"},
    {"charcoal", "black"},
    {"silver", "white"},
)


def word_fits(asked: str, has: str) -> bool | None:
    """Equal words fit; unknown ("") and words that share a part ("oak wood", "pine wood") are open."""
    if asked == has:
        return True
    if not has or set(asked.split()) & set(has.split()):
        return None
    return False


def color_fits(asked: str, has: str) -> bool | None:
    """As `word_fits`, and colours that people may confuse are open."""
    fits = word_fits(asked, has)
    if fits is False and any({a, b} in _NEIGHBOURS for a in asked.split() for b in has.split()):
        return None
    return fits


def size_fits(asked: str, has: str) -> bool | None:
    """Small and large exclude each other; next to medium either is open."""
    return None if asked != has and "medium" in (asked, has) else word_fits(asked, has)


def looks_like(lab: Float64[np.ndarray, " 3"], color: str) -> bool:
    """Whether the visible colour (CIE Lab) may be called by the word; words without an entry here always fit.

    A white mug in the shade of a red lamp is white by its base colour and not to the eye.
    """
    lightness, a, b = (float(value) for value in lab)
    chroma = float(np.hypot(a, b))
    word = color.split()[-1] if color else ""
    if word in _NEUTRALS:
        least, most = _NEUTRALS[word]
        return chroma <= _MOST_NEUTRAL_CHROMA and least <= lightness <= most
    if word not in _HUES:
        return True
    difference = (float(np.degrees(np.arctan2(b, a))) - _HUES[word] + 180) % 360 - 180
    return chroma >= _LEAST_CHROMA and abs(difference) <= _MOST_TURN
