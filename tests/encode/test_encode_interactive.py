"""Interactive: shapes of marks against Pillow's, what they designate on hand-placed scenes, what the audit refuses."""

import json
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from jaxtyping import Bool, UInt8
from PIL import Image, ImageDraw
from scipy import ndimage

from encode import Frame, Pair, PairMeta, audit_pair, get_task, make_pairs, meta_of_prompt, parse
from encode.draw import pair_generator
from encode.formulas.boxes import PixelBox
from encode.frame import ObjectId
from encode.interactive.designation import designated, form_problems, is_askable
from encode.interactive.drawing.box import draw_box
from encode.interactive.drawing.coarse_mask import draw_coarse_mask
from encode.interactive.drawing.points import draw_point, draw_points
from encode.interactive.drawing.scribble import draw_scribble
from encode.interactive.marks import Marks, is_free
from encode.interactive.shapes import (
    Dot,
    dot_radii,
    draw_dots,
    draw_outline,
    draw_stroke,
    is_stroke,
    read_dots,
    read_outline,
)
from encode.pixel_shapes import clearance
from encode.prompts.marks import CANVASES, MARK_KINDS
from encode.prompts.template import templates
from tests.encode.raycaster import SimpleSolid, build_frame

SHAPE = (160, 224)

# A table with a mug on it that hides a part of it, and a mug before a box, whose visible pixels are a frame around it.
NESTED = (
    SimpleSolid("table", "brown", (-0.9, 5.5, 0.45), 0.9, "box", "wood"),
    SimpleSolid("mug", "red", (-0.9, 4.9, 0.95), 0.35, "sphere", "ceramic", on=1),
    SimpleSolid("box", "yellow", (1.0, 5.5, 0.6), 1.2, "box", "cardboard"),
    SimpleSolid("mug", "blue", (0.75, 4.2, 0.45), 0.45, "sphere", "ceramic"),
)


@pytest.fixture(scope="module")
def nested() -> Frame:
    return build_frame(NESTED, size=(320, 448))


@pytest.fixture(scope="module")
def pairs(frame: Frame, nested: Frame) -> list[tuple[Frame, Pair]]:
    """Some two dozen of each kind of mark."""
    return [
        (view, pair)
        for view in (frame, nested)
        for split in ("train", "heldout")
        for pair in make_pairs(view, ["interactive"], seed=1, prompts_per_task=30, split=split)
    ]


def marks(kind: str, wanted: Bool[np.ndarray, "h w"], excluded: Bool[np.ndarray, "h w"] | None = None) -> Marks:
    return Marks(kind, wanted, np.zeros_like(wanted) if excluded is None else excluded)


def dot_on(view: Frame, instance: int, radius: int = 3, *, deep: bool = True) -> Bool[np.ndarray, "h w"]:
    """A dot at the deepest pixel of an object, or at the one that is nearest to its border while the dot fits."""
    depth = clearance(view.truth.instance == instance)
    value = depth.max() if deep else depth[depth >= radius + 2].min()
    y, x = np.argwhere(depth == value)[0].tolist()
    return draw_dots(view.truth.shape, [Dot(x, y, radius)])


def _distance(y: np.ndarray, x: np.ndarray, first: list[float], last: list[float]) -> np.ndarray:
    """Distance of pixels to the line between two points (row, column)."""
    down, across = last[0] - first[0], last[1] - first[1]
    along = ((y - first[0]) * down + (x - first[1]) * across) / (down**2 + across**2)
    along = np.clip(along, 0, 1)
    distance: np.ndarray = np.hypot(y - first[0] - along * down, x - first[1] - along * across)
    return distance


@pytest.mark.parametrize("radius", [1, 2, 3, 5, 8])
def test_dots_are_the_discs_of_radius_and_a_half(radius: int) -> None:
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    dots = [Dot(60, 40, radius), Dot(90, 110, radius)]
    mask = draw_dots(SHAPE, dots)
    expected = [np.hypot(x - dot.x, y - dot.y) <= dot.radius + 0.5 for dot in dots]
    np.testing.assert_array_equal(mask, expected[0] | expected[1])
    assert read_dots(mask) == dots


