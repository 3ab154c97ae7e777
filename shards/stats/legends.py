"""What the legends of semantic pairs hold: how many classes, how many of them absent, how much of the image."""

from collections import Counter
from dataclasses import dataclass, field

from encode import Frame, PairMeta
from encode.segmentation.label_sets import label_set_of
from encode.segmentation.labels import visible_shares

__all__ = ["SPECK_AREA", "LegendStatistics"]

#: Share of the image that counts as almost nothing.
SPECK_AREA = 0.01


@dataclass(slots=True)
class LegendStatistics:
    """Counts over the semantic pairs.

    sizes: pairs by number of classes, without the background. absent: classes without a pixel. specks: pairs whose
    classes together cover under SPECK_AREA. full: pairs that leave under SPECK_AREA to the background. sets: pairs by
    label set, "" for plain words.
    """

    sizes: Counter[int] = field(default_factory=Counter)
    absent: int = 0
    specks: int = 0
    full: int = 0
    sets: Counter[str] = field(default_factory=Counter)

    @property
    def pairs(self) -> int:
        """Number of pairs."""
        return self.sizes.total()

    @property
    def classes(self) -> int:
        """Number of legend entries, without the backgrounds."""
        return sum(size * pairs for size, pairs in self.sizes.items())

    def add(self, frame: Frame, meta: PairMeta) -> None:
        """Count one pair of the frame."""
        areas = visible_shares(frame)
        covered = [sum(areas.get(i, 0.0) for i in entry.ids) for entry in meta.foreground]
        self.sizes[len(covered)] += 1
        self.absent += sum(not area for area in covered)
        self.specks += sum(covered) < SPECK_AREA
        self.full += sum(covered) > 1 - SPECK_AREA
        self.sets[label_set_of(meta)] += 1

    def merge(self, other: "LegendStatistics") -> None:
        """Add another's counts."""
        self.sizes += other.sizes
        self.absent += other.absent
        self.specks += other.specks
        self.full += other.full
        self.sets += other.sets

    def size_quantile(self, share: float) -> int:
        """The number of classes that `share` of the pairs do not exceed; 0 without pairs."""
        sizes = sorted(self.sizes.elements())
        return sizes[min(int(share * len(sizes)), len(sizes) - 1)] if sizes else 0
