"""The images and prompts to run a model on: `prompts.jsonl`, and the images that are in no file of their own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from encode import write_png
from verichrome.errors import UsageError
from verichrome.evaluation.registry import open_benchmark
from verichrome.evaluation.sample import BenchmarkSample, PackedImages
from verichrome.output_file import check_folder, write_whole

__all__ = ["PROMPTS", "write_prompts"]

PROMPTS = "prompts.jsonl"


def write_prompts(name: str, root: Path, out: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Write `prompts.jsonl` into the folder `out`, and packed images into `out`/images; return how many prompts.

    Each line has key, image (a path), task, prompt, and what decodes the answer: `legend` for flat colours, as
    `verichrome decode --legend` takes it, else null. The answer belongs into KEY.png and has the image's size. Raises
    UsageError, FormatError or OSError.
    """
    benchmark = open_benchmark(name, root)
    samples = list(benchmark.samples())
    doubled = len(samples) - len({sample.key for sample in samples})
    if doubled:
        raise UsageError(f"{root} names {doubled} samples twice.")
    check_folder(out)
    lines = []
    for number, sample in enumerate(samples, start=1):
        image = (root / sample.image).absolute()
        if isinstance(benchmark, PackedImages):
            image = (out / "images" / f"{sample.key}.png").absolute()
            image.parent.mkdir(exist_ok=True)
            write_png(image, benchmark.packed_image(sample))
        lines.append(json.dumps(_row(sample, image), ensure_ascii=False))
        if progress is not None:
            progress(number, len(samples))
    write_whole(out / PROMPTS, "".join(f"{line}\n" for line in lines).encode(errors="replace"))
    return len(samples)


def _row(sample: BenchmarkSample, image: Path) -> dict[str, Any]:
    legend = "; ".join(f"{label}={r},{g},{b}" for label, (r, g, b) in sample.legend.items())
    return {
        "key": sample.key,
        "image": str(image),
        "task": sample.task,
        "prompt": sample.prompt,
        "legend": legend or None,
    }