@pytest.mark.parametrize("width", [1, 2, 5])
def test_outlines_are_those_of_pillow(width: int) -> None:
    box = PixelBox(20, 30, 90, 70)
    mask = draw_outline(SHAPE, box, width)
    drawn = Image.new("L", SHAPE[::-1])
    ImageDraw.Draw(drawn).rectangle((box.left, box.top, box.right - 1, box.bottom - 1), outline=1, width=width)
    np.testing.assert_array_equal(mask, np.asarray(drawn) > 0)
    assert read_outline(mask) == (box, width)
    for row, column in ((30, 25), (50, 50)):  # one pixel missing, one too many
        wrong = mask.copy()
        wrong[row, column] ^= True
        assert read_outline(wrong) is None
    assert read_outline(np.zeros(SHAPE, bool)) is None
    filled = mask.copy()
    filled[30:70, 20:90] = True
    assert read_outline(filled) is None


def test_clearance_is_the_distance_to_the_nearest_pixel_outside(frame: Frame) -> None:
    mask = frame.truth.instance == 1
    mask[:20, :30] = True  # at the border of the image, beyond which all is outside
    outside = np.argwhere(~np.pad(mask, 1)) - 1
    depth = clearance(mask)
    assert not depth[~mask].any()
    for y, x in np.argwhere(mask)[::17]:
        assert depth[y, x] == pytest.approx(np.hypot(*(outside - (y, x)).T).min())


def test_a_stroke_is_one_long_line() -> None:
    line = np.array([[30.0, 30], [60, 90], [40, 150]])
    stroke = draw_stroke(SHAPE, line, 1)
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]]
    away = np.minimum(*(_distance(y, x, *ends) for ends in pairwise(line.tolist())))
    assert stroke[away <= 1].all()
    assert away[stroke].max() <= 1.5 + np.sqrt(0.5)
    assert is_stroke(stroke)
    assert not is_stroke(draw_dots(SHAPE, [Dot(60, 40, 3)]))
    assert not is_stroke(stroke | draw_dots(SHAPE, [Dot(200, 140, 2)]))
    assert not is_stroke(draw_dots(SHAPE, [Dot(60, 60, 20)]))
    assert not is_stroke(np.zeros(SHAPE, bool))


def test_a_point_means_what_it_lies_on_nested_things_too(nested: Frame) -> None:
    for instance in (1, 2, 3, 4):
        assert designated(nested, marks("point", dot_on(nested, instance))) == instance
    assert designated(nested, marks("point", dot_on(nested, 100))) == 100  # the floor, which nobody may ask for
    assert not is_askable(nested, ObjectId(100))
    assert designated(nested, marks("point", dot_on(nested, 0))) is None  # the sky
    assert designated(nested, marks("point", dot_on(nested, 3, deep=False))) is None  # at the border
    both = dot_on(nested, 1) | dot_on(nested, 2)
    assert designated(nested, marks("points", both)) is None


def test_excluded_points_rule_out_what_they_lie_on(nested: Frame) -> None:
    table, mug = dot_on(nested, 1), dot_on(nested, 2)
    assert designated(nested, marks("points", table, mug)) == 1
    assert designated(nested, marks("points", mug, table)) == 2
    again = dot_on(nested, 1, deep=False)
    assert designated(nested, marks("points", table, again)) is None


def outline_of(view: Frame, instance: int, grow: int = 0) -> Bool[np.ndarray, "h w"]:
    rows, columns = ndimage.find_objects((view.truth.instance == instance).astype(np.uint8))[0]
    box = PixelBox(columns.start - grow, rows.start - grow, columns.stop + grow, rows.stop + grow)
    return draw_outline(view.truth.shape, box, 3)


