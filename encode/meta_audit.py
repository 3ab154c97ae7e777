"""Whether `meta.json` says what prompt, pixels and truth say: each part is derived anew and must be equal."""

from collections.abc import Sequence
from itertools import zip_longest

from encode.pair import CodecParameter, ColorEntry, PairMeta

__all__ = ["meta_problems"]


def meta_problems(
    meta: PairMeta,
    *,
    colors: Sequence[ColorEntry],
    parameters: Sequence[CodecParameter],
    expression: str = "",
) -> list[str]:
    """Return what differs in `meta` from these, which the caller took from prompt, pixels and truth alone."""
    problems = []
    if meta.codec_parameters != tuple(parameters):
        problems.append(
            f"meta's codec parameters: expected {_numbers(parameters)}, got {_numbers(meta.codec_parameters)}"
        )
    if meta.expression != expression:
        problems.append(f"meta's expression: expected {expression!r}, got {meta.expression!r}")
    return problems + _color_problems(meta, colors)


def _color_problems(meta: PairMeta, colors: Sequence[ColorEntry]) -> list[str]:
    pairs = enumerate(zip_longest(colors, meta.colors))
    wrong = [(place, expected, got) for place, (expected, got) in pairs if expected != got]
    if not wrong:
        return []
    place, expected, got = wrong[0]
    return [
        f"meta's colors, {len(wrong)} of {max(len(colors), len(meta.colors))} entries: expected entry {place} to be"
        f" {_entry(expected)} by prompt, pixels and truth, got {_entry(got)}"
    ]


def _entry(entry: ColorEntry | None) -> str:
    if entry is None:
        return "none"
    return f"{entry.label!r} in {entry.rgb} with ids {list(entry.ids)}, scored={entry.scored}"


def _numbers(parameters: Sequence[CodecParameter]) -> str:
    return ", ".join(f"{entry.name} = {entry.value:g}" for entry in parameters)
