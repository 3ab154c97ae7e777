"""What images look like in figures: of photographs in a folder, and of the frames of a data set, side by side.

    python benchmarks/photo_figures.py PHOTOGRAPHS DATA_SET ... [--side 512]

Each argument is a folder: of image files, or an output folder of `generate`. Larger images are reduced so that their
shorter side has `--side` pixels, since noise and detail depend on scale. Prints a Markdown table; docs/photo.md has it
for the photographs that packages ship.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from jaxtyping import Float64, UInt8
from PIL import Image

from encode.reading.image_file import IMAGE_SUFFIXES
from shards import Store, iter_frames
from shards.stats.image_figures import FIGURE_SIDE, FIGURES, reduced
from verichrome.photographs import read_photograph


def images(folder: str) -> Iterator[Image.Image]:
    """The image files of a folder in order of names, or the frames of a data set."""
    if not Path(folder, "frames").is_dir():
        for path in sorted(Path(folder).iterdir()):
            if path.suffix.lower() in IMAGE_SUFFIXES:
                yield Image.fromarray(read_photograph(path))
        return
    for frame in iter_frames(Store(folder)):
        yield Image.fromarray(frame.image)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--side", type=int, default=FIGURE_SIDE)
    options = parser.parse_args()
    columns = []
    for folder in options.folders:
        rows = [[figure(image) for figure in FIGURES.values()] for image in _all(folder, options.side)]
        if not rows:
            sys.exit(f"error: {folder}: expected images or frames, got none")
        columns.append(np.array(rows))
    heads = [f"{Path(folder).name} ({len(rows)})" for folder, rows in zip(options.folders, columns, strict=True)]
    sys.stdout.write(f"| mean ± sd (10 %, median, 90 %) | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}\n")
    for index, name in enumerate(FIGURES):
        cells = (_cell(rows[:, index]) for rows in columns)
        sys.stdout.write(f"| {name} | {' | '.join(cells)} |\n")


def _all(folder: str, side: int) -> Iterator[UInt8[np.ndarray, "h w 3"]]:
    return (reduced(image, side) for image in images(folder))


def _cell(values: Float64[np.ndarray, " n"]) -> str:
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9))
    return f"{values.mean():.3f} ± {values.std():.3f} ({low:.3f}, {middle:.3f}, {high:.3f})"


if __name__ == "__main__":
    main()
