"""What a benchmark asks: one image with one prompt, and where the truth of it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import UInt8

from encode import PairMeta, meta_of_legend, meta_of_task
from encode.pair import RGB

__all__ = ["DEPTH_PROMPT", "NORMALS_PROMPT", "Benchmark", "BenchmarkSample", "BenchmarkTruth", "PackedImages", "key_of"]

#: The first training templates of the two tasks, whose answers decode without a legend.
DEPTH_PROMPT = (
    "Generate a metric depth map of this image. Depth runs along the RGB cube from black at the camera through red,"
    " yellow, green, cyan, blue and magenta to white at infinity."
)
NORMALS_PROMPT = "Generate a surface normal map of this image."


@dataclass(frozen=True, slots=True)
class BenchmarkSample:
    """One question of a benchmark; it is sent to other processes.

    key: names the answer, KEY.png. image: its name below the benchmark's folder; "" where it lies within an archive.
    legend: colour of each label, for tasks of flat colours. part: a part of the benchmark that is also scored alone,
    "" for none. scene: samples of one scene are not independent of one another. truth: what the benchmark's `truth`
    needs to find it.
    """

    key: str
    task: str
    prompt: str
    image: str
    scene: str
    part: str = ""
    legend: dict[str, RGB] = field(default_factory=dict)
    truth: Any = None

    def meta(self, shape: tuple[int, int]) -> PairMeta:
        """How to decode an answer of `shape` (height, width)."""
        if self.task in ("depth", "normals"):
            return meta_of_task(self.task, shape)
        return meta_of_legend(self.legend, shape, task=self.task)


class BenchmarkTruth(Protocol):
    """The truth of one sample, read."""

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the image, and so of its answer."""

    def score(self, decoded: Any, meta: PairMeta) -> dict[str, float]:
        """Scores of what the sample's task decodes the answer to by `meta`."""


class Benchmark(Protocol):
    """A public benchmark in its official files. Holds no pixels."""

    def samples(self) -> Iterator[BenchmarkSample]:
        """Every sample, in a fixed order; raises UsageError where files are not as expected."""

    def truth(self, sample: BenchmarkSample) -> BenchmarkTruth:
        """Read the truth of a sample; raises FormatError or OSError."""


@runtime_checkable
class PackedImages(Protocol):
    """A benchmark whose images are in no files of their own."""

    def packed_image(self, sample: BenchmarkSample) -> UInt8[np.ndarray, "h w 3"]:
        """The image of a sample; raises FormatError or OSError."""


def key_of(*parts: str) -> str:
    """A key from names of files and folders: other characters than letters, digits, `_` and `-` become `_`."""
    return "-".join(re.sub(r"[^A-Za-z0-9_-]+", "_", part) for part in parts)
