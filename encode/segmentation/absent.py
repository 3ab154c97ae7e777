"""Classes to ask for although nothing of the kind is in view."""

import numpy as np

from encode.draw import choice
from encode.frame import CategoryRecord, Frame
from encode.frame_cache import cached_per_frame
from encode.frame_ids import category_index, instance_index
from encode.segmentation.labels import names_alone, safe_negatives

__all__ = ["absent_categories", "absent_words", "draw_absent_category"]

# How often a class of the scene that this view does not show is taken before one of `labels.NEGATIVES`.
_OF_SCENE_SHARE = 0.6


def draw_absent_category(rng: np.random.Generator, frame: Frame) -> CategoryRecord | None:
    """Draw one of `absent_categories`, those of the scene more often; None where there is none."""
    absent = absent_categories(frame)
    of_scene = [category for category in absent if category in frame.categories]
    if of_scene and rng.random() < _OF_SCENE_SHARE:
        return choice(rng, of_scene)
    return choice(rng, absent) if absent else None


@cached_per_frame
def absent_categories(frame: Frame) -> tuple[CategoryRecord, ...]:
    """Things to name that are not in view, nor anything of their super-category; none if anything has no category."""
    in_view = set(instance_index(frame).ids.tolist())
    ids = {record.category_id for record in frame.objects if record.id in in_view}
    ids |= set(category_index(frame).ids.tolist())
    if 0 in ids:
        return ()
    kinds = {category.supercategory for category in frame.categories if category.id in ids}
    of_scene = [
        category
        for category in frame.categories
        if category.kind == "thing" and category.supercategory not in kinds and _has_names(frame, category)
    ]
    foreign = [CategoryRecord(1, name, f"{name}s", (), name, "thing") for name in safe_negatives(frame)]
    return (*of_scene, *foreign)


def absent_words(frame: Frame) -> frozenset[str]:
    """The words that name one of `absent_categories`."""
    return frozenset(word for c in absent_categories(frame) for word in (c.name, c.plural, *c.synonyms))


def _has_names(frame: Frame, category: CategoryRecord) -> bool:
    return bool(category.plural) and all(
        names_alone(frame, word, category) for word in (category.name, category.plural)
    )
