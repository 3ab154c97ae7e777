"""Tiny folders in the formats of the benchmarks, and answers to them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from encode import depth_codec, write_png
from verichrome.evaluation import open_benchmark, score_benchmark, write_prompts

__all__ = ["JsonRow", "answer_depth", "photograph", "prompt_rows", "scores", "write_gray"]

JsonRow = dict[str, Any]


def photograph(path: Path, height: int, width: int) -> None:
    """An image of noise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(0).integers(0, 255, (height, width, 3), np.uint8)
    Image.fromarray(pixels).save(path, "JPEG" if path.suffix.lower() in (".jpg", ".jpeg") else "PNG")


def write_gray(path: Path, values: np.ndarray) -> None:
    """A PNG of one channel of 8 or 16 bits."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values).save(path)


def answer_depth(folder: Path, depths: Mapping[str, np.ndarray]) -> Path:
    """Paint depths as answers."""
    folder.mkdir(parents=True, exist_ok=True)
    for key, depth in depths.items():
        known = np.where(np.isfinite(depth) & (depth > 0), depth, 1.0).astype(np.float32)
        write_png(folder / f"{key}.png", depth_codec("cube-walk").encode(known))
    return folder


def prompt_rows(name: str, root: Path, out: Path) -> list[JsonRow]:
    """The rows of prompts.jsonl."""
    count = write_prompts(name, root, out)
    rows = [json.loads(line) for line in (out / "prompts.jsonl").read_text().splitlines()]
    assert len(rows) == count == len(list(open_benchmark(name, root).samples()))
    assert all(Path(row["image"]).is_file() for row in rows)
    return rows


def scores(name: str, answers: Path, root: Path, **options: Any) -> dict[str, float]:
    """The summary's values of a benchmark of one task, whose answers can all be used."""
    report = score_benchmark(name, answers, root, workers=1, **options)
    assert report.problems == ()
    (task,) = report.tasks
    return {name: estimate.value for name, estimate in report.summary(task).items()}
