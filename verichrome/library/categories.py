"""From the words that folders are named with to categories, and why some name none."""

import difflib
from collections.abc import Mapping

from pydantic import ValidationError

from scenes.naming import category_of_words, known_words, plain
from scenes.own_categories import DeclaredCategory, declared
from scenes.suggestions import closest_category
from scenes.taxonomy import Category

__all__ = ["category_of", "category_problem", "new_category"]


def category_of(word: str, names: Mapping[str, str], own: tuple[Category, ...] = ()) -> str:
    """The category that the word, or what `names` translates it to, names: itself, its plural, a synonym; else "".

    Of several words the last ones count where all together name none: a red coffee mug is a mug. The user's `own`
    count like the taxonomy's.
    """
    known = known_words(False, own)
    words = plain(names.get(word.casefold(), word)).split()
    return category_of_words(words, known, own) or category_of_words(list(map(_singular, words)), known, own)


def category_problem(words: list[str], own: tuple[Category, ...] = ()) -> str:
    """Why none of the words names a category, in a clause."""
    if not words:
        return "it has no category: no sub-folder, label or glTF extra names one"
    known = known_words(False, own)
    near = next((hint for hint in (closest_category(plain(word), known) for word in words) if hint), "")
    return f"it has no category: {', '.join(words)} names none of the taxonomy{near}"


def new_category(word: str, names: Mapping[str, str], own: tuple[Category, ...]) -> Category | str:
    """A category of the word, for a user who wants new ones, or why it makes none, in a clause.

    A word that differs by a letter from a known one is taken for that one, misspelt.
    """
    name = _singular(plain(names.get(word.casefold(), word)))
    meant = _misspelt(name, known_words(True, own))
    if meant:
        return f"{word} looks like {meant} misspelt: name it so, or declare {name} in a file of categories"
    try:
        return declared((DeclaredCategory(name=name),))[0]
    except ValidationError as error:
        return f"{word} makes no category: its name {error.errors()[0]['msg'].removeprefix('Value error, ')}"
    except ValueError as error:
        return f"{word} makes no category: {str(error).rstrip('.')}"


def _misspelt(name: str, known: Mapping[str, str]) -> str:
    """The known word that differs by a letter, added, lost, changed or moved; by two of ten; "" where none does."""
    cutoff = min(0.8, 1 - 1 / max(len(name), 2)) - 1e-9
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)), "")


def _singular(name: str) -> str:
    """`drones` as `drone`: folders are often named for the many objects in them."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith(("ches", "shes", "sses", "xes")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us", "is")) else name
