"""KITTI depth, Eigen split: 652 images with depth of the improved ground truth (Uhrig et al., 3DV 2017).

`eigen_test_files_with_gt.txt` (of BTS, AdaBins and Marigold) has a line an image: its path in the raw data, the path of
its depth, and the focal length; 45 of the 697 have `None` for want of depth. Depth is a PNG of 16 bits, metres x 256,
0 where there is none. Crop: Garg et al., ECCV 2016. Cap: 80 m. Both as bts_eval.py of github.com/cleinc/bts; its crop
to 352 x 1216 pixels leaves the pixels of the Garg crop as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from encode.reading.short_text import short_repr
from verichrome.errors import UsageError
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.sample import DEPTH_PROMPT, BenchmarkSample, key_of
from verichrome.evaluation.truths import DepthTruth, window

__all__ = ["Kitti"]

_LIST = "eigen_test_files_with_gt.txt"
_MOST_LIST = 4 << 20
#: Where the depth archive may have been unpacked.
_DEPTH_FOLDERS = tuple(f"{outer}{inner}" for outer in ("", "data_depth_annotated/") for inner in ("", "val/", "train/"))
_IMAGE_FOLDERS = ("", "raw/", "raw_data/", "kitti_raw/")


@dataclass(frozen=True, slots=True)
class Kitti:
    """The folder that holds the list, the raw data and the annotated depth."""

    root: Path

    def samples(self) -> Iterator[BenchmarkSample]:
        """The lines of the list that have depth."""
        folder = self._folder()
        lines = folder.read(folder.first(_LIST), _MOST_LIST).decode(errors="replace").splitlines()
        for number, line in enumerate(lines, start=1):
            image, depth, *_ = [*line.split(), "", ""]
            if depth in ("", "None"):
                if image and not depth:
                    raise UsageError(
                        f"{folder.where(_LIST)}: line {number} must be 'image depth focal', got {short_repr(line)}."
                    )
                continue
            drive, name = image.split("/")[-4] if image.count("/") >= 3 else "", Path(image).stem
            yield BenchmarkSample(
                key=key_of(drive or "kitti", name),
                task="depth",
                prompt=DEPTH_PROMPT,
                image=folder.first(*(f"{prefix}{image}" for prefix in _IMAGE_FOLDERS)),
                scene=drive,
                truth=folder.first(*(f"{prefix}{depth}" for prefix in _DEPTH_FOLDERS)),
            )

    def truth(self, sample: BenchmarkSample) -> DepthTruth:
        """Depth with the Garg crop."""
        depth = self._folder().gray(sample.truth).astype(np.float32) / 256
        height, width = depth.shape
        crop = window(
            (height, width),
            int(0.40810811 * height),
            int(0.99189189 * height),
            int(0.03594771 * width),
            int(0.96405229 * width),
        )
        return DepthTruth(depth, crop, 1e-3, 80.0)

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, "KITTI (Eigen split)")
