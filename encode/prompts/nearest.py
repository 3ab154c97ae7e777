"""The template that a text which none gives comes nearest to, for the error that says so."""

import re
from collections import Counter

from encode.prompts.template import Template, templates

__all__ = ["nearest_template"]


def nearest_template(text: str) -> Template:
    """The template that shares the largest part of its words with `text`."""
    said = _words(text)
    return max(templates(), key=lambda template: _likeness(said, _words(template.text)))


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    return 2 * (a & b).total() / max(a.total() + b.total(), 1)


def _words(text: str) -> Counter[str]:
    """Words of a prompt or a template; slots are none."""
    return Counter(re.findall(r"[a-z]+", re.sub(r"\{[a-z_]+\}", " ", text).lower()))
