"""Reads boxes back from painted outlines: exact ones to the pixel, a model's with soft edges and gaps."""

import numpy as np
from jaxtyping import Float32, Float64, Int32, UInt8

from encode.boxes.lines import label_lines, line_confidence
from encode.boxes.rectangles import find_rectangles
from encode.check import check_rgb
from encode.pair import LINE_WIDTH, RGB, PairMeta

__all__ = ["boxes_of_color", "decode_boxes", "outline_colors", "outline_confidence"]

# A line whose profile has so much of its colour is crisp.
_SOFT = 0.98

# So much of its colour each pixel of a crisp line has; as little of it the pixels beside the line.
_MUCH = 0.85

# Pixels on either side of a line over which soft paint is summed.
_REACH = 3


def decode_boxes(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Int32[np.ndarray, "n 7"]:
    """Boxes painted in `rgb`, one a row: left, top, right, bottom (half-open pixels), and red, green, blue as prompted.

    Sorted by colour, then by position. Raises ArrayError unless `rgb` is UInt8 (h, w, 3), MetaError where `meta` does
    not say how wide lines are, or as wide as none can be.
    """
    check_rgb(rgb, "box decoding")
    width = meta.mark_size(LINE_WIDTH)
    colors = outline_colors(meta)
    index, share = label_lines(rgb, np.array(colors, np.float64).reshape(-1, 3), meta.codec, width)
    rows = []
    for i, color in enumerate(colors):
        own = index == i
        found = find_rectangles(own, (index >= 0) & ~own, width)
        rows += [(*_refined(np.array(box, np.int32), np.where(own, share, 0), width), *color) for box in found]
    return np.array(sorted(set(rows)), np.int32).reshape(-1, 7)


def boxes_of_color(boxes: Int32[np.ndarray, "n 7"], rgb: RGB) -> Int32[np.ndarray, "m 4"]:
    """The corners of the decoded boxes in one colour."""
    return boxes[(boxes[:, 4:] == np.array(rgb, np.int32)).all(-1), :4]


def outline_confidence(rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
    """How clearly each pixel is of one prompted colour or of none; noise of a dimmed image is not seen."""
    check_rgb(rgb, "box decoding")
    return line_confidence(rgb, np.array(outline_colors(meta), np.float64).reshape(-1, 3), meta.codec)


def outline_colors(meta: PairMeta) -> list[RGB]:
    """The colours that outlines may have, each once, in order of `meta`."""
    return list(dict.fromkeys(entry.rgb for entry in meta.foreground))


def _refined(
    corners: Int32[np.ndarray, " 4"], share: Float32[np.ndarray, "h w"], width: int
) -> tuple[int, int, int, int]:
    """The box with the sides of soft lines where their paint says: blur widens a line and keeps its sum and centre.

    share: of the line's colour in each pixel. Each side's profile is the median along it, which leaves out what
    crosses. A crisp side stays where it is, and none moves by more than the width of a line.
    """
    left, top, right, bottom = corners.tolist()
    across, down = share[top:bottom], share[:, left:right].T
    x0, x1 = _outer_edge(across, left, 1, width), _outer_edge(across, right, -1, width)
    y0, y1 = _outer_edge(down, top, 1, width), _outer_edge(down, bottom, -1, width)
    return (x0, y0, x1, y1) if x1 - x0 >= width and y1 - y0 >= width else (left, top, right, bottom)


def _outer_edge(share: Float32[np.ndarray, "a b"], edge: int, inward: int, width: int) -> int:
    """Where the line at `edge` begins; positions along the second axis of `share`, `inward` is 1 or -1."""
    first, last = edge - _REACH * inward, edge + (width + _REACH) * inward
    low, high = max(min(first, last), 0), min(max(first, last), share.shape[1])
    profile = np.median(share[:, low:high], axis=0).astype(np.float64)
    strongest = float(profile.max(initial=0))
    inner = profile[-1] if inward > 0 else profile[0]
    if strongest == 0 or strongest >= _SOFT or inner > strongest / 2 or _is_crisp(profile):
        return edge
    middle = low + float((np.arange(len(profile)) + 0.5) @ profile / profile.sum())
    moved = round(middle - inward * float(profile.sum()) / 2)
    return moved if abs(moved - edge) <= width else edge


def _is_crisp(profile: Float64[np.ndarray, " n"]) -> bool:
    """Whether lines have no soft sides: all pixels are of a line or beside it, in a tone that may be a little off."""
    much = profile >= _MUCH
    return bool(much.any() and (much | (profile <= 1 - _MUCH)).all())
