"""The request of a prompt is parsed from its text alone: every task, both splits, many seeds."""

from collections import Counter

import pytest

from encode import Pair, make_pairs, parse, task_names
from encode.colors.distance import ciede2000, rgb_distance, srgb_to_lab
from encode.colors.legend import MINIMUM_CIEDE2000, MINIMUM_RGB
from encode.prompts.template import templates
from tests.encode.raycaster import build_frame

SEEDS = 40


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    view = build_frame(size=(96, 128))
    return [
        pair
        for seed in range(SEEDS)
        for split in ("train", "heldout")
        for pair in make_pairs(view, task_names(), seed=seed, split=split)
    ]


def test_every_prompt_reads_back(pairs: list[Pair]) -> None:
    assert set(Counter(pair.meta.task for pair in pairs)) == set(task_names())
    for pair in pairs:
        parsed, meta = parse(pair.prompt), pair.meta
        assert (parsed.task, parsed.codec, parsed.split) == (meta.task, meta.codec, meta.split), pair.prompt
        if meta.task in ("semantic", "referring", "amodal", "reasoning", "interactive", "parts", "materials", "edges"):
            assert list(parsed.legend) == [(color_entry.label, color_entry.rgb) for color_entry in meta.foreground], (
                pair.prompt
            )
            assert parsed.background == meta.background
        if meta.task == "panoptic":
            listed = [rgb for _, rgb in parsed.legend] + [rgb for _, colors in parsed.things for rgb in colors]
            assert bool(parsed.classes) == bool(pair.answer) == (not listed)
            assert listed in ([], [color_entry.rgb for color_entry in meta.foreground])
            assert parsed.background == meta.background
        if meta.task == "instance":
            assert parsed.label
            assert parsed.background == meta.background
            assert sorted(parsed.colors) in ([], sorted(color_entry.rgb for color_entry in meta.foreground))


def test_many_templates_of_both_splits_are_used(pairs: list[Pair]) -> None:
    used = {(pair.meta.task, pair.meta.split, pair.meta.template) for pair in pairs}
    for task in task_names():
        for split, least in (("train", 10), ("heldout", 3)):
            assert len({name for t, s, name in used if (t, s) == (task, split)}) >= least
    train, heldout = ({t.text for t in templates() if t.split == split} for split in ("train", "heldout"))
    assert not train & heldout


def test_colors_of_one_prompt_stay_apart(pairs: list[Pair]) -> None:
    for pair in pairs:
        if pair.meta.codec == "flat-colors":
            colors = [color_entry.rgb for color_entry in pair.meta.colors]
            for i, a in enumerate(colors):
                for b in colors[i + 1 :]:
                    assert float(rgb_distance(a, b)) >= MINIMUM_RGB
                    assert float(ciede2000(srgb_to_lab(a), srgb_to_lab(b))) >= MINIMUM_CIEDE2000
