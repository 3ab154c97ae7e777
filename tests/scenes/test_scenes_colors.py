"""Samples of a colour name are called by that name and no other."""

import numpy as np
import pytest

from scenes.colors import COLOR_NAMES, color_name_of, sample_color


@pytest.mark.parametrize("name", COLOR_NAMES)
def test_samples_stay_in_their_name(name: str) -> None:
    rng = np.random.default_rng(7)
    assert {color_name_of(sample_color(rng, name)) for _ in range(200)} == {name}


def test_colors_between_names_have_none() -> None:
    for rgb in ((0.9, 0.65, 0.15), (0.3, 0.55, 0.6), (0.75, 0.75, 0.76), (0.6, 0.75, 0.2)):
        assert color_name_of(rgb) == ""


def test_plain_colors_have_their_name() -> None:
    known = {
        "red": (0.75, 0.1, 0.12),
        "blue": (0.1, 0.3, 0.7),
        "white": (0.95, 0.95, 0.95),
        "black": (0.05, 0.05, 0.05),
    }
    for name, rgb in known.items():
        assert color_name_of(rgb) == name
