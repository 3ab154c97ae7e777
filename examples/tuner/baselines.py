"""Answers that look at no image, or copy those of the most similar training image.

    python -m examples.tuner.baselines DATASET --scenes 0:400 --heldout 400:440 --out baselines

`baselines/mean`: the median depth and mean normal of each pixel; everything in the colour of the label that training
images show most; a box in the middle for a referred object. `baselines/nearest`: truth of the nearest training view by
its 16x16 thumbnail, labels matched by name; what it does not show is background.
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
from jaxtyping import Float
from PIL import Image

from encode import write_png
from encode.normals.codec import encode_normals
from examples.tuner.predict import paint_depth, paint_labels
from examples.tuner.questions import Question, Truth2D
from examples.tuner.train import scene_range
from examples.tuner.views import AskedView, read_views

__all__ = ["Baselines"]


class Baselines:
    """What training views say before an image is looked at; views of one size."""

    def __init__(self, views: list[AskedView]) -> None:
        self.views = views
        self.thumbnails = np.stack([_thumbnail(view) for view in views])
        depths = [truth.values for q, truth in _asked(views, "depth") if not truth.relative]
        self.depth = np.median(np.stack(depths), axis=0)
        normal = np.sum([truth.values for _, truth in _asked(views, "normals")], axis=0, dtype=np.float64)
        self.normal = _unit(normal)
        self.pixels = Counter[str]()
        for question, truth in _asked(views, "semantic"):
            counts = np.bincount(truth.values.ravel(), minlength=len(question.colors))
            self.pixels.update({name: int(n) for name, n in zip(_labels(question), counts, strict=False)})

    def mean(self, question: Question) -> np.ndarray:
        """Return the painted answer without a look at the image."""
        match question.task:
            case "depth":
                return paint_depth(question, self.depth)
            case "normals":
                return encode_normals(self.normal)
            case "semantic":
                labels = _labels(question)
                most = max(range(len(labels)), key=lambda i: self.pixels[labels[i]])
                return paint_labels(question, np.full(question.meta.shape, most))
            case _:
                height, width = question.meta.shape
                box = np.full((height, width), len(question.colors) - 1)
                box[height // 4 : 3 * height // 4, width // 4 : 3 * width // 4] = 0
                return paint_labels(question, box)

    def nearest(self, view: AskedView, question: Question) -> np.ndarray:
        """Return the truth of the most similar training view, painted for this question; else `mean`."""
        distances = ((self.thumbnails - _thumbnail(view)) ** 2).sum((1, 2, 3))
        for place in np.argsort(distances):
            for _, other, truth in self.views[place].asked:
                if other.task != question.task or truth.relative or question.task == "referring":
                    continue
                if question.task == "depth":
                    return paint_depth(question, truth.values)
                if question.task == "normals":
                    return encode_normals(truth.values)
                labels = _labels(question)
                places = [labels.index(name) if name in labels else len(labels) for name in _labels(other)]
                return paint_labels(question, np.array([*places, len(labels)])[truth.values])
        return self.mean(question)


def _asked(views: list[AskedView], task: str) -> list[tuple[Question, Truth2D]]:
    return [(question, truth) for view in views for _, question, truth in view.asked if question.task == task]


def _labels(question: Question) -> list[str]:
    return [entry.label for entry in question.meta.foreground]


def _unit(normal: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(normal, axis=-1, keepdims=True)
    return np.where(length > 1e-6, normal / np.maximum(length, 1e-6), (0.0, 0.0, 1.0)).astype(np.float32)


def _thumbnail(view: AskedView) -> Float[np.ndarray, "16 16 3"]:
    return np.asarray(Image.fromarray(view.image).resize((16, 16), Image.Resampling.BOX), np.float64)


def main() -> None:
    """Write both baselines' answers."""
    parser = argparse.ArgumentParser(description="Answers without a network.")
    parser.add_argument("data", metavar="DATASET")
    parser.add_argument("--heldout-data", help="where the held-out pairs are, if not in DATASET")
    parser.add_argument("--scenes", type=scene_range, required=True)
    parser.add_argument("--heldout", type=scene_range, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    baselines = Baselines(list(read_views(options.data, options.scenes).values()))
    for name in ("mean", "nearest"):
        (options.out / name).mkdir(parents=True, exist_ok=True)
    for view in read_views(options.heldout_data or options.data, options.heldout).values():
        for key, question, _ in view.asked:
            write_png(options.out / "mean" / f"{key}.png", baselines.mean(question))
            write_png(options.out / "nearest" / f"{key}.png", baselines.nearest(view, question))


if __name__ == "__main__":
    main()
