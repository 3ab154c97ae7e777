"""Standard label sets (COCO, ADE20K, Cityscapes, NYU40): which of a frame's categories each of their classes holds.

Sets and classes are those of tables/label_sets.toml; what a class holds is said by tables/categories.csv, a copy of the
taxonomy, and for a user's own categories by the scene's `spec`.
"""

import csv
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from encode.errors import MetaError
from encode.frame import CategoryRecord, Frame
from encode.frame_cache import cached_per_frame
from encode.pair import PairMeta
from encode.prompts.legend import LABEL_SET_NAMES
from encode.reading.short_text import short_repr
from encode.segmentation.labels import visible_shares

__all__ = [
    "KnownCategory",
    "LabelSet",
    "get_label_set",
    "known_categories",
    "label_set_expression",
    "label_set_of",
    "set_members",
    "shows_anything",
]

# Photographed surroundings may show anything.
_ANYTHING = "backdrop"


@dataclass(frozen=True, slots=True)
class LabelSet:
    """The classes of a data set in its own order.

    key: its column in categories.csv. unsure: classes that may be part of what others hold, never asked for as absent.
    materials: the class of (category, material), where that differs from the category's.
    """

    name: str
    key: str
    classes: tuple[str, ...]
    unsure: frozenset[str]
    materials: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class KnownCategory:
    """A category of the taxonomy. classes: that of each label set, by the set's key; "" where it has none."""

    name: str
    plural: str
    kind: str
    supercategory: str
    classes: Mapping[str, str]


def get_label_set(name: str) -> LabelSet:
    """Return the set of that name, one of LABEL_SET_NAMES."""
    return _label_sets()[name]


def label_set_expression(name: str) -> str:
    """Return what meta.json records of a prompt in the classes of the set `name`; "" of one in plain words."""
    return json.dumps({"label_set": name}) if name else ""


def label_set_of(meta: PairMeta) -> str:
    """Return the name of the set in whose classes a pair asks, "" for plain words; raises MetaError for any other."""
    for name in ("", *LABEL_SET_NAMES):
        if meta.expression == label_set_expression(name):
            return name
    expected = f'"" or {{"label_set": one of {", ".join(LABEL_SET_NAMES)}}}'
    raise MetaError(f"expression of {meta.frame_key}, {meta.task}", expected, short_repr(meta.expression))


def set_members(frame: Frame, label_set: LabelSet) -> Mapping[str, tuple[int, ...]] | None:
    """Return the ids of the frame's categories that each class holds, of the classes that hold any.

    None where that is not certain: something visible is unlabelled, of photographed surroundings, of a category whose
    class is not known, or of a material that the set tells apart and the frame mixes or does not name.
    """
    if shows_anything(frame):
        return None
    members: dict[str, tuple[int, ...]] = {}
    visible = visible_shares(frame)
    own = _own_classes(frame)
    for category in frame.categories:
        name = _class_of(frame, category, label_set, own)
        if name is None and category.id in visible:
            return None
        if name:
            members[name] = tuple(sorted((*members.get(name, ()), category.id)))
    return members


@cached_per_frame
def shows_anything(frame: Frame) -> bool:
    """Return whether something visible is unlabelled or photographed, and so may be of any class."""
    known = {category.id for category in frame.categories if category.name != _ANYTHING}
    return not bool(frame.truth.category.all()) or not visible_shares(frame).keys() <= known


@cache
def known_categories() -> Mapping[str, KnownCategory]:
    """Return the taxonomy's categories by name."""
    text = files("encode").joinpath("tables", "categories.csv").read_text("utf-8")
    keys = [label_set.key for label_set in _label_sets().values()]
    return {
        row["name"]: KnownCategory(
            row["name"], row["plural"], row["kind"], row["supercategory"], {key: row[key] for key in keys}
        )
        for row in csv.DictReader(text.splitlines())
    }


@cache
def _label_sets() -> Mapping[str, LabelSet]:
    text = files("encode").joinpath("tables", "label_sets.toml").read_text("utf-8")
    return {
        table["name"]: LabelSet(
            name=table["name"],
            key=table["key"],
            classes=tuple(table["classes"]),
            unsure=frozenset(table.get("unsure", ())),
            materials={(row["category"], row["material"]): row["class"] for row in table.get("materials", ())},
        )
        for table in tomllib.loads(text)["label_set"]
    }


def _class_of(
    frame: Frame, category: CategoryRecord, label_set: LabelSet, own: Mapping[str, Mapping[str, Any]]
) -> str | None:
    """The class that holds a category, "" for none of the set; None where that is not known."""
    known = known_categories().get(category.name)
    if known is None and category.name not in own:
        return None
    name = known.classes[label_set.key] if known else str(own[category.name].get(label_set.key) or "")
    if any(category.name == of for of, _ in label_set.materials):
        return _class_by_material(frame, category, label_set, name)
    return name if not name or name in label_set.classes else None


def _class_by_material(frame: Frame, category: CategoryRecord, label_set: LabelSet, name: str) -> str | None:
    seen = {o.material for o in frame.objects if o.category_id == category.id and o.visible_pixels}
    classes = {label_set.materials.get((category.name, material), name) for material in seen}
    return None if len(classes) > 1 or "" in seen else min(classes, default=name)


def _own_classes(frame: Frame) -> Mapping[str, Mapping[str, Any]]:
    """What the user declared of own categories, by name; those that no class is declared of are not known."""
    declared = frame.origin.spec.get("categories") if frame.origin else None
    entries = [entry for entry in declared if isinstance(entry, Mapping)] if isinstance(declared, list | tuple) else []
    keys = [label_set.key for label_set in _label_sets().values()]
    return {str(entry.get("name")): entry for entry in entries if any(entry.get(key) for key in keys)}
