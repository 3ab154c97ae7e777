"""The five stages of the instance decoder, one by one on hand-made images."""

import io

import numpy as np
import pytest
from PIL import Image, ImageFilter

from encode import ArrayError, CodecParameter, ColorEntry, PairMeta
from encode.colors.legend import draw_colors
from encode.metrics.instance import mask_ious
from encode.pair import RGB
from encode.segmentation.flat_colors import decode_entries
from encode.segmentation.flood import background_mask, flood_labels
from encode.segmentation.instances import (
    crisp_paint,
    decode_instances,
    drop_halos,
    drop_small,
    is_scorable,
)
from encode.segmentation.pieces import merge_pieces
from encode.segmentation.shades import painted_colors

BLACK = (0, 0, 0)
RED, GREEN, BLUE = (230, 20, 30), (20, 220, 40), (30, 40, 240)


def canvas(height: int = 100, width: int = 120) -> np.ndarray:
    return np.zeros((height, width, 3), np.uint8)


def test_stage_1_background_is_nearer_than_14() -> None:
    image = canvas(1, 3)
    image[0, 1] = (13, 0, 0)
    image[0, 2] = (14, 0, 0)
    assert background_mask(image, BLACK, 14).tolist() == [[True, True, False]]


def test_stage_2_fill_compares_with_the_seed_not_with_the_neighbour() -> None:
    image = canvas(4, 40)
    image[..., 0] = 100 + 2 * np.arange(40)  # each step is tiny, the whole is not
    labels = flood_labels(image, np.ones((4, 40), bool), 14)
    assert labels[0, :7].tolist() == [1] * 7
    assert labels[0, 7] == 2
    assert labels.max() == 6


def test_stage_2_joins_by_sides_not_by_corners() -> None:
    image = canvas(4, 4)
    image[:2, :2] = image[2:, 2:] = RED
    labels = flood_labels(image, ~background_mask(image, BLACK, 14), 14)
    assert (labels[0, 0], labels[3, 3]) == (1, 2)


def slow_flood(image: np.ndarray, free: np.ndarray, tolerance: float) -> np.ndarray:
    """The definition, pixel by pixel."""
    labels = np.zeros(free.shape, int)
    count = 0
    for seed in zip(*np.nonzero(free), strict=True):
        if labels[seed]:
            continue
        count += 1
        stack, color = [seed], image[seed].astype(float)
        labels[seed] = count
        while stack:
            y, x = stack.pop()
            for ny, nx in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
                inside = 0 <= ny < free.shape[0] and 0 <= nx < free.shape[1]
                open_to = inside and free[ny, nx] and not labels[ny, nx]
                if open_to and np.linalg.norm(image[ny, nx] - color) < tolerance:
                    labels[ny, nx] = count
                    stack.append((ny, nx))
    return labels


@pytest.mark.parametrize("seed", range(6))
def test_stage_2_equals_the_pixel_by_pixel_definition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 4, (30, 44, 3)).astype(np.uint8) * 5
    image += rng.integers(0, 2, (5, 4, 1)).repeat(6, 0).repeat(11, 1).astype(np.uint8) * 40
    free = rng.random((30, 44)) < 0.95
    np.testing.assert_array_equal(flood_labels(image, free, 14.0), slow_flood(image, free, 14.0))


def test_stage_3_drops_less_than_two_in_ten_thousand() -> None:
    labels = np.zeros((100, 100), np.int32)
    labels[0, 0] = 1
    labels[10, 10:12] = 2
    assert np.unique(drop_small(labels, 2e-4)).tolist() == [0, 1]
    assert drop_small(labels, 2e-4)[10, 10] == 1


def test_stage_4_drops_halos_and_keeps_what_is_thick() -> None:
    labels = np.zeros((60, 60), np.int32)
    labels[10:30, 10:30] = 1
    labels[10, 10:30] = labels[29, 10:30] = 2  # a rim one pixel wide
    labels[40:43, 0:60] = 3  # three wide, to both borders: a third is left
    cleaned = drop_halos(labels, 0.1)
    assert cleaned[15, 15] == 1
    assert cleaned[10, 15] == 0
    assert cleaned[41, 30] == 2


def two_pieces(gap: int, colors: tuple[RGB, RGB] = (RED, RED)) -> tuple[np.ndarray, np.ndarray]:
    image, labels = canvas(40, 400), np.zeros((40, 400), np.int32)
    for number, start in ((1, 10), (2, 20 + gap)):
        image[10:20, start : start + 10] = colors[number - 1]
        labels[10:20, start : start + 10] = number
    return image, labels


@pytest.mark.parametrize(("gap", "count"), [(5, 1), (80, 1), (81, 2), (200, 2)])
def test_stage_5_merges_up_to_five_times_the_boxes(gap: int, count: int) -> None:
    # Two boxes of 10 x 10 and a joint one of 10 x (20 + gap): 5 * 200 = 1000 at a gap of 80.
    assert merge_pieces(*two_pieces(gap), 14, 5).max() == count


