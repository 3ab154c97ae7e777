"""The part of `meta.json` that decoding boxes needs."""

from collections.abc import Sequence

from encode.pair import BACKGROUND, BLACK, LINE_WIDTH, CodecParameter, ColorEntry, Decoding

__all__ = ["BY_COLOR", "box_decoding"]

#: The codec parameter that says whether a colour stands for a class or a phrase (1), or each box has its own (0).
BY_COLOR = "colors_are_labels"


def box_decoding(entries: Sequence[ColorEntry], codec: str, line_width: float, *, by_color: bool) -> Decoding:
    """Return the decoding of outlines: `entries`, and last the background, with the id 0 where no entry has ids.

    Black stands for the background over the dimmed image too.
    """
    parameters = (CodecParameter(LINE_WIDTH, float(line_width)), CodecParameter(BY_COLOR, float(by_color)))
    ids = () if any(entry.ids for entry in entries) else (0,)
    return Decoding(codec, parameters, (*entries, ColorEntry(BACKGROUND, BLACK, ids)))
