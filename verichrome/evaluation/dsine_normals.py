"""Surface normals of NYU Depth v2 and iBims-1, as the evaluation files of DSINE (Bae and Davison, CVPR 2024) have them.

dsine_eval/nyuv2/test/NAME_img.png with NAME_normal.png (8 bits, n = 2 v / 255 - 1, black where there is none; from
GeoNet, Qi et al. 2018), dsine_eval/ibims/ibims/NAME_img.png with NAME_normal.exr (float32, 0 where there is none). Read
as data/datasets/nyuv2 and ibims in github.com/baegwangbin/DSINE. Its axes are x right, y down, z forward, and its
normals point away from the viewer (issue 8 there): x is negated here. Marigold and others report on these files too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.exr_vectors import read_exr_vectors
from verichrome.evaluation.sample import NORMALS_PROMPT, BenchmarkSample, key_of
from verichrome.evaluation.truths import NormalTruth, directions

__all__ = ["DsineNormals"]

_IMAGES = ("_img.png", "_img.jpg")
_AXES = (-1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class DsineNormals:
    """The folder dsine_eval, or that of one data set in it; `dataset` is `nyuv2` or `ibims`."""

    root: Path
    dataset: str

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every image that has normals."""
        folder = self._folder()
        inner, suffix = ("test", "_normal.png") if self.dataset == "nyuv2" else ("ibims", "_normal.exr")
        bases = [f"{prefix}{inner}" for prefix in (f"dsine_eval/{self.dataset}/", f"{self.dataset}/", "")]
        found = False
        for normals in folder.files(next((base for base in bases if folder.entries(base)), bases[-1]), suffix):
            found = True
            stem = normals.removesuffix(suffix)
            key = key_of(self.dataset, "normals", stem.rpartition("/")[2])
            image = folder.first(*(f"{stem}{ending}" for ending in _IMAGES))
            yield BenchmarkSample(key, "normals", NORMALS_PROMPT, image, scene=key, truth=normals)
        if not found:
            raise folder.lacks(f"dsine_eval/{self.dataset}/{inner}/NAME{suffix}")

    def truth(self, sample: BenchmarkSample) -> NormalTruth:
        """Normals in our axes."""
        folder = self._folder()
        if sample.truth.endswith(".png"):
            stored = folder.rgb(sample.truth)
            vectors = stored.astype(np.float32) / 127.5 - 1
            vectors[~stored.any(-1)] = 0
            return NormalTruth(directions(vectors, _AXES, 0.0))
        vectors = read_exr_vectors(
            folder.read(sample.truth), folder.where(sample.truth), folder.image_shape(sample.image)
        )
        return NormalTruth(directions(vectors, _AXES, 0.5))

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, f"Normals of {self.dataset} (DSINE's files)")
