"""Ids and names of a scene's objects."""

from collections import Counter

__all__ = ["Numbering", "object_name"]


def object_name(category: str, number: int) -> str:
    """The name of an object, `traffic-light-3`."""
    return f"{category.replace(' ', '-')}-{number}"


class Numbering:
    """Gives out ids from 1 in the order of asking, and names that count the objects of each category."""

    def __init__(self) -> None:
        self._last_id = 0
        self._counts: Counter[str] = Counter()

    def next(self, category: str) -> tuple[int, str]:
        """The id and the name of one more object of this category."""
        self._last_id += 1
        self._counts[category] += 1
        return self._last_id, object_name(category, self._counts[category])
