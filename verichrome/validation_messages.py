"""Turns pydantic's error records into sentences: the field, what is allowed, what it was given."""

from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

__all__ = ["closest", "first_of", "one_of", "printable_value", "validation_sentences"]

#: Characters of a value that a message repeats, and sentences that one message has at most.
SHOWN, MOST_SENTENCES = 200, 20

#: The requirement behind each kind of pydantic error; braces take the error's context.
DEMANDS = {
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "literal_error": "must be one of {expected}",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "string_type": "must be text",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping",
    "too_short": "must name at least {min_length}",
}


def closest(got: str, allowed: Iterable[str]) -> str:
    """`scenes.suggestions.closest`, imported when it is needed: `scenes` loads numpy, which is slow."""
    from scenes.suggestions import closest as nearest

    return nearest(got, allowed)


def validation_sentences(
    error: ValidationError, model: type[BaseModel], prefix: str = "", *, sections: bool = False
) -> list[str]:
    """One sentence for each problem that `error` has with the fields of `model`; the first twenty.

    `prefix` is put before each field's name. `sections`: fields are named without their section.
    """
    return first_of([_sentence(record, model, prefix, sections) for record in error.errors(include_url=False)])


def first_of(sentences: list[str]) -> list[str]:
    """The first twenty sentences, and one that counts the others."""
    rest = len(sentences) - MOST_SENTENCES
    return [*sentences[:MOST_SENTENCES], *([f"And {rest:,} more problems."] if rest > 0 else [])]


def one_of(allowed: Iterable[str], got: str) -> str:
    """`must be one of a, b, c (did you mean a?)`."""
    names = list(allowed)
    return f"must be one of {', '.join(names)}{closest(got, names)}"


def _part(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    """The model that holds the field at `path`, through lists of models; the last model on the way if there is none."""
    for step in path:
        if isinstance(step, int) or step not in model.model_fields:
            continue
        kinds = (model.model_fields[step].annotation, *get_args(model.model_fields[step].annotation))
        models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        if not models:
            break
        model = models[0]
    return model


def _sentence(record: ErrorDetails, model: type[BaseModel], prefix: str, sections: bool) -> str:
    field = prefix + ".".join(printable_value(step) for step in record["loc"][sections:])
    if record["type"] == "extra_forbidden":
        name = str(record["loc"][-1])
        known = list(_part(model, record["loc"][:-1]).model_fields)
        return f"{field} is not a field{closest(name, known)}; the fields are {', '.join(known)}."
    if record["type"] == "model_type":
        known = list(_part(model, record["loc"]).model_fields)
        return f"{field or 'the whole'} must be a mapping with fields among {', '.join(known)}, got {_kind(record)}."
    demand = _demand(record)
    if not demand.startswith("must"):
        return demand  # a validator that names its field itself
    return f"{field} {demand}, got {_shown(record['input'])}."


def _demand(record: ErrorDetails) -> str:
    context = record.get("ctx", {})
    if record["type"] == "value_error":
        return str(context["error"])
    if record["type"] in DEMANDS:
        return DEMANDS[record["type"]].format(**context)
    return f"must be valid: {record['msg']}"


def _kind(record: ErrorDetails) -> str:
    return "a list" if isinstance(record["input"], list) else _shown(record["input"])


def _shown(value: Any) -> str:
    text = ", ".join(map(printable_value, value[:SHOWN])) if isinstance(value, list | tuple) else value
    return printable_value(text) or "nothing"


def printable_value(value: Any) -> str:
    """`value` as a message may repeat it: control characters escaped, at most 200 characters."""
    from encode.reading.short_text import printable  # lazy: it imports numpy, which `--help` does not need

    return printable(value, SHOWN)