def test_a_box_means_the_object_that_it_fits_best_by_a_margin(nested: Frame) -> None:
    for instance in (1, 2, 3, 4):
        assert designated(nested, marks("box", outline_of(nested, instance))) == instance
        assert designated(nested, marks("box", outline_of(nested, instance, grow=2))) == instance
    assert designated(nested, marks("box", outline_of(nested, 2, grow=20))) is None  # much too large
    # Two things of one box, a picture in its frame: no box tells them apart.
    ids = np.zeros(nested.truth.shape, np.uint32)
    ids[100:200, 100:200] = 1
    ids[103:197, 103:197] = 2
    twins = replace(nested, truth=replace(nested.truth, instance=ids))
    assert designated(twins, marks("box", outline_of(twins, 1))) is None


def test_a_coarse_mask_means_the_object_that_it_covers_best(nested: Frame) -> None:
    ids = nested.truth.instance
    for instance in (1, 2, 3, 4):
        for coarse in (ndimage.binary_erosion(ids == instance, iterations=3), ndimage.binary_dilation(ids == instance)):
            assert designated(nested, marks("coarse_mask", coarse)) == instance
    assert designated(nested, marks("coarse_mask", np.zeros_like(ids, bool))) is None
    twins = np.zeros_like(ids)
    twins[100:200, 100:200], twins[100:200, 200:300] = 1, 2
    view = replace(nested, truth=replace(nested.truth, instance=twins))
    for right, found in ((200, 1), (220, 1), (275, None), (300, None)):  # IoU 1 and 0; .83, .1; .57, .38; .5, .5
        mask = np.zeros_like(ids, bool)
        mask[100:200, 100:right] = True
        assert designated(view, marks("coarse_mask", mask)) == found, right


@pytest.mark.parametrize("draw", [draw_point, draw_points, draw_box, draw_scribble, draw_coarse_mask])
def test_drawn_marks_have_their_form_and_mean_their_object(nested: Frame, frame: Frame, draw: object) -> None:
    assert callable(draw)
    for view, ids in ((nested, (1, 2, 3, 4)), (frame, (1, 2, 3, 4))):
        drawn = [
            (instance, found)
            for instance in ids
            for seed in range(6)
            if (found := draw(pair_generator(seed, view.key, "x", instance), view, ObjectId(instance))) is not None
        ]
        assert {instance for instance, _ in drawn} == set(ids)
        for instance, found in drawn:
            assert form_problems(found) == []
            assert designated(view, found) == instance


