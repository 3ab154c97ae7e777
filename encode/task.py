"""The interface of every task, built in or third-party, and how its painting becomes a pair."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32, UInt8

from encode.frame import Frame
from encode.pair import Decoding, Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import Template
from encode.shares import PairShares

__all__ = ["Painting", "PairRequest", "Task", "finish_pair"]


@dataclass(frozen=True, slots=True, eq=False)
class PairRequest:
    """What a pair is made from: the frame, and which pair of it. `rng` belongs to this pair alone."""

    frame: Frame
    rng: np.random.Generator
    seed: int
    split: str
    index: int
    shares: PairShares = field(default_factory=PairShares)


@dataclass(frozen=True, slots=True, eq=False)
class Painting:
    """What a task contributes to a pair: target, prompt, and how to decode the target.

    expression: JSON of a referring expression or of the label set that a legend is of, else "".
    answer, source2: as `Pair` has them, of a task that declares them.
    """

    target: UInt8[np.ndarray, "h w 3"]
    prompt: str
    template: Template
    decoding: Decoding
    expression: str = ""
    answer: str = ""
    source2: UInt8[np.ndarray, "h w 3"] | None = None


@runtime_checkable
class Task(Protocol):
    """A question that can be asked of a frame and answered by painting.

    A third party registers one (an instance, or a class without arguments) in the entry-point group
    `verichrome.tasks`, under its `name`, and its templates in `verichrome.templates` (docs/add-a-task.md). One whose
    pairs have a text answer or a second source image is a `TaskWithExtraMembers` as well.
    """

    @property
    def name(self) -> str:
        """Name in keys and in `meta.json`; no dots."""

    def make(self, request: PairRequest) -> Pair | None:
        """Return the pair, a function of `request` alone; None where the frame has nothing to ask about."""

    def decoding(self, parsed: ParsedPrompt) -> Decoding:
        """Return what decoding an answer needs, by the prompt alone: for images that were not rendered.

        Ids, which the prompt does not know, are counted from 1.
        """

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Any:
        """Read a painted answer, a model's too: off-palette colours and soft edges are not errors."""

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """Return how far each pixel of an answer can be trusted, in [0, 1]; 1 for colours exactly of the codec."""

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Score a painted answer against the frame's truth."""

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Join the scores of many answers as the task's benchmarks do."""

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Return problems of a target of the right size, as sentences, from prompt, pixels and truth alone."""


def finish_pair(task: str, request: PairRequest, painting: Painting) -> Pair:
    """Join what a task painted with what is the same for all tasks: the key, and the rest of `meta`."""
    height, width = request.frame.truth.shape
    meta = PairMeta(
        task=task,
        codec=painting.decoding.codec,
        codec_parameters=painting.decoding.parameters,
        frame_key=request.frame.key,
        colors=painting.decoding.colors,
        template=painting.template.id,
        split=request.split,
        seed=request.seed,
        width=width,
        height=height,
        expression=painting.expression,
    )
    key = f"{request.frame.key}-{task}-{request.index:02d}"
    return Pair(key, painting.target, painting.prompt, meta, painting.answer, painting.source2)
