"""How often tasks ask what: shares that the configuration sets (`pairs` in config.yaml)."""

from dataclasses import dataclass

__all__ = ["PairShares"]


@dataclass(frozen=True, slots=True)
class PairShares:
    """Shares, 0 to 1, of the pairs of a task, where the frame allows a choice.

    small_share: instance, referring and semantic prompts for which no size is preferred, so that they ask mostly for
        small things.
    full_share: semantic prompts whose legend names every visible class.
    set_share: semantic prompts in the classes of a standard label set; full legends where the frame shows too few.
    absent_share: entries of a semantic legend that name an absent class, on average.
    """

    small_share: float = 0.1
    full_share: float = 0.3
    set_share: float = 0.2
    absent_share: float = 0.3
