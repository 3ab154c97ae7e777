"""Checks a painting of dots by its prompt, its pixels and the frame."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, UInt8

from encode.colors.distance import rgb_distance
from encode.colors.legend import MINIMUM_RGB
from encode.frame import Frame
from encode.lazy_import import import_lazily
from encode.pair import BLACK, RADIUS, PairMeta
from encode.points.decoder import dot_decoding
from encode.points.dots import Pixel, dots_of
from encode.points.entries import dot_entries, read_back_problems
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt
from encode.segmentation.named_instances import named_instances

__all__ = ["dot_problems"]


def dot_problems(frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta) -> list[str]:
    """Return what is wrong with a target of dots, and with its `meta`."""
    label, rgb = parsed.legend[0]
    background, radius = parsed.background or BLACK, parsed.parameter(RADIUS)
    places = dots_of(frame)
    records, problems = named_instances(frame, label, places)
    ids = [record.id for record in records]
    apart = float(rgb_distance(rgb, background))
    if apart < MINIMUM_RGB:
        problems.append(f"the dots' {rgb} and the background's {background} are {apart:.1f} apart")
    dots = _discs(frame.truth.shape, [places[i] for i in ids], radius)
    wanted = np.where(dots[..., None], np.array(rgb, np.uint8), np.array(background, np.uint8))
    wrong = (target != wanted).any(-1)
    problems += pixel_problems(wrong & dots, target, f"pixels of the dots are not {rgb}")
    problems += pixel_problems(wrong & ~dots, target, f"pixels outside the dots are not {background}")
    decoding = dot_decoding(dot_entries(frame, label, rgb, ids), background, radius)
    wrong_meta = meta_problems(meta, decoding)
    # Only by a `meta` that is right is the target decoded.
    return [*problems, *(wrong_meta or read_back_problems(frame, target, meta))]


def _discs(shape: tuple[int, int], dots: Sequence[Pixel], radius: float) -> Bool[np.ndarray, "h w"]:
    """Pixels within a radius and a half pixel of any of the dots, by the distance of each pixel of the image."""
    away = np.ones(shape, bool)
    for x, y in dots:
        away[y, x] = False
    if not dots:
        return ~away
    discs: Bool[np.ndarray, "h w"] = import_lazily("scipy.ndimage").distance_transform_edt(away) <= radius + 0.5
    return discs
