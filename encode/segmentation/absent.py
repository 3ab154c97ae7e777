"""Classes to ask for although nothing of the kind is in view."""

from encode.frame import CategoryRecord, Frame
from encode.frame_cache import cached_per_frame
from encode.id_map import compact_ids
from encode.segmentation.labels import names_alone, safe_negatives

__all__ = ["absent_categories"]


@cached_per_frame
def absent_categories(frame: Frame) -> tuple[CategoryRecord, ...]:
    """Things to name that are not in view, nor anything of their super-category; none if an object has no category."""
    if _has_unlabelled(frame):
        return ()
    in_view = _categories_in_view(frame)
    kinds = {c.supercategory for c in frame.categories if c.id in in_view}
    hidden = [
        c
        for c in frame.categories
        if c.kind == "thing" and c.supercategory not in kinds and c.plural and names_alone(frame, c.name, c)
    ]
    foreign = [CategoryRecord(1, name, f"{name}s", (), name, "thing") for name in safe_negatives(frame)]
    return (*hidden, *foreign)


def _categories_in_view(frame: Frame) -> frozenset[int]:
    in_view = set(compact_ids(frame.truth.instance)[0].tolist())
    ids = {record.category_id for record in frame.objects if record.id in in_view}
    return frozenset(ids) | frozenset(compact_ids(frame.truth.category)[0].tolist())


def _has_unlabelled(frame: Frame) -> bool:
    in_view = set(compact_ids(frame.truth.instance)[0].tolist())
    return any(record.id in in_view and not record.category_id for record in frame.objects)
