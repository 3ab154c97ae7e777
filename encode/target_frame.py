"""Scoring against a pair's own target, where the frame that it was made of is not at hand."""

import numpy as np
from jaxtyping import UInt8, UInt32

from encode.errors import TaskError
from encode.frame import Frame, ObjectId, SurfaceMaps, SurfaceRecord, Truth
from encode.pair import Pair, PairMeta
from encode.registry import get_task
from encode.surface.parts_expression import read_parts_expression

__all__ = ["score_against_target"]

_TASKS = (
    "depth",
    "normals",
    "semantic",
    "instance",
    "referring",
    "amodal",
    "albedo",
    "reasoning",
    "interactive",
    "parts",
    "materials",
)

# Which part of an amodal mask is hidden is not in its target.
_UNKNOWN = {"amodal": ("hidden_iou", "visible_recall")}


def score_against_target(answer: UInt8[np.ndarray, "h w 3"], pair: Pair) -> dict[str, float]:
    """Score a painted answer against what the pair's target decodes to, which is the truth in steps of 8 bits.

    Scores that a target cannot give (what of an amodal mask is hidden) are left out. Raises TaskError for a third
    party's task, which is scored against frames alone, ArrayError for an answer of another size.
    """
    task = pair.meta.task
    if task not in _TASKS:
        raise TaskError(f"pair {pair.key}", "its frame, since a third party's task is scored against frames", "none")
    scores = get_task(task).score(answer, _frame_of_target(pair), pair.meta)
    return {name: value for name, value in scores.items() if name not in _UNKNOWN.get(task, ())}


def _frame_of_target(pair: Pair) -> Frame:
    """A frame that knows what the target shows, and nothing else."""
    meta, target, task = pair.meta, pair.target, pair.meta.task
    blank = np.zeros(meta.shape, np.uint32)
    ids = _painted_ids(target, meta) if meta.codec == "flat-colors" else blank
    surface = target.any(-1).astype(np.uint32)
    return Frame(
        key=meta.frame_key,
        image=target,
        truth=Truth(
            depth=get_task(task).decode(target, meta) if task == "depth" else np.ones(meta.shape, np.float32),
            normal=get_task(task).decode(target, meta) if task == "normals" else np.zeros(target.shape, np.float32),
            instance=_instances(meta, ids, surface),
            category=ids if task == "semantic" else blank,
        ),
        intrinsics=np.eye(3),
        camera_to_world=np.eye(4),
        world_category=0,
        categories=(),
        objects=(),
        amodal={ObjectId(meta.foreground[0].ids[0]): ids > 0} if task == "amodal" else None,
        albedo=target if task == "albedo" else None,
        surface=SurfaceMaps(ids, ids, SurfaceRecord((), ())) if task in ("parts", "materials") else None,
    )


def _instances(
    meta: PairMeta, ids: UInt32[np.ndarray, "h w"], surface: UInt32[np.ndarray, "h w"]
) -> UInt32[np.ndarray, "h w"]:
    if meta.task == "albedo":
        return surface
    if meta.task == "parts":  # of which of several objects a part is does not matter to its score
        return np.where(ids > 0, np.uint32(read_parts_expression(meta.expression)[1][0]), np.uint32(0))
    return ids


def _painted_ids(target: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> UInt32[np.ndarray, "h w"]:
    """The first id of the entry whose colour a pixel has; 0 for the background."""
    ids = np.zeros(meta.shape, np.uint32)
    for entry in meta.foreground:
        if entry.ids:
            ids[(target == np.array(entry.rgb, np.uint8)).all(-1)] = entry.ids[0]
    return ids
