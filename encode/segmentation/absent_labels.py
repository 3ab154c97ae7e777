"""Classes to ask for although nothing in the image is of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from encode.draw import shuffled
from encode.frame import Frame
from encode.prompts.legend import is_label
from encode.segmentation.label_sets import known_categories, shows_anything
from encode.segmentation.labels import NEGATIVES, names_alone, resolve_label, safe_negatives, visible_shares

__all__ = ["AbsentLabel", "draw_absent", "draw_from_pools"]

# Where absent classes come from: the rest of the scene, the super-categories that it has, and anywhere.
_SCENE_SHARE, _RELATED_SHARE, _FAR_SHARE = 0.45, 0.4, 0.15

# Words that many things are called by.
_VAGUE = frozenset({"backdrop", "ground"})

#: A label, and the ids that it names in the frame: none but of what the scene has out of view.
AbsentLabel = tuple[str, tuple[int, ...]]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class _ImageContents:
    """What an image shows.

    names: words for it, each with its parts. classes: of COCO. groups: super-categories of what the legend leaves out.
    """

    names: tuple[tuple[str, frozenset[str]], ...]
    classes: frozenset[str]
    groups: frozenset[str]

    def is_apart(self, name: str, supercategory: str) -> bool:
        """Whether nobody would call something visible by that name.

        Not apart are a chair and an armchair or an office chair, a verge and grass (COCO has one class for both), nor a
        desk and a table that the legend leaves out.
        """
        if supercategory in self.groups or name in _VAGUE or _coco_class(name) in self.classes:
            return False
        words = frozenset(name.split())
        return not any(
            name.endswith(other) or other.endswith(name) or words <= parts or parts <= words
            for other, parts in self.names
        )


def draw_absent(
    frame: Frame, rng: np.random.Generator, count: int, named: frozenset[int], *, plurals: bool
) -> list[AbsentLabel]:
    """Draw at most `count` absent classes for a legend that names the categories `named`; things in the plural or not.

    Only far ones where something visible is unlabelled or photographed, so that near ones may be there after all.
    """
    far: list[AbsentLabel] = [(name + ("s" if plurals else ""), ()) for name in safe_negatives(frame)]
    if shows_anything(frame):
        return draw_from_pools(rng, [(1.0, far)], count)
    shown = _shown(frame, named)
    scene, related = _of_scene(frame, named, shown, plurals), _related(frame, shown, plurals)
    return draw_from_pools(rng, [(_SCENE_SHARE, scene), (_RELATED_SHARE, related), (_FAR_SHARE, far)], count)


def draw_from_pools(rng: np.random.Generator, pools: Sequence[tuple[float, Sequence[Item]]], count: int) -> list[Item]:
    """Draw at most `count` distinct items, each from one of the (share, items) pools that are not used up."""
    rest = [(share, shuffled(rng, items)) for share, items in pools]
    drawn: list[Item] = []
    while len(drawn) < count and any(items for _, items in rest):
        weights = np.array([share if items else 0.0 for share, items in rest])
        item = rest[int(rng.choice(len(rest), p=weights / weights.sum()))][1].pop()
        if item not in drawn:
            drawn.append(item)
    return drawn


def _shown(frame: Frame, named: frozenset[int]) -> _ImageContents:
    visible = [category for category in frame.categories if category.id in visible_shares(frame)]
    names = [name for category in visible for name in (category.name, *category.synonyms)]
    return _ImageContents(
        names=tuple((name, frozenset(name.split())) for name in names),
        classes=frozenset(_coco_class(category.name) for category in visible) - {""},
        groups=frozenset(category.supercategory for category in visible if category.id not in named),
    )


def _coco_class(name: str) -> str:
    known = known_categories().get(name)
    return known.classes["coco"] if known else ""


def _of_scene(frame: Frame, named: frozenset[int], shown: _ImageContents, plurals: bool) -> list[AbsentLabel]:
    """Categories of the scene that this view does not show."""
    absent: list[AbsentLabel] = []
    for category in frame.categories:
        label = category.plural if plurals and category.kind == "thing" else category.name
        free = category.id not in named and category.id not in visible_shares(frame)
        if free and names_alone(frame, label, category) and shown.is_apart(category.name, category.supercategory):
            absent.append((label, (category.id,)))
    return absent


def _related(frame: Frame, shown: _ImageContents, plurals: bool) -> list[AbsentLabel]:
    """Categories of the scene's super-categories that it does not have."""
    groups = {category.supercategory for category in frame.categories} - shown.groups
    absent: list[AbsentLabel] = []
    for known in known_categories().values():
        if known.supercategory in groups and known.name not in NEGATIVES:
            label = known.plural if plurals and known.kind == "thing" else known.name
            free = is_label(label) and not resolve_label(frame, known.name) and not resolve_label(frame, label)
            if free and shown.is_apart(known.name, known.supercategory):
                absent.append((label, ()))
    return absent
