"""What the audits of flat-colour targets share: colours far enough apart, and pixels against masks."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, UInt8, UInt32

from encode.colors.distance import rgb_distance
from encode.colors.legend import MINIMUM_RGB
from encode.pair import BACKGROUND, RGB
from encode.prompts.parser import ParsedPrompt

__all__ = ["distance_problems", "flat_problems", "legend_distance_problems"]


def legend_distance_problems(parsed: ParsedPrompt, background: RGB) -> list[str]:
    """Colours of the prompt's legend and its background that decoders cannot tell apart."""
    return distance_problems([(BACKGROUND, background), *parsed.legend])


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
    rest = np.ones(target.shape[:2], bool)
    for _, _, mask in wanted:
        rest &= ~mask
    packed = _packed(target)
    problems = []
    for label, rgb, mask in (*wanted, (BACKGROUND, background, rest)):
        wrong = (packed == _packed(np.array(rgb, np.uint8))) != mask
        if wrong.any():
            y, x = (int(i) for i in np.argwhere(wrong)[0])
            problems.append(
                f"the mask of {label!r}, painted {rgb}, differs from the truth in {int(wrong.sum())} pixels: "
                f"the first, at row {y}, column {x}, is {tuple(target[y, x].tolist())}"
            )
    return problems


def _packed(rgb: UInt8[np.ndarray, "*n 3"]) -> UInt32[np.ndarray, "*n"]:
    """One number a colour: comparing numbers is many times faster than comparing triples."""
    wide = rgb.astype(np.uint32)
    return np.asarray(wide[..., 0] << 16 | wide[..., 1] << 8 | wide[..., 2])
