"""What decoders make of painted answers that are not exact, and what their confidence is worth.

    python benchmarks/bench_decoding.py FOLDER [--views N] [--confidence | --depth]

prints the Markdown tables of docs/decoding.md. FOLDER is what `verichrome generate` wrote; targets are painted
again, degraded, decoded and scored against the truth.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import islice

import numpy as np
from jaxtyping import Bool, Float32, Int32, Int64

from benchmarks.degradations import DEGRADATIONS, Pixels
from encode import Frame, Pair, get_task, make_pairs
from encode.depth.codec import DEPTH_CODECS, RELATIVE, codec_of_image
from encode.metrics import depth_metrics, mean_scores
from shards import Store, iter_frames

#: Task, the score that stands for it, and how it is written.
SCORES = (
    ("depth", "abs_rel", "{:.3f}"),
    ("depth", "delta1", "{:.3f}"),
    ("normals", "mean", "{:.1f}°"),
    ("semantic", "miou", "{:.3f}"),
    ("instance", "pmf1", "{:.3f}"),
    ("referring", "ciou", "{:.3f}"),
    ("amodal", "hidden_iou", "{:.3f}"),
    ("albedo", "delta_e", "{:.1f}"),
    ("reasoning", "ciou", "{:.3f}"),
    ("interactive", "ciou", "{:.3f}"),
    ("parts", "miou", "{:.3f}"),
    ("materials", "miou", "{:.3f}"),
    ("boxes", "f1", "{:.3f}"),
    ("points", "exact", "{:.3f}"),
    ("edges", "f1", "{:.3f}"),
    ("panoptic", "pq", "{:.3f}"),
)

#: Codecs that are scored; depth by the cube walk alone, since the others are there for variety.
CODECS = ("cube-walk", "camera-normals", "flat-colors", "srgb", "outlines", "dots")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--views", type=int, default=16)
    parser.add_argument("--confidence", action="store_true", help="print what the confidence maps are worth instead")
    parser.add_argument("--depth", action="store_true", help="print the error of depth in each codec instead")
    options = parser.parse_args()
    if options.depth:
        frames = list(islice(iter_frames(Store(options.folder)), options.views))
        sys.stdout.write("\n".join(_depth(frames)) + "\n")
        return
    views = [(frame, list(_pairs(frame))) for frame in islice(iter_frames(Store(options.folder)), options.views)]
    sys.stdout.write("\n".join(_confidence(views) if options.confidence else _table(views)) + "\n")


def _pairs(frame: Frame) -> Iterator[Pair]:
    """The first pair of each task whose codec is one of CODECS."""
    for task in dict.fromkeys(name for name, _, _ in SCORES):
        pairs = make_pairs(frame, [task], seed=1, prompts_per_task=6)
        yield from [pair for pair in pairs if pair.meta.codec in CODECS][:1]


def _table(views: list[tuple[Frame, list[Pair]]]) -> Iterator[str]:
    present = {pair.meta.task for _, pairs in views for pair in pairs}
    columns = [column for column in SCORES if column[0] in present]
    yield "| degraded by | " + " | ".join(f"{task} {score}" for task, score, _ in columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    for name, degrade in DEGRADATIONS.items():
        summaries = {}
        for task in present:
            chosen = [(frame, pair) for frame, pairs in views for pair in pairs if pair.meta.task == task]
            scores = [get_task(task).score(degrade(pair.target), frame, pair.meta) for frame, pair in chosen]
            summaries[task] = get_task(task).summarise(scores)
        yield f"| {name} | " + " | ".join(text.format(summaries[task][score]) for task, score, text in columns) + " |"


def _depth(frames: list[Frame]) -> Iterator[str]:
    """The error abs_rel of depth in each codec, after alignment where the codec is relative."""
    yield "| degraded by | " + " | ".join(DEPTH_CODECS) + " |"
    yield "| --- |" + " ---: |" * len(DEPTH_CODECS)
    for name in ("nothing", "noise, sigma 4", "blur, sigma 1.5", "JPEG 85", "a bit of everything"):
        cells = []
        for codec_name in DEPTH_CODECS:
            relative = RELATIVE.get(codec_name)
            scores = []
            for depth in (frame.truth.depth for frame in frames):
                codec = codec_of_image(codec_name, depth)
                if codec is not None:
                    decoded = codec.decode(DEGRADATIONS[name](codec.encode(depth)))
                    scores.append(depth_metrics(decoded, depth, relative=relative))
            cells.append(f"{100 * mean_scores(scores)['aligned_abs_rel' if relative else 'abs_rel']:.1f} %")
        yield f"| {name} | " + " | ".join(cells) + " |"


#: Metres from which on a decoded depth will pass for the sky: one level off white is 416 m.
SKY = 100.0

#: When a pixel of an answer is wrong, by task, as the table says it.
WRONG = {
    "depth": "depth off by 25 %",
    "normals": "normals off by 11.25°",
    "semantic": "semantic, wrong class",
    "instance": "instance, wrong object",
    "referring": "referring, wrong",
}


def _confidence(views: list[tuple[Frame, list[Pair]]]) -> Iterator[str]:
    """Share of wrong pixels among all, and among those that remain when the least confident tenth is left out."""
    yield "| degraded by | " + " | ".join(f"{text}, all | best 90 %" for text in WRONG.values()) + " |"
    yield "| --- |" + " ---: | ---: |" * len(WRONG)
    for name in ("blur, sigma 1.5", "JPEG 70", "half size and back", "a bit of everything"):
        cells = []
        for task in WRONG:
            chosen = [(frame, pair) for frame, pairs in views for pair in pairs if pair.meta.task == task]
            parts = [judged(DEGRADATIONS[name](pair.target), frame, pair) for frame, pair in chosen]
            wrong, trust = (np.concatenate([part[i].ravel() for part in parts]) for i in (0, 1))
            order = np.argsort(trust, kind="stable")
            cells += [f"{100 * wrong.mean():.2f} %", f"{100 * wrong[order[len(order) // 10 :]].mean():.2f} %"]
        yield f"| {name} | " + " | ".join(cells) + " |"


def judged(answer: Pixels, frame: Frame, pair: Pair) -> tuple[Bool[np.ndarray, "h w"], Float32[np.ndarray, "h w"]]:
    """Which pixels of an answer are read wrongly, and how confident the decoder is of each."""
    task, meta = get_task(pair.meta.task), pair.meta
    decoded, exact = task.decode(answer, meta), task.decode(pair.target, meta)
    if task.name == "depth":
        surface = np.isfinite(frame.truth.depth)
        with np.errstate(invalid="ignore"):
            off = np.abs(decoded - frame.truth.depth) > 0.25 * frame.truth.depth
        wrong = np.where(surface, off, decoded < SKY)
    elif task.name == "normals":
        cosine = np.einsum("hwc,hwc->hw", decoded, frame.truth.normal)
        wrong = np.where(frame.truth.normal.any(-1), cosine < np.cos(np.radians(11.25)), decoded.any(-1))
    elif task.name == "instance":
        wrong = _most_frequent(decoded, exact)[decoded] != exact
    elif task.name in ("semantic", "amodal", "reasoning", "interactive", "parts", "materials", "panoptic"):
        wrong = decoded != exact
    else:
        wrong = np.logical_or.reduce([decoded[label] != exact[label] for label in exact])
    return wrong, task.confidence(answer, meta)


def _most_frequent(decoded: Int32[np.ndarray, "h w"], exact: Int32[np.ndarray, "h w"]) -> Int64[np.ndarray, " n"]:
    """True label that most pixels of each decoded one have; 0 for the background."""
    table = np.zeros((decoded.max() + 1, exact.max() + 1), np.int64)
    np.add.at(table, (decoded, exact), 1)
    owners = table.argmax(1)
    owners[0] = 0
    return owners


if __name__ == "__main__":
    main()
