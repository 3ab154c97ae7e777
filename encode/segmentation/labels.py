"""Which categories of a frame a class name in a prompt means."""

import numpy as np

from encode.frame import CategoryRecord, Frame
from encode.id_map import compact_ids
from encode.prompts.legend import is_label

__all__ = ["NEGATIVES", "names_alone", "resolve_label", "safe_negatives", "visible_categories"]

#: Names to ask for although they are absent, if no category of the frame is similar. All plurals take an s.
NEGATIVES = (
    "airplane",
    "baseball bat",
    "bear",
    "camel",
    "elephant",
    "fire hydrant",
    "giraffe",
    "helicopter",
    "horse",
    "kangaroo",
    "motorcycle",
    "parachute",
    "penguin",
    "sailboat",
    "snowboard",
    "submarine",
    "tractor",
    "traffic light",
    "trombone",
    "zebra",
)


def resolve_label(frame: Frame, label: str) -> frozenset[int]:
    """Return the category ids that `label` names in `frame`, empty if none.

    A category's own words (name, plural, synonyms) come before super-categories, which mean all their members.
    """
    word = label.casefold()
    own = frozenset(c.id for c in frame.categories if word in _words(c))
    if own:
        return own
    return frozenset(c.id for c in frame.categories if word == c.supercategory.casefold())


def names_alone(frame: Frame, word: str, category: CategoryRecord) -> bool:
    """Return whether a prompt can use `word` as a label, and it names this category and no other."""
    return is_label(word) and resolve_label(frame, word) == {category.id}


def safe_negatives(frame: Frame) -> tuple[str, ...]:
    """Return the NEGATIVES that share no word with any name in the frame."""
    present = {
        token for c in frame.categories for name in (*_words(c), c.supercategory.casefold()) for token in name.split()
    }
    return tuple(name for name in NEGATIVES if not present & set(name.split()))


def visible_categories(frame: Frame, least_share: float) -> list[CategoryRecord]:
    """Return the categories that cover at least `least_share` of the image, in order of id."""
    ids, positions = compact_ids(frame.truth.category)
    counts = np.bincount(positions.ravel())
    least = least_share * frame.truth.category.size
    visible = {int(i) for i, count in zip(ids, counts, strict=True) if i and count >= least}
    return sorted((c for c in frame.categories if c.id in visible), key=lambda c: c.id)


def _words(category: CategoryRecord) -> frozenset[str]:
    names = (category.name, category.plural, *category.synonyms)
    return frozenset(name.casefold() for name in names if name)
