"""Checks a painting of dots by its prompt, its pixels and the frame.

The dots are read from the target's pixels alone, without the code that chose their places and painted them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import UInt8, UInt32

from encode.colors.distance import rgb_distance
from encode.colors.legend import MINIMUM_RGB
from encode.formulas.channels import has_color
from encode.frame import Frame, ObjectRecord
from encode.lazy_import import import_lazily
from encode.pair import BLACK, RADIUS, PairMeta
from encode.points.decoder import dot_decoding
from encode.points.discs import read_discs
from encode.points.dots import Pixel
from encode.points.entries import dot_entries, read_back_problems
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt
from encode.referring.visible import visible_objects
from encode.segmentation.named_instances import named_instances

__all__ = ["dot_problems"]

# Pixels between two dots at least.
_GAP = 2


def dot_problems(frame: Frame, target: UInt8[np.ndarray, "h w 3"], parsed: ParsedPrompt, meta: PairMeta) -> list[str]:
    """Return what is wrong with a target of dots, and with its `meta`.

    Each instance of the class that a viewer sees must have one dot, on the pixel of it that is farthest from all that
    are not its own, and nothing else may be painted.
    """
    label, rgb = parsed.legend[0]
    background, radius = parsed.background or BLACK, parsed.parameter(RADIUS)
    records, problems = named_instances(frame, label, {obj.id for obj in visible_objects(frame)})
    apart = float(rgb_distance(rgb, background))
    if apart < MINIMUM_RGB:
        problems.append(f"the dots' {rgb} and the background's {background} are {apart:.1f} apart")
    painted = has_color(target, rgb)
    other = ~painted & ~has_color(target, background)
    dots, stray = read_discs(painted, radius)
    problems += pixel_problems(other, target, f"pixels are neither the dots' {rgb} nor the background's {background}")
    problems += pixel_problems(stray, target, f"pixels of the dots' color are of no whole dot of radius {radius:g}")
    problems += [*_gap_problems(dots, radius), *_place_problems(frame.truth.instance, dots, records, label)]
    ids = [record.id for record in records]
    wrong_meta = meta_problems(meta, dot_decoding(dot_entries(frame, label, rgb, ids), background, radius))
    # Only by a `meta` that is right is the target decoded.
    return [*problems, *(wrong_meta or read_back_problems(frame, target, meta))]


def _gap_problems(dots: Sequence[Pixel], radius: float) -> Iterator[str]:
    """Dots that are nearer to another one than `_GAP`."""
    places = np.array(dots, np.int64).reshape(-1, 2)
    squared = ((places[:, None] - places) ** 2).sum(-1)
    near = np.argwhere(np.triu(squared < (2 * radius + 1 + _GAP) ** 2, 1))
    if len(near):
        first, second = (_place(dots[i]) for i in near[0].tolist())
        yield f"{len(near)} pairs of dots are under {_GAP} pixels apart: the first, {first} and {second}"


def _place_problems(
    instance: UInt32[np.ndarray, "h w"], dots: Sequence[Pixel], records: Sequence[ObjectRecord], label: str
) -> Iterator[str]:
    """Instances without a dot or with several, dots that are on none, and dots that are not in the middle."""
    hit = [int(instance[dot.y, dot.x]) for dot in dots]
    counts = Counter(hit)
    for record in records:
        if counts[record.id] != 1:
            yield f"{record.name}, object {record.id}, has {counts[record.id]} dots, not one"
    own: dict[int, str] = {record.id: record.name for record in records}
    for dot, i in zip(dots, hit, strict=True):
        if i not in own:
            yield f"the dot at {_place(dot)} is on object {i}, which is no visible {label!r}"
        elif (middle := _most_interior(instance, i)) != dot:
            yield f"the dot of {own[i]} is at {_place(dot)}, not in its middle, {_place(middle)}"


def _most_interior(instance: UInt32[np.ndarray, "h w"], i: int) -> Pixel:
    """The pixel of an object that is farthest from all others, those beyond the image too; the first of equals."""
    rows, columns = np.nonzero(instance == i)
    down, right = rows - rows.min() + 1, columns - columns.min() + 1
    own = np.zeros((down.max() + 2, right.max() + 2), bool)
    own[down, right] = True
    first = int(import_lazily("scipy.ndimage").distance_transform_edt(own)[down, right].argmax())
    return Pixel(int(columns[first]), int(rows[first]))


def _place(dot: Pixel) -> str:
    return f"row {dot.y}, column {dot.x}"
