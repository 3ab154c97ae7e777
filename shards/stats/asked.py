"""What pairs that pick objects ask for: areas, empty targets, and what naming the class would find."""

from dataclasses import dataclass, field

import numpy as np

from encode import ExpressionError, Frame, PairMeta
from encode.formulas.id_map import compact_ids
from encode.pair import BLACK, ColorEntry
from encode.referring.language import read_expression
from encode.referring.wish import head_of, names_group
from encode.surface.parts_expression import read_parts_expression
from shards.stats.histogram import Histogram

__all__ = ["COUNTED_TASKS", "LARGE_AREA", "SMALL_AREA", "AskedStatistics"]

#: Tasks whose pairs are counted: those that ask for objects. Semantic pairs have `LegendStatistics`.
COUNTED_TASKS = (
    *("instance", "referring", "amodal", "reasoning", "interactive"),
    *("parts", "boxes", "points", "keypoints", "panoptic"),
)

#: COCO's small objects, of under 32 x 32 pixels, as a share of an image of 640 x 480.
SMALL_AREA = 32 * 32 / (640 * 480)

#: Its large ones, of over 96 x 96 pixels.
LARGE_AREA = 96 * 96 / (640 * 480)

_NEARLY_EMPTY = 0.05


def _areas() -> Histogram:
    return Histogram(np.geomspace(1e-5, 1, 201))


@dataclass(slots=True)
class AskedStatistics:
    """Counts over the pairs of one task.

    target: share of the image of each target that is not empty; entry: of each of its colours. background: targets that
    leave over 95 % of the image to the background, empty ones left out. small, unscored: entries under SMALL_AREA, and
    too small or too thin for any decoder. alone: of referring, the sums of intersections and of unions, in pixels, of
    the targets with all visible objects of the class that each phrase names.
    """

    pairs: int = 0
    empty: int = 0
    background: int = 0
    small: int = 0
    unscored: int = 0
    target: Histogram = field(default_factory=_areas)
    entry: Histogram = field(default_factory=_areas)
    alone: tuple[int, int] = (0, 0)

    def add(self, frame: Frame, meta: PairMeta) -> None:
        """Count one pair of the frame."""
        ids, positions = compact_ids(frame.truth.instance)
        pixels = dict(zip(ids.tolist(), np.bincount(positions.ravel()).tolist(), strict=True))
        entries = _asked_entries(meta)
        shares = np.array([sum(pixels.get(i, 0) for i in entry.ids) for entry in entries]) / positions.size
        self.pairs += 1
        self.empty += not entries
        if entries:
            self.target.add(np.array([shares.sum()]))
            self.entry.add(shares)
            self.background += bool(shares.sum() < _NEARLY_EMPTY)
            self.small += int((shares < SMALL_AREA).sum())
            self.unscored += sum(not entry.scored for entry in entries)
        if meta.task == "referring":
            intersection, union = _class_alone(frame, meta, pixels)
            self.alone = (self.alone[0] + intersection, self.alone[1] + union)

    def merge(self, other: "AskedStatistics") -> None:
        """Add another's counts."""
        self.pairs += other.pairs
        self.empty += other.empty
        self.background += other.background
        self.small += other.small
        self.unscored += other.unscored
        self.target.merge(other.target)
        self.entry.merge(other.entry)
        self.alone = (self.alone[0] + other.alone[0], self.alone[1] + other.alone[1])


def _asked_entries(meta: PairMeta) -> list[ColorEntry]:
    """What is asked for, an entry each: of boxes and points every object, of keypoints every person, of parts objects.

    Else what has a colour of its own.
    """
    entries = [entry for entry in meta.foreground if entry.ids]
    if meta.task == "parts":
        try:
            _, ids = read_parts_expression(meta.expression)
        except ExpressionError:  # the audit says so
            return []
        return [ColorEntry("", BLACK, (i,)) for i in ids]
    if meta.task not in ("boxes", "points", "keypoints"):
        return entries
    scored = {i: entry.scored for entry in reversed(entries) for i in entry.ids}
    return [ColorEntry("", BLACK, (i,), is_scored) for i, is_scored in sorted(scored.items())]


def _class_alone(frame: Frame, meta: PairMeta, pixels: dict[int, int]) -> tuple[int, int]:
    """Pixels of the targets, and of all visible objects of the classes that their phrases name, which hold them."""
    intersection = union = 0
    try:
        targets = read_expression(meta.expression).targets
    except ExpressionError:  # the audit says so
        return 0, 0
    for target, entry in zip(targets, meta.foreground, strict=False):
        if not entry.ids:
            continue
        name = head_of(target.of)
        kin = [int(record.id) for record in frame.objects if not name or record.category == name]
        kin = list(entry.ids) if names_group(target.of) else kin
        intersection += sum(pixels.get(i, 0) for i in entry.ids)
        union += sum(pixels.get(i, 0) for i in kin)
    return intersection, union
