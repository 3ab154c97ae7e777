"""Targets and answers side by side: a row for each view, its image first, then target and answer of each task.

python -m examples.tuner.sheet answers DATASET --scenes 400:440 --rows 8 --out sheet.png
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from encode import read_rgb
from examples.tuner.questions import TASKS
from examples.tuner.train import scene_range
from shards.torch import PairDataset, SceneSplit

__all__ = ["sheet_of"]

_GAP = 4


def sheet_of(answers: Path, data: str, scenes: range | None, rows: int) -> Image.Image | None:
    """Return the sheet of evenly chosen views, the first pair of each task; None without views that have all tasks."""
    views: dict[str, dict[str, np.ndarray]] = {}
    for sample in PairDataset(data, tasks=TASKS, scenes=SceneSplit("all", indices=scenes), shuffle=0):
        meta = sample["meta"]
        shown = views.setdefault(meta.frame_key, {"image": sample["source"].numpy()})
        if meta.task not in shown and (meta.task != "depth" or meta.codec == "cube-walk"):
            answer = read_rgb(answers / f"{sample['key']}.png", meta.shape)
            shown[meta.task] = np.hstack((sample["target"].numpy(), answer))
    whole = [shown for _, shown in sorted(views.items()) if len(shown) == 1 + len(TASKS)]
    if not whole:
        return None
    chosen = [whole[int(i)] for i in np.linspace(0, len(whole) - 1, min(rows, len(whole)))]
    return Image.fromarray(np.vstack([_padded(_row(shown), ((0, _GAP), (0, 0))) for shown in chosen]))


def _row(shown: dict[str, np.ndarray]) -> np.ndarray:
    return np.hstack([_padded(shown[name], ((0, 0), (0, _GAP))) for name in ("image", *TASKS)])


def _padded(pixels: np.ndarray, margins: tuple[tuple[int, int], tuple[int, int]]) -> np.ndarray:
    return np.pad(pixels, (*margins, (0, 0)), constant_values=255)


def main() -> None:
    """Write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("answers", type=Path, help="folder that examples.tuner.predict wrote")
    parser.add_argument("data", metavar="DATASET")
    parser.add_argument("--scenes", type=scene_range, help="indices to show from, like 400:440; all if left out")
    parser.add_argument("--rows", type=int, default=8)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    sheet = sheet_of(options.answers, options.data, options.scenes, options.rows)
    if sheet is None:
        sys.exit(f"error: {options.data} has no view with pairs of {', '.join(TASKS)} in scenes {options.scenes}")
    sheet.save(options.out)


if __name__ == "__main__":
    main()
