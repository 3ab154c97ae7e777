"""From the words people name folders with to categories of the taxonomy."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from scenes import taxonomy
from verichrome.complaints import closest

__all__ = ["category_of", "category_problem"]


def category_of(word: str, names: Mapping[str, str]) -> str:
    """The category that the word, or what `names` translates it to, names: itself, its plural, a synonym; else "".

    Of several words the last ones count where all together say nothing: a red coffee mug is a mug.
    """
    words = _plain(names.get(word.casefold(), word)).split()
    tails = (" ".join(words[start:]) for start in range(len(words)))
    return next((found for found in (_known().get(tail, "") for tail in tails) if found), "")


def category_problem(words: list[str]) -> str:
    """Why none of the words was a category, in a clause."""
    if not words:
        return "it has no category: no sub-folder, label or glTF extra names one"
    near = next((told for told in (closest(_plain(word), _known()) for word in words) if told), "")
    return f"it has no category: {', '.join(words)} names none of the taxonomy{near}"


def _plain(word: str) -> str:
    """`Coffee_Mugs-02` as `coffee mugs`."""
    return re.sub(r"[\W\d_]+", " ", word).strip().casefold()


@cache
def _known() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for entry in taxonomy().category:
        for word in (*entry.synonyms, entry.plural, entry.name):
            if entry.kind == "thing":
                found[_plain(word)] = entry.name
    for entry in taxonomy().category:
        if entry.kind == "thing":
            found[_plain(entry.name)] = entry.name  # a name wins over another's synonym
    return MappingProxyType(found)
