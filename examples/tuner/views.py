"""The pairs of a data set in memory, by image: one pass of the network answers all pairs of a view."""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import UInt8

from examples.tuner.questions import TASKS, Question, Truth2D, read_question, truth_of
from shards.torch import PairDataset, SceneSplit

__all__ = ["AskedView", "existing_scenes", "read_views"]


@dataclass
class AskedView:
    """An image with its questions: (key, question, truth), at 128x128 some 0.4 MB."""

    image: UInt8[np.ndarray, "h w 3"]
    asked: list[tuple[str, Question, Truth2D]] = field(default_factory=list)


def read_views(data: str, scenes: range | None = None, templates: str | None = None) -> dict[str, AskedView]:
    """Return the views of the scenes by their frame's key."""
    views: dict[str, AskedView] = {}
    for sample in PairDataset(
        data, tasks=TASKS, templates=templates, scenes=SceneSplit("all", indices=scenes), shuffle=0
    ):
        view = views.setdefault(sample["meta"].frame_key, AskedView(sample["source"].numpy()))
        question = read_question(sample["prompt"], sample["meta"].shape)
        view.asked.append((sample["key"], question, truth_of(question, sample["target"].numpy())))
    return dict(sorted(views.items()))


def existing_scenes(data: str) -> list[int]:
    """Return the indices of the scenes that have pairs, in order."""
    dataset = PairDataset(data, tasks=["depth"], shuffle=0)
    return sorted({int(sample["meta"].frame_key[1:].split("-")[0]) for sample in dataset})
