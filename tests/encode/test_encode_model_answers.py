"""What a model paints, not what we paint: any image is an answer, and colours are not exact."""

from dataclasses import replace

import numpy as np
import pytest

from encode import ArrayError, CodecParameter, ColorEntry, Frame, PairMeta, get_task, make_pairs, task_names
from encode.segmentation.flat_colors import decode_entries, entry_confidence
from tests.encode.raycaster import build_frame


@pytest.mark.parametrize("task", task_names())
def test_any_image_of_the_right_size_is_an_answer(frame: Frame, task: str) -> None:
    rng = np.random.default_rng(0)
    pair = make_pairs(frame, [task], seed=0)[0]
    for rgb in (rng.integers(0, 256, pair.target.shape, dtype=np.uint8), np.zeros_like(pair.target), frame.image):
        scores = get_task(task).score(rgb, frame, pair.meta)
        assert all(isinstance(value, float) for value in scores.values())


@pytest.mark.wrong_arrays
@pytest.mark.parametrize("task", task_names())
def test_confidence_is_high_on_exact_colors_and_falls_with_noise(task: str) -> None:
    frame = build_frame(size=(128, 176))
    rng = np.random.default_rng(1)
    for pair in make_pairs(frame, [task], seed=4, prompts_per_task=8):
        exact = get_task(task).confidence(pair.target, pair.meta)
        assert exact.dtype == np.float32
        assert exact.shape == pair.meta.shape
        assert np.median(exact) > 0.97
        with_noise = np.clip(pair.target + rng.normal(0, 25, pair.target.shape), 0, 255).astype(np.uint8)
        noisy = get_task(task).confidence(with_noise, pair.meta)
        assert noisy.min() >= 0
        assert noisy.max() <= 1
        # Over the image, dark noise may be the image's own.
        assert (
            task in ("albedo", "shading")
            or pair.meta.codec == "outlines-over-image"
            or noisy.mean() < exact.mean() - 0.03
        )
        with pytest.raises(ArrayError, match="dtype uint8"):
            get_task(task).confidence(pair.target / 255, pair.meta)


def test_confidence_of_flat_colors_is_none_half_way_and_beyond_the_tolerance() -> None:
    color_entries = (ColorEntry("a", (200, 0, 0), (1,)), ColorEntry("background", (0, 0, 0), ()))
    tolerance = (CodecParameter("tolerance", 100.0),)
    meta = PairMeta("semantic", "flat-colors", tolerance, "k", color_entries, "t", "train", 0, 4, 1)
    rgb = np.array([[(200, 0, 0), (100, 0, 0), (150, 0, 0), (0, 255, 0)]], np.uint8)
    assert entry_confidence(rgb, meta)[0] == pytest.approx([1, 0, 1 - 50 / 150, 0])


def test_a_color_that_is_not_in_the_prompt_is_background() -> None:
    color_entries = (ColorEntry("a", (255, 0, 0), (1,)), ColorEntry("b", (0, 0, 255), (2,)))
    rest = ColorEntry("background", (0, 0, 0), ())
    meta = PairMeta(
        "semantic",
        "flat-colors",
        (CodecParameter("tolerance", 100.0),),
        "k",
        (*color_entries, rest),
        "t",
        "train",
        0,
        4,
        1,
    )
    columns = np.array([(200, 40, 30), (30, 10, 220), (127, 0, 127), (20, 20, 20)], np.uint8)
    rgb = np.tile(columns.repeat(5, 0), (5, 1, 1))
    expected = np.repeat([0, 1, 2, 2], 5)
    assert (decode_entries(rgb, meta) == expected).all()
    assert (decode_entries(rgb, meta, repair=False) == expected).all()
    without = replace(meta, colors=color_entries)
    assert (decode_entries(rgb, without) == np.where(expected == 2, -1, expected)).all()
