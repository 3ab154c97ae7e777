"""The grammar of a template, parsed once into an immutable tree, to write a prompt and to read it back.

`[a|b|]` is a choice (the empty one too), `{name}` a slot, all else is text. Choices may hold slots and choices.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from encode.draw import pick
from encode.errors import PromptError

__all__ = ["Choice", "Literal", "Node", "Sequence", "Slot", "parse_template", "pattern", "slots", "write"]


@dataclass(frozen=True, slots=True)
class Literal:
    """Text as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that the task fills."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    options: "tuple[Sequence, ...]"


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    nodes: "tuple[Node, ...]"


Node = Literal | Slot | Choice | Sequence

_TOKEN = re.compile(r"\[|\]|\||\{[a-z_]+\}|[^\[\]|{}]+")


def parse_template(text: str) -> Sequence:
    """Parse a template; raises PromptError that quotes the part it cannot take."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        raise PromptError("template", "text, [a|b] and {slot}", repr(text))
    node, rest = _sequence(tokens, 0, text)
    if rest != len(tokens):
        raise PromptError("template", "every ] and | inside a [", repr(text))
    return node


def write(node: Node, rng: np.random.Generator, values: Mapping[str, str]) -> str:
    """Write a prompt: choices by `rng`, slots from `values`; raises PromptError for a slot without a value."""
    match node:
        case Literal(text):
            return text
        case Slot(name):
            if name not in values:
                raise PromptError("slot of a template", f"one of {sorted(values)}", name)
            return values[name]
        case Choice(options):
            return write(pick(rng, options), rng, values)
        case Sequence(nodes):
            return "".join(write(part, rng, values) for part in nodes)


def pattern(node: Node, slot_patterns: Mapping[str, str]) -> str:
    """Regular expression of all that `write` may write; a slot's first place is a named group, the others repeat it."""
    return _pattern(node, slot_patterns, set())


def slots(node: Node) -> frozenset[str]:
    """Names of the slots."""
    match node:
        case Slot(name):
            return frozenset((name,))
        case Choice(options):
            return frozenset().union(*(slots(option) for option in options))
        case Sequence(nodes):
            return frozenset().union(*(slots(part) for part in nodes))
    return frozenset()


def _pattern(node: Node, slot_patterns: Mapping[str, str], seen: set[str]) -> str:
    match node:
        case Literal(text):
            return re.escape(text)
        case Slot(name):
            if name in seen:
                return f"(?P={name})"
            seen.add(name)
            return f"(?P<{name}>{slot_patterns[name]})"
        case Choice(options):
            return "(?:" + "|".join(_pattern(option, slot_patterns, seen) for option in options) + ")"
        case Sequence(nodes):
            return "".join(_pattern(part, slot_patterns, seen) for part in nodes)


def _sequence(tokens: list[str], start: int, text: str) -> tuple[Sequence, int]:
    nodes: list[Node] = []
    place = start
    while place < len(tokens) and tokens[place] not in ("]", "|"):
        token = tokens[place]
        if token == "[":
            node, place = _choice(tokens, place + 1, text)
            nodes.append(node)
        else:
            nodes.append(Slot(token[1:-1]) if token.startswith("{") else Literal(token))
            place += 1
    return Sequence(tuple(nodes)), place


def _choice(tokens: list[str], start: int, text: str) -> tuple[Choice, int]:
    options: list[Sequence] = []
    place = start
    while True:
        option, place = _sequence(tokens, place, text)
        options.append(option)
        if place == len(tokens):
            raise PromptError("template", "a ] for every [", repr(text))
        place += 1
        if tokens[place - 1] == "]":
            return Choice(tuple(options)), place
