"""DIODE, validation split: 325 indoor and 446 outdoor images with depth by a laser scanner (Vasiljevic et al. 2019).

Files as github.com/diode-dataset/diode-devkit reads them: val/indoors/scene_N/scan_N/NAME.png, NAME_depth.npy (h, w, 1)
in metres, NAME_depth_mask.npy, 1 where depth is valid. Range 0.6 to 350 m, the scanner's, as Marigold's
diode_dataset.py. Scored in all, indoors and outdoor.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from encode import FormatError
from verichrome.evaluation.array_files import read_npy
from verichrome.evaluation.benchmark_folder import BenchmarkFolder
from verichrome.evaluation.sample import DEPTH_PROMPT, BenchmarkSample, key_of
from verichrome.evaluation.truths import DepthTruth

__all__ = ["Diode"]

_PARTS = ("indoors", "outdoor")
_DEPTH, _MASK = "_depth.npy", "_depth_mask.npy"


@dataclass(frozen=True, slots=True)
class Diode:
    """The folder with val/, or val/ itself."""

    root: Path

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every image with depth and mask."""
        folder = self._folder()
        found = False
        for part in _PARTS:
            base = next((f"{prefix}{part}" for prefix in ("val/", "") if folder.entries(f"{prefix}{part}")), None)
            for depth in folder.files(base, _DEPTH) if base is not None else ():
                found = True
                stem = depth.removesuffix(_DEPTH)
                yield BenchmarkSample(
                    key=key_of(stem.rpartition("/")[2]),
                    task="depth",
                    prompt=DEPTH_PROMPT,
                    image=folder.first(f"{stem}.png"),
                    scene=stem.rpartition("/")[0],
                    part=part,
                    truth=(depth, folder.first(f"{stem}{_MASK}")),
                )
        if not found:
            raise folder.lacks("val/indoors/SCENE/SCAN/NAME_depth.npy")

    def truth(self, sample: BenchmarkSample) -> DepthTruth:
        """Depth where the mask is set."""
        folder = self._folder()
        depth, mask = (read_npy(folder.read(name), folder.where(name)).squeeze() for name in sample.truth)
        if depth.ndim != 2 or mask.shape != depth.shape or depth.dtype.kind != "f":
            got = f"{depth.dtype} of shape {depth.shape} with a mask of shape {mask.shape}"
            raise FormatError(folder.where(sample.truth[0]), "floats of shape (h, w, 1) and a mask of it", got)
        return DepthTruth(depth, mask > 0, 0.6, 350.0)

    def _folder(self) -> BenchmarkFolder:
        return BenchmarkFolder(self.root, "DIODE")
