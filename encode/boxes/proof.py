"""Whether a painting reads back as exactly its boxes: what is not so must not be asked for."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import UInt8

from encode.boxes.decoder import decode_boxes
from encode.boxes.decoding import BY_COLOR
from encode.formulas.boxes import PixelBox
from encode.frame import ObjectId
from encode.pair import PairMeta

__all__ = ["read_back_problems"]


def read_back_problems(
    target: UInt8[np.ndarray, "h w 3"], meta: PairMeta, boxes: Mapping[ObjectId, PixelBox]
) -> list[str]:
    """Which boxes of the entries of `meta` the target does not decode to, and what else it decodes to.

    Boxes that are not scored may be missing, but one with a colour of its own must show it.
    """
    decoded = {tuple(row) for row in decode_boxes(target, meta).tolist()}
    painted = [((*boxes[ObjectId(i)], *entry.rgb), entry) for entry in meta.foreground for i in entry.ids]
    scored = [row for row, entry in painted if entry.scored]
    problems = [
        f"two boxes of one colour are the same, {row[:4]}" for row in sorted(set(scored)) if scored.count(row) > 1
    ]
    problems += [f"the box {row[:4]} in {row[4:]} does not read back" for row in scored if row not in decoded]
    extra = decoded - {row for row, _ in painted}
    problems += [f"a box {row[:4]} in {row[4:]} reads back that is none" for row in sorted(extra)]
    if not meta.parameter(BY_COLOR):
        colors = {tuple(color) for color in np.unique(target.reshape(-1, 3), axis=0).tolist()}
        hidden = [entry.label for _, entry in painted if entry.rgb not in colors]
        problems += [f"the box of {label} is hidden" for label in hidden]
    return problems
