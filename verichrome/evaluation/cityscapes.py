"""Cityscapes, validation set: 500 street photographs, 19 classes (Cordts et al., CVPR 2016).

leftImg8bit/val/CITY/NAME_leftImg8bit.png and gtFine/val/CITY/NAME_gtFine_labelIds.png. Ids become classes by the
trainIds of cityscapesscripts/helpers/labels.py; other ids are not scored. mIoU is that of
evalPixelLevelSemanticLabeling.py: intersections and unions summed over all images; what is painted in no class's colour
is missing from its class. One prompt names all 19 classes, as the paper's does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from encode.pair import RGB
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.sample import BenchmarkSample, key_of
from verichrome.evaluation.truths import IGNORED, LabelTruth

__all__ = ["CITYSCAPES_LEGEND", "CITYSCAPES_PROMPT", "Cityscapes"]

#: Id in the label images, and a colour that is clearly another than all others and the black of the rest.
_CLASSES: dict[str, tuple[int, RGB]] = {
    "road": (7, (128, 128, 128)),
    "sidewalk": (8, (255, 80, 170)),
    "building": (11, (64, 64, 64)),
    "wall": (12, (128, 0, 128)),
    "fence": (13, (210, 180, 140)),
    "pole": (17, (200, 200, 200)),
    "traffic light": (19, (255, 140, 0)),
    "traffic sign": (20, (250, 128, 114)),
    "vegetation": (21, (0, 100, 0)),
    "terrain": (22, (0, 255, 0)),
    "sky": (23, (80, 180, 255)),
    "person": (24, (139, 0, 0)),
    "rider": (25, (140, 60, 255)),
    "car": (26, (0, 0, 255)),
    "truck": (27, (0, 0, 128)),
    "bus": (28, (0, 128, 128)),
    "train": (31, (0, 255, 255)),
    "motorcycle": (32, (200, 150, 255)),
    "bicycle": (33, (128, 128, 0)),
}
CITYSCAPES_LEGEND: dict[str, RGB] = {name: color for name, (_, color) in _CLASSES.items()}
CITYSCAPES_PROMPT = "Perform semantic segmentation. Everything that is not in this list is black: {{{}}}".format(
    ", ".join(f"'{name}': '({r}, {g}, {b})'" for name, (r, g, b) in CITYSCAPES_LEGEND.items())
)

_LABELS, _IMAGE = "_gtFine_labelIds.png", "_leftImg8bit.png"


@dataclass(frozen=True, slots=True)
class Cityscapes:
    """The folder with leftImg8bit/ and gtFine/."""

    root: Path

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every image of the validation cities."""
        folder = self._folder()
        found = False
        for labels in folder.files("gtFine/val", _LABELS):
            found = True
            stem = labels.removeprefix("gtFine/").removesuffix(_LABELS)
            yield BenchmarkSample(
                key=key_of(stem.rpartition("/")[2]),
                task="semantic",
                prompt=CITYSCAPES_PROMPT,
                image=folder.first(f"leftImg8bit/{stem}{_IMAGE}"),
                scene=stem,
                legend=CITYSCAPES_LEGEND,
                truth=labels,
            )
        if not found:
            raise folder.lacks(f"gtFine/val/CITY/NAME{_LABELS}")

    def truth(self, sample: BenchmarkSample) -> LabelTruth:
        """The 19 classes."""
        table = np.full(1 << 16, IGNORED, np.uint8)
        table[[number for number, _ in _CLASSES.values()]] = np.arange(len(_CLASSES))
        ids = self._folder().gray(sample.truth)
        return LabelTruth(table[np.clip(ids, 0, len(table) - 1)], tuple(_CLASSES))

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, "Cityscapes")
