"""NYU Depth v2, the 654 test images of the labelled set (Silberman et al., ECCV 2012).

nyu_depth_v2_labeled.mat is HDF5 (MATLAB 7.3): `images` (n, 3, width, height), `rawDepths` (n, width, height) float32 in
metres. splits.mat holds `testNdxs`, numbers from 1. Depth is the raw one, 0 where the sensor saw nothing, as BTS's
extract_official_train_test_set_from_mat.py takes it; crop 45:471, 41:601 (Eigen et al. 2014) and cap 10 m as
bts_eval.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt8

from encode import FormatError
from encode.reading.limits import MOST_SIDE
from verichrome.errors import UsageError
from verichrome.evaluation.array_files import read_mat
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.sample import DEPTH_PROMPT, BenchmarkSample
from verichrome.evaluation.truths import DepthTruth, window

__all__ = ["NyuV2"]

_LABELED, _SPLITS = "nyu_depth_v2_labeled.mat", "splits.mat"
_MOST_SPLITS = 1 << 20


@dataclass(frozen=True, slots=True)
class NyuV2:
    """The folder with both .mat files."""

    root: Path

    def samples(self) -> Iterator[BenchmarkSample]:
        """The test images, by their numbers from 1."""
        folder = self._folder()
        folder.first(_LABELED)
        where = folder.where(_SPLITS)
        numbers = np.asarray(read_mat(folder.read(folder.first(_SPLITS), _MOST_SPLITS), where, "testNdxs")).reshape(-1)
        if numbers.dtype.kind not in "iuf" or (numbers.size and not 1 <= numbers.min() <= numbers.max() < 1 << 20):
            raise FormatError(where, "testNdxs with numbers from 1", f"{numbers.dtype}")
        for number in numbers.astype(int).tolist():
            key = f"nyuv2-{number:04d}"
            yield BenchmarkSample(key, "depth", DEPTH_PROMPT, image="", scene=key, truth=number)

    def truth(self, sample: BenchmarkSample) -> DepthTruth:
        """Raw depth in the crop."""
        depth = self._read("rawDepths", sample, "f", 2).T
        return DepthTruth(depth, window((depth.shape[0], depth.shape[1]), 45, 471, 41, 601), 1e-3, 10.0)

    def packed_image(self, sample: BenchmarkSample) -> UInt8[np.ndarray, "h w 3"]:
        """The image in the .mat file."""
        return np.ascontiguousarray(self._read("images", sample, "u", 3).T)

    def _read(self, name: str, sample: BenchmarkSample, kind: str, dimensions: int) -> np.ndarray:
        where = self._folder().where(_LABELED)
        with self._opened() as file:
            data = file.get(name)
            shape: tuple[int, ...] = getattr(data, "shape", ())
            if len(shape) != dimensions + 1 or data.dtype.kind != kind or data.dtype.itemsize > 8:
                raise FormatError(where, f"the array {name} of {dimensions + 1} dimensions", f"the shape {shape}")
            if sample.truth > shape[0] or max(shape[1:]) > MOST_SIDE:
                raise FormatError(where, f"an image number {sample.truth} of sides up to {MOST_SIDE}", f"{shape}")
            return np.asarray(data[sample.truth - 1])

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        try:
            import h5py
        except ImportError as error:
            raise UsageError("NYUv2 is HDF5, which h5py reads: pip install 'verichrome[benchmarks]'.") from error
        with self._folder().stream(_LABELED) as stream:
            try:
                file = h5py.File(stream, "r")
            except OSError as error:
                raise FormatError(self._folder().where(_LABELED), "HDF5 (MATLAB 7.3)", str(error)[:200]) from error
            with file:
                yield file

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, "NYU Depth v2")
