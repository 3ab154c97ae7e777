"""The words that phrases may use, and whether a phrase expresses all of its structured form."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace

from encode.frame import CategoryRecord, Frame
from encode.prompts.legend import PHRASE_PATTERN
from encode.referring.language import Node, Objects
from encode.referring.words import says, unsaid_words
from encode.segmentation.labels import names_alone

__all__ = ["is_readable", "named_categories", "unsaid_problems"]


def is_readable(phrase: str) -> bool:
    """Return whether a prompt with this phrase can be read back: not if a name has a slash or a comma."""
    return re.fullmatch(PHRASE_PATTERN, phrase) is not None


def named_categories(frame: Frame) -> Mapping[str, CategoryRecord]:
    """Return the categories by name, each with only those synonyms that name nothing else in the frame."""
    return {
        category.name: replace(
            category, synonyms=tuple(word for word in category.synonyms if names_alone(frame, word, category))
        )
        for category in frame.categories
    }


def unsaid_problems(frame: Frame, phrase: str, node: Node) -> list[str]:
    """Return which nouns, attributes, orders and relations of the structured form the phrase leaves out."""
    if phrase.startswith(("the other ", "all the other ")):
        return []
    problems = []
    for part in _parts(node):
        missing = unsaid_words(phrase, part)
        name = part.category if isinstance(part, Objects) else ""
        nouns = [word for c in frame.categories if c.name == name for word in (c.name, c.plural, *c.synonyms)]
        nouns = nouns or [name]  # a class that the frame does not have
        if name and not says(phrase, (*nouns, "one")):
            missing.append((name,))
        problems += [f"the phrase {phrase!r} does not say {' or '.join(map(repr, words))}" for words in missing]
    return problems


def _parts(node: Node) -> list[Node]:
    """The node and all nodes within it."""
    parts: list[Node] = [node]
    for field in fields(node):
        value = getattr(node, field.name)
        for child in value if isinstance(value, tuple) else (value,):
            if not isinstance(child, (str, int)):
                parts += _parts(child)
    return parts
