"""Shapes of pixels and windows of ids, against their definitions pixel by pixel."""

import numpy as np
import pytest

from encode.formulas.id_map import compact_ids, windows_of
from encode.pixel_shapes import most_interior, outline


@pytest.mark.parametrize("width", [1, 2, 4, 9])
@pytest.mark.parametrize("shape", [(1, 1), (3, 12), (9, 7), (16, 20)])
def test_an_outline_has_the_pixels_nearer_than_its_width_to_the_border(shape: tuple[int, int], width: int) -> None:
    rows, columns = np.indices(shape)
    depth = np.minimum.reduce([rows, columns, shape[0] - 1 - rows, shape[1] - 1 - columns])
    np.testing.assert_array_equal(outline(shape, width), depth < width)


def test_the_border_of_the_array_is_outside_of_a_mask() -> None:
    mask = np.zeros((9, 30), bool)
    mask[:, :12] = True
    assert most_interior(mask) == (4, 4)


def test_windows_are_the_boxes_of_ids() -> None:
    id_map = np.zeros((40, 50), np.uint32)
    id_map[3:9, 10:11], id_map[30:, 20:] = 7, 4_000_000_000
    assert windows_of(*compact_ids(id_map)) == {
        0: (slice(0, 40), slice(0, 50)),
        7: (slice(3, 9), slice(10, 11)),
        4_000_000_000: (slice(30, 40), slice(20, 50)),
    }
