"""ETH3D, high-resolution multi-view training scenes: 454 DSLR photographs with depth by a laser scanner.

The archives SCENE_dslr_jpg.7z and SCENE_dslr_depth.7z unpack to SCENE/images/dslr_images/NAME.JPG and
SCENE/ground_truth_depth/dslr_images/NAME.JPG, which in spite of its name holds float32 metres, row by row, of the size
of the distorted photograph, infinite where there is none (www.eth3d.net/documentation). No crop and no cap of its own:
every finite depth counts (as Marigold's eth3d_dataset.py; its cap is infinite).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verichrome.evaluation.array_files import read_raw_floats
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.sample import DEPTH_PROMPT, BenchmarkSample, key_of
from verichrome.evaluation.truths import DepthTruth

__all__ = ["Eth3d"]

_DEPTH, _IMAGES = "ground_truth_depth/dslr_images", "images/dslr_images"
#: Farther than any point of the scans, metres; a model's "infinitely far" is clipped to it.
_FARTHEST = 1000.0


@dataclass(frozen=True, slots=True)
class Eth3d:
    """The folder with one folder a scene, or with `training/` around them."""

    root: Path

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every photograph that has depth."""
        folder = self._folder()
        prefix = "training/" if any(is_folder for _, is_folder in folder.entries("training")) else ""
        found = False
        for scene, is_folder in folder.entries(prefix.rstrip("/")):
            depths = folder.entries(f"{prefix}{scene}/{_DEPTH}") if is_folder else []
            for name, _ in depths:
                found = True
                yield BenchmarkSample(
                    key=key_of(scene, Path(name).stem),
                    task="depth",
                    prompt=DEPTH_PROMPT,
                    image=folder.first(f"{prefix}{scene}/{_IMAGES}/{name}"),
                    scene=scene,
                    truth=f"{prefix}{scene}/{_DEPTH}/{name}",
                )
        if not found:
            raise folder.lacks(f"SCENE/{_DEPTH}/NAME.JPG")

    def truth(self, sample: BenchmarkSample) -> DepthTruth:
        """Depth of the photograph's size."""
        folder = self._folder()
        shape = folder.image_shape(sample.image)
        depth = read_raw_floats(folder.read(sample.truth), folder.where(sample.truth), shape)
        return DepthTruth(depth, np.isfinite(depth), 1e-3, _FARTHEST)

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, "ETH3D")
