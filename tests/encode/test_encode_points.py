"""Dots: where they are, reading back, metric and audit."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFilter

from encode import (
    ArrayError,
    CodecParameter,
    ColorEntry,
    Frame,
    MetaError,
    PairMeta,
    PairShares,
    audit_pair,
    get_task,
    make_pairs,
)
from encode.metrics.points import point_metrics, point_summary
from encode.pair import RGB
from encode.pixel_shapes import disc
from encode.points.decoder import decode_dots, dot_decoding
from encode.points.dots import Pixel, dots_of, largest_radius, paint_dots

RED: RGB = (230, 30, 20)
BLACK: RGB = (0, 0, 0)
SIZE = (96, 128)


def meta_of(radius: int) -> PairMeta:
    decoding = dot_decoding((ColorEntry("mug", RED, (1,)),), BLACK, radius)
    return PairMeta("points", "dots", decoding.parameters, "k", decoding.colors, "t", "train", 0, SIZE[1], SIZE[0])


def test_a_dot_is_a_disc_and_dots_never_touch() -> None:
    assert disc(2).sum() == 21
    assert disc(2)[0].tolist() == [False, True, True, True, False]
    near = [Pixel(10, 10), Pixel(19, 10)]
    assert largest_radius(near, 8) == 3
    image = paint_dots(SIZE, near, RED, BLACK, 3)
    assert not image[:, 14:16].any()
    assert largest_radius([Pixel(10, 10), Pixel(11, 10)], 8) == 0


def test_dots_are_on_the_most_interior_pixel(frame: Frame) -> None:
    for i, (x, y) in dots_of(frame).items():
        mask = np.pad(frame.truth.instance == i, 1)
        outside = np.argwhere(~mask) - 1
        inside = np.argwhere(mask) - 1
        distances = [((outside - pixel) ** 2).sum(-1).min() for pixel in inside[:: max(1, len(inside) // 200)]]
        assert ((outside - [y, x]) ** 2).sum(-1).min() >= max(distances)
        assert frame.truth.instance[y, x] == i


def test_a_hundred_dots_are_counted_exact_and_soft() -> None:
    rng = np.random.default_rng(0)
    dots = [Pixel(6 + 12 * i + int(rng.integers(3)), 5 + 9 * j) for i in range(10) for j in range(10)]
    image = paint_dots(SIZE, dots, RED, BLACK, 2)
    exact = decode_dots(image, meta_of(2))
    assert sorted(map(tuple, (exact - 0.5).tolist())) == sorted((float(x), float(y)) for x, y in dots)
    soft = np.asarray(Image.fromarray(image).filter(ImageFilter.GaussianBlur(1.0)))
    noisy = np.clip(image + rng.normal(0, 12, image.shape), 0, 255).astype(np.uint8)
    pale = np.where(image.any(-1, keepdims=True), np.array((190, 60, 50), np.uint8), np.uint8(10))
    for answer in (soft, noisy, pale):
        found = decode_dots(answer, meta_of(2))
        assert len(found) == 100
        assert np.abs(found - exact).max() < 0.7


def test_dots_that_a_model_lets_touch_are_told_apart_and_specks_left_out() -> None:
    places = [Pixel(20, 20), Pixel(29, 20), Pixel(60, 40), Pixel(90, 70), Pixel(100, 20)]
    image = paint_dots(SIZE, places, RED, BLACK, 4)
    image[80, 10:12] = RED
    assert len(decode_dots(image, meta_of(4))) == 5
    larger = paint_dots(SIZE, places[2:], RED, BLACK, 6)
    assert len(decode_dots(larger, meta_of(4))) == 3


def test_points_are_matched_to_instances_one_to_one() -> None:
    inside = np.array([[1, 0, 0], [1, 0, 0], [0, 0, 1], [0, 0, 0]], bool)
    scores = point_metrics(inside, np.array([True, True, False]))
    # One in the first instance, one too many there, one in what is not scored, one nowhere; the second is missed.
    assert (scores["tp"], scores["fp"], scores["fn"]) == (1, 2, 1)
    assert scores["f1"] == pytest.approx(2 / 5)
    assert (scores["error"], scores["exact"]) == (1, 0)
    crossed = np.array([[1, 1], [1, 0]], bool)  # taking the first for the first would lose one
    assert point_metrics(crossed, np.array([True, True]))["f1"] == 1
    for points in (2, 3):
        assert point_metrics(inside[:points], np.array([True, True, False]))["exact"] == 1
    empty = point_metrics(np.zeros((0, 0), bool), np.zeros(0, bool))
    assert np.isnan(empty["f1"])
    summary = point_summary([scores, empty])
    assert summary == pytest.approx({"mae": 0.5, "exact": 0.5, "f1": 0.4, "n_acc": 1.0})


def test_pairs_count_what_is_seen_and_what_is_not_there(frame: Frame) -> None:
    for share in (0.0, 1.0):
        pairs = make_pairs(frame, ["points"], seed=1, prompts_per_task=4, shares=PairShares(absent_share=share))
        for pair in pairs:
            ids = [i for entry in pair.meta.foreground for i in entry.ids]
            assert (ids == []) == (share == 1.0)
            assert len(decode_dots(pair.target, pair.meta)) == len(ids)
            assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == []
            scores = get_task("points").score(pair.target, frame, pair.meta)
            assert (scores["exact"], scores["fp"], scores["fn"]) == (1, 0, 0)


@pytest.mark.parametrize("radius", [0.0, 1e6, float("nan")])
def test_dots_of_no_size_that_there_is_are_refused(radius: float) -> None:
    meta = replace(meta_of(3), codec_parameters=(CodecParameter("radius", radius),))
    with pytest.raises(MetaError, match="radius of dots: expected 1 to 256 pixels, got"):
        decode_dots(np.zeros((*SIZE, 3), np.uint8), meta)


def test_dots_without_a_colour_are_refused() -> None:
    meta = replace(meta_of(3), colors=(ColorEntry("background", BLACK, (0,)),))
    with pytest.raises(MetaError, match="an entry besides the background"):
        decode_dots(np.zeros((*SIZE, 3), np.uint8), meta)


def test_an_answer_of_another_size_than_the_frame_is_refused(frame: Frame) -> None:
    pair = make_pairs(frame, ["points"], seed=0)[0]
    height, width = frame.truth.shape
    larger = np.zeros((2 * height, 2 * width, 3), np.uint8)
    meta = replace(pair.meta, width=2 * width, height=2 * height)
    with pytest.raises(ArrayError, match="points"):
        get_task("points").score(larger, frame, meta)
