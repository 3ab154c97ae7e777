"""What a prompt asks of the network, and what a target answers: by prompt and target alone."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from jaxtyping import Float32, Int, UInt8

from encode import PairMeta, get_task, meta_of_prompt, parse
from encode.depth.codec import RELATIVE
from encode.pair import RGB
from encode.segmentation.flat_colors import decode_entries

__all__ = ["MOST_WORDS", "TASKS", "WORDS", "Question", "Truth2D", "read_question", "truth_of"]

TASKS = ("depth", "normals", "semantic", "referring")

#: Rows of the table of word embeddings; 0 is padding.
WORDS = 8192
#: Rows that a label or phrase may have.
MOST_WORDS = 40
_OTHER_SIDE = {"left": "right", "right": "left", "leftmost": "rightmost", "rightmost": "leftmost"}


@dataclass(frozen=True)
class Question:
    """A prompt as the network takes it.

    words: for each label or phrase the rows of its words, and of runs of two and three words. mirrored: the same for
    the mirrored image, left and right swapped. colors: of the labels and, last, the background.
    """

    task: str
    meta: PairMeta
    words: Int[np.ndarray, "labels words"]
    mirrored: Int[np.ndarray, "labels words"]
    colors: tuple[RGB, ...]


@dataclass(frozen=True)
class Truth2D:
    """A target read by its own prompt.

    values: metres (h, w), or with `relative` a depth from 1 at the nearest up to +inf at the farthest; unit normals
    (h, w, 3); or the number of each pixel's label in the question, one more than the last for the background (h, w).
    """

    values: np.ndarray
    relative: bool = False


def read_question(prompt: str, shape: tuple[int, int]) -> Question:
    """Read a prompt for an image of (height, width); raises PromptError."""
    parsed = parse(prompt)
    meta = meta_of_prompt(prompt, shape)
    of_set = [parsed.label_set.lower()] if parsed.label_set else []  # whose chair is not ours
    labels = [[*re.findall(r"[a-z]+", label.lower()), *of_set] for label, _ in parsed.legend]
    mirrored = [[_OTHER_SIDE.get(word, word) for word in label] for label in labels]
    colors = (*(rgb for _, rgb in parsed.legend), meta.background)
    return Question(parsed.task, meta, _rows(labels), _rows(mirrored), colors)


def truth_of(question: Question, target: UInt8[np.ndarray, "h w 3"]) -> Truth2D:
    """Return what the target says, in the question's own terms."""
    meta = question.meta
    if question.task in ("semantic", "referring"):
        names = [entry.rgb for entry in meta.colors]
        places = np.array([question.colors.index(rgb) for rgb in names])
        return Truth2D(places[decode_entries(target, meta)])
    values: Float32[np.ndarray, ...] = get_task(question.task).decode(target, meta)
    if meta.codec == "log-gray":  # clamped at both ends, so that its metres are not the depth everywhere
        return Truth2D(values / values.min(), relative=True)
    return Truth2D(values, relative=meta.codec in RELATIVE)


def _rows(labels: Sequence[list[str]]) -> Int[np.ndarray, "labels words"]:
    rows = np.zeros((len(labels), MOST_WORDS), np.int64)
    for row, words in enumerate(labels):
        shifted = [words[start:] for start in range(3)]
        runs = chain.from_iterable(zip(*shifted[:length], strict=False) for length in (1, 2, 3))
        numbers = [1 + zlib.crc32(" ".join(run).encode()) % (WORDS - 1) for run in runs][:MOST_WORDS]
        rows[row, : len(numbers)] = numbers
    return rows
