"""Boxes: painting, reading back, metric and audit, against hand-made images and pycocotools."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFilter
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from encode import CodecParameter, ColorEntry, Frame, MetaError, PairMeta, PairShares, audit_pair, get_task, make_pairs
from encode.boxes.colors import draw_line_palette, line_color_distance
from encode.boxes.decoder import boxes_of_color, decode_boxes
from encode.boxes.outlines import canvas_of, paint_outlines
from encode.boxes.proof import read_back_problems
from encode.formulas.boxes import PixelBox
from encode.frame import ObjectId
from encode.metrics.boxes import ClassBoxes, box_ious, box_metrics, box_summary
from encode.pair import RGB
from encode.referring.visible import faint_ids
from tests.encode.raycaster import SimpleSolid, build_frame

RED, CYAN = (255, 40, 20), (0, 230, 240)
SIZE = (120, 160)


def meta_of(colors: dict[RGB, int], *, codec: str = "outlines", width: int = 2, by_color: bool = True) -> PairMeta:
    entries, first = [], 1
    for rgb, count in colors.items():
        entries.append(ColorEntry(str(rgb), rgb, tuple(range(first, first + count))))
        first += count
    parameters = (CodecParameter("line_width", float(width)), CodecParameter("colors_are_labels", float(by_color)))
    return PairMeta("boxes", codec, parameters, "k", tuple(entries), "t", "train", 0, SIZE[1], SIZE[0])


def painted(boxes: list[tuple[PixelBox, RGB]], width: int = 2) -> np.ndarray:
    return paint_outlines(np.zeros((*SIZE, 3), np.uint8), boxes, width)


def rows(boxes: list[tuple[PixelBox, RGB]]) -> list[tuple[int, ...]]:
    return sorted((*box, *rgb) for box, rgb in boxes)


def decoded(image: np.ndarray, meta: PairMeta) -> list[tuple[int, ...]]:
    return sorted(tuple(row) for row in decode_boxes(image, meta).tolist())


def test_an_outline_lies_inside_its_box_and_the_smaller_box_is_on_top() -> None:
    large, small = PixelBox(10, 10, 40, 30), PixelBox(30, 15, 60, 25)
    image = painted([(small, CYAN), (large, RED)])
    assert tuple(image[10, 10]) == RED == tuple(image[29, 20])
    for black in (image[9], image[30], image[12, 12:30]):
        assert not black.any()
    assert tuple(image[16, 38]) == CYAN  # where both have a line
    assert (image[10:30, 10:12] == RED).all()
    assert (painted([(PixelBox(5, 5, 9, 8), RED)])[5:8, 5:9] == RED).all()  # too small for a hole


LAYOUTS = {
    "one": [PixelBox(10, 10, 40, 30)],
    "side by side": [PixelBox(10, 10, 40, 30), PixelBox(40, 10, 70, 30)],
    "crossing": [PixelBox(10, 10, 60, 60), PixelBox(40, 30, 100, 90)],
    "nested": [PixelBox(10, 10, 100, 100), PixelBox(30, 30, 60, 60), PixelBox(40, 40, 50, 50)],
    "a shared corner": [PixelBox(10, 10, 60, 60), PixelBox(10, 10, 30, 30)],
    "three that cross": [PixelBox(10, 10, 60, 60), PixelBox(40, 30, 100, 90), PixelBox(20, 50, 80, 110)],
    "at the border": [PixelBox(0, 0, 50, 40), PixelBox(100, 80, 160, 120)],
    "small": [PixelBox(10, 10, 14, 14), PixelBox(50, 50, 54, 58)],
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("codec", ["outlines", "outlines-over-image"])
def test_boxes_of_one_color_read_back_to_the_pixel(name: str, codec: str) -> None:
    boxes = [(box, RED) for box in LAYOUTS[name]]
    source = np.random.default_rng(0).integers(0, 256, (*SIZE, 3)).astype(np.uint8)
    image = paint_outlines(canvas_of(source, codec), boxes, 2)
    assert decoded(image, meta_of({RED: len(boxes)}, codec=codec)) == rows(boxes)


@pytest.mark.parametrize("name", LAYOUTS)
def test_crisp_boxes_in_another_tone_read_back_to_the_pixel(name: str) -> None:
    boxes = [(box, RED) for box in LAYOUTS[name]]
    exact = painted(boxes)
    noise = np.random.default_rng(0).normal(0, 6, exact.shape)
    for answer in (0.94 * exact + 6, 255 * (exact / 255) ** 0.9, exact + noise):
        image = np.clip(np.rint(answer), 0, 255).astype(np.uint8)
        assert decoded(image, meta_of({RED: len(boxes)})) == rows(boxes)


def test_boxes_that_the_lines_of_others_hide_in_part_read_back() -> None:
    boxes = [(PixelBox(10, 10, 100, 100), RED), (PixelBox(10, 30, 60, 60), CYAN), (PixelBox(40, 5, 70, 110), CYAN)]
    assert decoded(painted(boxes), meta_of({RED: 1, CYAN: 2})) == rows(boxes)


def test_what_does_not_read_back_is_found() -> None:
    outer = {ObjectId(1): PixelBox(10, 10, 60, 60), ObjectId(2): PixelBox(40, 30, 100, 90)}
    inner = {ObjectId(3): PixelBox(40, 30, 60, 60)}  # the sides of the other two are its own
    image = painted([(box, RED) for box in (outer | inner).values()])
    assert read_back_problems(image, meta_of({RED: 2}), outer) == []
    assert "does not read back" in read_back_problems(image, meta_of({RED: 3}), outer | inner)[0]
    twice = {ObjectId(1): PixelBox(10, 10, 60, 60), ObjectId(2): PixelBox(10, 10, 60, 60)}
    image = painted([(box, RED) for box in twice.values()])
    assert "are the same" in read_back_problems(image, meta_of({RED: 2}), twice)[0]


def blurred(image: np.ndarray) -> np.ndarray:
    return np.asarray(Image.fromarray(image).filter(ImageFilter.GaussianBlur(1.0)))


def test_a_models_outlines_are_read() -> None:
    boxes = [(PixelBox(20, 20, 90, 80), RED), (PixelBox(100, 30, 150, 100), CYAN)]
    meta = meta_of({RED: 1, CYAN: 1}, width=3)
    image = painted(boxes, 3)
    noisy = np.clip(image + np.random.default_rng(0).normal(0, 10, image.shape), 0, 255).astype(np.uint8)
    assert decoded(noisy, meta) == rows(boxes)
    other_colors = image.copy()
    other_colors[(image == RED).all(-1)] = (225, 60, 50)
    assert decoded(other_colors, meta) == rows(boxes)
    with_gaps = image.copy()
    with_gaps[20:23, 40:50] = 0
    with_gaps[50:60, 20:23] = 0
    assert decoded(with_gaps, meta) == rows(boxes)
    filled = image.copy()
    filled[20:80, 20:90] = RED
    assert decoded(filled, meta) == rows(boxes)
    found = np.array(decoded(blurred(image), meta))
    ious = box_ious(found[:, :4], np.array(rows(boxes))[:, :4])
    assert ious.max(1).min() > 0.9, found


def test_any_two_line_colors_are_apart_as_lines() -> None:
    for seed in range(6):
        palette = draw_line_palette(np.random.default_rng(seed), 12)
        assert palette is not None
        for i, a in enumerate(palette.colors):
            assert max(a) >= 192
            assert all(line_color_distance(a, b) >= 64 for b in palette.colors[i + 1 :])
    assert line_color_distance((255, 255, 255), (200, 200, 200)) == 0


def test_scores_are_cocos() -> None:
    rng = np.random.default_rng(1)
    for _ in range(4):
        corners = rng.integers(0, 60, (6, 2))
        truth = np.concatenate([corners, corners + rng.integers(10, 60, (6, 2))], -1)
        predicted = (truth + rng.integers(-3, 4, truth.shape))[rng.permutation(6)[:5]]
        predicted = np.concatenate([predicted, [[100, 80, 130, 110]]])
        ours = box_metrics([ClassBoxes(predicted, truth, np.zeros((0, 4), np.int64))])
        expected = coco_ap(predicted, truth)
        assert (ours["ap"], ours["ap50"]) == pytest.approx(expected, abs=1e-9)


def coco_ap(predicted: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """AP and AP50 of one image and class by pycocotools."""

    def annotations(boxes: np.ndarray) -> list[dict[str, object]]:
        return [
            {"id": i, "image_id": 1, "category_id": 1, "iscrowd": 0, "area": int(w * h), "bbox": [x, y, w, h]}
            for i, (x, y, w, h) in enumerate(
                np.concatenate([boxes[:, :2], boxes[:, 2:] - boxes[:, :2]], -1).tolist(), start=1
            )
        ]

    coco = COCO()
    coco.dataset = {"info": {}, "images": [{"id": 1}], "categories": [{"id": 1}], "annotations": annotations(truth)}
    coco.createIndex()
    results = coco.loadRes([{**a, "score": 1.0} for a in annotations(predicted)])
    evaluation = COCOeval(coco, results, "bbox")
    evaluation.evaluate()
    evaluation.accumulate()
    precision = evaluation.eval["precision"][:, :, 0, 0, 2]
    return float(precision.mean()), float(precision[0].mean())


def test_unscored_boxes_neither_help_nor_hurt() -> None:
    truth, small = np.array([[0, 0, 20, 20]]), np.array([[50, 50, 53, 53]])
    for predicted in (truth, np.concatenate([truth, small])):
        scores = box_metrics([ClassBoxes(predicted, truth, small)])
        assert (scores["f1"], scores["ap"], scores["fp_50"]) == (1, 1, 0)
    nothing = np.zeros((0, 4), np.int64)
    empty, wrong = (box_metrics([ClassBoxes(found, nothing, nothing)]) for found in (nothing, truth))
    assert box_summary([empty, wrong])["n_acc"] == 0.5
    assert box_summary([scores, wrong])["f1_50"] == pytest.approx(2 / 3)


def test_every_form_is_made_and_empty_targets_are(frame: Frame) -> None:
    pairs = make_pairs(frame, ["boxes"], seed=0, prompts_per_task=16)
    assert {pair.meta.codec for pair in pairs} == {"outlines", "outlines-over-image"}
    assert {pair.meta.parameter("colors_are_labels") for pair in pairs} == {0, 1}
    assert {pair.meta.expression != "" for pair in pairs} == {False, True}
    absent = make_pairs(frame, ["boxes"], seed=0, prompts_per_task=3, shares=PairShares(absent_share=1.0))
    for pair in absent:
        assert not any(entry.ids for entry in pair.meta.foreground)
        assert decode_boxes(pair.target, pair.meta).shape == (0, 7)
        assert audit_pair(frame, pair.target, pair.prompt, pair.meta) == []


def test_the_audit_finds_a_moved_box_a_missing_box_and_another_dimming(frame: Frame) -> None:
    pairs = make_pairs(frame, ["boxes"], seed=0, prompts_per_task=16)
    pair = next(pair for pair in pairs if pair.meta.codec == "outlines" and len(decode_boxes(pair.target, pair.meta)))
    box = boxes_of_color(decode_boxes(pair.target, pair.meta), pair.meta.foreground[0].rgb)[0]
    missing = pair.target.copy()
    missing[box[1] : box[3], box[0] : box[2]] = 0
    assert any("are not" in text for text in audit_pair(frame, missing, pair.prompt, pair.meta))
    over = next(pair for pair in pairs if pair.meta.codec == "outlines-over-image")
    lighter = replace(frame, image=np.minimum(frame.image, 250) + np.uint8(4))
    problems = audit_pair(lighter, over.target, over.prompt, over.meta)
    assert any("outside all outlines" in text for text in problems)


def test_specks_are_boxed_and_not_scored() -> None:
    far = build_frame([SimpleSolid("mug", "red", (0, 5, 0.3), 0.6), SimpleSolid("mug", "blue", (0.9, 40, 0.3), 0.6)])
    for pair in make_pairs(far, ["boxes"], seed=0, prompts_per_task=8, shares=PairShares(absent_share=0.0)):
        small = [entry.ids for entry in pair.meta.foreground if not entry.scored]
        assert all(ids == (2,) for ids in small)
        assert get_task("boxes").score(pair.target, far, pair.meta)["f1"] in (1, pytest.approx(np.nan, nan_ok=True))


def test_a_prediction_that_matches_an_unscored_box_best_is_its_own() -> None:
    truth, unscored = np.array([[0, 0, 20, 20]]), np.array([[0, 0, 20, 14]])
    scores = box_metrics([ClassBoxes(np.concatenate([truth, unscored]), truth, unscored)])
    assert (scores["f1"], scores["ap"], scores["fp_50"], scores["fp_95"]) == (1, 1, 0, 0)


def test_boxes_that_may_be_overlooked_are_not_scored_as_dots_are_not(frame: Frame) -> None:
    faint = faint_ids(frame)
    for task in ("boxes", "points"):
        for pair in make_pairs(frame, [task], seed=0, prompts_per_task=16):
            assert not any(faint & set(entry.ids) for entry in pair.meta.foreground if entry.scored)


@pytest.mark.parametrize("width", [0.0, -1.0, 300.0, 1e9, float("nan"), float("inf")])
def test_lines_of_no_width_that_there_is_are_refused(width: float) -> None:
    meta = meta_of({RED: 1})
    parameters = (CodecParameter("line_width", width), *meta.codec_parameters[1:])
    with pytest.raises(MetaError, match="line_width of outlines: expected 1 to 256 pixels, got"):
        decode_boxes(painted([]), replace(meta, codec_parameters=parameters))
