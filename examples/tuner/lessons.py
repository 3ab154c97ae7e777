"""What a view's pairs teach together: their truth read once, then cropped, mirrored and relit anew for each step."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Int
from torch.nn import functional

from examples.tuner.questions import MOST_WORDS, Question
from examples.tuner.views import AskedView

__all__ = ["Batch", "Lesson", "Marked", "Mask", "draw_batch", "lesson_of"]


@dataclass(frozen=True)
class Marked:
    """A question of masks and its answer, one label a pixel; the last number is the background."""

    question: Question
    labels: Int[np.ndarray, "h w"]


@dataclass(frozen=True)
class Lesson:
    """A view and what its pairs say.

    image: (3, h, w), 0 to 1. metres: (h, w), +inf without a surface; None if no pair states metres. nearness: (h, w),
    1 / relative depth; None if no pair states it. normals: (h, w, 3), zero without a surface.
    """

    image: torch.Tensor
    metres: np.ndarray | None
    nearness: np.ndarray | None
    normals: np.ndarray | None
    marked: tuple[Marked, ...]


@dataclass(frozen=True)
class Mask:
    """How many queries of a view belong to one question, and its labels (h / 2, w / 2)."""

    queries: int
    labels: torch.Tensor


@dataclass(frozen=True)
class Batch:
    """n views; truth at half their height and width.

    images: (n, 3, h, w). metres, nearness: (n, h / 2, w / 2), NaN where no pair states them. normals: (n, 3, h / 2,
    w / 2), zero where unknown. words: (n, q, k), padded by zeros. masks: for each view its questions, in words' order.
    """

    images: torch.Tensor
    metres: torch.Tensor
    nearness: torch.Tensor
    normals: torch.Tensor
    words: torch.Tensor
    masks: tuple[tuple[Mask, ...], ...]


def lesson_of(view: AskedView) -> Lesson:
    """Return what the pairs of a view say; pairs of one frame agree, so the first of each kind is kept."""
    found: dict[str, np.ndarray] = {}
    marked = []
    for _, question, truth in view.asked:
        if question.meta.codec == "relative-log-gray":  # a power of the depth, which nearness is not
            continue
        if question.task in ("semantic", "referring"):
            marked.append(Marked(question, truth.values.astype(np.uint8)))
        elif truth.relative:
            found.setdefault("nearness", (1 / np.maximum(truth.values, 1)).astype(np.float32))
        else:
            found.setdefault(question.task, truth.values.astype(np.float32))
    image = torch.from_numpy(view.image.copy()).permute(2, 0, 1).float() / 255
    return Lesson(image, found.get("depth"), found.get("nearness"), found.get("normals"), tuple(marked))


@dataclass(frozen=True)
class _Look:
    """A square of a view, at which rows and columns its half-size truth is read, and whether it is mirrored."""

    rows: np.ndarray
    columns: np.ndarray
    box: tuple[slice, slice]
    share: float
    mirrored: bool

    def __call__(self, values: np.ndarray) -> np.ndarray:
        return values[self.rows[:, None], self.columns]


def draw_batch(lessons: list[Lesson], rng: np.random.Generator, vary: bool = True) -> Batch:
    """Return the lessons, views of one size, as a batch; with `vary` cropped, mirrored and relit."""
    looks = [_look(lesson.image.shape[1:], rng, vary) for lesson in lessons]
    half = (len(looks[0].rows), len(looks[0].columns))
    unknown = np.full(half, np.nan, np.float32)
    metres = [unknown if x.metres is None else look(x.metres) * look.share for x, look in _both(lessons, looks)]
    nearness = [unknown if x.nearness is None else look(x.nearness) for x, look in _both(lessons, looks)]
    flat = np.zeros((*half, 3), np.float32)
    normals = [flat if x.normals is None else _turned(look, x.normals) for x, look in _both(lessons, looks)]
    words, masks = _masks(lessons, looks)
    images = torch.stack([_seen(lesson.image, look) for lesson, look in _both(lessons, looks)])
    if vary:
        light = rng.uniform(0.75, 1.3, (len(lessons), 1, 1, 1)) * rng.uniform(0.93, 1.07, (len(lessons), 3, 1, 1))
        images = (images * torch.from_numpy(light).float()).clamp(0, 1)
    return Batch(
        images,
        torch.from_numpy(np.stack(metres)),
        torch.from_numpy(np.stack(nearness)),
        torch.from_numpy(np.stack(normals)).permute(0, 3, 1, 2),
        words,
        masks,
    )


def _both(lessons: list[Lesson], looks: list[_Look]) -> Iterator[tuple[Lesson, _Look]]:
    return zip(lessons, looks, strict=True)


def _look(shape: tuple[int, ...], rng: np.random.Generator, vary: bool) -> _Look:
    height, width = shape
    share = rng.uniform(0.6, 1) if vary and rng.random() < 0.5 else 1.0
    mirrored = bool(vary and rng.random() < 0.5)
    tall, wide = round(height * share), round(width * share)
    top, left = int(rng.integers(height - tall + 1)), int(rng.integers(width - wide + 1))
    rows = top + ((np.arange(height // 2) + 0.5) * tall / (height // 2)).astype(int)
    columns = left + ((np.arange(width // 2) + 0.5) * wide / (width // 2)).astype(int)
    box = slice(top, top + tall), slice(left, left + wide)
    return _Look(rows, columns[::-1] if mirrored else columns, box, tall / height, mirrored)


def _seen(image: torch.Tensor, look: _Look) -> torch.Tensor:
    part = image[:, look.box[0], look.box[1]]
    if part.shape != image.shape:
        part = functional.interpolate(part[None], image.shape[1:], mode="bilinear", align_corners=False)[0]
    return part.flip(2) if look.mirrored else part


def _turned(look: _Look, normals: np.ndarray) -> np.ndarray:
    return look(normals) * np.array([-1.0 if look.mirrored else 1.0, 1, 1], np.float32)


def _masks(lessons: list[Lesson], looks: list[_Look]) -> tuple[torch.Tensor, tuple[tuple[Mask, ...], ...]]:
    rows, masks = list[Int[np.ndarray, "q k"]](), list[tuple[Mask, ...]]()
    for lesson, look in _both(lessons, looks):
        asked = [x.question.mirrored if look.mirrored else x.question.words for x in lesson.marked]
        labels = [torch.from_numpy(look(x.labels).astype(np.int64)) for x in lesson.marked]
        rows.append(np.concatenate([np.zeros((0, MOST_WORDS), np.int64), *asked]))
        masks.append(tuple(Mask(len(words), shown) for words, shown in zip(asked, labels, strict=True)))
    padded = np.zeros((len(lessons), max(1, *map(len, rows)), MOST_WORDS), np.int64)
    for number, words in enumerate(rows):
        padded[number, : len(words)] = words
    used = max(1, int((padded > 0).sum(2).max()))
    return torch.from_numpy(padded[:, :, :used]), tuple(masks)
