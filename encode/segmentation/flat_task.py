"""What the tasks of flat colours share: drawing a palette, the colours in `meta`, and the audit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, UInt8

from encode.colors.distance import rgb_distance
from encode.colors.legend import MINIMUM_RGB, draw_colors, draw_crowd_colors
from encode.colors.notation import NOTATIONS, write_color
from encode.draw import choice
from encode.formulas.channels import packed_colors
from encode.pair import BACKGROUND, BLACK, RGB, CodecParameter, ColorEntry, Decoding, PairMeta
from encode.problems import meta_problems, pixel_problems
from encode.prompts.parser import ParsedPrompt
from encode.segmentation.flat_colors import FLAT_PARAMETERS

__all__ = ["PaintedMask", "Palette", "draw_palette", "flat_decoding", "flat_problems", "legend_decoding"]

# More colours than this are not all named: names leave too few that are apart.
_MOST_NAMED = 16


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one prompt, `MINIMUM_RGB` apart, and the notation in which the prompt writes them."""

    notation: str
    background: RGB
    colors: tuple[RGB, ...]

    def write(self, rgb: RGB) -> str:
        """Return the colour as the prompt writes it."""
        return write_color(rgb, self.notation)


def draw_palette(
    rng: np.random.Generator,
    count: int,
    *,
    black_share: float = 0.8,
    writes_background: bool = True,
    writes_colors: bool = True,
    one_set: bool = False,
    crowd: bool = False,
) -> Palette | None:
    """Draw a notation, a background and `count` colours; None where the notation has too few colours.

    black_share: how often the background is black. writes_background, writes_colors: whether the prompt names them;
    a background that it does not name is black, and colours that it does not name need no name. one_set: draws the
    background and the colours as one set, which changes which colours a given `rng` gives. crowd: the colours are only
    CROWD_RGB apart, so that a hundred fit.
    """
    notation = choice(rng, [n for n in NOTATIONS if n != "name" or count <= _MOST_NAMED or not writes_colors])
    named = notation == "name"
    if not writes_background or rng.random() < black_share:
        background = BLACK
    elif one_set:
        drawn = draw_colors(rng, count + 1, named=named)
        return None if drawn is None else Palette(notation, drawn[0], tuple(drawn[1:]))
    else:
        background = (draw_colors(rng, 1, named=named) or [BLACK])[0]
    if crowd:
        colors = draw_crowd_colors(rng, count, background)
    else:
        colors = draw_colors(rng, count, named=named and writes_colors, taken=[background])
    return None if colors is None else Palette(notation, background, tuple(colors))


def flat_decoding(
    entries: Sequence[ColorEntry], background: RGB, parameters: tuple[CodecParameter, ...] = FLAT_PARAMETERS
) -> Decoding:
    """Return the decoding of flat colours: `entries`, and last the background.

    Where no entry has ids the background gets the id 0, since some entry of `meta` must have one.
    """
    ids = () if any(entry.ids for entry in entries) else (0,)
    return Decoding("flat-colors", parameters, (*entries, ColorEntry(BACKGROUND, background, ids)))


def legend_decoding(parsed: ParsedPrompt) -> Decoding:
    """Return the decoding of a prompt with a legend, whose labels get the ids 1, 2, ..."""
    entries = [ColorEntry(label, rgb, (i,)) for i, (label, rgb) in enumerate(parsed.legend, start=1)]
    return flat_decoding(entries, parsed.background or BLACK)


@dataclass(frozen=True, slots=True)
class PaintedMask:
    """One colour of a target, and the pixels that must have it by the frame's truth."""

    entry: ColorEntry
    mask: Bool[np.ndarray, "h w"]


def flat_problems(
    target: UInt8[np.ndarray, "h w 3"],
    parsed: ParsedPrompt,
    meta: PairMeta,
    painted: Sequence[PaintedMask],
    *,
    parameters: tuple[CodecParameter, ...] = FLAT_PARAMETERS,
    expression: str = "",
    least_apart: float = MINIMUM_RGB,
) -> list[str]:
    """Return what is wrong with a target of flat colours, and with its `meta`.

    Colours must be `least_apart` apart, and `MINIMUM_RGB` from the background; `meta` must list exactly these entries
    and the background, and each colour must cover exactly its mask, the background's all the rest.
    """
    background = parsed.background or BLACK
    entries = [part.entry for part in painted]
    return [
        *_distance_problems(entries, ColorEntry(BACKGROUND, background, ()), least_apart),
        *meta_problems(meta, flat_decoding(entries, background, parameters), expression=expression),
        *_mask_problems(target, painted, background),
    ]


def _distance_problems(entries: Sequence[ColorEntry], background: ColorEntry, least_apart: float) -> list[str]:
    pairs = [(background, entry, MINIMUM_RGB) for entry in entries]
    pairs += [(a, b, least_apart) for i, a in enumerate(entries) for b in entries[i + 1 :]]
    return [
        f"the colors of {a.label!r} and {b.label!r} are {distance:.1f} apart, less than {least:g}"
        for a, b, least in pairs
        if (distance := float(rgb_distance(a.rgb, b.rgb))) < least
    ]


def _mask_problems(target: UInt8[np.ndarray, "h w 3"], painted: Sequence[PaintedMask], background: RGB) -> list[str]:
    uncovered = np.ones(target.shape[:2], bool)
    for part in painted:
        uncovered &= ~part.mask
    packed = packed_colors(target)
    problems = []
    for part in (*painted, PaintedMask(ColorEntry(BACKGROUND, background, ()), uncovered)):
        entry = part.entry
        wrong = (packed == packed_colors(np.array(entry.rgb, np.uint8))) != part.mask
        description = f"pixels differ from the truth in the mask of {entry.label!r}, painted {entry.rgb}"
        problems += pixel_problems(wrong, target, description)
    return problems
