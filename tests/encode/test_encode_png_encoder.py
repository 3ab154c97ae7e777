"""PNG files of our own writer, as Pillow reads them."""

import io
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jaxtyping import UInt8
from PIL import Image

from encode import ArrayError, Frame, make_pairs, write_png
from encode.png_encoder import encode_png
from shards import encode_image

Pixels = UInt8[np.ndarray, "h w 3"]


def pixels_of(content: bytes) -> Pixels:
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.mode, image.info) == ("PNG", "RGB", {})
        return np.asarray(image)


def filter_of(content: bytes) -> int:
    """Type of the first row's filter, by another inflater than libdeflate."""
    start = content.index(b"IDAT") + 4
    return zlib.decompressobj().decompress(content[start:-16], 1)[0]


@given(
    height=st.integers(1, 80), width=st.integers(1, 40), levels=st.sampled_from([1, 2, 256]), seed=st.integers(0, 99)
)
def test_pixels_come_back_whatever_the_size(height: int, width: int, levels: int, seed: int) -> None:
    image = np.random.default_rng(seed).integers(0, levels, (height, width, 3)).astype(np.uint8)
    np.testing.assert_array_equal(pixels_of(encode_png(image)), image)


@pytest.mark.parametrize("height", [64, 65, 300])  # one trial of all rows, and bands
def test_each_filter_is_chosen_where_it_fits_and_comes_back(height: int) -> None:
    rng = np.random.default_rng(0)
    few = np.array([(7, 90, 230), (250, 130, 0), (60, 10, 99)], np.uint8)[rng.integers(0, 3, (height, 50))]
    along = np.cumsum(rng.integers(0, 3, (height, 50, 3)), axis=1).astype(np.uint8)
    along += rng.integers(0, 256, (height, 1, 1), dtype=np.uint8)
    down = np.ascontiguousarray(np.cumsum(rng.integers(0, 2, (height, 50, 3)), axis=0).astype(np.uint8))
    down += rng.integers(0, 256, (1, 50, 3), dtype=np.uint8)
    for image, filter_type in ((few, 0), (along, 1), (down, 2)):
        content = encode_png(image)
        assert filter_of(content) == filter_type
        np.testing.assert_array_equal(pixels_of(content), image)


def test_the_same_pixels_give_the_same_bytes_in_any_memory_layout() -> None:
    image = np.random.default_rng(1).integers(0, 256, (70, 30, 3), dtype=np.uint8)
    content = encode_png(image)
    assert encode_png(image.copy()) == content
    assert encode_png(np.asfortranarray(image)) == content
    assert encode_png(np.repeat(image, 2, axis=1)[:, ::2]) == content


def test_files_and_members_are_written_by_one_writer(frame: Frame, tmp_path: Path) -> None:
    for pair in make_pairs(frame, ["depth", "normals", "semantic"], seed=0):
        write_png(tmp_path / "target.png", pair.target)
        assert (tmp_path / "target.png").read_bytes() == encode_image(pair.target) == encode_png(pair.target)


@pytest.mark.wrong_arrays
def test_no_pixels_and_other_types_are_refused() -> None:
    with pytest.raises(ArrayError, match=r"image: expected at least one pixel, got shape \(0, 4, 3\)"):
        encode_png(np.zeros((0, 4, 3), np.uint8))
    with pytest.raises(ArrayError, match="target: expected dtype uint8, got dtype float32"):
        encode_png(np.zeros((2, 2, 3), np.float32), "target")
