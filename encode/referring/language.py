"""The structured form of a referring expression, and its JSON.

An expression is `{"targets": [selection, ...]}`, one selection for each colour. A selection is `{"pick": "one", "of":
node}`, or with `all` or `none` for `one`. Nodes, by `op`:

- `objects`: objects with `category` (a category's name), `color`, `material`, `size`; an absent key sets no condition.
  Or with `group` alone, a group noun of encode.referring.groups.
- `without`: the members of `of` whose `color` or `material` is another.
- `rank`: the `place`-th of `of`, by `x`, `y` (image), `depth` or `size`, from the `low` or `high` end.
- `side`: the members of `of` on the `left`, `right`, `top` or `bottom` of the image.
- `relation`: the members of `of` that stand in `relation` to the one object of each of `anchors`.
- `except`: the members of `of` that are not in `minus`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from encode.errors import ExpressionError, FormatError
from encode.reading.json_text import read_json
from encode.reading.short_text import short_repr
from encode.referring.groups import GROUPS

__all__ = [
    "RELATIONS",
    "Except",
    "Expression",
    "Node",
    "Objects",
    "Rank",
    "Relation",
    "Selection",
    "Side",
    "Without",
    "read_expression",
    "write_expression",
]

#: Relation names and how many anchors they take.
RELATIONS: Mapping[str, int] = {
    "on": 1,
    "in": 1,
    "under": 1,
    "left_of": 1,
    "right_of": 1,
    "in_front_of": 1,
    "behind": 1,
    "next_to": 1,
    "between": 2,
}

_WORDS = {
    "by": ("x", "y", "depth", "size"),
    "end": ("low", "high"),
    "side": ("left", "right", "top", "bottom"),
    "relation": tuple(RELATIONS),
    "pick": ("one", "all", "none"),
    "group": tuple(GROUPS),
}


@dataclass(frozen=True, slots=True)
class Objects:
    """Objects by their attributes; "" sets no condition."""

    category: str = ""
    color: str = ""
    material: str = ""
    size: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Without:
    """Members that lack an attribute."""

    of: "Node"
    color: str = ""
    material: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """The place-th member in an order."""

    of: "Node"
    by: str
    end: str
    place: int = 1


@dataclass(frozen=True, slots=True)
class Side:
    """Members on one side of the image."""

    of: "Node"
    side: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Members in a relation to other objects."""

    of: "Node"
    relation: str
    anchors: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Except:
    """Members of one set that are not in another."""

    of: "Node"
    minus: "Node"


Node = Objects | Without | Rank | Side | Relation | Except


@dataclass(frozen=True, slots=True)
class Selection:
    """What one colour is for: the one member of `of`, all of its two or more, or none: nothing is like that."""

    pick: str
    of: Node


@dataclass(frozen=True, slots=True)
class Expression:
    """What a referring prompt asks for."""

    targets: tuple[Selection, ...]


_OPS: Mapping[str, type[Node]] = {
    "objects": Objects,
    "without": Without,
    "rank": Rank,
    "side": Side,
    "relation": Relation,
    "except": Except,
}
_NAMES = {kind: op for op, kind in _OPS.items()}


def write_expression(expression: Expression) -> str:
    """JSON text, keys sorted, compact."""
    targets = [{"pick": target.pick, "of": _to_json(target.of)} for target in expression.targets]
    return json.dumps({"targets": targets}, sort_keys=True, separators=(",", ":"))


def read_expression(text: str) -> Expression:
    """Read what `write_expression` wrote; raises ExpressionError that names the part that is wrong."""
    try:
        data = read_json(text.encode("utf-8", "replace"), "expression")
    except FormatError as error:
        raise ExpressionError("expression", f"JSON ({error.got})", short_repr(text)) from error
    if not isinstance(data, dict) or set(data) != {"targets"} or not isinstance(data["targets"], list):
        raise ExpressionError("expression", 'an object with the one key "targets", a list', short_repr(text))
    if not data["targets"]:
        raise ExpressionError("expression", "at least one target", "none")
    return Expression(tuple(_selection(entry) for entry in data["targets"]))


def _selection(entry: Any) -> Selection:
    if not isinstance(entry, dict) or set(entry) != {"pick", "of"}:
        raise ExpressionError("target of an expression", 'the keys "pick" and "of"', short_repr(entry))
    return Selection(_word("pick", entry["pick"]), _node(entry["of"]))


def _to_json(node: Node) -> dict[str, Any]:
    result: dict[str, Any] = {"op": _NAMES[type(node)]}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, tuple):
            result[field.name] = [_to_json(anchor) for anchor in value]
        elif isinstance(value, (str, int)):
            if value != "":
                result[field.name] = value
        else:
            result[field.name] = _to_json(value)
    return result


def _node(entry: Any) -> Node:
    if not isinstance(entry, dict) or not isinstance(entry.get("op"), str) or entry["op"] not in _OPS:
        raise ExpressionError(
            "node of an expression", f"an object whose op is one of {', '.join(_OPS)}", short_repr(entry)
        )
    kind = _OPS[entry["op"]]
    known = {field.name for field in fields(kind)}
    values = {key: _value(key, value) for key, value in entry.items() if key != "op"}
    if unknown := sorted(set(values) - known):
        raise ExpressionError(f"node {entry['op']}", f"the keys {sorted(known)}", short_repr(unknown))
    try:
        node = kind(**values)
    except TypeError as error:
        raise ExpressionError(f"node {entry['op']}", f"the keys {sorted(known)}", short_repr(sorted(values))) from error
    if isinstance(node, Relation) and len(node.anchors) != RELATIONS[node.relation]:
        wanted = f"{RELATIONS[node.relation]} anchors"
        raise ExpressionError(f"relation {node.relation}", wanted, str(len(node.anchors)))
    if isinstance(node, Without) and not (node.color or node.material):
        raise ExpressionError("node without", "a color or a material", "neither")
    return node


def _value(key: str, value: Any) -> Any:
    if key in ("of", "minus"):
        return _node(value)
    if key == "anchors":
        if not isinstance(value, list):
            raise ExpressionError("anchors", "a list of nodes", short_repr(value))
        return tuple(_node(anchor) for anchor in value)
    if key == "place":
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ExpressionError("place of a rank", "an integer of 1 or more", short_repr(value))
        return value
    return _word(key, value)


def _word(key: str, value: Any) -> str:
    allowed = _WORDS.get(key)
    if not isinstance(value, str) or (allowed and value not in allowed):
        expected = f"one of {', '.join(allowed)}" if allowed else "a string"
        raise ExpressionError(f"{key} of an expression", expected, short_repr(value))
    return value
