"""Tests of channels, against numpy's own over the last axis."""

from typing import Any

import numpy as np
import pytest

from encode.formulas.channels import all_channels, any_channel, has_color


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.bool_])
def test_they_are_numpys_any_and_all(dtype: type) -> None:
    values: Any = np.random.default_rng(0).integers(0, 2, (7, 5, 3)).astype(dtype)
    np.testing.assert_array_equal(any_channel(values), values.any(-1))
    np.testing.assert_array_equal(all_channels(values == 1), (values == 1).all(-1))


def test_not_a_number_and_negative_zero_count_as_numpy_has_them() -> None:
    values = np.array([[[np.nan, 0, 0], [-0.0, 0, 0]]], np.float32)
    np.testing.assert_array_equal(any_channel(values), values.any(-1))


def test_a_color_is_found_where_all_channels_are_its() -> None:
    rgb = np.random.default_rng(1).integers(0, 2, (7, 5, 3), dtype=np.uint8)
    np.testing.assert_array_equal(has_color(rgb, (1, 0, 1)), (rgb == (1, 0, 1)).all(-1))