def test_stage_5_leaves_other_colors_apart() -> None:
    assert merge_pieces(*two_pieces(5, (RED, (230, 35, 30))), 14, 5).max() == 2
    assert merge_pieces(*two_pieces(5, (RED, (230, 30, 30))), 14, 5).max() == 1


def test_stage_5_merges_three_pieces_in_a_row() -> None:
    image = canvas(40, 100)
    for start in (10, 30, 50):
        image[10:20, start : start + 10] = RED
    assert decode_instances(image, BLACK).max() == 1


def scene() -> tuple[np.ndarray, np.ndarray]:
    image, truth = canvas(120, 160), np.zeros((120, 160), np.int64)
    blocks = (((10, 60), (10, 50), RED), ((20, 90), (60, 100), GREEN), ((70, 110), (105, 150), BLUE))
    for number, ((y0, y1), (x0, x1), color) in enumerate(blocks, start=1):
        image[y0:y1, x0:x1] = color
        truth[y0:y1, x0:x1] = number
    image[100:115, 10:50] = image[105:110, 70:80] = (200, 190, 10)
    truth[100:115, 10:50] = truth[105:110, 70:80] = 4  # cut in two by something
    return image, truth


def ious(image: np.ndarray, truth: np.ndarray) -> np.ndarray:
    labels = decode_instances(image, BLACK)
    label_ids = list(range(1, labels.max() + 1))
    assert len(label_ids) == 4
    return mask_ious(labels, label_ids, truth, [1, 2, 3, 4]).max(0)


def test_an_exact_image_decodes_exactly() -> None:
    assert ious(*scene()).min() == 1


def test_what_a_model_paints_decodes() -> None:
    image, truth = scene()
    rng = np.random.default_rng(0)
    noisy = np.clip(image.astype(int) + rng.integers(-3, 4, image.shape), 0, 255).astype(np.uint8)
    assert ious(noisy, truth).min() > 0.99
    blurred = np.asarray(Image.fromarray(image).filter(ImageFilter.GaussianBlur(1.0)))
    assert ious(blurred, truth).min() > 0.6
    stream = io.BytesIO()
    Image.fromarray(image).save(stream, "JPEG", quality=95, subsampling=0)
    assert ious(np.asarray(Image.open(stream)), truth).min() > 0.9


def test_an_image_of_background_alone_has_no_instances() -> None:
    assert decode_instances(canvas(), BLACK).max() == 0
    assert decode_instances(canvas() + np.uint8(200), (200, 200, 200)).max() == 0


def test_decoding_white_noise_ends_without_instances() -> None:
    image = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    assert decode_instances(image, BLACK).max() == 0


@pytest.mark.parametrize(
    ("shape", "scorable"),
    [((20, 20), True), ((3, 30), True), ((2, 60), False), ((1, 90), False), ((1, 1), False)],
)
def test_an_instance_is_scorable_if_stages_3_and_4_keep_it(shape: tuple[int, int], scorable: bool) -> None:
    mask = np.zeros((200, 200), bool)
    mask[50 : 50 + shape[0], 50 : 50 + shape[1]] = True
    assert is_scorable(mask) == scorable
    image = canvas(200, 200)
    image[mask] = RED
    assert (decode_instances(image, BLACK).max() == 1) == scorable


@pytest.mark.wrong_arrays
def test_a_float_image_is_refused() -> None:
    with pytest.raises(ArrayError, match="instance decoding: expected dtype uint8, got dtype float32"):
        decode_instances(np.zeros((4, 4, 3), np.float32), BLACK)


def degradations(rgb: np.ndarray) -> dict[str, np.ndarray]:
    image = Image.fromarray(rgb)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=70)
    half = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
    noise = np.random.default_rng(0).normal(0, 9, rgb.shape)
    return {
        "noise": np.clip(rgb + noise, 0, 255).astype(np.uint8),
        "blur": np.asarray(image.filter(ImageFilter.GaussianBlur(1.5))),
        "jpeg": np.asarray(Image.open(stream)),
        "half": np.asarray(half.resize(image.size, Image.Resampling.LANCZOS)),
    }


def two_blocks_that_touch() -> tuple[np.ndarray, np.ndarray]:
    rgb, truth = canvas(120, 160), np.zeros((120, 160), np.int64)
    for number, (window, color) in enumerate(
        (((slice(20, 80), slice(20, 70)), (200, 60, 30)), ((slice(30, 90), slice(70, 130)), (40, 160, 220))), start=1
    ):
        rgb[window], truth[window] = color, number
    return rgb, truth


