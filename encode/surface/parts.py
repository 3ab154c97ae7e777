"""Which parts the objects of a frame have and show, by the words for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt32

from encode.formulas.id_map import compact_ids
from encode.frame import Frame, ObjectId, ObjectPartRecord
from encode.frame_cache import cached_per_frame
from encode.prompts.legend import is_label
from encode.segmentation.paint import mask_of

__all__ = ["NamedPart", "absent_words", "named_parts", "parts_are_known", "parts_map", "resolve_part"]

#: Words that may be said of a part of nearly everything, and so are never asked for as absent.
_VAGUE = frozenset(
    {"back", "base", "body", "bottom", "case", "cover", "deck", "end", "foot", "frame", "panel", "side", "stand", "top"}
)


@dataclass(frozen=True, slots=True)
class NamedPart:
    """The parts of some objects that one word means: the four legs of a chair.

    label: the word, or its plural where they are several. ids: of their records. pixels: how many show them.
    """

    word: str
    label: str
    ids: tuple[int, ...]
    pixels: int


def named_parts(frame: Frame, ids: Sequence[ObjectId]) -> tuple[NamedPart, ...]:
    """Return the parts that the objects `ids` have, visible or not, by word in alphabetical order.

    Parts without a word are left out. There are none where the frame keeps no parts.
    """
    if frame.surface is None:
        return ()
    names = [frozenset(record.parts) for record in frame.objects if record.id in set(ids)]
    shown = [_pixels(frame).get(id_, {}) for id_ in ids]
    by_word: dict[str, list[ObjectPartRecord]] = {}
    for part in frame.surface.record.parts:
        if part.word and any(part.name in own for own in names):
            by_word.setdefault(part.word, []).append(part)
    return tuple(
        NamedPart(
            word=word,
            label=parts[0].plural if len(ids) > 1 or len(parts) > 1 or parts[0].several else word,
            ids=tuple(part.id for part in parts),
            pixels=sum(own.get(part.id, 0) for own in shown for part in parts),
        )
        for word, parts in sorted(by_word.items())
        if is_label(word) and is_label(parts[0].plural)
    )


def parts_are_known(frame: Frame, ids: Sequence[ObjectId]) -> bool:
    """Return whether the frame knows the part of every pixel of the objects `ids`: not of those from files."""
    have_parts = {record.id for record in frame.objects if record.parts}
    return frame.surface is not None and all(id_ in have_parts and 0 not in _pixels(frame).get(id_, {}) for id_ in ids)


def absent_words(frame: Frame, ids: Sequence[ObjectId], *, related: bool = False) -> tuple[str, ...]:
    """Return words for parts that other objects of the scene have, and the objects `ids` certainly have not.

    None where an object has a part without a word, which may be meant by any. related: only those of objects of their
    super-categories.
    """
    if frame.surface is None:
        return ()
    groups = {category.id: category.supercategory for category in frame.categories}
    picked = [record for record in frame.objects if record.id in set(ids)]
    own = {name for record in picked for name in record.parts}
    kinds = {groups.get(record.category_id) for record in picked}
    near = {name for record in frame.objects if groups.get(record.category_id) in kinds for name in record.parts}
    parts = frame.surface.record.parts
    if not all(part.word for part in parts if part.name in own):
        return ()
    words = {part.word for part in parts if part.name in own}
    others = {
        part.word: part.plural
        for part in parts
        if part.word not in {"", *words, *_VAGUE} and (part.name in near or not related)
    }
    labels = {plural if len(ids) > 1 else word for word, plural in others.items()}
    return tuple(sorted(label for label in labels if is_label(label)))


def resolve_part(frame: Frame, label: str, ids: Sequence[ObjectId]) -> NamedPart | None:
    """Return the parts of the objects `ids` that a label means, singular or plural; None where they have none."""
    if frame.surface is None:
        return None
    words = {part.word for part in frame.surface.record.parts if label in (part.word, part.plural)} - {""}
    return next((part for part in named_parts(frame, ids) if part.word in words), None)


def parts_map(frame: Frame, ids: Sequence[ObjectId]) -> UInt32[np.ndarray, "h w"]:
    """Return the ids of the parts of the objects `ids`; 0 elsewhere, and where the frame keeps no parts."""
    if frame.surface is None:
        return np.zeros(frame.truth.shape, np.uint32)
    return np.where(mask_of(frame.truth.instance, ids), frame.surface.part, np.uint32(0))


@cached_per_frame
def _pixels(frame: Frame) -> Mapping[ObjectId, Mapping[int, int]]:
    """Pixels of each visible part of each object."""
    assert frame.surface is not None
    instances, rows = compact_ids(frame.truth.instance)
    parts, columns = compact_ids(frame.surface.part)
    codes, positions = compact_ids(rows * len(parts) + columns)
    pixels: dict[ObjectId, dict[int, int]] = {}
    for code, count in zip(codes.tolist(), np.bincount(positions.ravel()).tolist(), strict=True):
        pixels.setdefault(ObjectId(int(instances[code // len(parts)])), {})[int(parts[code % len(parts)])] = count
    return pixels
