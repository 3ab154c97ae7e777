"""JSON documents as dataclasses: each key is declared once, as a field, with its type and meaning.

The type of a field gives its JSON type; its `Key`, in `Annotated`, has its meaning for docs/formats.md and the limits
of its integers and texts. Readers (`read_record`), checks of form (`record_problems`), writers (`record_json`) and the
tables of the documentation (`key_rows`) all come from the fields.

| type | JSON |
| --- | --- |
| `str`, `bool` | a string of at most `Key.characters`, a boolean |
| `int`, `float` | an integer from `Key.low` to `Key.high`, a finite number |
| `tuple[str, ...]`, `tuple[int, ...]` | a list of such strings or integers |
| `tuple[float, float, float]`, and of any other length or of integers | a list of so many numbers |
| a `NamedTuple` of integers or of numbers | the same: a list |
| a tuple of so many such tuples | a matrix, row by row |
| a dataclass, `tuple[a dataclass, ...]` | an object with the keys of its fields, a list of them |
| `Mapping[...]`, or that `| None` | an object of any keys, or null |
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, TypeVar, cast, get_args, get_origin, get_type_hints

from encode.errors import EncodeError, SceneFileError
from encode.reading.limits import MOST_TEXT
from encode.reading.short_text import short_repr

__all__ = ["MOST_INTEGER", "Key", "KeyProblem", "key_rows", "read_record", "record_json", "record_problems"]

MOST_INTEGER = 2**31 - 1

RecordT = TypeVar("RecordT")


@dataclass(frozen=True, slots=True)
class Key:
    """What a key means, for docs/formats.md, and its limits.

    low, high: least and greatest value of its integers. characters: the longest text that it takes. may_be_absent:
    it is written only where its value is not the field's default.
    """

    meaning: str
    low: int = 0
    high: int = MOST_INTEGER
    characters: int = MOST_TEXT
    may_be_absent: bool = False


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """A key whose value does not fit its field: where it is, what was expected and what was got."""

    where: str
    expected: str
    got: str

    def __str__(self) -> str:
        expectation = f"expected {self.expected}, got {self.got}"
        return f"{self.where}: {expectation}" if self.where else expectation

    def inside(self, where: str) -> "KeyProblem":
        """The same problem, for a reader of the document that has this value at `where`."""
        return KeyProblem(", ".join(filter(None, (where, self.where))), self.expected, self.got)


@dataclass(frozen=True, slots=True)
class _Check:
    """A test of a JSON value, and what it expects."""

    fits: Callable[[Any], bool]
    expected: str


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a record, with the test of its value, and what makes its value of a JSON value that fits.

    record: the dataclass of its value or, where `is_list`, of the entries of its list; None for other values.
    default: of a field that is not `required`.
    """

    name: str
    type: Any
    key: Key
    required: bool
    check: _Check
    convert: Callable[[Any], Any] | None
    record: type | None
    is_list: bool
    default: Any

    def is_due(self, complete: bool) -> bool:
        """Whether a document must have the key; `complete` ones have all but those that may be absent."""
        return self.required or (complete and not self.key.may_be_absent)


class _MisfitError(Exception):
    """A value does not fit its record."""


def record_problems(
    record: type, value: Any, where: str, *, others: bool = False, complete: bool = False, skip: Collection[str] = ()
) -> Iterator[KeyProblem]:
    """Problems that keep the parsed JSON `value` from being read as `record`; none where it is valid.

    where: location of the value, with which messages begin; empty for a whole document. others: allows other keys
    besides those of the record. complete: requires keys with a default, too. skip: keys whose
    values are not looked at.
    """
    record_fields = _fields(record)
    if not isinstance(value, Mapping):
        yield KeyProblem(where, "an object", short_repr(value))
        return
    required = sorted(field.name for field in record_fields if field.is_due(complete))
    missing = [name for name in required if name not in value]
    unknown = [] if others else sorted(set(value) - {field.name for field in record_fields})
    if missing or unknown:
        yield KeyProblem(where, f"the keys {required}", f"missing {missing}, unknown {short_repr(unknown)}")
        return
    for field in record_fields:
        if field.name in value and field.name not in skip:
            for problem in _value_problems(field, value[field.name], complete):
                yield problem.inside(where)


