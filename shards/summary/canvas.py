"""Drawing for contact sheets: cells that images fit into, text that wraps, one set of colours and sizes."""

from typing import cast

import numpy as np
from jaxtyping import UInt8
from PIL import Image, ImageDraw, ImageFont

__all__ = ["BODY", "CAPTION", "GUTTER", "HEADING", "INK", "MARGIN", "MUTED", "Canvas", "line_height", "wrap"]

Color = tuple[int, int, int]

PAPER: Color = (252, 252, 250)
INK: Color = (34, 36, 40)
MUTED: Color = (122, 126, 134)
RULE: Color = (214, 215, 212)
EMPTY: Color = (240, 240, 237)

MARGIN = 56
GUTTER = 14
HEADING, BODY, CAPTION = 19, 16, 13

_LEADING = 1.4


class Canvas:
    """A sheet of paper in pixels; (0, 0) is its upper left corner."""

    def __init__(self, width: int, height: int) -> None:
        self.image = Image.new("RGB", (width, height), PAPER)
        self._draw = ImageDraw.Draw(self.image)

    def text(self, x: int, y: int, text: str, size: int, color: Color = INK) -> None:
        """Write one line whose top left is at (x, y)."""
        self._draw.text((x, y), text, fill=color, font=_font(size))

    def paragraph(self, x: int, y: int, lines: list[str], size: int, color: Color = INK) -> None:
        """Write lines below one another."""
        for number, line in enumerate(lines):
            self.text(x, y + number * line_height(size), line, size, color)

    def rule(self, y: int, x0: int, x1: int) -> None:
        """Draw a hairline from (x0, y) to (x1, y)."""
        self._draw.line((x0, y, x1, y), fill=RULE)

    def picture(
        self, x: int, y: int, width: int, height: int, pixels: UInt8[np.ndarray, "h w 3"] | None, exact: bool
    ) -> None:
        """Fit an image into a cell, keeping its aspect; `exact` does not mix colours, None is a blank."""
        if pixels is None:
            self._draw.rectangle((x, y, x + width - 1, y + height - 1), fill=EMPTY)
            return
        scale = min(width / pixels.shape[1], height / pixels.shape[0])
        size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
        resample = Image.Resampling.NEAREST if exact else Image.Resampling.LANCZOS
        fitted = Image.fromarray(np.ascontiguousarray(pixels)).resize(size, resample)
        self.image.paste(fitted, (x + (width - size[0]) // 2, y + (height - size[1]) // 2))


def line_height(size: int) -> int:
    """Distance of two baselines in pixels."""
    return round(size * _LEADING)


def wrap(text: str, width: int, size: int, lines: int) -> list[str]:
    """Break text into at most `lines` lines of at most `width` pixels; what does not fit ends in an ellipsis."""
    font = _font(size)
    words = " ".join(text.split()).split(" ")
    wrapped = [""]
    for word in words:
        longer = f"{wrapped[-1]} {word}".strip()
        if font.getlength(longer) <= width or not wrapped[-1]:
            wrapped[-1] = longer
        else:
            wrapped.append(word)
    lines_shown = [_clip(line, width, size) for line in wrapped[:lines]]
    if len(wrapped) > lines and lines_shown:
        lines_shown[-1] = _clip(lines_shown[-1] + " ...", width, size)
    return lines_shown


def _clip(line: str, width: int, size: int) -> str:
    font = _font(size)
    if font.getlength(line) <= width:
        return line
    while line and font.getlength(line + "...") > width:
        line = line[:-1]
    return line.rstrip(" .") + "..."


def _font(size: int) -> ImageFont.FreeTypeFont:
    return cast(ImageFont.FreeTypeFont, ImageFont.load_default(size))