def wrong_pixels(labels: np.ndarray, truth: np.ndarray) -> float:
    """Share of pixels that the best match of labels to instances leaves wrong; all if their number is wrong."""
    label_ids = [int(i) for i in np.unique(labels) if i]
    if len(label_ids) != 2:
        return 1.0
    numbers = {label: int(np.bincount(truth[labels == label]).argmax()) for label in label_ids}
    return float((np.vectorize({0: 0, **numbers}.get)(labels) != truth).mean())


@pytest.mark.parametrize("name", ["noise", "blur", "jpeg", "half"])
def test_degraded_instances_are_whole_with_repair_and_not_without(name: str) -> None:
    rgb, truth = two_blocks_that_touch()
    degraded = degradations(rgb)[name]
    repaired = wrong_pixels(decode_instances(degraded, BLACK), truth)
    published = wrong_pixels(decode_instances(degraded, BLACK, repair=False), truth)
    assert repaired < 0.01
    assert published > 2 * repaired


@pytest.mark.parametrize("seed", range(20))
def test_repair_changes_no_exact_target(seed: int) -> None:
    rng = np.random.default_rng(seed)
    colors = np.array(draw_colors(rng, 12, named=False), np.uint8)
    rgb = np.tile(colors[0], (96, 128, 1))
    for color in colors[1:]:
        y, x, height, width = (int(value) for value in rng.integers((0, 0, 1, 1), (90, 120, 30, 30)))
        rgb[y : y + height, x : x + width] = color
    rgb[90, :] = colors[5]  # a line too thin to score
    background = tuple(colors[0].tolist())
    assert (crisp_paint(rgb, background) == rgb).all()
    assert (decode_instances(rgb, background) == decode_instances(rgb, background, repair=False)).all()


def test_an_exact_target_without_background_keeps_its_only_color() -> None:
    rgb = np.full((40, 40, 3), (64, 0, 0), np.uint8)
    assert (crisp_paint(rgb, BLACK) == rgb).all()


def test_a_background_that_is_a_little_off_is_the_background() -> None:
    rgb, truth = two_blocks_that_touch()
    rgb[truth == 0] = (30, 20, 25)
    assert wrong_pixels(decode_instances(rgb, BLACK), truth) == 0
    assert decode_instances(rgb, BLACK, repair=False).max() == 3


def test_painted_colors_are_those_of_the_areas() -> None:
    rgb, _ = two_blocks_that_touch()
    exact = {(0, 0, 0), (200, 60, 30), (40, 160, 220)}
    assert {tuple(color) for color in painted_colors(rgb, 4.0)} == exact
    for degraded in degradations(rgb).values():
        painted = painted_colors(degraded, 4.0)
        assert len(painted) == 3
        assert all(min(np.linalg.norm(color - np.array(e)) for e in exact) < 12 for color in painted)


def test_a_blurred_border_through_a_third_color_goes_to_its_neighbours() -> None:
    tolerance = (CodecParameter("tolerance", 100.0),)
    colors = {"a": (255, 0, 0), "b": (0, 0, 255), "c": (128, 0, 128)}
    color_entries = tuple(ColorEntry(label, rgb, (i,)) for i, (label, rgb) in enumerate(colors.items()))
    meta = PairMeta("semantic", "flat-colors", tolerance, "k", color_entries, "t", "train", 0, 12, 12)
    rgb = np.full((12, 12, 3), (255, 0, 0), np.uint8)
    rgb[:, 6:] = (0, 0, 255)
    rgb[:, 5:7] = (140, 10, 120)  # half way from red to blue, which looks like the color of c
    assert set(np.unique(decode_entries(rgb, meta))) == {0, 1}
    assert 2 in decode_entries(rgb, meta, repair=False)
    rgb[:, 5:7] = (128, 0, 128)  # exactly that of c: a thin object, and no smear
    assert set(np.unique(decode_entries(rgb, meta))) == {0, 1, 2}


def test_flat_areas_in_shifted_colors_keep_their_borders() -> None:
    tolerance = (CodecParameter("tolerance", 100.0),)
    colors = {"a": (255, 0, 0), "b": (0, 0, 255), "background": (0, 0, 0)}
    color_entries = tuple(ColorEntry(label, rgb, (i,)) for i, (label, rgb) in enumerate(colors.items()))
    meta = PairMeta("semantic", "flat-colors", tolerance, "k", color_entries, "t", "train", 0, 40, 40)
    rgb = np.zeros((40, 40, 3), np.uint8)
    rgb[5:20, 5:20], rgb[20:26, 8:30] = (220, 30, 20), (20, 40, 230)
    rgb[30:32, 5:35] = (255, 0, 0)  # thin, and exactly as asked for
    expected = np.full((40, 40), 2)
    expected[5:20, 5:20], expected[20:26, 8:30], expected[30:32, 5:35] = 0, 1, 0
    assert (decode_entries(rgb, meta) == expected).all()
