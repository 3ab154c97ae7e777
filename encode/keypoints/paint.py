"""Which pixels of a target have which colour."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Bool, UInt8

from encode.frame import ObjectId
from encode.keypoints.drawing import Point, dot_mask, dot_radius, line_mask, line_width
from encode.keypoints.people import Request
from encode.keypoints.skeleton import KEYPOINT_WORDS, LIMBS, Limb, limbs_of
from encode.pair import RGB, ColorEntry
from encode.segmentation.flat_task import PaintedMask

__all__ = ["layers", "limb_lines", "paint_layers"]


def layers(
    wanted: Request,
    lines: Mapping[str, Sequence[Limb]],
    colors: Mapping[str, RGB],
    people: Mapping[ObjectId, RGB],
    shape: tuple[int, int],
) -> list[PaintedMask]:
    """Each colour of a target and what is seen of it: first the lines, in the order of `people` or `lines`, then dots.

    What comes later covers what came before. lines: the limbs of each word, of one person. colors: of the keypoints'
    words and those of `lines`. people: the colour of each person's lines; empty where lines have words, or are not
    asked for.
    """
    entries, masks = [], []
    for person in wanted.people:
        positions = wanted.positions(person)
        if person.id in people:
            entries.append(ColorEntry(person.record.name, people[person.id], (person.id,)))
            masks.append(limb_lines(positions, LIMBS, shape))
        for word, limbs in lines.items():
            mask = limb_lines(positions, limbs, shape)
            entries.append(ColorEntry(word, colors[word], (person.id,) if mask.any() else ()))
            masks.append(mask)
    for name in wanted.names:
        dots = {person.id: known[name] for person in wanted.people if name in (known := wanted.positions(person))}
        entries.append(ColorEntry(KEYPOINT_WORDS[name], colors[KEYPOINT_WORDS[name]], tuple(sorted(dots))))
        masks.append(_dots(list(dots.values()), shape))
    return [PaintedMask(entry, mask) for entry, mask in zip(entries, _uncovered(masks), strict=True)]


def limb_lines(
    positions: Mapping[str, Point], limbs: Sequence[Limb], shape: tuple[int, int]
) -> Bool[np.ndarray, "h w"]:
    """The lines of those limbs of a person of which both ends have dots."""
    mask = np.zeros(shape, bool)
    for one, other in limbs_of(tuple(positions), limbs):
        mask |= line_mask(shape, positions[one], positions[other], line_width(shape))
    return mask


def paint_layers(painted: Sequence[PaintedMask], background: RGB) -> UInt8[np.ndarray, "h w 3"]:
    """The target that these masks give."""
    target = np.empty((*painted[0].mask.shape, 3), np.uint8)
    target[:] = background
    for part in painted:
        target[part.mask] = part.entry.rgb
    return target


def _dots(points: Sequence[Point], shape: tuple[int, int]) -> Bool[np.ndarray, "h w"]:
    mask = np.zeros(shape, bool)
    for point in points:
        mask |= dot_mask(shape, point, dot_radius(shape))
    return mask


def _uncovered(masks: Sequence[Bool[np.ndarray, "h w"]]) -> list[Bool[np.ndarray, "h w"]]:
    """What is seen of masks that are painted one over the other, the first undermost."""
    above = np.zeros(masks[0].shape, bool)
    seen = []
    for mask in masks[::-1]:
        seen.append(mask & ~above)
        above |= mask
    return seen[::-1]
