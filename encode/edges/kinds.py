"""What an edge prompt may ask for: the kinds of edges with their labels, and the width of the lines."""

from collections.abc import Sequence

from encode.errors import MetaError

__all__ = [
    "COLOR_SLOTS",
    "CONTOURS",
    "EDGE_LABELS",
    "FAR_SIDE",
    "NEAR_SIDE",
    "OCCLUSION",
    "WIDTHS",
    "checked_width",
]

OCCLUSION, NEAR_SIDE, FAR_SIDE, CONTOURS = "occlusion edges", "near side", "far side", "object contours"

#: The labels of one prompt, by kind: occluders' edges in one colour, both sides in two, contours in one.
EDGE_LABELS = ((OCCLUSION,), (NEAR_SIDE, FAR_SIDE), (CONTOURS,))

#: The template slots that hold the colour of a label.
COLOR_SLOTS = {"edge_color": OCCLUSION, "near_color": NEAR_SIDE, "far_color": FAR_SIDE, "contour_color": CONTOURS}

#: Pixels. A line of 2 is lost where an answer is blurred by a sigma of 1.5. Contours have half on each side.
WIDTHS = (4, 6, 8)


def checked_width(value: float, labels: Sequence[str]) -> int:
    """Return a width that a `meta` gives; raises MetaError unless it and the labels are known ones."""
    if value not in WIDTHS:
        raise MetaError("width of edges", f"one of {', '.join(map(str, WIDTHS))}", repr(value))
    if tuple(labels) not in EDGE_LABELS:
        raise MetaError("labels of edges", " or ".join(map(" with ".join, EDGE_LABELS)), ", ".join(labels) or "none")
    return int(value)
