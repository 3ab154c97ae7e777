"""Do the maps of parts and materials agree with the objects and with `surface` of scene.json?"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from jaxtyping import UInt32

from encode import Frame
from encode.formulas.id_map import compact_ids, joint_ids
from encode.frame import MaterialRecord, ObjectPartRecord
from encode.reading.short_text import short_repr

__all__ = ["part_problems"]


def part_problems(frame: Frame) -> Iterator[str]:
    """Yield what is wrong with the parts and materials of a frame that keeps them.

    Every id must be recorded, and every part be one of its pixel's object.
    """
    if frame.surface is None:
        return
    maps: Mapping[str, tuple[UInt32[np.ndarray, "h w"], Sequence[ObjectPartRecord | MaterialRecord]]] = {
        "part": (frame.surface.part, frame.surface.record.parts),
        "material": (frame.surface.material, frame.surface.record.materials),
    }
    for name, (ids, records) in maps.items():
        yield from _record_problems(name, records)
        unknown = set(compact_ids(ids)[0].tolist()) - {0, *(record.id for record in records)}
        if unknown:
            yield f"{name} ids {sorted(unknown)[:5]} are not in scene.json"
        nowhere = (ids > 0) & (frame.truth.instance == 0)
        if nowhere.any():
            yield f"expected no {name} where there is no surface, {nowhere.sum()} pixels have one"
    yield from _foreign_parts(frame, frame.surface.record.parts)


def _record_problems(name: str, records: Sequence[ObjectPartRecord | MaterialRecord]) -> Iterator[str]:
    ids, names = [record.id for record in records], [record.name for record in records]
    if ids != sorted(ids) or len(set(names)) != len(names):
        yield f"expected {name} records in the order of their ids and of distinct names, got {short_repr(ids)}"
    for record in records:
        if isinstance(record, ObjectPartRecord) and bool(record.word) != bool(record.plural):
            yield f"part {record.name}: expected a word with a plural, or neither, got {short_repr(record.word)}"


def _foreign_parts(frame: Frame, records: Sequence[ObjectPartRecord]) -> Iterator[str]:
    assert frame.surface is not None
    names = {record.id: record.name for record in records}
    objects = {record.id: record for record in frame.objects}
    for instance, part in joint_ids(frame.truth.instance, frame.surface.part).tolist():
        if part in names and instance in objects and names[part] not in objects[instance].parts:
            yield f"{objects[instance].name}: it shows the part {names[part]!r}, which it does not have"
