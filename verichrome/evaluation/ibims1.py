"""iBims-1: 100 indoor photographs with depth by a laser scanner (Koch et al., ECCV workshops 2018).

Files of ibims1_core_mat as its evaluate_ibims.py reads them: imagelist.txt and NAME.mat, whose struct `data` holds rgb,
depth in metres, mask_invalid and mask_transp. Scored are pixels with depth for which both masks are 1. No crop, no cap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt8

from encode import FormatError
from verichrome.evaluation.array_files import read_mat
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.sample import DEPTH_PROMPT, BenchmarkSample, key_of
from verichrome.evaluation.truths import DepthTruth

__all__ = ["Ibims1"]

_FOLDERS = ("", "ibims1_core_mat/", "gt/")
_MOST_LIST = 1 << 20
#: Farther than any of its rooms (50 m), metres.
_FARTHEST = 100.0


@dataclass(frozen=True, slots=True)
class Ibims1:
    """The folder with imagelist.txt and the .mat files, or with `ibims1_core_mat/`."""

    root: Path

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every name of the list."""
        folder = self._folder()
        listed = folder.first(*(f"{prefix}imagelist.txt" for prefix in _FOLDERS))
        prefix = listed.removesuffix("imagelist.txt")
        for name in folder.read(listed, _MOST_LIST).decode(errors="replace").split():
            yield BenchmarkSample(
                key=key_of(name),
                task="depth",
                prompt=DEPTH_PROMPT,
                image="",
                scene=name,
                truth=folder.first(f"{prefix}{name}.mat"),
            )

    def truth(self, sample: BenchmarkSample) -> DepthTruth:
        """Depth where both masks are 1."""
        depth, *masks = (self._field(sample, name) for name in ("depth", "mask_invalid", "mask_transp"))
        if depth.ndim != 2 or depth.dtype.kind not in "fiu" or any(mask.shape != depth.shape for mask in masks):
            got = f"{depth.dtype} of shape {depth.shape}, masks of {[mask.shape for mask in masks]}"
            raise FormatError(self._folder().where(sample.truth), "depth and masks of shape (h, w)", got)
        return DepthTruth(depth.astype(np.float64), (masks[0] == 1) & (masks[1] == 1), 1e-3, _FARTHEST)

    def packed_image(self, sample: BenchmarkSample) -> UInt8[np.ndarray, "h w 3"]:
        """The photograph in the .mat file."""
        image = self._field(sample, "rgb")
        if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
            got = f"{image.dtype} of shape {image.shape}"
            raise FormatError(self._folder().where(sample.truth), "rgb as uint8 (h, w, 3)", got)
        pixels: UInt8[np.ndarray, "h w 3"] = image
        return pixels

    def _field(self, sample: BenchmarkSample, name: str) -> Any:
        folder = self._folder()
        data = read_mat(folder.read(sample.truth), folder.where(sample.truth), "data")
        if data.dtype.names is None or name not in data.dtype.names or data.size != 1:
            raise FormatError(folder.where(sample.truth), f"a struct `data` with the field {name}", str(data.dtype))
        return data[name].reshape(-1)[0]

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, "iBims-1")
