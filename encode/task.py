"""The one shape of every task, built in or from elsewhere."""

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32, UInt8

from encode.frame import Frame
from encode.pair import CodecParameter, ColorEntry, Pair, PairMeta
from encode.prompts.parser import ParsedPrompt
from encode.prompts.template import Template

__all__ = ["Painting", "PairRequest", "Task", "finish"]


class PairRequest:
    """What a pair is made from: the frame, and which pair of it; `rng` is this pair's alone."""

    __slots__ = ("frame", "index", "rng", "seed", "split")

    def __init__(self, frame: Frame, rng: np.random.Generator, *, seed: int, split: str, index: int) -> None:
        self.frame = frame
        self.rng = rng
        self.seed = seed
        self.split = split
        self.index = index


class Painting:
    """The task-specific half of a pair."""

    __slots__ = ("codec", "colors", "expression", "parameters", "prompt", "target", "template")

    def __init__(
        self,
        *,
        target: UInt8[np.ndarray, "h w 3"],
        prompt: str,
        template: Template,
        codec: str,
        parameters: Sequence[CodecParameter],
        colors: Sequence[ColorEntry],
        expression: str = "",
    ) -> None:
        self.target = target
        self.prompt = prompt
        self.template = template
        self.codec = codec
        self.parameters = tuple(parameters)
        self.colors = tuple(colors)
        self.expression = expression


@runtime_checkable
class Task(Protocol):
    """A question that can be asked of a frame and answered by painting.

    A third party registers one (an instance, or a class without arguments) in the entry-point group
    `verichrome.tasks`, under its `name`, and its templates in `verichrome.templates` (docs/add-a-task.md).
    """

    @property
    def name(self) -> str:
        """Name in keys and in `meta.json`; no dots."""

    def make(self, request: PairRequest) -> Pair | None:
        """Return the pair, a function of `request` alone; None where the frame has nothing to ask about."""

    def decode(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Any:
        """Read a painted answer, a model's too: off-palette colours and soft edges are no errors."""

    def confidence(self, rgb: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> Float32[np.ndarray, "h w"]:
        """How far each pixel of a painted answer is to be trusted, in [0, 1]; 1 for colours exactly of the codec."""

    def score(self, rgb: UInt8[np.ndarray, "h w 3"], frame: Frame, meta: PairMeta) -> dict[str, float]:
        """Score a painted answer against the frame's truth."""

    def summarise(self, scores: Sequence[dict[str, float]]) -> dict[str, float]:
        """Join the scores of many answers as the task's benchmarks do."""

    def audit(
        self, frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta
    ) -> list[str]:
        """Problems of a target of the right size, in plain sentences, from the prompt, pixels and truth alone."""


def finish(task: str, request: PairRequest, painting: Painting) -> Pair:
    """Join what a task painted with what is the same for all."""
    height, width = request.frame.truth.shape
    meta = PairMeta(
        task=task,
        codec=painting.codec,
        codec_parameters=painting.parameters,
        frame_key=request.frame.key,
        colors=painting.colors,
        template=painting.template.id,
        split=request.split,
        seed=request.seed,
        width=width,
        height=height,
        expression=painting.expression,
    )
    key = f"{request.frame.key}-{task}-{request.index:02d}"
    return Pair(key, painting.target, painting.prompt, meta)
