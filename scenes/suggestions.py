"""What somebody may have meant, for the sentence that says that a name is unknown."""

import difflib
from collections.abc import Iterable, Mapping

__all__ = ["closest", "closest_category"]

MOST = 3  # names that are suggested


def closest(got: str, allowed: Iterable[str]) -> str:
    """` (did you mean x?)` where something near is allowed, else nothing."""
    return _asked(difflib.get_close_matches(got, list(allowed), n=1))


def closest_category(word: str, known: Mapping[str, str]) -> str:
    """` (did you mean x or y?)` of the categories of which the word is a word, else of the one spelt most like it.

    known: categories by their words, the word as `scenes.naming.plain` has it.
    """
    holding = [phrase for phrase in known if word in phrase.split()]
    # `bench` is rather a park bench than a `bench with a vice`.
    ranked = sorted(holding, key=lambda phrase: (not phrase.endswith(word), known[phrase] != phrase, phrase))
    categories = dict.fromkeys(known[phrase] for phrase in ranked)
    return _asked(
        list(categories)[:MOST] or [known[phrase] for phrase in difflib.get_close_matches(word, list(known), n=1)]
    )


def _asked(names: list[str]) -> str:
    return f" (did you mean {' or '.join(names)}?)" if names else ""
