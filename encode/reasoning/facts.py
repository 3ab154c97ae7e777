"""What the evaluator needs to know of a frame: its visible things, what carries what, and which stuff is seen."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from encode.frame import CategoryRecord, Frame, ObjectId, ObjectRecord
from encode.reasoning.knowledge import has_attribute
from encode.referring.relations import rests_on
from encode.referring.visible import VisibleObject, visible_objects

__all__ = ["ViewFacts", "view_facts"]

# Pixels, and share of the image, under which a viewer does not notice that there is some stuff.
_UNSEEN_PIXELS = 9
_UNSEEN_SHARE = 1e-4


@dataclass(frozen=True, slots=True)
class ViewFacts:
    """A frame, prepared for questions.

    objects: the visible things by id, faint ones too. records: all objects of the scene by id, seen or not. stuff: the
    categories of stuff in the image, that of the sky among them.
    """

    frame: Frame
    objects: Mapping[ObjectId, VisibleObject]
    records: Mapping[ObjectId, ObjectRecord]
    stuff: tuple[CategoryRecord, ...]

    @property
    def clear(self) -> tuple[VisibleObject, ...]:
        """The things that are seen well enough to be named."""
        return tuple(obj for obj in self.objects.values() if not obj.faint)

    def the(self, category: str) -> VisibleObject | None:
        """Return the one visible thing of a category; None where there is none, several, or a faint one."""
        found = [obj for obj in self.objects.values() if obj.record.category == category]
        return found[0] if category and len(found) == 1 and not found[0].faint else None

    def has(self, obj: VisibleObject, attribute: str) -> bool | None:
        """Return whether a thing has an attribute of the knowledge table; None where that is open."""
        return has_attribute(attribute, obj.record.category, obj.record.material)

    def loads(self, object_id: ObjectId) -> tuple[ObjectId, ...]:
        """Return the ids of what stands directly on an object or in it, seen or not."""
        return tuple(record.id for record in self.records.values() if record.supported_by == object_id)

    def carries(self, category: str) -> bool:
        """Return whether the one thing of a category is one on which others stand that fall when it tips."""
        base = self.the(category)
        return base is not None and self.has(base, "tips") is True and bool(self.loads(base.id))

    def rests(self, obj: VisibleObject, anchor: VisibleObject) -> bool | None:
        """Return whether a thing stands on another or in it, directly or on something in between.

        None where only the boxes say so: a mug on a cloth that scene.json does not count as its support.
        """
        chain = self.supports(obj.id)
        if anchor.id in chain:
            return True
        carriers = [self.objects[i] for i in (obj.id, *chain) if i in self.objects]
        return None if any(rests_on(carrier, anchor) for carrier in carriers if carrier is not anchor) else False

    def supports(self, object_id: ObjectId) -> tuple[ObjectId, ...]:
        """Return the ids of all that an object stands on, from its own support downwards."""
        chain: list[ObjectId] = []
        while object_id in self.records and self.records[object_id].supported_by not in (0, *chain):
            object_id = self.records[object_id].supported_by
            chain.append(object_id)
        return tuple(chain)


def view_facts(frame: Frame) -> ViewFacts:
    """Return the frame prepared for questions; not cached by frame, since it holds the frame."""
    counts = np.bincount(frame.truth.category.ravel())
    least = max(_UNSEEN_PIXELS, _UNSEEN_SHARE * frame.truth.category.size)
    stuff = tuple(c for c in frame.categories if c.kind == "stuff" and c.id < len(counts) and counts[c.id] >= least)
    return ViewFacts(
        frame,
        {obj.id: obj for obj in visible_objects(frame)},
        {record.id: record for record in frame.objects},
        stuff,
    )
