"""Whether an attribute's word fits a thing: yes, no, or open (None)."""

__all__ = ["color_fits", "size_fits", "word_fits"]

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
