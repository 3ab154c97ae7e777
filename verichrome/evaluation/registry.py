"""The benchmarks by their names at the command line."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from encode.reading.short_text import short_repr
from verichrome.errors import UsageError
from verichrome.evaluation.cityscapes import Cityscapes
from verichrome.evaluation.diode import Diode
from verichrome.evaluation.diode_normals import DiodeNormals
from verichrome.evaluation.dsine_normals import DsineNormals
from verichrome.evaluation.eth3d import Eth3d
from verichrome.evaluation.ibims1 import Ibims1
from verichrome.evaluation.kitti import Kitti
from verichrome.evaluation.nyuv2 import NyuV2
from verichrome.evaluation.reasonseg import ReasonSeg
from verichrome.evaluation.refcocog import RefCocoG
from verichrome.evaluation.saco_gold import SacoGold
from verichrome.evaluation.sample import Benchmark

__all__ = ["BENCHMARKS", "open_benchmark"]

#: What opens each benchmark in the user's folder.
BENCHMARKS: dict[str, Callable[[Path], Benchmark]] = {
    "nyuv2": NyuV2,
    "kitti": Kitti,
    "eth3d": Eth3d,
    "ibims1": Ibims1,
    "diode": Diode,
    "nyuv2-normals": partial(DsineNormals, dataset="nyuv2"),
    "ibims1-normals": partial(DsineNormals, dataset="ibims"),
    "diode-normals": DiodeNormals,
    "cityscapes": Cityscapes,
    "refcocog-val": partial(RefCocoG, split="val"),
    "refcocog-test": partial(RefCocoG, split="test"),
    "reasonseg-val": partial(ReasonSeg, split="val"),
    "reasonseg-test": partial(ReasonSeg, split="test"),
    "saco-gold": SacoGold,
}


def open_benchmark(name: str, root: Path) -> Benchmark:
    """The benchmark of this name in a folder; raises UsageError for an unknown name, and where there is no folder."""
    if name not in BENCHMARKS:
        raise UsageError(f"--benchmark must be one of {', '.join(BENCHMARKS)}, got {short_repr(name)}.")
    if not root.is_dir():
        raise UsageError(f"{root} is not a folder; --benchmark {name} reads its files there (docs/benchmarks.md).")
    return BENCHMARKS[name](root)
