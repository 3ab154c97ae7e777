"""Whether a painting reads back as exactly its dots: what does not must not be asked for."""

from math import hypot

import numpy as np
from jaxtyping import UInt8

from encode.frame import Frame, ObjectId
from encode.keypoints.decode import decode_keypoints, people_are_told, person_entries
from encode.keypoints.drawing import dot_radius
from encode.keypoints.skeleton import KEYPOINT_OF_WORD
from encode.pair import PairMeta

__all__ = ["painted_truth", "reads_back"]


def reads_back(target: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> bool:
    """Whether a target decodes to all its dots, each within its radius, and of its person where people have colours."""
    answer, truth = decode_keypoints(target, meta), painted_truth(frame, meta)
    radius = dot_radius(meta.shape)
    numbers = {ObjectId(entry.ids[0]): i for i, entry in enumerate(person_entries(meta), start=1)}
    if people_are_told(meta) and not numbers:
        numbers = dict.fromkeys(truth, 1)
    if len(answer.names) + answer.surplus != sum(map(len, truth.values())):
        return False
    for person, due in truth.items():
        for name, position in due.items():
            own = answer.person(numbers[person]).get(name) if numbers else None
            found = ([own] if own else []) if numbers else answer.of(name)
            if not any(hypot(u - position[0], v - position[1]) <= radius for u, v in found):
                return False
    return True


def painted_truth(frame: Frame, meta: PairMeta) -> dict[ObjectId, dict[str, tuple[float, float]]]:
    """Positions of the dots that `meta` lists, by person and name, where the frame has them."""
    known = {record.id: {point.name: point.pixel for point in record.keypoints} for record in frame.objects}
    truth: dict[ObjectId, dict[str, tuple[float, float]]] = {}
    for entry in meta.foreground:
        name = KEYPOINT_OF_WORD.get(entry.label)
        for number in entry.ids if name else ():
            person = ObjectId(number)
            if name and name in known.get(person, {}):
                truth.setdefault(person, {})[name] = known[person][name]
    return truth
