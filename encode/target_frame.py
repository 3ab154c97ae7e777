"""Scoring against a pair's own target, where the frame that it was made of is not at hand."""

import numpy as np
from jaxtyping import Float32, UInt8, UInt32

from encode.amodal.mask import asked_object
from encode.boxes.decoder import boxes_of_color, decode_boxes
from encode.boxes.outlines import is_large_enough
from encode.errors import TaskError
from encode.formulas.boxes import PixelBox
from encode.formulas.channels import any_channel, has_color
from encode.frame import (
    Box3D,
    Frame,
    ObjectId,
    ObjectRecord,
    ShadingMaps,
    SurfaceMaps,
    SurfaceRecord,
    Truth,
)
from encode.metrics.boundary import edge_scores
from encode.pair import LINE_WIDTH, Pair, PairMeta
from encode.registry import built_in_task_names, get_task
from encode.surface.parts_expression import read_parts_expression
from encode.text_answers import score_answer

__all__ = ["score_against_target"]

# Which part of an amodal mask is hidden is not in its target, nor the masks in which points must lie.
_UNKNOWN = {"amodal": ("hidden_iou", "visible_recall"), "points": ("tp", "fp", "fn", "f1")}


def score_against_target(answer: UInt8[np.ndarray, "h w 3"], pair: Pair, text: str = "") -> dict[str, float]:
    """Score a painted answer against what the pair's target decodes to, which is the truth in steps of 8 bits.

    text: that of the answer, where the pair asks for one. Scores that a target cannot give (what of an amodal mask is
    hidden) are left out. Raises TaskError for keypoints, whose errors are measured by the size of people, and for a
    third party's task, ArrayError for an answer of another size.
    """
    task = pair.meta.task
    if task == "keypoints" or task not in built_in_task_names():
        whose = "keypoints are" if task == "keypoints" else "a third party's task is"
        raise TaskError(f"pair {pair.key}", f"its frame, since {whose} scored against frames", "none")
    if task == "edges":  # whose truth is made of depth, which the target does not show
        return edge_scores(*(get_task(task).decode(rgb, pair.meta) for rgb in (answer, pair.target)))
    scores = score_answer(answer, text, _frame_of_target(pair), pair.meta)
    return {name: value for name, value in scores.items() if name not in _UNKNOWN.get(task, ())}


def _frame_of_target(pair: Pair) -> Frame:
    """A frame that knows what the target shows, and nothing else."""
    meta, target, task = pair.meta, pair.target, pair.meta.task
    blank = np.zeros(meta.shape, np.uint32)
    ids = _painted_ids(target, meta) if meta.codec == "flat-colors" else blank
    surface = any_channel(target).astype(np.uint32)
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
        objects=_painted_boxes(target, meta) if task == "boxes" else (),
        amodal={asked_object(meta): ids > 0} if task == "amodal" else None,
        albedo=target if task == "albedo" else None,
        shading=_shading(target, meta) if task == "shading" else None,
        surface=SurfaceMaps(ids, ids, SurfaceRecord((), ())) if task in ("parts", "materials") else None,
    )


def _shading(target: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> ShadingMaps:
    light: Float32[np.ndarray, "h w 3"] = get_task("shading").decode(target, meta)
    return ShadingMaps(light.astype(np.float16), np.zeros(target.shape, np.float16))


def _instances(
    meta: PairMeta, ids: UInt32[np.ndarray, "h w"], surface: UInt32[np.ndarray, "h w"]
) -> UInt32[np.ndarray, "h w"]:
    if meta.task == "albedo":
        return surface
    if meta.task == "parts":  # of which of several objects a part is does not matter to its score
        return np.where(ids > 0, np.uint32(read_parts_expression(meta.expression)[1][0]), np.uint32(0))
    return ids


def _painted_ids(target: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> UInt32[np.ndarray, "h w"]:
    """The first id of the entry whose colour a pixel has; the background gets the least that no entry has, 0 mostly."""
    named = {i for entry in meta.foreground for i in entry.ids}
    ids = np.full(meta.shape, next(i for i in range(len(named) + 1) if i not in named), np.uint32)
    for entry in meta.foreground:
        if entry.ids:
            ids[has_color(target, entry.rgb)] = entry.ids[0]
    return ids


def _painted_boxes(target: UInt8[np.ndarray, "h w 3"], meta: PairMeta) -> tuple[ObjectRecord, ...]:
    """Records of the objects in `meta` with the boxes that the target shows, those of one colour in any order."""
    decoded, width = decode_boxes(target, meta), meta.mark_size(LINE_WIDTH)
    records = []
    for entry in meta.foreground:
        boxes = [PixelBox(*corners) for corners in boxes_of_color(decoded, entry.rgb).tolist()]
        boxes = [box for box in boxes if is_large_enough(box, width) is entry.scored]
        records += [_record(ObjectId(i), box) for i, box in zip(entry.ids, boxes, strict=False)]
    return tuple(records)


def _record(object_id: ObjectId, box: PixelBox) -> ObjectRecord:
    """A record of which nothing but the box is known."""
    nowhere = Box3D((0.0, 0.0, 0.0), ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)), (0.0, 0.0, 0.0))
    return ObjectRecord(
        id=object_id,
        name="",
        category="",
        category_id=0,
        color="",
        material="",
        size="",
        parts=(),
        dimensions=(0.0, 0.0, 0.0),
        box_2d=box,
        visible_pixels=0,
        visible_fraction=0.0,
        truncated=False,
        box_3d=nowhere,
        supported_by=ObjectId(0),
    )
