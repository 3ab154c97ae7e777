"""Which segments a view has, and which classes a panoptic prompt asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from encode.draw import shuffled
from encode.frame import CategoryRecord, Frame
from encode.frame_cache import cached_per_frame
from encode.segmentation.absent_labels import draw_absent
from encode.segmentation.label_sets import known_categories
from encode.segmentation.labels import names_alone, visible_shares
from encode.segmentation.legends import LEAST_SHARE, count_absent, draw_by_area
from encode.shares import PairShares

__all__ = ["PanopticClass", "draw_classes", "visible_ids"]

# How often all classes are asked for that fit, and else at most how many.
_FULL_SHARE = 0.6
_MOST_SOME = 10


@dataclass(frozen=True, slots=True)
class PanopticClass:
    """A class of a prompt: its label, and its segments, each with the ids of its objects.

    A stuff class that is in view has one segment, with 0 among its ids where it shows without a surface (sky). A thing
    class has one for each instance, the largest first. Absent classes have none.
    """

    label: str
    is_thing: bool
    segments: tuple[tuple[int, ...], ...]


def draw_classes(frame: Frame, rng: np.random.Generator, shares: PairShares, most: int) -> list[PanopticClass]:
    """Return visible classes of at most `most` segments, stuff and things among them, and absent ones, in any order.

    Empty where the view does not show both.
    """
    areas = visible_shares(frame)
    visible = [c for c in frame.categories if areas.get(c.id, 0.0) >= LEAST_SHARE and _can_be_named(frame, c)]
    ordered = draw_by_area(rng, visible, [areas[c.id] for c in visible])
    wanted = len(ordered) if rng.random() < _FULL_SHARE else int(rng.integers(2, _MOST_SOME + 1))
    first = [next((c for c in ordered if c.kind == kind and _count(frame, c) < most), None) for kind in _KINDS]
    chosen: list[CategoryRecord] = []
    total = 0
    for category in [*first, *(c for c in ordered if c not in first)]:
        if category is None:
            return []
        if len(chosen) < max(wanted, len(_KINDS)) and total + _count(frame, category) <= most:
            chosen.append(category)
            total += _count(frame, category)
    if {c.kind for c in chosen} != set(_KINDS):
        return []
    classes = [_visible_class(frame, category, rng) for category in chosen]
    room = min(count_absent(rng, len(classes), shares.absent_entry_share), most - total)
    absent = draw_absent(frame, rng, room, frozenset(c.id for c in chosen), plurals=False)
    return shuffled(rng, [*classes, *(PanopticClass(label, _is_thing(frame, label), ()) for label, _ in absent)])


@cached_per_frame
def visible_ids(frame: Frame) -> Mapping[int, tuple[int, ...]]:
    """The ids of the visible objects of each category, the largest first; 0 for pixels without a surface."""
    pairs = frame.truth.category.astype(np.uint64) << np.uint64(32) | frame.truth.instance
    values, counts = np.unique(pairs, return_counts=True)
    found: dict[int, list[tuple[int, int]]] = {}
    for value, count in zip(values.tolist(), counts.tolist(), strict=True):
        found.setdefault(value >> 32, []).append((-count, value & 0xFFFFFFFF))
    return {category: tuple(i for _, i in sorted(objects)) for category, objects in found.items() if category}


_KINDS = ("stuff", "thing")


def _can_be_named(frame: Frame, category: CategoryRecord) -> bool:
    """Whether its name means it alone, and is not that of a numbered thing."""
    return names_alone(frame, category.name, category) and not re.search(r"-\d+$", category.name)


def _count(frame: Frame, category: CategoryRecord) -> int:
    return len(visible_ids(frame)[category.id]) if category.kind == "thing" else 1


def _visible_class(frame: Frame, category: CategoryRecord, rng: np.random.Generator) -> PanopticClass:
    words = [category.name, category.name, *category.synonyms]
    label = words[int(rng.integers(len(words)))]
    if not names_alone(frame, label, category) or re.search(r"-\d+$", label):
        label = category.name
    ids = visible_ids(frame)[category.id]
    if category.kind == "thing":
        return PanopticClass(label, True, tuple((i,) for i in ids))
    return PanopticClass(label, False, (tuple(sorted(ids)),))


def _is_thing(frame: Frame, label: str) -> bool:
    """Whether an absent class is a thing; those that no taxonomy knows here are."""
    kind = next((c.kind for c in frame.categories if c.name == label), "")
    known = known_categories().get(label)
    return (kind or (known.kind if known else "thing")) == "thing"
