"""Checks that a pair shows the truth, by its prompt, its pixels and the frame."""

import numpy as np
from jaxtyping import UInt8

from encode.check import check_rgb
from encode.errors import EncodeError
from encode.frame import Frame
from encode.pair import PairMeta
from encode.prompts.parser import ParsedPrompt, parse
from encode.registry import get_task, why_unusable

__all__ = ["audit_pair"]


def audit_pair(frame: Frame, target: UInt8[np.ndarray, "h w 3"], prompt: str, meta: PairMeta) -> list[str]:
    """Return what is wrong with a pair, in plain sentences; [] where nothing is.

    Nothing is encoded again: the prompt is parsed, the pixels are read, and both are compared with the frame's truth
    and with `meta`.
    """
    trouble = why_unusable(meta.task)
    if trouble is not None:
        return [f"not checked, since its task does not load: {trouble}"]
    try:
        check_rgb(target, "target", frame.truth.shape)
        parsed = parse(prompt)
        task = get_task(parsed.task)
    except EncodeError as error:
        return [str(error)]
    problems = _headline_problems(frame, parsed, meta)
    try:
        return problems + task.audit(frame, target, parsed, meta)
    except EncodeError as error:
        return [*problems, str(error)]


def _headline_problems(frame: Frame, parsed: ParsedPrompt, meta: PairMeta) -> list[str]:
    headline = {
        "task": (meta.task, parsed.task),
        "codec": (meta.codec, parsed.codec),
        "template": (meta.template, parsed.template),
        "split": (meta.split, parsed.split),
        "frame key": (meta.frame_key, frame.key),
        "size": (meta.shape, frame.truth.shape),
    }
    return [
        f"{name} is {got!r} in meta, but {wanted!r} by prompt and frame"
        for name, (got, wanted) in headline.items()
        if got != wanted
    ]
