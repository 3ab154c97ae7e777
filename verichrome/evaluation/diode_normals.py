"""DIODE's own surface normals: NAME_normal.npy (h, w, 3) of val_normals.tar.gz, 0 where there is none.

The development kit does not say which way their axes point. Each axis of an image is therefore turned so that it agrees
with the normals of the image's depth, which needs the camera alone (intrinsics.txt of the kit). Only signs are taken
from depth; the directions are DIODE's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from jaxtyping import Bool, Float

from encode import FormatError
from verichrome.evaluation.array_files import read_npy
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.diode import Diode
from verichrome.evaluation.sample import NORMALS_PROMPT, BenchmarkSample, key_of
from verichrome.evaluation.truths import NormalTruth, directions

__all__ = ["DiodeNormals"]

_FOLDERS = ("val/", "val_normals/", "")
#: fx, fy, cx and cy of images of 1024 x 768 pixels, as shares of width and height.
_FX, _FY, _CX, _CY = 886.81 / 1024, 927.06 / 768, 512 / 1024, 384 / 768


@dataclass(frozen=True, slots=True)
class DiodeNormals:
    """The folder of the depth, with the normals beside it or in val_normals/."""

    root: Path

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every image with depth, which must have normals."""
        folder = self._folder()
        for sample in Diode(self.root).samples():
            stem = sample.image.removesuffix(".png").removeprefix("val/")
            normals = folder.first(*(f"{prefix}{stem}_normal.npy" for prefix in _FOLDERS))
            key, truth = key_of(sample.key, "normals"), (*sample.truth, normals)
            yield replace(sample, key=key, task="normals", prompt=NORMALS_PROMPT, truth=truth)

    def truth(self, sample: BenchmarkSample) -> NormalTruth:
        """Normals in our axes."""
        folder = self._folder()
        *depth_files, name = sample.truth
        depth = Diode(self.root).truth(replace(sample, truth=depth_files))
        stored = read_npy(folder.read(name), folder.where(name))
        if stored.shape != (*depth.shape, 3) or stored.dtype.kind != "f":
            got = f"{stored.dtype} of shape {stored.shape}"
            raise FormatError(folder.where(name), f"floats of shape {(*depth.shape, 3)}", got)
        normals = directions(stored, (1.0, 1.0, 1.0), 0.5)
        return NormalTruth(normals * _signs(normals, depth.depth, depth.scored))

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, "DIODE's normals")


def _signs(
    normals: Float[np.ndarray, "h w 3"], depth: Float[np.ndarray, "h w"], valid: Bool[np.ndarray, "h w"]
) -> Float[np.ndarray, " 3"]:
    """For each axis 1, or -1 where it points against the same axis (x right, y up, z toward the viewer) of depth."""
    height, width = depth.shape
    right = (np.arange(width)[None] - _CX * width) / (_FX * width)
    up = (_CY * height - np.arange(height)[:, None]) / (_FY * height)
    d = np.where(valid, depth, np.nan).astype(np.float64)
    points = np.stack([right * d, up * d, -d], -1)
    derived = directions(np.cross(np.gradient(points, axis=0), np.gradient(points, axis=1)), (1.0, 1.0, 1.0), 0.0)
    return np.where(np.einsum("hwc,hwc->c", normals, derived) < 0, -1.0, 1.0)
