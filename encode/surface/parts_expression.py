"""What `expression` of a parts pair's meta.json holds: the structured form of its phrase, and the objects it picks.

`{"objects": [instance ids], "targets": [selection]}`; selections are those of encode.referring.language.
"""

import json

from encode.errors import ExpressionError, FormatError
from encode.frame import ObjectId
from encode.reading.json_text import read_json
from encode.reading.limits import MOST_ID
from encode.reading.short_text import short_repr
from encode.referring.language import Expression, read_expression, write_expression

__all__ = ["read_parts_expression", "write_parts_expression"]


def write_parts_expression(expression: Expression, ids: tuple[ObjectId, ...]) -> str:
    """JSON text, keys sorted, compact."""
    document = {**json.loads(write_expression(expression)), "objects": list(ids)}
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def read_parts_expression(text: str) -> tuple[Expression, tuple[ObjectId, ...]]:
    """Read what `write_parts_expression` wrote; raises ExpressionError that names the part that is wrong."""
    try:
        document = read_json(text.encode("utf-8", "replace"), "expression")
    except FormatError as error:
        raise ExpressionError("expression", f"JSON ({error.got})", short_repr(text)) from error
    if not isinstance(document, dict) or set(document) != {"objects", "targets"}:
        raise ExpressionError("expression", 'an object with the keys "objects" and "targets"', short_repr(text))
    ids = document["objects"]
    if not isinstance(ids, list) or not ids or not all(type(id_) is int and 0 < id_ <= MOST_ID for id_ in ids):
        raise ExpressionError("objects of an expression", "a list of ids", short_repr(ids))
    expression = read_expression(json.dumps({"targets": document["targets"]}))
    return expression, tuple(ObjectId(id_) for id_ in ids)
