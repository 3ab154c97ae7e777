"""JSON documents as dataclasses: each key is declared once, as a field, with its type and meaning.

The type of a field gives its JSON type; its `Key`, in `Annotated`, has its meaning for docs/formats.md and the range
of its integers. Readers (`read_record`), checks of form (`record_problems`), writers (`record_json`) and the
tables of the documentation (`key_rows`) all come from the fields.

| type | JSON |
| --- | --- |
| `str`, `bool` | a string of at most 1000 characters, a boolean |
| `int`, `float` | an integer from `Key.low` to `Key.high`, a finite number |
| `tuple[str, ...]` | a list of strings |
| `tuple[float, float, float]`, and of any other length or of integers, or a `NamedTuple` of them | a list of so many numbers |
| a tuple of so many such tuples | a matrix, row by row |
| a dataclass, `tuple[a dataclass, ...]` | an object with the keys of its fields, a list of them |
| `Mapping[...]`, or that `| None` | an object of any keys, or null |
"""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, TypeVar, cast, get_args, get_origin, get_type_hints

from encode.errors import SceneFileError
from encode.reading.limits import MOST_TEXT
from encode.reading.short_text import short_repr

__all__ = ["MOST_INTEGER", "Key", "KeyProblem", "key_rows", "read_record", "record_json", "record_problems"]

MOST_INTEGER = 2**31 - 1

RecordT = TypeVar("RecordT")


@dataclass(frozen=True, slots=True)
class Key:
    """What a key means, for docs/formats.md, and the least and the greatest integer that it takes."""

    meaning: str
    low: int = 0
    high: int = MOST_INTEGER


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """A key whose value does not fit its field: where it is, what was expected and what was found."""

    where: str
    expected: str
    got: str

    def __str__(self) -> str:
        expectation = f"expected {self.expected}, got {self.got}"
        return f"{self.where}: {expectation}" if self.where else expectation


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    type: Any
    key: Key
    required: bool


@cache
def _fields(record: type) -> tuple[_Field, ...]:
    hints = get_type_hints(record, include_extras=True)
    found = []
    for field in fields(record):
        hint, key = hints[field.name], Key("")
        if get_origin(hint) is Annotated:
            hint, *extras = get_args(hint)
            key = next((extra for extra in extras if isinstance(extra, Key)), key)
        hint = hint.__supertype__ if isinstance(hint, NewType) else hint
        required = field.default is MISSING and field.default_factory is MISSING
        found.append(_Field(field.name, hint, key, required))
    return tuple(found)


def record_problems(
    record: type, value: Any, where: str, *, others: bool = False, complete: bool = False, skip: Collection[str] = ()
) -> Iterator[KeyProblem]:
    """Problems that keep the parsed JSON `value` from being read as `record`; none where it is valid.

    where: the value's place, which messages begin with; empty for a whole document. others: allows other keys
    besides those of the record. complete: requires keys with a default, too. skip: keys whose values are not
    looked at.
    """
    wanted = _fields(record)
    if not isinstance(value, Mapping):
        yield KeyProblem(where, "an object", short_repr(value))
        return
    missing = sorted(field.name for field in wanted if (field.required or complete) and field.name not in value)
    unknown = [] if others else sorted(set(value) - {field.name for field in wanted})
    if missing or unknown:
        names = sorted(field.name for field in wanted if field.required or complete)
        yield KeyProblem(where, f"the keys {names}", f"missing {missing}, unknown {short_repr(unknown)}")
        return
    for field in wanted:
        if field.name in value and field.name not in skip:
            yield from _value_problems(
                field, value[field.name], f"{where}, {field.name}" if where else field.name, complete
            )


def read_record(record: type[RecordT], value: Any, where: str, *, others: bool = False) -> RecordT:
    """The `record` that a parsed JSON object holds; lists become tuples. Raises SceneFileError for the first problem.

    others: allows other keys besides those of the record.
    """
    for problem in record_problems(record, value, where, others=others):
        raise SceneFileError(problem.where, problem.expected, problem.got)
    return _built(record, value)


def record_json(record: Any) -> dict[str, Any]:
    """The JSON object of a record: its fields by name, tuples as lists."""
    return {field.name: _json(getattr(record, field.name)) for field in fields(record)}


def key_rows(record: type) -> list[tuple[str, str, str]]:
    """A row (key, type, meaning) for each key of a record, as docs/formats.md prints them."""
    return [(field.name, _type_name(field.type), field.key.meaning) for field in _fields(record)]


