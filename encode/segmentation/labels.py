"""Which categories of a frame a class name in a prompt means."""

from collections.abc import Mapping

from encode.frame import CategoryRecord, Frame
from encode.frame_cache import cached_per_frame
from encode.frame_ids import category_index
from encode.prompts.legend import is_label

__all__ = ["NEGATIVES", "names_alone", "resolve_label", "safe_negatives", "visible_shares"]

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
    own, groups = _named_by(frame)
    word = label.casefold()
    return own.get(word) or groups.get(word, frozenset())


def names_alone(frame: Frame, word: str, category: CategoryRecord) -> bool:
    """Return whether a prompt can use `word` as a label, and it names this category and no other."""
    return is_label(word) and resolve_label(frame, word) == {category.id}


def safe_negatives(frame: Frame) -> tuple[str, ...]:
    """Return the NEGATIVES that share no word with any name in the frame."""
    present = {
        token for c in frame.categories for name in (*_words(c), c.supercategory.casefold()) for token in name.split()
    }
    return tuple(name for name in NEGATIVES if not present & set(name.split()))


@cached_per_frame
def visible_shares(frame: Frame) -> Mapping[int, float]:
    """Return the share of the image of each category that has a pixel."""
    index = category_index(frame)
    counted = zip(index.ids.tolist(), index.counts.tolist(), strict=True)
    return {id_: count / index.positions.size for id_, count in counted if id_}


@cached_per_frame
def _named_by(frame: Frame) -> tuple[Mapping[str, frozenset[int]], Mapping[str, frozenset[int]]]:
    """The ids that each word names: categories' own words, and super-categories."""
    own: dict[str, frozenset[int]] = {}
    groups: dict[str, frozenset[int]] = {}
    for category in frame.categories:
        for word in _words(category):
            own[word] = own.get(word, frozenset()) | {category.id}
        group = category.supercategory.casefold()
        groups[group] = groups.get(group, frozenset()) | {category.id}
    return own, groups


def _words(category: CategoryRecord) -> frozenset[str]:
    names = (category.name, category.plural, *category.synonyms)
    return frozenset(name.casefold() for name in names if name)