def read_record(
    record: type[RecordT],
    value: Any,
    where: str,
    *,
    others: bool = False,
    complete: bool = False,
    error: type[EncodeError] = SceneFileError,
) -> RecordT:
    """The `record` that a parsed JSON object holds; lists become tuples. Raises `error` for the first problem.

    where: location of the value, with which the message begins. others: allows other keys besides those of the record.
    complete: requires keys with a default, too.
    """
    try:
        return cast(RecordT, _read(cast(type, record), value, others, complete))
    except _MisfitError:
        problem = next(record_problems(record, value, where, others=others, complete=complete))
    raise error(problem.where, problem.expected, problem.got)


def record_json(record: Any) -> dict[str, Any]:
    """The JSON object of a record: its fields by name, tuples as lists; keys that may be absent, if not the default."""
    kind: type = type(record)
    values = [(field, getattr(record, field.name)) for field in _fields(kind)]
    return {
        field.name: _json(field, value)
        for field, value in values
        if not (field.key.may_be_absent and value == field.default)
    }


def key_rows(record: type) -> list[tuple[str, str, str]]:
    """A row (key, type, meaning) for each key of a record, as docs/formats.md prints them."""
    return [(field.name, _type_name(field.type), field.key.meaning) for field in _fields(record)]


@cache
def _fields(record: type) -> tuple[_Field, ...]:
    hints = get_type_hints(record, include_extras=True)
    return tuple(_field(field, hints[field.name]) for field in fields(record))


def _field(field: Field[Any], hint: Any) -> _Field:
    key = Key("")
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        key = next((extra for extra in extras if isinstance(extra, Key)), key)
    hint = hint.__supertype__ if isinstance(hint, NewType) else hint
    required = field.default is MISSING and field.default_factory is MISSING
    listed = _record_of_list(hint)
    if listed is not None:
        check = _Check(_is_list, "a list")
        return _Field(field.name, hint, key, required, check, None, listed, is_list=True, default=field.default)
    record = hint if is_dataclass(hint) and isinstance(hint, type) else None
    check = _check(hint, key) if record is None else _Check(_is_object, "an object")
    convert = _conversion(hint)
    return _Field(field.name, hint, key, required, check, convert, record, is_list=False, default=field.default)


def _value_problems(field: _Field, value: Any, complete: bool) -> Iterator[KeyProblem]:
    """Problems of the value of a field; where they are begins with the field's name."""
    if not field.check.fits(value):
        yield KeyProblem(field.name, field.check.expected, short_repr(value))
    elif field.record is not None and field.is_list:
        for index, item in enumerate(value):
            yield from record_problems(field.record, item, f"{field.name}[{index}]", complete=complete)
    elif field.record is not None:
        yield from record_problems(field.record, value, field.name, complete=complete)


def _read(record: type, value: Any, others: bool, complete: bool) -> Any:
    """Check and build in one pass; raises _MisfitError where `record_problems` finds a problem."""
    if not _is_object(value):
        raise _MisfitError
    values = {}
    for field in _fields(record):
        if field.name in value:
            values[field.name] = _value(field, value[field.name], complete)
        elif field.is_due(complete):
            raise _MisfitError
    if len(values) != len(value) and not others:
        raise _MisfitError
    return record(**values)


def _value(field: _Field, value: Any, complete: bool) -> Any:
    if not field.check.fits(value):
        raise _MisfitError
    if field.record is None:
        return value if field.convert is None else field.convert(value)
    if field.is_list:
        return tuple([_read(field.record, item, False, complete) for item in value])
    return _read(field.record, value, False, complete)


