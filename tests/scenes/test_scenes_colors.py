"""A colour word's samples are that word and no other."""

import numpy as np
import pytest

from scenes.colors import COLOR_WORDS, color_word, sample_color


@pytest.mark.parametrize("word", COLOR_WORDS)
def test_samples_stay_in_their_word(word: str) -> None:
    rng = np.random.default_rng(7)
    assert {color_word(sample_color(rng, word)) for _ in range(200)} == {word}


def test_colors_between_words_have_none() -> None:
    for rgb in ((0.9, 0.65, 0.15), (0.3, 0.55, 0.6), (0.75, 0.75, 0.76), (0.6, 0.75, 0.2)):
        assert color_word(rgb) == ""


def test_plain_colors_have_their_word() -> None:
    known = {
        "red": (0.75, 0.1, 0.12),
        "blue": (0.1, 0.3, 0.7),
        "white": (0.95, 0.95, 0.95),
        "black": (0.05, 0.05, 0.05),
    }
    for word, rgb in known.items():
        assert color_word(rgb) == word
