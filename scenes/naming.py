"""From the words people name folders, objects and materials with to categories of the taxonomy."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from scenes.taxonomy import Category, taxonomy

__all__ = ["BEYOND", "category_named", "known_words", "plain"]

#: What programs call a thing that nobody named: `Cube.001` says nothing of what it is, nor does 3ds Max's `Box012`.
SOLIDS = "geometric solid"
#: What is seen where no surface is: no object can be that.
BEYOND = ("sky", "backdrop")
NAMELESS = re.compile(
    r"(box|capsule|circle|cone|cube|cylinder|icosphere|line|mesh|object|plane|prism|pyramid|sphere|torus)[ ._-]*\d*",
    re.IGNORECASE,
)
#: `ChairFactory(1234).spawn_asset(5)`: what Infinigen calls what it makes.
FACTORY = re.compile(r"(\w+?)(?:Base)?Factory\b.*")


def plain(word: str) -> str:
    """`Coffee_Mugs-02` as `coffee mugs`."""
    return re.sub(r"[\W\d_]+", " ", word).strip().casefold()


@cache
def known_words(stuff: bool, own: tuple[Category, ...] = ()) -> Mapping[str, str]:
    """Categories by each of their words, the user's `own` included; `stuff` (walls, floors) is what only objects of a
    whole place can be."""
    entries = [entry for entry in taxonomy(own).category if stuff or entry.kind == "thing"]
    found = {plain(word): entry.name for entry in entries for word in (*entry.synonyms, entry.plural, entry.name)}
    found |= {plain(entry.name): entry.name for entry in entries}  # a name wins over another's synonym
    return MappingProxyType(found)


def category_named(name: str, own: tuple[Category, ...] = ()) -> str:
    """The category that the name of an object, collection or material speaks of, "" where it speaks of none.

    Of several words the last ones count where all together say nothing: `Walnut_Side_Table.003` is a table.
    """
    name = re.sub(r"\.\d+$", "", name)
    if NAMELESS.fullmatch(name):
        return ""
    name = FACTORY.sub(r"\1", name)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = [word for word in plain(spaced).split() if len(word) > 1]  # `Pillow.L` is a pillow
    tails = (" ".join(words[start:]) for start in range(len(words)))
    found = next((found for found in (known_words(True, own).get(tail, "") for tail in tails) if found), "")
    return "" if found in BEYOND or (found and taxonomy(own)[found].supercategory == SOLIDS) else found
