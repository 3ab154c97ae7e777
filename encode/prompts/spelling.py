"""British spelling and a small first letter, read as the templates write them."""

import re
from collections.abc import Iterator

__all__ = ["respelled"]

_AMERICAN = (
    (r"\b([Cc])olour", r"\1olor"),
    (r"\b([Gg])rey", r"\1ray"),
    (r"\b([Ll])abell(?=ed|ing)", r"\1abel"),
    (r"\b([Mm])etre(?=s?\b)", r"\1eter"),
    (r"\b([Vv])isualis(?=e|ing|ation)", r"\1isualiz"),
)


def respelled(prompt: str) -> Iterator[str]:
    """The same request in the templates' spelling, without and with a full stop at its end."""
    text = prompt
    for british, american in _AMERICAN:
        text = re.sub(british, american, text)
    text = text[:1].upper() + text[1:]
    if text != prompt:
        yield text
    yield f"{text}."
