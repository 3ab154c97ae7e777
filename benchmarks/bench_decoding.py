"""What decoders make of painted answers that are not exact, and what their confidence is worth.

    python -m benchmarks.bench_decoding FOLDER [FOLDER ...] [--views N] [--confidence | --depth]

prints the Markdown tables of docs/decoding.md. Each FOLDER is what `verichrome generate` wrote; targets are painted
again, degraded, decoded and scored against the truth.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float32, Int32, Int64

from benchmarks.degradations import DEGRADATIONS, Pixels
from encode import Frame, Pair, get_task, make_pairs, score_answer
from encode.depth.codec import DEPTH_CODECS, RELATIVE, codec_of_image
from encode.metrics import depth_metrics, mean_scores
from shards import Store, iter_frames

#: Pairs of each view and form that are scored; of keypoints more, since few views have people.
PAIRS = {"keypoints": 4}


class Column(NamedTuple):
    """A score of a task, how it is written, and of which codec or form of answer its pairs are ("" for any)."""

    task: str
    score: str
    text: str = "{:.3f}"
    form: str = ""


#: Depth by the cube walk alone, since the other codecs are there for variety.
TABLES = (
    (
        Column("depth", "abs_rel", form="cube-walk"),
        Column("depth", "delta1", form="cube-walk"),
        Column("normals", "mean", "{:.1f}°"),
        Column("albedo", "delta_e", "{:.1f}"),
        Column("shading", "stops"),
    ),
    (
        Column("semantic", "miou"),
        Column("instance", "pmf1"),
        Column("referring", "ciou"),
        Column("amodal", "hidden_iou"),
        Column("reasoning", "ciou"),
        Column("interactive", "ciou"),
        Column("parts", "miou"),
        Column("materials", "miou"),
        Column("panoptic", "pq", form="colors of the prompt"),
        Column("panoptic", "pq", form="colors of the answer"),
    ),
    (
        Column("boxes", "f1_50", form="outlines"),
        Column("boxes", "f1", form="outlines"),
        Column("boxes", "f1_50", form="outlines-over-image"),
        Column("boxes", "f1", form="outlines-over-image"),
        Column("points", "exact"),
        Column("points", "f1"),
        Column("keypoints", "pck_10"),
        Column("keypoints", "precision"),
        Column("keypoints", "oks"),
        Column("edges", "f1"),
    ),
)

#: A view and the pairs that are scored, by task and form.
View = tuple[Frame, dict[tuple[str, str], list[Pair]]]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--views", type=int, default=16, help="of each folder")
    parser.add_argument("--confidence", action="store_true", help="print what the confidence maps are worth instead")
    parser.add_argument("--depth", action="store_true", help="print the error of depth in each codec instead")
    options = parser.parse_args()
    frames = [frame for folder in options.folders for frame in islice(iter_frames(Store(folder)), options.views)]
    if options.depth:
        lines = _depth(frames)
    else:
        views = [(frame, _pairs(frame)) for frame in frames]
        lines = _confidence(views) if options.confidence else chain.from_iterable(_table(t, views) for t in TABLES)
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _pairs(frame: Frame) -> dict[tuple[str, str], list[Pair]]:
    """The first pairs of each task and form of TABLES."""
    found: dict[tuple[str, str], list[Pair]] = {}
    for column in chain.from_iterable(TABLES):
        if (column.task, column.form) not in found:
            pairs = make_pairs(frame, [column.task], seed=1, prompts_per_task=6)
            fitting = [pair for pair in pairs if column.form in ("", pair.meta.codec, _colors_of(pair))]
            found[column.task, column.form] = fitting[: PAIRS.get(column.task, 1)]
    return found


def _colors_of(pair: Pair) -> str:
    return "colors of the answer" if pair.answer else "colors of the prompt"


def _table(columns: Sequence[Column], views: Sequence[View]) -> Iterator[str]:
    kinds = dict.fromkeys((column.task, column.form) for column in columns)
    chosen = {kind: [(frame, pair) for frame, pairs in views for pair in pairs[kind]] for kind in kinds}
    shown = [column for column in columns if chosen[column.task, column.form]]
    yield "| degraded by | " + " | ".join(_heading(column) for column in shown) + " |"
    yield "| --- |" + " ---: |" * len(shown)
    yield "| pairs | " + " | ".join(str(len(chosen[column.task, column.form])) for column in shown) + " |"
    for name, degrade in DEGRADATIONS.items():
        summaries = {}
        for task, form in kinds:
            pairs = chosen[task, form]
            scores = [score_answer(degrade(pair.target), pair.answer, frame, pair.meta) for frame, pair in pairs]
            summaries[task, form] = get_task(task).summarise(scores)
        values = [column.text.format(summaries[column.task, column.form][column.score]) for column in shown]
        yield f"| {name} | " + " | ".join(values) + " |"
    yield ""


def _heading(column: Column) -> str:
    words = column.task, column.score, "" if column.form == "cube-walk" else column.form
    return " ".join(word for word in words if word)


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


def _confidence(views: Sequence[View]) -> Iterator[str]:
    """Share of wrong pixels among all, and among those that remain when the least confident tenth is left out."""
    yield "| degraded by | " + " | ".join(f"{text}, all | best 90 %" for text in WRONG.values()) + " |"
    yield "| --- |" + " ---: | ---: |" * len(WRONG)
    for name in ("blur, sigma 1.5", "JPEG 70", "half size and back", "a bit of everything"):
        cells = []
        for task in WRONG:
            kind = task, "cube-walk" if task == "depth" else ""
            chosen = [(frame, pair) for frame, pairs in views for pair in pairs[kind][:1]]
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
