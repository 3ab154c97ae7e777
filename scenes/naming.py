"""From the words people name folders, objects and materials with to categories of the taxonomy."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from scenes.taxonomy import Category, load_taxonomy

__all__ = ["BEYOND", "category_named", "category_of_words", "known_words", "plain"]

#: What programs call a thing that nobody named: `Cube.001` says nothing of what it is, nor does 3ds Max's `Box012`.
SOLIDS = "geometric solid"
#: What is seen where no surface is: no object can be that.
BEYOND = ("sky", "backdrop")
#: Supercategories of what stands in a room, which names may say: `Table_kitchen`.
IN_ROOMS = frozenset(
    {
        "decoration",
        "floor textile",
        "furniture",
        "household appliance",
        "household container",
        "light source",
        "plumbing fixture",
        "wall decoration",
        "window covering",
    }
)
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
    """Categories by each of their words, the user's `own` included.

    stuff: include categories such as wall and floor, which only objects of a setting can have.
    """
    categories = [category for category in load_taxonomy(own).category if stuff or category.kind == "thing"]
    words = {
        plain(word): category.name
        for category in categories
        for word in (*category.synonyms, category.plural, category.name)
    }
    words |= {plain(category.name): category.name for category in categories}  # a name wins over another's synonym
    return MappingProxyType(words)


@lru_cache(maxsize=4096)
def category_named(name: str, own: tuple[Category, ...] = ()) -> str:
    """The category that the name of an object, collection or material speaks of, "" where it speaks of none.

    Of several words the last ones count where all together say nothing: `Walnut_Side_Table.003` is a table. Words of
    kind and place behind them do not: `Chair_Oak` is a chair, `Lamp_ceiling` a ceiling lamp.
    """
    name = re.sub(r"\.\d+$", "", name)
    if NAMELESS.fullmatch(name):
        return ""
    name = FACTORY.sub(r"\1", name)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words = [word for word in plain(spaced).split() if len(word) > 1]  # `Pillow.L` is a pillow
    category = category_of_words(words, known_words(True, own), own)
    return "" if category in BEYOND or (category and load_taxonomy(own)[category].supercategory == SOLIDS) else category


def category_of_words(words: list[str], known: Mapping[str, str], own: tuple[Category, ...] = ()) -> str:
    """The category of the last of these words, or "".

    Word order is turned about, and words of kind and place are left out, where that is needed to find one. known:
    categories by their words, `own` the user's among them.
    """
    vocabulary = _words_of_kind()
    while words:
        turned = known.get(" ".join((*words[1:], words[0])), "")  # `Lamp_desk`
        if turned and " ".join(words) not in known:
            return turned
        if words[-1] in vocabulary["sometimes"] and words[-2:-1] and words[-2] in vocabulary["unclear"]:
            return ""
        before = _of_tail(words[:-1], known)
        if not _is_of_kind(words[-1], before, known, own):
            return _of_tail(words, known)
        words = words[:-1]
    return ""


def _of_tail(words: list[str], known: Mapping[str, str]) -> str:
    """The category of as many of the last words as make one, written apart or together: `Arm_Chair`."""
    tails = (space.join(words[start:]) for start in range(len(words)) for space in (" ", ""))
    return next((known[tail] for tail in tails if tail in known), "")


def _is_of_kind(word: str, before: str, known: Mapping[str, str], own: tuple[Category, ...]) -> bool:
    """Whether a last word says of what kind or where a thing is; `before`: the category of the words before it."""
    vocabulary = _words_of_kind()
    if word in known and not (before and word in vocabulary["sometimes"]):
        return False
    if word in vocabulary["in_rooms"]:
        return bool(before) and load_taxonomy(own)[before].supercategory in IN_ROOMS
    return word in vocabulary["always"] or word in vocabulary["sometimes"]


@cache
def _words_of_kind() -> Mapping[str, frozenset[str]]:
    vocabulary = tomllib.loads(files("scenes").joinpath("naming.toml").read_text("utf-8"))
    return MappingProxyType({name: frozenset(words.split()) for name, words in vocabulary.items()})
