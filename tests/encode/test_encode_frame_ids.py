"""What is measured once a frame equals what is measured of each map and mask alone."""

import numpy as np
import pytest

from encode.depth.scale import SCALE_NAMES, get_scale
from encode.formulas.channels import dots, largest, packed_colors
from encode.formulas.id_map import compact_ids, windows_of
from encode.formulas.rle import mask_of_runs, runs_of_mask
from encode.formulas.rotation import are_rotations, euler_matrix, is_rotation
from encode.frame_ids import IdIndex
from encode.segmentation.instances import is_scorable
from encode.segmentation.paint import paint_ids


@pytest.mark.parametrize("ids", [[0, 1, 2], [3, 9], [0, 4_000_000_000], [7], [5_000, 1_048_576]])
def test_an_index_of_ids_is_numpys(ids: list[int]) -> None:
    id_map = np.random.default_rng(0).choice(np.array(ids, np.uint32), (13, 17))
    index = IdIndex.of(id_map)
    values, positions, counts = np.unique(id_map, return_inverse=True, return_counts=True)
    assert np.array_equal(index.ids, values)
    assert np.array_equal(index.positions, positions.reshape(id_map.shape))
    assert np.array_equal(index.counts, counts)
    assert not index.positions.flags.writeable
    for id_, (rows, columns) in windows_of(*compact_ids(id_map)).items():
        y, x = np.nonzero(id_map == id_)
        assert (rows.start, rows.stop, columns.start, columns.stop) == (y.min(), y.max() + 1, x.min(), x.max() + 1)


@pytest.mark.parametrize("ids", [[0, 1, 2], [3, 4_095], [4_096, 9], [0, 4_000_000_000]])
def test_ids_are_painted_and_all_else_is_background(ids: list[int]) -> None:
    id_map = np.random.default_rng(1).choice(np.array([*ids, 77], np.uint32), (9, 11))
    colors = {id_: (id_ % 251, 3, 9) for id_ in (*ids, 1234)}
    painted = paint_ids(id_map, colors, (1, 2, 3))
    expected = [[colors.get(id_, (1, 2, 3)) for id_ in row] for row in id_map.tolist()]
    assert painted.tolist() == [[list(color) for color in row] for row in expected]


def test_any_runs_give_their_mask() -> None:
    rng = np.random.default_rng(2)
    for _ in range(500):
        height, width = rng.integers(1, 9, 2).tolist()
        cuts = np.sort(rng.integers(0, height * width + 1, int(rng.integers(0, 7))))
        runs = np.diff(np.concatenate([[0], cuts, [height * width]])).astype(np.int32)
        flat = np.repeat(np.arange(len(runs)) % 2 == 1, runs)
        mask = mask_of_runs(runs, (height, width))
        assert np.array_equal(mask, flat.reshape(width, height).T)
        assert np.array_equal(mask_of_runs(np.array(runs_of_mask(mask), np.int32), (height, width)), mask)


def test_an_object_is_scored_alike_in_its_window_and_in_the_image() -> None:
    rng = np.random.default_rng(3)
    for _ in range(200):
        image = np.zeros((30, 40), bool)
        for _ in range(int(rng.integers(1, 4))):
            top, left, height, width = rng.integers(0, 26, 4).tolist()
            image[top : top + height % 6 + 1, left : left + width % 9 + 1] = True
        y, x = np.nonzero(image)
        window = image[max(y.min() - 1, 0) : y.max() + 2, max(x.min() - 1, 0) : x.max() + 2]
        assert is_scorable(window, image_size=image.size) == is_scorable(image)


@pytest.mark.parametrize("name", SCALE_NAMES)
def test_every_color_of_a_scale_is_of_one_cell(name: str) -> None:
    scale = get_scale(name)
    cells = np.arange(len(scale.colors))
    assert np.array_equal(scale.exact(scale.colors[None]), cells[None])
    assert np.array_equal(scale.nearest(scale.colors[None]), cells[None])
    off = scale.colors.copy()
    off[:, 1] ^= 1
    known = {tuple(color) for color in scale.colors.tolist()}
    is_off = np.array([tuple(color) not in known for color in off.tolist()])
    assert np.array_equal(scale.exact(off[None])[0] < 0, is_off)


def test_packed_colors_are_distinct() -> None:
    colors = np.random.default_rng(4).integers(0, 256, (5, 7, 3), np.uint8)
    red, green, blue = np.moveaxis(colors.astype(int), -1, 0)
    assert np.array_equal(packed_colors(colors), red + 256 * green + 65536 * blue)


def test_sums_and_maxima_of_channels_are_numpys() -> None:
    a, b = np.random.default_rng(5).normal(size=(2, 6, 5, 3))
    assert np.allclose(dots(a, b), np.einsum("hwc,hwc->hw", a, b), rtol=1e-14)
    assert np.array_equal(largest(a), a.max(-1))


def test_many_matrices_are_judged_as_each_alone() -> None:
    turned = euler_matrix((0.1, 2.0, -0.7))
    matrices = np.array([turned, -turned, turned * 1.001, np.eye(3), np.zeros((3, 3)), np.full((3, 3), np.nan)])
    assert are_rotations(matrices, 1e-6).tolist() == [True, False, False, True, False, False]
    assert [is_rotation(matrix, 1e-6) for matrix in matrices] == are_rotations(matrices, 1e-6).tolist()
    assert are_rotations(np.zeros((0, 3, 3)), 1e-6).tolist() == []
