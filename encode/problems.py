"""Problems that several tasks' audits report: wrong `meta.json` and wrong pixels."""

from collections.abc import Callable, Sequence
from itertools import zip_longest

import numpy as np
from jaxtyping import Bool, UInt8

from encode.pair import CodecParameter, ColorEntry, Decoding, PairMeta

__all__ = ["meta_problems", "pixel_problems"]


def meta_problems(meta: PairMeta, decoding: Decoding, *, expression: str = "") -> list[str]:
    """Return in which parts `meta` differs from these values, derived from prompt, pixels and truth.

    The codec's name is not compared here: `audit_pair` does that for every task.
    """
    problems = []
    if meta.codec_parameters != decoding.parameters:
        expected, got = _list_parameters(decoding.parameters), _list_parameters(meta.codec_parameters)
        problems.append(f"meta's codec parameters: expected {expected}, got {got}")
    if meta.expression != expression:
        problems.append(f"meta's expression: expected {expression!r}, got {meta.expression!r}")
    return problems + _color_problems(meta, decoding.colors)


def pixel_problems(
    wrong: Bool[np.ndarray, "h w"],
    target: UInt8[np.ndarray, "h w 3"],
    what: str,
    truth: Callable[[int, int], object] | None = None,
) -> list[str]:
    """Return one sentence that counts the pixels of `wrong` and shows the first one; [] where there are none.

    what: follows the count ("normals are off by more than half an 8-bit step"). truth: what the pixel at (row, column)
    should show.
    """
    if not wrong.any():
        return []
    y, x = (int(i) for i in np.argwhere(wrong)[0])
    first = f"the first, at row {y}, column {x}, is {tuple(target[y, x].tolist())}"
    return [f"{int(wrong.sum())} {what}: {first}" + ("" if truth is None else f" for {truth(y, x)}")]


def _color_problems(meta: PairMeta, colors: Sequence[ColorEntry]) -> list[str]:
    pairs = enumerate(zip_longest(colors, meta.colors))
    wrong = [(i, expected, got) for i, (expected, got) in pairs if expected != got]
    if not wrong:
        return []
    first, expected, got = wrong[0]
    return [
        f"meta's colors, {len(wrong)} of {max(len(colors), len(meta.colors))} entries: expected entry {first} to be"
        f" {_describe_entry(expected)} by prompt, pixels and truth, got {_describe_entry(got)}"
    ]


def _describe_entry(entry: ColorEntry | None) -> str:
    if entry is None:
        return "none"
    return f"{entry.label!r} in {entry.rgb} with ids {list(entry.ids)}, scored={entry.scored}"


def _list_parameters(parameters: Sequence[CodecParameter]) -> str:
    return ", ".join(f"{parameter.name} = {parameter.value:g}" for parameter in parameters)
