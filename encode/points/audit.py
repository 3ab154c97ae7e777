"""Checks a painting of dots by its prompt, its pixels and the frame."""

import numpy as np
from jaxtyping import Bool, UInt8

from encode.colors.distance import rgb_distance
from encode.colors.legend import MINIMUM_RGB
from encode.frame import Frame, ObjectId
from encode.lazy_import import import_lazily
from encode.pair import BLACK, PairMeta
from encode.points.decoder import RADIUS, dot_decoding
from encode.points.entries import dot_entries, read_back_problems
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt
from encode.referring.visible import visible_objects
from encode.segmentation.absent import absent_words
from encode.segmentation.labels import resolve_label

__all__ = ["dot_problems"]


def dot_problems(frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta) -> list[str]:
    """Return what is wrong with a target of dots, and with its `meta`."""
    label, rgb = parsed.legend[0]
    background, radius = parsed.background or BLACK, parsed.parameter(RADIUS)
    classes, absent = resolve_label(frame, label), label in absent_words(frame)
    if len(classes) != 1 and not absent:
        return [f"{label!r} names {len(classes)} categories of the frame, not one"]
    seen = {obj.id for obj in visible_objects(frame)}
    ids = [record.id for record in frame.objects if record.category_id in classes and record.id in seen]
    problems = []
    if not ids and not absent:
        problems.append(f"{label!r} cannot be absent: something of its super-category is in view")
    apart = float(rgb_distance(rgb, background))
    if apart < MINIMUM_RGB:
        problems.append(f"the dots' {rgb} and the background's {background} are {apart:.1f} apart")
    dots = _dots(frame, ids, radius)
    wanted = np.where(dots[..., None], np.array(rgb, np.uint8), np.array(background, np.uint8))
    wrong = (target != wanted).any(-1)
    problems += pixel_problems(wrong & dots, target, f"pixels of the dots are not {rgb}")
    problems += pixel_problems(wrong & ~dots, target, f"pixels outside the dots are not {background}")
    decoding = dot_decoding(dot_entries(frame, label, rgb, ids), background, radius)
    wrong_meta = meta_problems(meta, decoding)
    # Only by a `meta` that is right is the target decoded.
    return [*problems, *(wrong_meta or read_back_problems(frame, target, meta))]


def _dots(frame: Frame, ids: list[ObjectId], radius: float) -> Bool[np.ndarray, "h w"]:
    """Pixels within a radius and a half pixel of the most interior pixel of each object, found on the whole image."""
    ndimage = import_lazily("scipy.ndimage")

    centers = np.zeros(frame.truth.shape, bool)
    for i in ids:
        rows, columns = np.nonzero(frame.truth.instance == i)
        top, left = int(rows.min()), int(columns.min())
        own = np.zeros((int(rows.max()) - top + 3, int(columns.max()) - left + 3), bool)
        own[rows - top + 1, columns - left + 1] = True
        inside = ndimage.distance_transform_edt(own)
        y, x = np.unravel_index(int(inside.argmax()), inside.shape)
        centers[top + int(y) - 1, left + int(x) - 1] = True
    if not ids:
        return centers
    dots: Bool[np.ndarray, "h w"] = ndimage.distance_transform_edt(~centers) <= radius + 0.5
    return dots
