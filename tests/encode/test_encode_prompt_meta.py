"""Answers to a prompt of which only the text is known."""

import numpy as np
import pytest

from encode import (
    ColorError,
    Frame,
    PromptError,
    TaskError,
    get_task,
    make_pairs,
    meta_of_answer,
    meta_of_legend,
    meta_of_prompt,
    task_names,
)
from encode.depth.codec import RELATIVE
from encode.metrics import depth_metrics


@pytest.mark.parametrize("task", task_names())
def test_decoding_by_the_prompt_is_decoding_by_meta(frame: Frame, task: str) -> None:
    for pair in make_pairs(frame, [task], seed=2, prompts_per_task=12):
        meta = meta_of_answer(meta_of_prompt(pair.prompt, pair.target.shape[:2]), pair.answer)
        assert (meta.task, meta.codec, meta.background) == (pair.meta.task, pair.meta.codec, pair.meta.background)
        assert meta.shape == pair.meta.shape
        from_prompt, from_meta = get_task(task).decode(pair.target, meta), get_task(task).decode(pair.target, pair.meta)
        if pair.meta.codec in RELATIVE:
            scores = depth_metrics(from_prompt, from_meta, relative=RELATIVE[pair.meta.codec])
            assert scores["aligned_delta1"] > 0.95
        elif isinstance(from_meta, dict):
            assert from_prompt.keys() == from_meta.keys()
            assert all((from_prompt[label] == from_meta[label]).all() for label in from_meta)
        else:
            np.testing.assert_array_equal(from_prompt, from_meta)
        np.testing.assert_array_equal(
            get_task(task).confidence(pair.target, meta), get_task(task).confidence(pair.target, pair.meta)
        )


def test_a_prompt_in_own_words_needs_only_the_legend() -> None:
    answer = np.full((40, 40, 3), (5, 10, 0), np.uint8)
    answer[10:30, 5:20], answer[10:30, 25:35] = (240, 10, 5), (20, 10, 230)
    legend = {"cat": (255, 0, 0), "dog": (0, 0, 255)}
    index = get_task("semantic").decode(answer, meta_of_legend(legend, (40, 40)))
    assert [int((index == i).sum()) for i in range(3)] == [300, 200, 1100]
    masks = get_task("referring").decode(answer, meta_of_legend(legend, (40, 40), task="referring"))
    assert masks["dog"].sum() == 200
    assert get_task("instance").decode(answer, meta_of_legend({}, (40, 40), task="instance")).max() == 2
    named = meta_of_legend({**legend, "background": (255, 255, 0)}, (40, 40))
    assert (named.background, len(named.foreground)) == ((255, 255, 0), 2)
    with pytest.raises(ColorError, match="legend: expected colours at least 64 apart"):
        meta_of_legend({"night": (10, 10, 10)}, (40, 40))
    with pytest.raises(TaskError, match="got 'depth'"):
        meta_of_legend(legend, (40, 40), task="depth")


def test_a_prompt_that_does_not_parse_is_refused() -> None:
    with pytest.raises(PromptError, match="Paint a cat"):
        meta_of_prompt("Paint a cat.", (4, 4))
