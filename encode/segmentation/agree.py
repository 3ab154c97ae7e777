"""What the audits of flat-colour targets share: prompt against meta, and pixels against masks."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, UInt8

from encode.colors.distance import rgb_distance
from encode.colors.legend import MINIMUM_RGB
from encode.pair import BACKGROUND, RGB, PairMeta
from encode.prompts.parse import ParsedPrompt

__all__ = ["distance_problems", "flat_problems", "legend_problems"]


def legend_problems(parsed: ParsedPrompt, meta: PairMeta) -> list[str]:
    """Differences between the legend in the prompt and `meta.colors`, and colours too close."""
    problems = []
    listed = [(entry.label, entry.rgb) for entry in meta.foreground]
    if list(parsed.legend) != listed:
        problems.append(f"the prompt's legend is {list(parsed.legend)}, meta's colors are {listed}")
    background = parsed.background or (0, 0, 0)
    if background != meta.background:
        problems.append(f"the background is {background} in the prompt and {meta.background} in meta")
    return problems + distance_problems([(BACKGROUND, background), *parsed.legend])


def distance_problems(colors: Sequence[tuple[str, RGB]]) -> list[str]:
    """Pairs of colours that are closer than decoders can tell apart."""
    return [
        f"the colors of {a!r} and {b!r} are {float(rgb_distance(first, second)):.1f} apart, less than {MINIMUM_RGB:g}"
        for i, (a, first) in enumerate(colors)
        for b, second in colors[i + 1 :]
        if rgb_distance(first, second) < MINIMUM_RGB
    ]


def flat_problems(
    target: UInt8[np.ndarray, "h w 3"], wanted: Sequence[tuple[str, RGB, Bool[np.ndarray, "h w"]]], background: RGB
) -> list[str]:
    """Masks whose pixels in `target` are not exactly those of the truth; the background is all the rest."""
    rest = ~np.logical_or.reduce([mask for _, _, mask in wanted], axis=0) if wanted else np.ones(target.shape[:2], bool)
    problems = []
    for label, rgb, mask in (*wanted, (BACKGROUND, background, rest)):
        wrong = (target == np.array(rgb, np.uint8)).all(-1) != mask
        if wrong.any():
            y, x = (int(i) for i in np.argwhere(wrong)[0])
            problems.append(
                f"the mask of {label!r}, painted {rgb}, differs from the truth in {int(wrong.sum())} pixels: "
                f"the first, at row {y}, column {x}, is {tuple(target[y, x].tolist())}"
            )
    return problems
