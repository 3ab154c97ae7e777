"""Ids and names of a scene's objects, for all families."""

from collections import Counter
from dataclasses import dataclass, field

__all__ = ["ObjectNumbering"]


@dataclass(eq=False)
class ObjectNumbering:
    """Gives out ids, one after another, and names like `mug-3`.

    first_id: the id of the first object.
    per_category: whether the number in a name counts the objects of its category, or else all objects.
    hyphens: whether names have hyphens for the spaces of a category (`traffic-light-3`).
    """

    first_id: int = 1
    per_category: bool = True
    hyphens: bool = True
    _given: int = 0
    _counts: Counter[str] = field(default_factory=Counter)

    def number(self, category: str) -> tuple[int, str]:
        """The id and the name of the next object, which is of this category."""
        self._given += 1
        self._counts[category] += 1
        count = self._counts[category] if self.per_category else self._given
        word = category.replace(" ", "-") if self.hyphens else category
        return self.first_id + self._given - 1, f"{word}-{count}"

    def skip(self) -> None:
        """Leave the next id, and the number that goes with it, to nobody."""
        self._given += 1
