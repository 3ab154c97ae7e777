"""Normals: the published colours, the 8-bit bound, black for none."""

import numpy as np
import pytest

from encode import ArrayError
from encode.normals.codec import decode_normals, encode_normals, normals_agree
from encode.pair import RGB


def one(*vector: float) -> np.ndarray:
    return np.array([[vector]], np.float32)


def sphere(count: int = 4000) -> np.ndarray:
    vectors = np.random.default_rng(0).normal(size=(1, count, 3))
    vectors[..., 2] = np.abs(vectors[..., 2])
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize(
    ("vector", "color"),
    [
        ((-1, 0, 0), (255, 128, 128)),  # left: pinkish red
        ((1, 0, 0), (0, 128, 128)),  # right: dark cyan
        ((0, 1, 0), (128, 255, 128)),  # up: light green
        ((0, 0, 1), (128, 128, 255)),  # toward the viewer: blue-violet
        ((0, 0, 0), (0, 0, 0)),
    ],
)
def test_axes_have_the_published_colors(vector: tuple[int, int, int], color: RGB) -> None:
    assert tuple(encode_normals(one(*vector))[0, 0].tolist()) == color


def test_round_trip_is_within_half_a_step_and_renormalised() -> None:
    normal = sphere()
    rgb = encode_normals(normal)
    assert normals_agree(rgb, normal).all()
    decoded = decode_normals(rgb)
    np.testing.assert_allclose(np.linalg.norm(decoded, axis=-1), 1, atol=1e-6)
    assert np.degrees(np.arccos(np.clip((decoded * normal).sum(-1), -1, 1))).max() < 0.5


def test_pixels_without_a_normal_are_black_and_stay_so_after_noise() -> None:
    rgb = np.random.default_rng(0).integers(0, 25, (20, 20, 3), dtype=np.uint8)
    assert not decode_normals(rgb).any()
    assert not decode_normals(np.full((2, 2, 3), 128, np.uint8)).any()  # mid grey has no direction


def test_a_normal_that_differs_from_the_truth_is_found() -> None:
    normal = sphere(10)
    rgb = encode_normals(normal)
    rgb[0, 3, 1] ^= 1
    assert (~normals_agree(rgb, normal)).sum() == 1
    flipped = encode_normals(one(0, 0, 0))
    assert not normals_agree(flipped, one(0, 0, 1)).any()
    assert not normals_agree(encode_normals(one(0, 0, 1)), one(0, 0, 0)).any()


def test_red_decreases_with_x() -> None:
    a = encode_normals(one(0.6, 0, 0.8))[0, 0]
    b = encode_normals(one(-0.6, 0, 0.8))[0, 0]
    assert a[0] < 128 < b[0]
    assert (a[1:] == b[1:]).all()


@pytest.mark.parametrize("bad", [one(0, 0, 0.5), one(0, 0, 2), one(np.nan, 0, 1)])
def test_vectors_that_are_not_unit_are_refused(bad: np.ndarray) -> None:
    with pytest.raises(ArrayError, match="unit vectors, or 0 where no surface"):
        encode_normals(bad)


@pytest.mark.wrong_arrays
def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ArrayError, match=r"shape \(h, w, 3\)"):
        encode_normals(np.zeros((3, 3), np.float32))
    with pytest.raises(ArrayError, match="dtype float32 or float64"):
        encode_normals(np.zeros((3, 3, 3), np.int32))
