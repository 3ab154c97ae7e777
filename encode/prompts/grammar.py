"""The grammar of a template, parsed once into an immutable tree, to write a prompt and to read it back.

`[a|b|]` is a choice (the empty one too), `{name}` a slot, `<name>` a fragment of the same file, all else is text.
Choices may hold slots, fragments and choices.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from encode.draw import choice
from encode.errors import PromptError

__all__ = [
    "ChoiceNode",
    "SequenceNode",
    "SlotNode",
    "TemplateNode",
    "TextNode",
    "expand_fragments",
    "fixed_texts",
    "holds_in_order",
    "parse_template",
    "slot_names",
    "template_pattern",
    "write_prompt",
]


@dataclass(frozen=True, slots=True)
class TextNode:
    """Literal text."""

    text: str


@dataclass(frozen=True, slots=True)
class SlotNode:
    """A named gap that the task fills."""

    name: str


@dataclass(frozen=True, slots=True)
class ChoiceNode:
    """One of several."""

    options: "tuple[SequenceNode, ...]"


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A sequence."""

    nodes: "tuple[TemplateNode, ...]"


TemplateNode = TextNode | SlotNode | ChoiceNode | SequenceNode

_TOKEN = re.compile(r"\[|\]|\||\{[a-z_]+\}|[^\[\]|{}]+")


_FRAGMENT = re.compile(r"<([a-z-]+)>")


def expand_fragments(text: str, fragments: Mapping[str, str]) -> str:
    """Return a template with `<name>` replaced by the text of that fragment; raises PromptError for an unknown name."""
    unknown = [name for name in _FRAGMENT.findall(text) if name not in fragments]
    if unknown:
        raise PromptError("fragment of a template", f"one of {sorted(fragments)}", unknown[0])
    return _FRAGMENT.sub(lambda match: fragments[match[1]], text)


def parse_template(text: str) -> SequenceNode:
    """Parse a template; raises PromptError that quotes the part it cannot take."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        raise PromptError("template", "text, [a|b] and {slot}", repr(text))
    node, rest = _sequence(tokens, 0, text)
    if rest != len(tokens):
        raise PromptError("template", "every ] and | inside a [", repr(text))
    return node


def write_prompt(node: TemplateNode, rng: np.random.Generator, values: Mapping[str, str]) -> str:
    """Write a prompt: choices by `rng`, slots from `values`; raises PromptError for a slot without a value."""
    match node:
        case TextNode(text):
            return text
        case SlotNode(name):
            if name not in values:
                raise PromptError("slot of a template", f"one of {sorted(values)}", name)
            return values[name]
        case ChoiceNode(options):
            return write_prompt(choice(rng, options), rng, values)
        case SequenceNode(nodes):
            return "".join(write_prompt(part, rng, values) for part in nodes)


def template_pattern(node: TemplateNode, slot_patterns: Mapping[str, str]) -> str:
    """Return the regular expression of all that `write_prompt` can write; each slot is a named group."""
    return _pattern(node, slot_patterns, set())


def fixed_texts(node: SequenceNode) -> tuple[str, ...]:
    """The parts that are in all that `write_prompt` can write, in their order."""
    return tuple(part.text for part in node.nodes if isinstance(part, TextNode))


def holds_in_order(text: str, parts: Sequence[str]) -> bool:
    """Whether `text` has these parts, one behind the other."""
    place = 0
    for part in parts:
        found = text.find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


def slot_names(node: TemplateNode) -> frozenset[str]:
    """Names of the slots."""
    match node:
        case SlotNode(name):
            return frozenset((name,))
        case ChoiceNode(options):
            return frozenset().union(*(slot_names(option) for option in options))
        case SequenceNode(nodes):
            return frozenset().union(*(slot_names(part) for part in nodes))
    return frozenset()


def _pattern(node: TemplateNode, slot_patterns: Mapping[str, str], seen: set[str]) -> str:
    match node:
        case TextNode(text):
            return re.escape(text)
        case SlotNode(name):
            if name in seen:
                return f"(?P={name})"
            seen.add(name)
            return f"(?P<{name}>{slot_patterns[name]})"
        case ChoiceNode(options):
            return "(?:" + "|".join(_pattern(option, slot_patterns, seen) for option in options) + ")"
        case SequenceNode(nodes):
            return "".join(_pattern(part, slot_patterns, seen) for part in nodes)


def _sequence(tokens: list[str], start: int, text: str) -> tuple[SequenceNode, int]:
    nodes: list[TemplateNode] = []
    position = start
    while position < len(tokens) and tokens[position] not in ("]", "|"):
        token = tokens[position]
        if token == "[":
            node, position = _choice(tokens, position + 1, text)
            nodes.append(node)
        else:
            nodes.append(SlotNode(token[1:-1]) if token.startswith("{") else TextNode(token))
            position += 1
    return SequenceNode(tuple(nodes)), position


def _choice(tokens: list[str], start: int, text: str) -> tuple[ChoiceNode, int]:
    options: list[SequenceNode] = []
    position = start
    while True:
        option, position = _sequence(tokens, position, text)
        options.append(option)
        if position == len(tokens):
            raise PromptError("template", "a ] for every [", repr(text))
        position += 1
        if tokens[position - 1] == "]":
            return ChoiceNode(tuple(options)), position
