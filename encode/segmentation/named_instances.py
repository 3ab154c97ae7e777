"""The instances of the class that a prompt names, found again by the audit."""

from collections.abc import Container

from encode.frame import Frame, ObjectRecord
from encode.segmentation.absent import absent_words
from encode.segmentation.labels import resolve_label

__all__ = ["named_instances"]


def named_instances(frame: Frame, label: str, visible: Container[int]) -> tuple[list[ObjectRecord], list[str]]:
    """Return the records of the `visible` ids whose class `label` names, in order, and what is wrong with the label.

    It must name one category of the frame, or one that a prompt may ask for where nothing of it is in view.
    """
    classes, absent = resolve_label(frame, label), label in absent_words(frame)
    if len(classes) != 1 and not absent:
        return [], [f"{label!r} names {len(classes)} categories of the frame, not one"]
    records = [record for record in frame.objects if record.category_id in classes and record.id in visible]
    if not records and not absent:
        return [], [f"{label!r} cannot be absent: something of its super-category is in view"]
    return records, []
