"""Answers to a prompt of which only the text is known."""

import numpy as np
import pytest

from encode import PromptError, get_task, make_pairs, meta_of_prompt, task_names
from encode.metrics import depth_metrics


@pytest.mark.parametrize("task", task_names())
def test_decoding_by_the_prompt_is_decoding_by_meta(frame, task):
    for pair in make_pairs(frame, [task], seed=2, prompts_per_task=12):
        meta = meta_of_prompt(pair.prompt, pair.target.shape[:2])
        assert (meta.task, meta.codec, meta.background) == (pair.meta.task, pair.meta.codec, pair.meta.background)
        assert meta.shape == pair.meta.shape
        ours, theirs = get_task(task).decode(pair.target, meta), get_task(task).decode(pair.target, pair.meta)
        if pair.meta.codec == "inverse-gray":
            scores = depth_metrics(ours, theirs, relative=True)
            assert scores["aligned_delta1"] > 0.95
        elif isinstance(theirs, dict):
            assert ours.keys() == theirs.keys()
            assert all((ours[label] == theirs[label]).all() for label in theirs)
        else:
            np.testing.assert_array_equal(ours, theirs)
        np.testing.assert_array_equal(
            get_task(task).confidence(pair.target, meta), get_task(task).confidence(pair.target, pair.meta)
        )


def test_a_prompt_that_does_not_parse_is_refused():
    with pytest.raises(PromptError, match="Paint a cat"):
        meta_of_prompt("Paint a cat.", (4, 4))