def test_boxes_are_off_as_sam_trains_and_masks_as_brushes_are(frame: Frame) -> None:
    mask = frame.truth.instance == 3
    rows, columns = ndimage.find_objects(mask.astype(np.uint8))[0]
    exact = np.array([columns.start, rows.start, columns.stop, rows.stop])
    shorter = min(rows.stop - rows.start, columns.stop - columns.start)
    offsets, ious = [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        box = draw_box(rng, frame, ObjectId(3))
        coarse = draw_coarse_mask(rng, frame, ObjectId(3))
        assert box is not None
        assert coarse is not None
        outline = read_outline(box.wanted)
        assert outline is not None
        offsets.append(np.array(outline[0]) - exact)
        ious.append(float((coarse.wanted & mask).sum() / (coarse.wanted | mask).sum()))
    most = min(0.1 * shorter, 20 / 1024 * 224) + 0.5
    assert np.abs(offsets).max() <= most
    assert (np.abs(offsets).max(0) >= 2).all()
    assert min(ious) >= 0.5
    assert max(ious) < 0.98
    assert np.ptp(ious) > 0.15


def test_every_kind_and_canvas_is_asked_in_both_splits(pairs: list[tuple[Frame, Pair]]) -> None:
    asked = [(pair.meta.split, parse(pair.prompt).mark, parse(pair.prompt).canvas) for _, pair in pairs]
    for parts in ((0, 1), (0, 2), (1, 2)):
        names = [("train", "heldout"), MARK_KINDS, tuple(CANVASES)]
        assert {tuple(row[i] for i in parts) for row in asked} == set(product(*(names[i] for i in parts)))
    excluded = [json.loads(p.meta.expression).get("excluded") for _, p in pairs]
    assert sum(bool(points) for points in excluded) > 5
    for view, pair in pairs:
        assert is_askable(view, ObjectId(pair.meta.foreground[0].ids[0]))


def test_only_the_marks_differ_from_the_canvas_and_stand_out(pairs: list[tuple[Frame, Pair]]) -> None:
    for view, pair in pairs:
        parsed = parse(pair.prompt)
        assert pair.source2 is not None
        canvas = view.image if parsed.canvas == "image" else np.zeros_like(view.image)
        changed = (pair.source2 != canvas).any(-1)
        painted = {tuple(rgb) for rgb in pair.source2[changed].tolist()}
        assert painted == set(parsed.mark_colors)
        assert all(is_free(canvas, rgb) for rgb in painted)
        assert changed.mean() > 5e-5


def test_numbers_of_marks_are_in_the_structured_form(pairs: list[tuple[Frame, Pair]]) -> None:
    for view, pair in pairs:
        data, instance = json.loads(pair.meta.expression), pair.meta.foreground[0].ids[0]
        assert data["mark"] == parse(pair.prompt).mark
        for x, y in data.get("wanted", []):
            assert view.truth.instance[y, x] == instance
        for x, y in data.get("excluded", []):
            assert view.truth.instance[y, x] != instance
        if "box" in data:
            left, top, right, bottom = data["box"]
            ys, xs = np.nonzero(view.truth.instance == instance)
            assert left - 10 <= xs.mean() <= right + 10
            assert top - 10 <= ys.mean() <= bottom + 10


def test_answers_are_scored_by_kind_and_without_a_frame_by_the_prompt(pairs: list[tuple[Frame, Pair]]) -> None:
    task = get_task("interactive")
    scores = []
    for view, pair in pairs[:40]:
        exact = task.score(pair.target, view, pair.meta)
        assert exact["iou"] == exact[f"iou_{parse(pair.prompt).mark}"] == 1
        empty = np.full_like(pair.target, pair.meta.background)
        scores += [exact, task.score(empty, view, pair.meta)]
        meta = meta_of_prompt(pair.prompt, pair.target.shape[:2])
        mask = view.truth.instance == pair.meta.foreground[0].ids[0]
        np.testing.assert_array_equal(task.decode(pair.target, meta), mask)
        assert task.score(pair.target, view, replace(meta, colors=pair.meta.colors))["iou"] == 1
    summary = task.summarise(scores)
    assert summary["giou"] == summary["ciou"] == 0.5
    assert {name for name in summary if name.startswith("iou_")} <= {f"iou_{kind}" for kind in MARK_KINDS}
    assert all(value == 0.5 for value in summary.values())


def of_kind(pairs: list[tuple[Frame, Pair]], kind: str, canvas: str = "image") -> tuple[Frame, Pair]:
    return next((v, p) for v, p in pairs if (parse(p.prompt).mark, parse(p.prompt).canvas) == (kind, canvas))


def problems(
    view: Frame, pair: Pair, source2: UInt8[np.ndarray, "h w 3"] | None, meta: PairMeta | None = None
) -> list[str]:
    return audit_pair(view, pair.target, pair.prompt, meta or pair.meta, "", source2)


def test_a_missing_second_image_is_found(pairs: list[tuple[Frame, Pair]]) -> None:
    view, pair = pairs[0]
    assert problems(view, pair, pair.source2) == []
    assert problems(view, pair, None) == ["there is no second source image"]
    assert problems(view, pair, np.zeros_like(pair.target))
    assert problems(view, pair, view.image)


@pytest.mark.parametrize("kind", MARK_KINDS)
@pytest.mark.parametrize("canvas", CANVASES)
def test_any_change_of_the_second_image_is_found(pairs: list[tuple[Frame, Pair]], kind: str, canvas: str) -> None:
    view, pair = of_kind(pairs, kind, canvas)
    source2 = pair.source2
    assert source2 is not None
    stray = source2.copy()
    stray[-1, -1] ^= np.uint8(4)
    assert any("neither a mark nor the canvas" in text for text in problems(view, pair, stray))
    color = parse(pair.prompt).mark_colors[0]
    recolored = source2.copy()
    recolored[(source2 == np.array(color, np.uint8)).all(-1)] ^= np.uint8(1)
    assert problems(view, pair, recolored)
    moved = np.roll(source2, (view.truth.shape[0] // 2, view.truth.shape[1] // 2), (0, 1))
    assert problems(view, pair, moved)
    alone = np.where((source2 == view.image).all(-1, keepdims=True), 0, source2).astype(np.uint8)
    if canvas == "image":
        assert any("neither a mark nor the canvas" in text for text in problems(view, pair, alone))


@pytest.mark.parametrize("kind", MARK_KINDS)
def test_a_mark_of_another_object_is_found(pairs: list[tuple[Frame, Pair]], kind: str) -> None:
    view, pair = of_kind(pairs, kind)
    for _, other in ((v, p) for v, p in pairs if v is view):
        if parse(other.prompt).mark == kind and other.meta.foreground[0].ids != pair.meta.foreground[0].ids:
            colors = [parse(p.prompt).mark_colors for p in (other, pair)]
            if len(colors[0]) == len(colors[1]) and other.source2 is not None:
                source2 = view.image.copy()
                for theirs, ours in zip(*colors, strict=True):
                    source2[(other.source2 == np.array(theirs, np.uint8)).all(-1)] = ours
                meta = replace(pair.meta, expression=other.meta.expression.replace('"black"', '"image"'))
                found = problems(view, pair, source2, meta)
                assert any("marks object" in text for text in found), found
                return
    pytest.fail("no other object has such a mark")


def test_a_point_that_says_it_is_another_kind_is_found(pairs: list[tuple[Frame, Pair]]) -> None:
    view, pair = of_kind(pairs, "point")
    _, scribble = of_kind(pairs, "scribble")
    color = parse(scribble.prompt).mark_colors[0]
    assert is_free(view.image, color)
    point = view.image.copy()
    assert pair.source2 is not None
    point[(pair.source2 != view.image).any(-1)] = color
    found = audit_pair(view, pair.target, scribble.prompt, scribble.meta, "", point)
    assert any("is not one stroke" in text for text in found), found


def test_hostile_images_and_meta_are_problems_and_no_crash(pairs: list[tuple[Frame, Pair]]) -> None:
    view, pair = of_kind(pairs, "point")
    color = parse(pair.prompt).mark_colors[0]
    specks = view.image.copy()
    specks[::2, ::2] = color
    assert problems(view, pair, specks) == ["the marks are not all dots"]
    only = replace(pair.meta, colors=(replace(pair.meta.colors[-1], ids=(0,)),))
    assert any("meta's colors" in text for text in problems(view, pair, pair.source2, only))


def test_a_wrong_structured_form_is_found(pairs: list[tuple[Frame, Pair]]) -> None:
    view, pair = of_kind(pairs, "box")
    data = json.loads(pair.meta.expression)
    for wrong in ({**data, "box": [0, 0, 9, 9]}, {**data, "canvas": "black"}, {**data, "mark": "point"}):
        meta = replace(pair.meta, expression=json.dumps(wrong, sort_keys=True, separators=(",", ":")))
        assert any("meta's expression: expected" in text for text in problems(view, pair, pair.source2, meta))
    for nonsense in ("", "[]", "null", '{"mark":3}', "{" * 2000):
        meta = replace(pair.meta, expression=nonsense)
        assert any("meta's expression: expected" in text for text in problems(view, pair, pair.source2, meta))
        assert get_task("interactive").score(pair.target, view, meta)["iou"] == 1


def test_an_unseen_object_is_never_asked_for() -> None:
    far = build_frame([SimpleSolid("mug", "blue", (1.5, 60, 0.3), 0.6)])
    assert make_pairs(far, ["interactive"], seed=0) == []


def test_templates_say_what_is_excluded_or_not() -> None:
    slots = [template.slots for template in templates("interactive")]
    kinds = {(next(kind for kind in MARK_KINDS if kind in names), "excluded" in names) for names in slots}
    assert kinds == {(kind, False) for kind in MARK_KINDS} | {("points", True)}
    assert all({"canvas", "color", "background"} < names for names in slots)


def test_sizes_follow_the_image() -> None:
    assert [dot_radii((side, 2 * side)) for side in (64, 128, 512, 1024)] == [(2, 3), (2, 3), (4, 8), (8, 16)]
