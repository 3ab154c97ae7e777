"""How prompts say whether hidden keypoints are painted."""

from collections.abc import Mapping

__all__ = ["HIDDEN_WORDS", "asks_for_hidden"]

#: By whether hidden keypoints are painted, too.
HIDDEN_WORDS: Mapping[bool, tuple[str, ...]] = {
    True: ("hidden ones included", "those hidden from view too", "visible or not", "even where something covers them"),
    False: (
        "visible ones only",
        "without those hidden from view",
        "only where they can be seen",
        "hidden ones left out",
    ),
}


def asks_for_hidden(words: str) -> bool:
    """Whether these words, one of HIDDEN_WORDS, ask for hidden keypoints."""
    return words in HIDDEN_WORDS[True]
