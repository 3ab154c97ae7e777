"""Group nouns: what all members of which classes together are called, and which classes some people count in."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["CROWD", "GROUPS", "GroupNoun", "is_member"]

#: So many people are a crowd.
CROWD = 5


@dataclass(frozen=True, slots=True)
class GroupNoun:
    """Words for a group, and its members: categories or super-categories that surely belong, and those that may."""

    words: tuple[str, ...]
    sure: frozenset[str]
    maybe: frozenset[str] = frozenset()


#: By name; the words of `people` also have "crowd" from CROWD on.
GROUPS: Mapping[str, GroupNoun] = {
    "furniture": GroupNoun(
        ("furniture", "pieces of furniture"),
        frozenset({"furniture"}),
        frozenset({"household appliance", "plumbing fixture", "shop fixture", "street furniture", "floor lamp"}),
    ),
    "people": GroupNoun(("people", "crowd"), frozenset({"living being"}), frozenset({"robot"})),
    "vehicles": GroupNoun(
        ("vehicles",),
        frozenset({"car", "van", "truck", "bus", "bicycle", "boat", "forklift"}),
        frozenset({"vehicle", "rider", "shopping cart"}),
    ),
    "fruit": GroupNoun(
        ("fruit", "pieces of fruit"),
        frozenset({"fruit"}),
        frozenset({"tomato", "cucumber", "bell pepper", "aubergine"}),
    ),
    "vegetables": GroupNoun(("vegetables",), frozenset({"vegetable"}), frozenset({"mushroom"})),
    "tableware": GroupNoun(
        ("tableware",),
        frozenset({"dishware", "cutlery", "glassware"}),
        frozenset(
            {"condiment set", "cookware", "kitchen board", "kitchenware", "pouring vessel", "serving ware", "place mat"}
        ),
    ),
    "electronics": GroupNoun(
        ("electronics", "electronic devices"),
        frozenset({"electronics"}),
        frozenset({"household appliance", "timepiece", "light source", "cash register", "machine", "weighing scale"}),
    ),
    "toys": GroupNoun(("toys",), frozenset({"toy"}), frozenset({"decoration", "geometric solid", "machine"})),
}


def is_member(group: str, category: str, supercategory: str) -> bool | None:
    """Whether an object of this category belongs to the group; None where people differ, or it has no category."""
    if not category:
        return None
    noun, names = GROUPS[group], {category, supercategory}
    if noun.maybe & {category}:
        return None
    return True if noun.sure & names else None if noun.maybe & names else False
