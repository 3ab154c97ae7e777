"""What is left of each codec's numbers after a VAE has encoded and decoded the targets.

    python -m benchmarks.bench_survival DATASET --vae FOLDER [--vae-class CLASS] [--pairs N] [--dtype float32 bf16]

DATASET is what `verichrome generate` wrote; FOLDER has a VAE, or a pipeline with one, as diffusers' `save_pretrained`
writes it. Targets of every task, and depth in every codec, are painted anew from the frames. A tuned model cannot
answer more exactly than its VAE can reproduce the target: the table is the floor of its error. Needs torch and
diffusers (docs/vae.md).
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

import numpy as np
from jaxtyping import UInt8

from encode import Frame, Pair, PairShares, get_task, make_pair
from encode.depth.codec import DEPTH_CODECS, RELATIVE, DepthCodec, codec_of_image
from shards import Store, iter_frames

__all__ = ["MEASURES", "Measure", "Survival", "measure_survival", "paint_all", "table"]

RoundTrip = Callable[[UInt8[np.ndarray, "h w 3"]], UInt8[np.ndarray, "h w 3"]]


class Measure(NamedTuple):
    """A task's error, made from a score of `task.score`: the score itself, or what it lacks of 1.

    limit: an error over it is counted as large. scale: factor for printing. unit: printed behind.
    """

    score: str
    lacking: bool
    limit: float
    scale: float
    unit: str

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"1 - {self.score}" if self.lacking else self.score

    def text(self, value: float) -> str:
        """A value with its unit."""
        return f"{self.scale * value:.2f}{self.unit}"


#: The errors of each task: the natural one first, then the share of wrong pixels where the task knows one.
MEASURES = {
    "depth": (Measure("abs_rel", False, 0.05, 100, " %"), Measure("delta1", True, 0.01, 100, " %")),
    "depth, relative": (
        Measure("aligned_abs_rel", False, 0.05, 100, " %"),
        Measure("aligned_delta1", True, 0.01, 100, " %"),
    ),
    "normals": (Measure("mean", False, 5.0, 1, "°"), Measure("under_11.25", True, 0.05, 100, " %")),
    "semantic": (Measure("miou", True, 0.05, 100, " %"), Measure("pixel_accuracy", True, 0.01, 100, " %")),
    "instance": (Measure("pmf1", True, 0.1, 100, " %"),),
    "referring": (Measure("iou", True, 0.05, 100, " %"),),
    "amodal": (Measure("iou", True, 0.05, 100, " %"),),
    "reasoning": (Measure("iou", True, 0.05, 100, " %"),),
    "interactive": (Measure("iou", True, 0.05, 100, " %"),),
    "parts": (Measure("miou", True, 0.05, 100, " %"), Measure("pixel_accuracy", True, 0.01, 100, " %")),
    "materials": (Measure("miou", True, 0.05, 100, " %"), Measure("pixel_accuracy", True, 0.01, 100, " %")),
    "boxes": (Measure("f1", True, 0.1, 100, " %"),),
    "points": (Measure("exact", True, 0.5, 100, " %"),),
    "keypoints": (Measure("pck_10", True, 0.05, 100, " %"),),
    "edges": (Measure("f1", True, 0.1, 100, " %"),),
    "panoptic": (Measure("pq", True, 0.05, 100, " %"),),
    "albedo": (Measure("delta_e", False, 2.0, 1, ""),),
    "shading": (Measure("stops", False, 0.25, 1, " stops"),),
}


@dataclass(frozen=True, slots=True)
class Survival:
    """One error of all pairs of a task and codec: after the VAE, and of the exact target (8 bits alone)."""

    task: str
    codec: str
    measure: Measure
    errors: tuple[float, ...]
    exact: tuple[float, ...]


def paint_all(frame: Frame, seed: int = 1) -> Iterator[Pair]:
    """A pair of each task that has something to ask about the frame, depth once in each codec.

    None has an empty target, of which a VAE leaves everything.
    """
    for task in dict.fromkeys(name.partition(",")[0] for name in MEASURES):
        pair = make_pair(frame, task, seed=seed, shares=PairShares(absent_share=0))
        if pair is not None and task == "depth":
            yield from (_painted_by(codec, pair, frame) for codec in _depth_codecs(frame))
        elif pair is not None:
            yield pair


def _depth_codecs(frame: Frame) -> Iterator[DepthCodec]:
    for name in DEPTH_CODECS:
        codec = codec_of_image(name, frame.truth.depth)
        if codec is not None:
            yield codec


def _painted_by(codec: DepthCodec, pair: Pair, frame: Frame) -> Pair:
    meta = replace(pair.meta, codec=codec.name, codec_parameters=codec.parameters)
    return replace(pair, target=codec.encode(frame.truth.depth), meta=meta)


def measure_survival(frames: Iterable[Frame], through: RoundTrip, *, pairs: int | None = None) -> list[Survival]:
    """Score the targets before and after `through`.

    pairs: at most so many of each task and codec. An error that a pair does not have (NaN) is left out.
    """
    found: dict[tuple[str, str], list[tuple[dict[str, float], dict[str, float]]]] = {}
    for frame in frames:
        for pair in paint_all(frame):
            scores = found.setdefault((pair.meta.task, pair.meta.codec), [])
            if pairs is None or len(scores) < pairs:
                score = get_task(pair.meta.task).score
                exact, after = (score(rgb, frame, pair.meta) for rgb in (pair.target, through(pair.target)))
                scores.append((exact, after))
    return [
        Survival(task, codec, measure, *(_errors([pair[i] for pair in scores], measure) for i in (1, 0)))
        for (task, codec), scores in found.items()
        for measure in MEASURES["depth, relative" if codec in RELATIVE else task]
    ]


def _errors(scores: list[dict[str, float]], measure: Measure) -> tuple[float, ...]:
    values = np.array([score[measure.score] for score in scores])
    return tuple((1 - values if measure.lacking else values)[~np.isnan(values)].tolist())


def table(rows: Iterable[Survival]) -> Iterator[str]:
    """Lines of a Markdown table."""
    yield "| task | codec | error | pairs | without VAE | median | 90 % below | pairs over limit |"
    yield "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |"
    for row in rows:
        text = row.measure.text
        if not row.errors:
            yield f"| {row.task} | {row.codec} | {row.measure.name} | 0 | | | | |"
            continue
        errors = np.array(row.errors)
        median, most = np.quantile(errors, (0.5, 0.9))
        over = f"{100 * (errors > row.measure.limit).mean():.0f} % over {text(row.measure.limit)}"
        cells = (len(errors), text(float(np.median(row.exact))), text(median), text(most), over)
        yield f"| {row.task} | {row.codec} | {row.measure.name} | " + " | ".join(map(str, cells)) + " |"


def main(arguments: list[str] | None = None) -> int:
    """Print a table for each precision; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", metavar="DATASET")
    parser.add_argument("--vae", required=True, metavar="FOLDER")
    parser.add_argument("--vae-class", metavar="CLASS", help="by default the one that config.json names")
    parser.add_argument("--pairs", type=int, default=32, metavar="N", help="of each task and codec (32)")
    parser.add_argument("--dtype", nargs="+", choices=("float32", "bf16"), default=["float32"])
    parser.add_argument("--device", default="cpu", help="as torch names it (cpu)")
    options = parser.parse_args(arguments)
    if options.pairs < 1:
        parser.error(f"--pairs: {options.pairs}; expected 1 or more")
    from benchmarks.vae_round_trip import VaeRoundTrip, load_vae

    for dtype in options.dtype:
        try:
            vae = load_vae(options.vae, options.vae_class, dtype=dtype, device=options.device)
        except (ValueError, OSError, RuntimeError) as error:  # the last: no such device
            parser.error(str(error))
        frames = islice(iter_frames(Store(options.dataset)), options.pairs)
        rows = measure_survival(frames, VaeRoundTrip(vae))
        sys.stdout.write("\n".join([f"{type(vae).__name__}, {dtype}", "", *table(rows)]) + "\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
