"""Which classes a semantic prompt asks for: all visible ones, some of them, or those of a standard label set.

Any legend may name absent classes too, up to MOST_CLASSES in all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from encode.draw import choice, shuffled
from encode.frame import CategoryRecord, Frame
from encode.frame_cache import cached_per_frame
from encode.prompts.legend import LABEL_SET_NAMES, is_label
from encode.segmentation.absent_labels import draw_absent, draw_from_pools
from encode.segmentation.label_sets import LabelSet, get_label_set, known_categories, set_members
from encode.segmentation.labels import names_alone, resolve_label, visible_shares
from encode.shares import PairShares

__all__ = [
    "LEAST_SHARE",
    "MOST_CLASSES",
    "LegendClass",
    "count_absent",
    "draw_by_area",
    "draw_label_set",
    "draw_legend",
    "draw_set_legend",
    "fitting_sets",
]

#: So many colours and a background always fit into the RGB cube.
MOST_CLASSES = 40

#: A class under this share of the image is not asked for; its pixels then are background.
LEAST_SHARE = 5e-4

# Some of the visible classes are at most so many.
_MOST_SOME = 10

# A label set is asked for where its classes cover so much of the image, and so many are visible.
_LEAST_COVER = 0.6
_LEAST_SEEN = 5

# How often a set that fits into a legend is named whole, as benchmarks do, and in its own order.
_WHOLE_SHARE = 0.75
_ORDERED_SHARE = 0.5

_SUPER_SHARE = 0.2

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class LegendClass:
    """An entry of a legend before it has a colour: its label, and the categories of the frame that it names."""

    label: str
    ids: tuple[int, ...]


def draw_label_set(frame: Frame, rng: np.random.Generator) -> LabelSet | None:
    """Draw one of the sets of which the frame shows enough; None where it does of none."""
    sets = fitting_sets(frame)
    return choice(rng, sets) if sets else None


def draw_set_legend(
    frame: Frame, rng: np.random.Generator, label_set: LabelSet, absent_entry_share: float
) -> list[LegendClass]:
    """Return the visible classes of one of the `fitting_sets`, and absent ones: the whole set where it fits, mostly."""
    members = set_members(frame, label_set) or {}
    areas = visible_shares(frame)
    seen = [name for name, ids in members.items() if sum(areas.get(i, 0.0) for i in ids) >= LEAST_SHARE]
    hidden = {name for name, ids in members.items() if any(i in areas for i in ids)} - set(seen)
    named = seen
    if len(label_set.classes) <= MOST_CLASSES and rng.random() < _WHOLE_SHARE:
        named = list(label_set.classes)
    else:
        count = min(count_absent(rng, len(seen), absent_entry_share), MOST_CLASSES - len(seen))
        absent = set(label_set.classes) - set(seen) - hidden - label_set.unsure
        likely = absent & _likely_classes(frame, label_set, members)
        named = [*seen, *draw_from_pools(rng, [(0.7, sorted(likely)), (0.3, sorted(absent))], count)]
    ordered = rng.random() < _ORDERED_SHARE
    order = [name for name in label_set.classes if name in named] if ordered else shuffled(rng, named)
    return [LegendClass(name, members.get(name, ())) for name in order]


def draw_legend(
    frame: Frame, rng: np.random.Generator, shares: PairShares, *, full: bool, plurals: bool
) -> list[LegendClass]:
    """Return visible classes by the frame's own words, all of them if `full`, and absent ones; none without a class.

    plurals: names things in the plural.
    """
    areas = visible_shares(frame)
    visible = [c for c in frame.categories if areas.get(c.id, 0.0) >= LEAST_SHARE and names_alone(frame, c.name, c)]
    if not visible:
        return []
    count = MOST_CLASSES if full else int(rng.integers(1, min(len(visible), _MOST_SOME) + 1))
    small = rng.random() < shares.small_share
    chosen = draw_by_area(rng, visible, [areas[c.id] for c in visible], flat=small and not full)[:count]
    classes = [LegendClass(_draw_label(frame, category, rng, plurals), (category.id,)) for category in chosen]
    if rng.random() < _SUPER_SHARE:
        classes = _with_supercategory(frame, chosen, classes, rng)
    count = min(count_absent(rng, len(classes), shares.absent_entry_share), MOST_CLASSES - len(classes))
    named = frozenset(i for entry in classes for i in entry.ids)
    absent = draw_absent(frame, rng, count, named, plurals=plurals)
    return shuffled(rng, [*classes, *(LegendClass(label, ids) for label, ids in absent)])


@cached_per_frame
def fitting_sets(frame: Frame) -> tuple[LabelSet, ...]:
    """Return the label sets whose classes cover most of the image, of which enough are visible."""
    return tuple(label_set for label_set in map(get_label_set, LABEL_SET_NAMES) if _fits(frame, label_set))


def _fits(frame: Frame, label_set: LabelSet) -> bool:
    members = set_members(frame, label_set)
    if members is None:
        return False
    areas = visible_shares(frame)
    sums = [sum(areas.get(i, 0.0) for i in ids) for ids in members.values()]
    return sum(sums) >= _LEAST_COVER and sum(area >= LEAST_SHARE for area in sums) >= _LEAST_SEEN


def _likely_classes(frame: Frame, label_set: LabelSet, members: Mapping[str, tuple[int, ...]]) -> set[str]:
    """Classes of what the scene has out of view, or could have: of the super-categories that it has."""
    groups = {category.supercategory for category in frame.categories}
    related = (c.classes[label_set.key] for c in known_categories().values() if c.supercategory in groups)
    return {*members, *related}


def count_absent(rng: np.random.Generator, present: int, share: float) -> int:
    """Draw how many absent classes join `present` ones, so that they are `share` of a legend on average."""
    part = rng.random() * min(2 * share, 0.9)
    return round(present * part / (1 - part))


def draw_by_area(
    rng: np.random.Generator, items: Sequence[Item], areas: Sequence[float], *, flat: bool = False
) -> list[Item]:
    """Return the items in random order, large ones earlier: each comes first as often as the root of its area has it.

    areas: above 0. flat: as if all were of one area.
    """
    weights = np.array([1.0 if flat else area**0.5 for area in areas])
    return [items[i] for i in np.argsort(rng.exponential(size=len(items)) / weights)]


def _draw_label(frame: Frame, category: CategoryRecord, rng: np.random.Generator, plurals: bool) -> str:
    """A word that names this category and no other: its name mostly, or a plural or synonym."""
    words = [category.name, category.name, *category.synonyms]
    if category.kind == "thing" and category.plural:
        words = [category.plural] if plurals else [*words, category.plural]
    word = choice(rng, words)
    return word if names_alone(frame, word, category) else category.name


def _with_supercategory(
    frame: Frame, chosen: Sequence[CategoryRecord], classes: list[LegendClass], rng: np.random.Generator
) -> list[LegendClass]:
    """Replace the classes of one super-category by it, all its members in the frame together."""
    category = choice(rng, chosen)
    ids = resolve_label(frame, category.supercategory)
    if len(ids) < 2 or not is_label(category.supercategory):
        return classes
    rest = [c for c in classes if not ids & set(c.ids)]
    return [*rest, LegendClass(category.supercategory, tuple(sorted(ids)))]
