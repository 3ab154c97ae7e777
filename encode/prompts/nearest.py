"""The template that comes nearest to a text that none gives, for messages."""

import re
from collections import Counter

from encode.prompts.grammar import ChoiceNode, SequenceNode, SlotNode, TemplateNode, TextNode
from encode.prompts.template import Template, templates

__all__ = ["nearest_template"]


def nearest_template(text: str) -> tuple[Template, str]:
    """Return the template that shares the largest part of its words with `text`, which no template gives.

    The second value is what it can write that is nearest, with its slots in braces.
    """
    words = _count_words(text)
    near = [(template, _nearest_writing(template.tree, words)) for template in templates()]
    return max(near, key=lambda found: _likeness(found[1], words))


def _nearest_writing(node: TemplateNode, words: Counter[str]) -> str:
    """What a template writes when each choice is the option that is most like `words`."""
    match node:
        case TextNode(text):
            return text
        case SlotNode(name):
            return f"{{{name}}}"
        case ChoiceNode(options):
            return max((_nearest_writing(option, words) for option in options), key=lambda text: _gain(text, words))
        case SequenceNode(nodes):
            return "".join(_nearest_writing(part, words) for part in nodes)


def _gain(text: str, words: Counter[str]) -> float:
    """Words of a part that are among `words`, less a half for each that is not."""
    others = _count_words(text)
    shared = (words & others).total()
    return shared - 0.5 * (others.total() - shared)


def _likeness(text: str, words: Counter[str]) -> float:
    others = _count_words(text)
    return 2 * (words & others).total() / max(words.total() + others.total(), 1)


def _count_words(text: str) -> Counter[str]:
    """Words of a prompt or a template, slots left out."""
    return Counter(re.findall(r"[a-z]+", re.sub(r"\{[a-z_]+\}", " ", text).lower()))