def _conversion(kind: Any) -> Callable[[Any], Any] | None:
    """From a JSON value to one of a type that has no record in it; None where they are the same."""
    if hasattr(kind, "_make"):
        return cast(Callable[[Any], Any], kind._make)
    if items := _items(kind):
        return _tuples if _items(items[0]) else tuple
    return float if kind is float else None


def _tuples(value: Any) -> Any:
    return tuple([_tuples(item) for item in value]) if isinstance(value, list | tuple) else value


def _json(field: _Field, value: Any) -> Any:
    if field.record is None:
        if isinstance(value, tuple):
            return _lists(value)
        return float(value) if field.type is float else value
    return [record_json(item) for item in value] if field.is_list else record_json(value)


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, tuple) else value


def _items(kind: Any) -> tuple[Any, ...]:
    """The types of the items of a tuple or a named tuple; none for any other type."""
    if hasattr(kind, "_make"):
        return tuple(get_type_hints(kind).values())
    return get_args(kind) if get_origin(kind) is tuple else ()


def _record_of_list(kind: Any) -> Any:
    """The dataclass of `tuple[a dataclass, ...]`; None for any other type."""
    items = get_args(kind) if get_origin(kind) is tuple else ()
    return items[0] if len(items) == 2 and items[1] is ... and is_dataclass(items[0]) else None


def _check(kind: Any, key: Key) -> _Check:
    """The test of a value of a type that has no record in it."""
    if items := _items(kind):
        return _list_check(items, key)
    if kind in _NAMES:
        return _scalar_check(kind, key)
    if isinstance(kind, UnionType) and NoneType in get_args(kind):
        return _Check(lambda value: value is None or isinstance(value, Mapping), "an object or null")
    return _Check(_is_object, "an object")


def _scalar_check(kind: type, key: Key) -> _Check:
    low, high, most = key.low, key.high, key.characters
    if kind is bool:
        return _Check(lambda value: isinstance(value, bool), "true or false")
    if kind is str:
        return _Check(lambda value: isinstance(value, str) and len(value) <= most, f"text of at most {most} characters")
    if kind is int:
        return _Check(lambda value: _is_integer(value) and low <= value <= high, f"an integer from {low} to {high}")
    return _Check(_is_number, "a finite number")


def _list_check(kinds: tuple[Any, ...], key: Key) -> _Check:
    if get_origin(kinds[0]) is tuple:
        is_row, columns = _list_check(get_args(kinds[0]), key).fits, len(get_args(kinds[0]))
        return _list_of(_each(is_row), len(kinds), f"{len(kinds)} rows of {columns} finite numbers")
    items = {str: "texts", int: f"integers from {key.low} to {key.high}", float: "finite numbers"}[kinds[0]]
    are_items = _are_numbers if kinds[0] is float else _each(_scalar_check(kinds[0], key).fits)
    if kinds[-1] is ...:
        return _list_of(are_items, None, f"a list of {items}")
    return _list_of(are_items, len(kinds), f"a list of {len(kinds)} {items}")


def _each(is_item: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda values: all(map(is_item, values))


def _list_of(are_items: Callable[[Any], bool], count: int | None, expected: str) -> _Check:
    return _Check(
        lambda value: _is_list(value) and (count is None or len(value) == count) and are_items(value), expected
    )


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


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return math.isfinite(value) if isinstance(value, float) else _is_integer(value) and abs(value) < 2**63


def _are_numbers(values: Any) -> bool:
    """Whether all are numbers; lists of floats, which most are, without a call for each."""
    return all(map(math.isfinite if set(map(type, values)) <= {float} else _is_number, values))


def _is_object(value: Any) -> bool:
    return isinstance(value, dict) or isinstance(value, Mapping)  # noqa: SIM101 - a dict is recognised much faster


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)
