"""Are the pairs of a view those that the configuration draws: none missing, none extra, none different?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

import numpy as np
from jaxtyping import UInt8

from encode import Frame, Pair, make_pairs, why_unusable
from encode.formulas.channels import any_channel
from encode.reading.short_text import short_repr
from shards.audit.expectations import PairExpectations

__all__ = ["draw_problems", "same_draws"]


def same_draws(versions: Mapping[str, str], expectations: PairExpectations) -> bool:
    """Whether the versions that made these pairs are installed here, so that the same seed gives the same pairs."""
    return all(versions.get(name) == version for name, version in expectations.versions.items())


def draw_problems(
    frame: Frame, stored: Sequence[Pair], expectations: PairExpectations, *, same: bool
) -> Iterator[tuple[str, str, str]]:
    """Yield (check, key, detail) for the pairs of one frame.

    The pairs are drawn again with the same seed, since a task without a pair may have had nothing to ask. Unless `same`
    (see `same_draws`), other versions may have drawn others, and only their number is checked.

    Tasks that do not load are left out. Raises EncodeError where nothing can be drawn from the frame's truth.
    """
    tasks = tuple(task for task in expectations.tasks if why_unusable(task) is None)
    held = {pair.key: pair for pair in stored if pair.meta.task in tasks or pair.meta.task not in expectations.tasks}
    drawn = {pair.key: pair for pair in _drawn(frame, tasks, expectations)}
    for key, pair in drawn.items():
        if key not in held:
            yield "missing pair", key, f"expected a pair that asks {pair.prompt!r}, got none"
    allowed = drawn if same else _all_keys(frame.key, expectations)
    for key, pair in held.items():
        if key not in allowed:
            yield "extra pair", key, f"expected {len(drawn)} pairs of {frame.key} by config.yaml, got this one too"
        elif same:
            yield from (("draw", key, detail) for detail in _differences(pair, drawn[key], expectations.seed))


def _drawn(frame: Frame, tasks: Sequence[str], expectations: PairExpectations) -> list[Pair]:
    return make_pairs(
        frame,
        tasks,
        seed=expectations.seed,
        prompts_per_task=expectations.prompts_per_task,
        split=expectations.split,
        shares=expectations.shares,
    )


def _all_keys(frame_key: str, expectations: PairExpectations) -> set[str]:
    return {
        f"{frame_key}-{task}-{index:02d}"
        for task in expectations.tasks
        for index in range(expectations.prompts_per_task)
    }


def _differences(got: Pair, drawn: Pair, seed: int) -> Iterator[str]:
    if got.prompt != drawn.prompt:
        yield f"expected the prompt {drawn.prompt!r} that seed {seed} draws, got {short_repr(got.prompt)}"
    for field in fields(drawn.meta):
        value, expected = getattr(got.meta, field.name), getattr(drawn.meta, field.name)
        if value != expected:
            yield f"expected {field.name} {expected!r} in meta.json by seed {seed}, got {short_repr(value)}"
    if got.answer != drawn.answer:
        yield f"expected the text answer {drawn.answer!r} that seed {seed} draws, got {short_repr(got.answer)}"
    if differing := _differing(got.target, drawn.target):
        yield f"expected the target that seed {seed} draws, {differing} pixels differ"
    if got.source2 is None and drawn.source2 is None:
        return
    black = np.zeros_like(drawn.target)
    source2, drawn2 = (black if pair.source2 is None else pair.source2 for pair in (got, drawn))
    if differing := _differing(source2, drawn2):
        yield f"expected the second source that seed {seed} draws, {differing} pixels differ"


def _differing(got: UInt8[np.ndarray, "h w 3"], drawn: UInt8[np.ndarray, "H W 3"]) -> int | str:
    if np.array_equal(got, drawn):
        return 0
    return int(any_channel(got != drawn).sum()) if got.shape == drawn.shape else "all"
