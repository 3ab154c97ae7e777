"""The structured form of a question, and its JSON.

`{"ask": name}`, the name of an attribute or an arrangement, with these keys where they say something:

- `anchor`: the category of the one object that an arrangement is about, or on which stands what a use is asked of; of
  the objects of which an arrangement asks for some (`free`).
- `not`: true where what lacks the use is asked for.
- `rank`: which of several is meant. `near`: the category of the object that the rank `beside` counts from.
"""

import json
from dataclasses import dataclass

from encode.errors import ExpressionError, FormatError
from encode.reading.json_text import read_json
from encode.reading.short_text import short_repr

__all__ = ["RANKS", "StructuredQuestion", "read_question", "write_question"]

#: Orders by which one of several is meant.
RANKS = ("nearest", "farthest", "leftmost", "rightmost", "largest", "smallest", "beside")

_KEYS = {"ask": str, "anchor": str, "not": bool, "rank": str, "near": str}


@dataclass(frozen=True, slots=True)
class StructuredQuestion:
    """What is asked. ask: an attribute or an arrangement; anchor, near: categories, "" for none; rank: "" for none."""

    ask: str
    anchor: str = ""
    negated: bool = False
    rank: str = ""
    near: str = ""


def write_question(question: StructuredQuestion) -> str:
    """JSON text, keys sorted, compact."""
    values = {
        "ask": question.ask,
        "anchor": question.anchor,
        "not": question.negated,
        "rank": question.rank,
        "near": question.near,
    }
    return json.dumps({key: value for key, value in values.items() if value}, sort_keys=True, separators=(",", ":"))


def read_question(text: str) -> StructuredQuestion:
    """Read what `write_question` wrote; raises ExpressionError that names the part that is wrong."""
    try:
        data = read_json(text.encode("utf-8", "replace"), "question")
    except FormatError as error:
        raise ExpressionError("question", f"JSON ({error.got})", short_repr(text)) from error
    if not isinstance(data, dict) or "ask" not in data or not set(data) <= set(_KEYS):
        raise ExpressionError("question", f"an object with ask and other keys of {', '.join(_KEYS)}", short_repr(text))
    for key, value in data.items():
        if not isinstance(value, _KEYS[key]) or not value:
            raise ExpressionError(f"{key} of a question", f"a {_KEYS[key].__name__}, not empty", short_repr(value))
    if data.get("rank", RANKS[0]) not in RANKS or ("near" in data) != (data.get("rank") == "beside"):
        raise ExpressionError("rank of a question", f"one of {', '.join(RANKS)}, beside with near", short_repr(text))
    return StructuredQuestion(
        data["ask"], data.get("anchor", ""), data.get("not", False), data.get("rank", ""), data.get("near", "")
    )
