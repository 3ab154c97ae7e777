"""What a phrase may be made of, and whether it says all that its structured form means."""

from collections.abc import Mapping
from dataclasses import fields, replace

from encode.frame import CategoryRecord, Frame
from encode.prompts.legend import is_label
from encode.referring.language import Node, Objects
from encode.referring.words import says, unsaid_words
from encode.segmentation.labels import resolve_label

__all__ = ["speakable", "unsaid_problems"]


def speakable(frame: Frame) -> Mapping[str, CategoryRecord]:
    """Categories by name, each with the synonyms that name nothing else in the frame."""
    return {
        c.name: replace(c, synonyms=tuple(w for w in c.synonyms if is_label(w) and resolve_label(frame, w) == {c.id}))
        for c in frame.categories
    }


def unsaid_problems(frame: Frame, phrase: str, node: Node) -> list[str]:
    """Nouns, attributes, orders and relations of the structured form that the phrase leaves out."""
    if phrase.startswith(("the other ", "all the other ")):
        return []
    problems = []
    for part in _parts(node):
        missing = unsaid_words(phrase, part)
        category = part.category if isinstance(part, Objects) else ""
        nouns = [w for c in frame.categories if c.name == category for w in (c.name, c.plural, *c.synonyms)]
        if nouns and not says(phrase, (*nouns, "one")):
            missing.append((category,))
        problems += [f"the phrase {phrase!r} does not say {' or '.join(map(repr, words))}" for words in missing]
    return problems


def _parts(node: Node) -> list[Node]:
    """The node and all within it."""
    found: list[Node] = [node]
    for field in fields(node):
        value = getattr(node, field.name)
        for child in value if isinstance(value, tuple) else (value,):
            if not isinstance(child, (str, int)):
                found += _parts(child)
    return found
