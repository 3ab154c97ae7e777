"""Which class of things to ask for: the larger and the more numerous its instances, the more often."""

from collections.abc import Iterator, Sequence

import numpy as np

from encode.draw import choice
from encode.frame import CategoryRecord, Frame, ObjectRecord
from encode.frame_ids import instance_index
from encode.segmentation.labels import names_alone
from encode.segmentation.scorable import scorable_instance
from encode.shares import PairShares

__all__ = ["draw_noun", "drawn_classes"]

# A class with more instances is not asked for.
_MOST_INSTANCES = 100

# Instances over which a class is not asked for more often: COCO and LVIS have about three of a class in an image.
_MANY = 4

# Mean share of the image of a class's instances under which it is asked for less often.
_WANTED_AREA = 0.02


def drawn_classes(
    frame: Frame, rng: np.random.Generator, shares: PairShares
) -> Iterator[tuple[CategoryRecord, list[ObjectRecord]]]:
    """Classes with their visible instances, each class once, first what is to be asked for most often.

    None is left out but those that no word names alone, those without an instance that a decoder could find, and
    those with too many. `rng` is used before the first class is returned, and not afterwards.
    """
    candidates = _candidates(frame)
    least = 0.0 if rng.random() < shares.small_share else _WANTED_AREA
    weights = np.array([_class_weight(areas, least) for _, _, areas in candidates])
    # Exponential waiting times: each comes first as often as its weight has it.
    for i in np.argsort(rng.exponential(size=len(candidates)) / weights):
        category, objects, _ = candidates[i]
        words = [word for word in (category.name, category.plural) if word]
        named = all(names_alone(frame, word, category) for word in words)
        if named and any(scorable_instance(frame, o.id) for o in objects):
            yield category, objects


def draw_noun(frame: Frame, category: CategoryRecord, rng: np.random.Generator) -> str:
    """Draw a word for one of a class: its name or a synonym that names nothing else in the frame."""
    word = choice(rng, (category.name, category.name, category.name, *category.synonyms))
    return word if names_alone(frame, word, category) else category.name


def _candidates(frame: Frame) -> list[tuple[CategoryRecord, list[ObjectRecord], list[float]]]:
    """Each class of things with its visible instances and their shares of the image, those with too many left out."""
    index = instance_index(frame)
    shares = index.counts / index.positions.size
    areas = dict(zip(index.ids.tolist(), shares.tolist(), strict=True))
    candidates = []
    for category in frame.categories:
        objects = [o for o in frame.objects if o.category_id == category.id and o.id in areas]
        if category.kind == "thing" and 0 < len(objects) <= _MOST_INSTANCES:
            candidates.append((category, objects, [areas[o.id] for o in objects]))
    return candidates


def _class_weight(areas: Sequence[float], wanted: float) -> float:
    """How often to ask for a class whose instances have these shares of the image.

    More often for several instances, since the tasks are about separating them, up to _MANY; less often as their mean
    is under `wanted`.
    """
    mean = sum(areas) / len(areas)
    return float(min(len(areas), _MANY) ** 2 * (min(1.0, mean / wanted) ** 2 if wanted else 1.0))
