"""Checks that a pair shows the truth, by its prompt, its pixels and the frame."""

import numpy as np
from jaxtyping import UInt8

from encode.check import check_rgb
from encode.declared_members import TaskWithExtraMembers, declared_members, undeclared_members
from encode.errors import EncodeError
from encode.frame import Frame
from encode.pair import PairMeta
from encode.prompts.parser import ParsedPrompt, parse
from encode.registry import get_task, why_unusable
from encode.task import Task

__all__ = ["audit_pair"]


def audit_pair(
    frame: Frame,
    target: UInt8[np.ndarray, "h w 3"],
    prompt: str,
    meta: PairMeta,
    answer: str = "",
    source2: UInt8[np.ndarray, "h w 3"] | None = None,
) -> list[str]:
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
        problems += task.audit(frame, target, parsed, meta)
        return problems + _extra_member_problems(task, frame, parsed, meta, answer, source2)
    except EncodeError as error:
        return [*problems, str(error)]


def _extra_member_problems(
    task: Task,
    frame: Frame,
    parsed: ParsedPrompt,
    meta: PairMeta,
    answer: str,
    source2: UInt8[np.ndarray, "h w 3"] | None,
) -> list[str]:
    declared = declared_members(task)
    problems = [
        f"{member} is not empty, but the task {task.name} has none"
        for member in undeclared_members(declared, answer, source2)
    ]
    if source2 is not None:
        check_rgb(source2, "source2", frame.truth.shape)
    if declared and isinstance(task, TaskWithExtraMembers):
        problems += task.audit_extra_members(frame, parsed, meta, answer, source2)
    return problems


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