def _value_problems(field: _Field, value: Any, where: str, complete: bool) -> Iterator[KeyProblem]:
    item = _record_of_list(field.type)
    if is_dataclass(field.type) and isinstance(field.type, type):
        yield from record_problems(field.type, value, where, complete=complete)
    elif item is None:
        if (expected := _unmet(field.type, value, field.key)) is not None:
            yield KeyProblem(where, expected, short_repr(value))
    elif not _is_list(value):
        yield KeyProblem(where, "a list", short_repr(value))
    else:
        for place, entry in enumerate(value):
            yield from record_problems(item, entry, f"{where}[{place}]", complete=complete)


def _unmet(kind: Any, value: Any, key: Key) -> str | None:
    """What is expected of a value, where it is not that."""
    if kind is bool:
        return None if isinstance(value, bool) else "true or false"
    if kind is str:
        return None if _is_text(value) else f"text of at most {MOST_TEXT} characters"
    if kind is int:
        return None if _is_integer(value, key.low, key.high) else f"an integer from {key.low} to {key.high}"
    if kind is float:
        return None if _is_number(value) else "a finite number"
    if items := _items(kind):
        return _list_unmet(items, value)
    return _mapping_unmet(kind, value)


def _list_unmet(items: tuple[Any, ...], value: Any) -> str | None:
    if items == (str, ...):
        return None if _is_list(value) and all(map(_is_text, value)) else "a list of texts"
    count = len(items)
    if get_origin(items[0]) is tuple:
        columns = len(get_args(items[0]))
        fits = _is_list(value, count) and all(_is_list(row, columns) and all(map(_is_number, row)) for row in value)
        return None if fits else f"{count} rows of {columns} finite numbers"
    if items[0] is int:
        fits = _is_list(value, count) and all(_is_integer(number, -MOST_INTEGER, MOST_INTEGER) for number in value)
        return None if fits else f"a list of {count} integers"
    fits = _is_list(value, count) and all(map(_is_number, value))
    return None if fits else f"a list of {count} finite numbers"


def _mapping_unmet(kind: Any, value: Any) -> str | None:
    nullable = isinstance(kind, UnionType) and NoneType in get_args(kind)
    if isinstance(value, Mapping) or (nullable and value is None):
        return None
    return "an object or null" if nullable else "an object"


def _built(record: type[RecordT], value: Mapping[str, Any]) -> RecordT:
    present = [field for field in _fields(cast(type, record)) if field.name in value]
    return record(**{field.name: _value(field.type, value[field.name]) for field in present})


def _value(kind: Any, value: Any) -> Any:
    item = _record_of_list(kind)
    if item is not None:
        return tuple(_built(item, entry) for entry in value)
    if is_dataclass(kind) and isinstance(kind, type):
        return _built(kind, value)
    if _is_named_tuple(kind):
        return kind(*value)
    return _tuples(value) if isinstance(value, list) else value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(entry) for entry in value) if isinstance(value, list | tuple) else value


def _json(value: Any) -> Any:
    if is_dataclass(value):
        return record_json(value)
    return [_json(entry) for entry in value] if isinstance(value, tuple) else value


def _is_named_tuple(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _items(kind: Any) -> tuple[Any, ...]:
    """The types of a tuple's items, named or not; empty for any other type."""
    if _is_named_tuple(kind):
        return tuple(get_type_hints(kind).values())
    return get_args(kind) if get_origin(kind) is tuple else ()


def _record_of_list(kind: Any) -> Any:
    """The dataclass of `tuple[a dataclass, ...]`; None for any other type."""
    items = get_args(kind) if get_origin(kind) is tuple else ()
    return items[0] if len(items) == 2 and items[1] is ... and is_dataclass(items[0]) else None


_NAMES = {str: "str", bool: "bool", int: "int", float: "float"}


def _type_name(kind: Any) -> str:
    if kind in _NAMES:
        return _NAMES[kind]
    if _record_of_list(kind) is not None:
        return "list of objects"
    items = _items(kind)
    if not items:
        return "object or null" if isinstance(kind, UnionType) else "object"
    if items[-1] is ...:
        return f"list of {_NAMES[items[0]]}"
    if get_origin(items[0]) is tuple:
        return f"{len(items)}x{len(get_args(items[0]))}"
    return f"list of {len(items)} {_NAMES[items[0]]}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_TEXT


def _is_integer(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_number(value: Any) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return math.isfinite(value) if isinstance(value, float) else abs(value) < 2**63


def _is_list(value: Any, count: int | None = None) -> bool:
    return isinstance(value, list | tuple) and (count is None or len(value) == count)
