"""Targets as PNG files and back, and the files that are not answers."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from encode import ArrayError, Frame, get_task, make_pairs, read_rgb, task_names, write_png
from encode.depth.codec import DEPTH_CODECS, codec_of_image


def file_of(image: Image.Image, kind: str = "PNG", **options: bool) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("task", task_names())
def test_targets_come_back_from_png_to_the_bit(frame: Frame, task: str, tmp_path: Path) -> None:
    pair = make_pairs(frame, [task], seed=0)[0]
    write_png(tmp_path / "target.png", pair.target)
    again = read_rgb(tmp_path / "target.png")
    np.testing.assert_array_equal(again, pair.target)
    assert get_task(task).score(again, frame, pair.meta) == get_task(task).score(pair.target, frame, pair.meta)


@pytest.mark.parametrize("name", DEPTH_CODECS)
def test_depth_comes_back_from_png_within_its_bound(name: str, tmp_path: Path) -> None:
    depth = np.random.default_rng(0).uniform(0.3, 30, (40, 60)).astype(np.float32)
    codec = codec_of_image(name, depth)
    assert codec is not None
    write_png(str(tmp_path / "depth.png"), codec.encode(depth))
    error = np.abs(codec.decode(read_rgb(str(tmp_path / "depth.png"))) - depth)
    assert (error <= codec.quantisation_bound(depth) + 1e-5 * depth).all()


def test_other_8_bit_images_are_read_as_rgb() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    image = Image.fromarray(rgb)
    np.testing.assert_array_equal(read_rgb(file_of(image.convert("RGBA"))), rgb)
    np.testing.assert_array_equal(read_rgb(file_of(image, "WEBP", lossless=True)), rgb)
    gray = np.asarray(image.convert("L"))
    np.testing.assert_array_equal(read_rgb(file_of(image.convert("L"))), np.stack([gray] * 3, -1))
    two = Image.fromarray(np.where(rgb[..., :1] > 128, np.uint8(200), np.uint8(0)).repeat(3, -1))
    np.testing.assert_array_equal(read_rgb(file_of(two.quantize(2))), np.asarray(two))


def test_answers_of_another_size_get_no_new_colors() -> None:
    rgb = np.zeros((8, 8, 3), np.uint8)
    rgb[:, 4:] = (255, 0, 0)
    larger = read_rgb(file_of(Image.fromarray(rgb)), (20, 20))
    assert larger.shape == (20, 20, 3)
    assert {tuple(color) for color in larger.reshape(-1, 3).tolist()} == {(0, 0, 0), (255, 0, 0)}
    assert (larger[:, 10:] == (255, 0, 0)).all()
    with pytest.raises(ArrayError, match=r"expected the aspect ratio of height and width \(8, 9\), got \(8, 8\)"):
        read_rgb(file_of(Image.fromarray(rgb)), (8, 9))


@pytest.mark.wrong_arrays
def test_images_that_are_not_answers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        ArrayError, match=r"image bytes: expected an image file \(PNG, JPEG or WebP\), got another format"
    ):
        read_rgb(b"no image")
    with pytest.raises(ArrayError, match="expected 8 bits a channel, got 16"):
        read_rgb(file_of(Image.fromarray(np.zeros((2, 2), np.uint16))))
    with pytest.raises(ArrayError, match="expected an opaque image, got transparent pixels"):
        read_rgb(file_of(Image.new("RGBA", (2, 2), (255, 0, 0, 128))))
    with pytest.raises(FileNotFoundError):
        read_rgb(tmp_path / "absent.png")
    cut = file_of(Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)))[:3000]
    with pytest.raises(ArrayError, match=r"expected an image file .*, got"):
        read_rgb(cut)
    with pytest.raises(ArrayError, match="a name that ends in"):
        write_png(tmp_path / "a.jpg", np.zeros((2, 2, 3), np.uint8))
    with pytest.raises(ArrayError, match="expected dtype uint8, got dtype float64"):
        write_png(tmp_path / "a.png", np.zeros((2, 2, 3)))
