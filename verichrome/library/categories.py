"""From the words people name folders with to categories of the taxonomy, and why some name none."""

from collections.abc import Mapping

from scenes.naming import known_words, plain
from verichrome.complaints import closest

__all__ = ["category_of", "category_problem"]


def category_of(word: str, names: Mapping[str, str]) -> str:
    """The category that the word, or what `names` translates it to, names: itself, its plural, a synonym; else "".

    Of several words the last ones count where all together say nothing: a red coffee mug is a mug.
    """
    words = plain(names.get(word.casefold(), word)).split()
    tails = (" ".join(words[start:]) for start in range(len(words)))
    return next((found for found in (known_words(False).get(tail, "") for tail in tails) if found), "")


def category_problem(words: list[str]) -> str:
    """Why none of the words was a category, in a clause."""
    if not words:
        return "it has no category: no sub-folder, label or glTF extra names one"
    near = next((told for told in (closest(plain(word), known_words(False)) for word in words) if told), "")
    return f"it has no category: {', '.join(words)} names none of the taxonomy{near}"
