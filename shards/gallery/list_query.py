"""A request for a list of frames or pairs: filters, and the first row."""

from collections.abc import Mapping
from dataclasses import dataclass

from shards.gallery.response import NotFound

__all__ = ["MOST_ROWS", "ListQuery"]

#: Rows in one answer.
MOST_ROWS = 240
_FILTERS = ("family", "category", "task", "codec", "split", "frame", "text", "order")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Filters, each empty for none, and a page: rows from the one with the number `start` on, `limit` of them.

    text: of a frame's key; of a pair's prompt or key. category: seen in the frame. frame: the key of the frame that a
    pair was made of. The others are exact, too. order: `worst` for the worst answers first, where they were scored.
    """

    family: str = ""
    category: str = ""
    task: str = ""
    codec: str = ""
    split: str = ""
    frame: str = ""
    text: str = ""
    order: str = ""
    start: int = 0
    limit: int = 60

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "ListQuery":
        """The query of an address; raises NotFound for a number that is none. Unknown names are ignored."""
        filters = {name: query.get(name, "") for name in _FILTERS}
        limit = _number("limit", query.get("limit", "60"))
        return cls(**filters, start=_number("from", query.get("from", "0")), limit=max(1, min(limit, MOST_ROWS)))


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise NotFound(f"{name} must be a whole number of 0 or more, got {text!r}")
    return int(text)
