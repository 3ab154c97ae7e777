"""The structured form of marks, as `expression` in `meta.json` has it.

`{"mark": kind, "canvas": "image" or "black", ...}`, and in pixels: of the kinds `point` and `points`, `wanted` and
`excluded`, the centres [x, y] of their dots, where (0, 0) is the first pixel; of the kind `box`, `box`, its [left, top,
right, bottom], half-open.
"""

import json
from typing import Any

from encode.errors import FormatError
from encode.interactive.marks import Marks
from encode.interactive.shapes import read_dots, read_outline
from encode.prompts.marks import MARK_KINDS
from encode.reading.json_text import read_json

__all__ = ["read_kind", "write_marks"]


def write_marks(marks: Marks, canvas: str) -> str:
    """JSON text of marks whose form is that of their kind, keys sorted, compact."""
    data: dict[str, Any] = {"mark": marks.kind, "canvas": canvas}
    if marks.kind in ("point", "points"):
        for name, mask in (("wanted", marks.wanted), ("excluded", marks.excluded)):
            data[name] = [[dot.x, dot.y] for dot in read_dots(mask) or []]
    if marks.kind == "box":
        outline = read_outline(marks.wanted)
        data["box"] = list(outline[0]) if outline else []
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def read_kind(expression: str) -> str:
    """Return the kind of mark that `write_marks` wrote; "" where the text is anything else, as where meta has none."""
    try:
        data = read_json(expression.encode("utf-8", "replace"), "expression")
    except FormatError:
        return ""
    kind = data.get("mark") if isinstance(data, dict) else None
    return kind if isinstance(kind, str) and kind in MARK_KINDS else ""
