"""What decoders make of painted answers that are not exact: scores under noise, blur, JPEG, resizing, gamma and hue.

python benchmarks/bench_decoding.py FOLDER [--views N] prints the Markdown table of docs/decoding.md. FOLDER is what
`verichrome generate` wrote; targets are made anew, spoiled, decoded and scored against the truth.
"""

import argparse
import io
import sys
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np
from jaxtyping import Float32, UInt8
from PIL import Image, ImageFilter

from encode import Frame, Pair, get_task, make_pairs
from encode.depth.codec import depth_codec
from shards import Store, iter_frames

Pixels = UInt8[np.ndarray, "h w 3"]

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
)

#: Codecs that are scored; depth by the cube walk alone, since the others are there for variety.
CODECS = ("cube-walk", "camera-normals", "flat-colors", "srgb")


def noise(sigma: float) -> Callable[[Pixels], Pixels]:
    """Gaussian noise, independent in pixels and channels."""
    return lambda rgb: _bytes(rgb + np.random.default_rng(0).normal(0, sigma, rgb.shape))


def blur(sigma: float) -> Callable[[Pixels], Pixels]:
    """Gaussian blur, as a VAE's decoder does to edges."""
    return lambda rgb: np.asarray(Image.fromarray(rgb).filter(ImageFilter.GaussianBlur(sigma)))


def jpeg(quality: int) -> Callable[[Pixels], Pixels]:
    """JPEG with the usual subsampled colour (4:2:0)."""

    def spoil(rgb: Pixels) -> Pixels:
        stream = io.BytesIO()
        Image.fromarray(rgb).save(stream, "JPEG", quality=quality)
        return np.asarray(Image.open(stream))

    return spoil


def halved(rgb: Pixels) -> Pixels:
    """Half the size and back, Lanczos both ways, as trainers' buckets do."""
    image = Image.fromarray(rgb)
    half = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
    return np.asarray(half.resize(image.size, Image.Resampling.LANCZOS))


def gamma(power: float) -> Callable[[Pixels], Pixels]:
    """Another tone curve."""
    return lambda rgb: _bytes(255 * (rgb / 255) ** power)


def hue(degrees: float) -> Callable[[Pixels], Pixels]:
    """All hues turned, by a rotation about the grey axis."""
    angle = np.radians(degrees)
    third, root = (1 - np.cos(angle)) / 3, np.sin(angle) / np.sqrt(3)
    turn = np.cos(angle) * np.eye(3) + third + root * np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    return lambda rgb: _bytes(rgb @ turn.T)


def soft_edges(rgb: Pixels) -> Pixels:
    """Borders 5 px wide, flat areas as they are."""
    smooth = np.asarray(Image.fromarray(rgb).filter(ImageFilter.BoxBlur(2))).astype(np.float32)
    spread = np.abs(smooth - rgb).max(-1, keepdims=True) > 6
    return np.where(spread, smooth, rgb).astype(np.uint8)


def generated(rgb: Pixels) -> Pixels:
    """A little of everything, as a good tuned model paints: blur 0.8, noise 3, gamma 0.97, JPEG 92."""
    for spoil in (blur(0.8), noise(3), gamma(0.97), jpeg(92)):
        rgb = spoil(rgb)
    return rgb


SPOILS: dict[str, Callable[[Pixels], Pixels]] = {
    "nothing": lambda rgb: rgb,
    "noise, sigma 4": noise(4),
    "noise, sigma 8": noise(8),
    "noise, sigma 16": noise(16),
    "blur, sigma 0.7": blur(0.7),
    "blur, sigma 1.5": blur(1.5),
    "soft edges, 5 px": soft_edges,
    "JPEG 95": jpeg(95),
    "JPEG 85": jpeg(85),
    "JPEG 70": jpeg(70),
    "half size and back": halved,
    "gamma 0.9": gamma(0.9),
    "gamma 1.1": gamma(1.1),
    "hue +5 degrees": hue(5),
    "hue +15 degrees": hue(15),
    "a bit of everything": generated,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--views", type=int, default=16)
    parser.add_argument("--confidence", action="store_true", help="print what the confidence maps are worth instead")
    options = parser.parse_args()
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
    yield "| spoiled by | " + " | ".join(f"{task} {score}" for task, score, _ in columns) + " |"
    yield "| --- |" + " ---: |" * len(columns)
    for name, spoil in SPOILS.items():
        summaries = {}
        for task in present:
            found = [(frame, pair) for frame, pairs in views for pair in pairs if pair.meta.task == task]
            scores = [get_task(task).score(spoil(pair.target), frame, pair.meta) for frame, pair in found]
            summaries[task] = get_task(task).summarise(scores)
        yield f"| {name} | " + " | ".join(text.format(summaries[task][score]) for task, score, text in columns) + " |"


def _confidence(views: list[tuple[Frame, list[Pair]]]) -> Iterator[str]:
    """Error of all pixels, and of those that remain when the least confident tenth is left out."""
    yield (
        "| spoiled by | "
        + " | ".join(f"{name}, all | kept 90 %" for name in ("depth off by 5 %", "wrong class"))
        + " |"
    )
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name in ("noise, sigma 8", "blur, sigma 1.5", "JPEG 70", "half size and back", "a bit of everything"):
        cells = []
        for task in ("depth", "semantic"):
            wrong, trust = [], []
            for frame, pairs in views:
                for pair in pairs:
                    if pair.meta.task == task:
                        spoiled = SPOILS[name](pair.target)
                        wrong.append(_wrong(spoiled, frame, pair).ravel())
                        trust.append(get_task(task).confidence(spoiled, pair.meta).ravel())
            errors, order = np.concatenate(wrong), np.argsort(np.concatenate(trust), kind="stable")
            kept = errors[order[len(order) // 10 :]]
            cells += [f"{100 * errors.mean():.2f} %", f"{100 * kept.mean():.2f} %"]
        yield f"| {name} | " + " | ".join(cells) + " |"


def _wrong(spoiled: Pixels, frame: Frame, pair: Pair) -> Float32[np.ndarray, "h w"]:
    task = get_task(pair.meta.task)
    if pair.meta.task == "semantic":
        return np.asarray(task.decode(spoiled, pair.meta) != task.decode(pair.target, pair.meta), np.float32)
    truth = frame.truth.depth
    decoded = depth_codec("cube-walk").decode(spoiled)
    surface = np.isfinite(truth)
    with np.errstate(invalid="ignore"):
        off = np.abs(decoded - truth) > 0.05 * truth
    return np.where(surface, off, np.isfinite(decoded)).astype(np.float32)


def _bytes(values: np.ndarray) -> Pixels:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
