"""Referring expressions: the language, the evaluator on hand-placed scenes, the English, and the balance of forms."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from encode import CategoryRecord, ExpressionError, Frame
from encode.colors.distance import srgb_to_lab
from encode.pair import RGB
from encode.referring.attributes import color_fits, looks_like, size_fits, word_fits
from encode.referring.evaluator import evaluate, proved_ids
from encode.referring.forms import FORMS, pick_one
from encode.referring.language import (
    Except,
    Expression,
    Node,
    Objects,
    Rank,
    Relation,
    Selection,
    Side,
    Without,
    read_expression,
    write_expression,
)
from encode.referring.realiser import realise
from encode.referring.sampler import sample_expression
from encode.referring.visible import visible_objects
from encode.referring.wish import FULL_GRADE, Wish
from tests.encode.raycaster import SimpleSolid, build_frame

MUG, BOX, BALL, PLATE = Objects("mug"), Objects("box"), Objects("ball"), Objects("plate")


def one(node: Node) -> Expression:
    return Expression((Selection("one", node),))


def every(node: Node) -> Expression:
    return Expression((Selection("all", node),))


def picked(frame: Frame, expression: Expression) -> list[int] | None:
    """Ids of the first target, or None."""
    ids = proved_ids(expression, visible_objects(frame))
    return None if ids is None else sorted(ids[0])


def test_depths_of_objects_are_numpys_quantiles() -> None:
    frame = build_frame()
    for obj in visible_objects(frame):
        depths = frame.truth.depth[frame.truth.instance == obj.id]
        assert (obj.depth, obj.near) == pytest.approx(np.quantile(depths, (0.5, 0.05)), rel=1e-6)


# The default scene: 1 red, 2 blue, 3 (large) green mug from left to right, 4 yellow box with 5 red box to its right,
# 6 purple ball on box 4, 7 white plate far behind.
@pytest.mark.parametrize(
    ("expression", "ids"),
    [
        (one(Objects("mug", "red")), [1]),
        (one(Objects(color="red", material="oak wood")), [5]),
        (one(Objects("mug", size="large")), [3]),
        (one(BALL), [6]),
        (one(MUG), None),
        (every(MUG), [1, 2, 3]),
        (every(Objects("mug", size="small")), [1, 2]),
        (every(BALL), None),
        (one(Rank(MUG, "x", "low")), [1]),
        (one(Rank(MUG, "x", "high")), [3]),
        (one(Rank(MUG, "x", "low", 2)), [2]),
        (one(Rank(MUG, "x", "low", 3)), None),  # the last of three is not "the third from the left"
        (one(Rank(BALL, "x", "low")), None),  # the leftmost of one
        (one(Rank(MUG, "depth", "low")), None),  # 4.0 and 4.2 m are too close to call
        (one(Rank(MUG, "size", "high")), [3]),
        (one(Rank(MUG, "size", "low")), None),  # two are the same
        (one(Side(BOX, "left")), [4]),
        (one(Side(BOX, "right")), [5]),
        (one(Relation(Objects(), "on", (Objects("box", "yellow"),))), [6]),
        (one(Relation(Objects(), "under", (BALL,))), [4]),
        (one(Relation(BOX, "left_of", (Objects("box", "red"),))), [4]),
        (one(Relation(MUG, "left_of", (MUG,))), None),  # the anchor must be one
        (one(Relation(MUG, "between", (Objects("mug", "red"), Objects("mug", "green")))), [2]),
        (one(Relation(MUG, "in_front_of", (PLATE,))), [2]),
        (one(Without(BOX, color="red")), [4]),
        (every(Without(MUG, material="steel")), [1, 2]),
        (every(Except(MUG, Objects("mug", "red"))), [2, 3]),
        (every(Except(MUG, BALL)), None),  # a ball is not an exception among mugs
        (one(Objects("unicorn")), None),
    ],
)
def test_the_evaluator_on_a_known_scene(frame: Frame, expression: Expression, ids: list[int] | None) -> None:
    assert picked(frame, expression) == ids
    assert read_expression(write_expression(expression)) == expression


def test_targets_must_not_overlap(frame: Frame) -> None:
    red, first = Objects("mug", "red"), Rank(MUG, "x", "low")
    assert proved_ids(Expression((Selection("one", red), Selection("one", first))), visible_objects(frame)) is None
    others = Expression((Selection("one", red), Selection("all", Except(MUG, red))))
    assert proved_ids(others, visible_objects(frame)) == (frozenset({1}), frozenset({2, 3}))


def test_an_unknown_color_leaves_red_undecided() -> None:
    view = build_frame([SimpleSolid("mug", "red", (-1, 4, 0.3), 0.6), SimpleSolid("mug", "", (1, 4, 0.3), 0.6)])
    members = evaluate(write_expression(one(Objects("mug", "red"))), view)[0]
    assert (sorted(members.sure), sorted(members.open)) == ([1], [2])
    assert picked(view, one(Objects("mug", "red"))) is None
    assert picked(view, one(Without(MUG, color="red"))) is None
    assert picked(view, one(Rank(MUG, "x", "low"))) == [1]


def test_easily_confused_colors_are_undecided() -> None:
    view = build_frame([SimpleSolid("mug", "red", (-1, 4, 0.3), 0.6), SimpleSolid("mug", "orange", (1, 4, 0.3), 0.6)])
    assert picked(view, one(Objects("mug", "red"))) is None


@pytest.mark.parametrize(
    ("test", "asked", "has", "fits"),
    [
        (word_fits, "oak wood", "oak wood", True),
        (word_fits, "oak wood", "pine wood", None),
        (word_fits, "steel", "", None),
        (word_fits, "steel", "ceramic", False),
        (color_fits, "blue", "light blue", None),
        (color_fits, "dark red", "light orange", None),
        (color_fits, "red", "blue", False),
        (size_fits, "small", "large", False),
        (size_fits, "small", "medium", None),
        (size_fits, "small", "small", True),
    ],
)
def test_attributes_match_do_not_match_or_are_uncertain(
    test: Callable[[str, str], bool | None], asked: str, has: str, fits: bool | None
) -> None:
    assert test(asked, has) is fits


def test_an_object_of_a_few_pixels_leaves_a_phrase_undecided() -> None:
    def leftmost(gap: float) -> Frame:
        return build_frame(
            [SimpleSolid("mug", "red", (0, 4, 0.3), 0.6), SimpleSolid("mug", "blue", (gap, 5.5, 0.9), 0.6)]
        )

    assert picked(leftmost(1.4), one(Rank(MUG, "x", "low"))) == [1]
    assert picked(leftmost(0.1), one(Rank(MUG, "x", "low"))) is None


def test_a_hardly_visible_object_blocks_phrases_that_depend_on_it() -> None:
    near = [SimpleSolid("mug", "red", (-1, 4, 0.3), 0.6), SimpleSolid("mug", "blue", (0.5, 4, 0.3), 0.6)]
    faint = SimpleSolid("mug", "red", (3, 24, 0.3), 0.8)
    view = build_frame([*near, faint])
    assert next(t for t in visible_objects(view) if t.id == 3).faint
    assert picked(view, one(Objects("mug", "red"))) is None
    assert picked(view, one(Objects("mug", "blue"))) == [2]
    assert picked(view, every(MUG)) is None
    assert picked(view, one(Rank(MUG, "x", "low"))) == [1]  # wherever it is, it is not farther left
    assert picked(view, one(Rank(MUG, "depth", "high"))) is None


def test_an_invisible_object_is_ignored() -> None:
    near = [SimpleSolid("mug", "red", (-1, 4, 0.3), 0.6), SimpleSolid("mug", "blue", (0.5, 4, 0.3), 0.6)]
    view = build_frame([*near, SimpleSolid("mug", "red", (3, 90, 0.3), 0.8)])
    assert (view.truth.instance == 3).any()
    assert {t.id for t in visible_objects(view)} == {1, 2}
    assert picked(view, one(Objects("mug", "red"))) == [1]
    assert picked(view, every(MUG)) == [1, 2]


def test_an_object_behind_another_is_not_meant_by_its_visible_edge() -> None:
    view = build_frame([SimpleSolid("mug", "red", (1.1, 6, 0.5), 1.0), SimpleSolid("box", "blue", (0, 4, 0.8), 1.6)])
    edge = next(t for t in visible_objects(view) if t.id == 1)
    assert edge.pixels > 64
    assert edge.record.visible_fraction < 0.35
    assert edge.faint
    assert picked(view, one(MUG)) is None


def test_hidden_objects_do_not_count() -> None:
    view = build_frame([SimpleSolid("mug", "red", (0, 6, 0.3), 0.4), SimpleSolid("box", "blue", (0, 4, 0.8), 1.6)])
    assert {t.id for t in visible_objects(view)} == {2}
    assert picked(view, one(Objects("mug"))) is None


TABLE, DOOR, BOWL = Objects("table"), Objects("door"), Objects("bowl")
ANYTHING = Objects()


def table_scene() -> Frame:
    """1 a low wide table; on it 2 a red mug and 3 a bowl with 4 a ball in it; 5 a door far behind, to the left."""
    return build_frame(
        [
            SimpleSolid("table", "brown", (0.0, 5.0, -0.9), 2.4),
            SimpleSolid("mug", "red", (-0.8, 4.6, 0.55), 0.5, on=1),
            SimpleSolid("bowl", "blue", (0.5, 4.6, 0.5), 0.4, on=1),
            SimpleSolid("ball", "purple", (0.5, 4.6, 0.72), 0.3, "sphere", on=3),
            SimpleSolid("door", "white", (-3.5, 11.0, 1.0), 2.0),
        ]
    )


def test_an_object_is_not_beside_or_before_its_support() -> None:
    view = table_scene()
    assert {t.id: t.group for t in visible_objects(view)} == {
        1: "furniture",
        2: "object",
        3: "object",
        4: "object",
        5: "room",
    }
    assert picked(view, one(Relation(MUG, "on", (TABLE,)))) == [2]
    for relation in ("in_front_of", "behind", "next_to", "left_of", "right_of"):
        assert picked(view, one(Relation(MUG, relation, (TABLE,)))) is None
        assert picked(view, one(Relation(TABLE, relation, (MUG,)))) is None
        assert picked(view, one(Relation(MUG, relation, (DOOR,)))) is None
    for anchors in ((BALL, TABLE), (MUG, DOOR)):
        assert picked(view, one(Relation(ANYTHING, "between", anchors))) is None
    assert picked(view, one(Relation(BOWL, "next_to", (BALL,)))) is None
    assert picked(view, one(Relation(MUG, "left_of", (BALL,)))) == [2]


def test_furniture_is_beside_furniture() -> None:
    view = build_frame([SimpleSolid("table", "brown", (x, 6.0, 0.4), 0.8) for x in (-1.2, 1.2)])
    categories = tuple(replace(c, name="desk", id=8) if c.name == "door" else c for c in view.categories)
    desk = replace(view.objects[1], category="desk", category_id=8)
    categories = tuple(replace(c, supercategory="furniture") if c.id == 8 else c for c in categories)
    view = replace(view, categories=categories, objects=(view.objects[0], desk, *view.objects[2:]))
    assert picked(view, one(Relation(TABLE, "left_of", (Objects("desk"),)))) == [1]
    assert picked(view, one(Relation(Objects("desk"), "left_of", (TABLE,)))) is None


def test_an_object_in_a_vessel_is_in_it_and_not_on_it() -> None:
    view = table_scene()
    assert picked(view, one(Relation(BALL, "in", (BOWL,)))) == [4]
    assert picked(view, one(Relation(BALL, "on", (BOWL,)))) is None
    assert picked(view, one(Relation(BOWL, "under", (BALL,)))) is None
    assert picked(view, one(Relation(BALL, "in", (MUG,)))) is None


def test_tables_and_doors_are_not_called_objects() -> None:
    view = table_scene()
    assert picked(view, one(Relation(ANYTHING, "under", (MUG,)))) is None
    assert picked(view, one(Rank(ANYTHING, "x", "high"))) is None  # ball and bowl are one above the other
    assert picked(view, one(Rank(ANYTHING, "x", "low"))) == [2]  # the door is farther left
    assert picked(view, one(Rank(DOOR, "x", "low"))) is None
    members = evaluate(write_expression(one(ANYTHING)), view)[0]
    assert (sorted(members.sure), sorted(members.open)) == ([2, 3, 4], [])


def test_a_picture_on_the_wall_may_be_an_object() -> None:
    view = table_scene()
    categories = tuple(replace(c, supercategory="wall decoration") if c.name == "door" else c for c in view.categories)
    members = evaluate(write_expression(one(ANYTHING)), replace(view, categories=categories))[0]
    assert (sorted(members.sure), sorted(members.open)) == ([2, 3, 4], [5])


def test_small_is_used_beside_larger_ones_only() -> None:
    small = [SimpleSolid("mug", "red", (x, 4, 0.2), 0.4, word="small") for x in (-1, 0)]
    large = SimpleSolid("mug", "red", (1.4, 4, 0.4), 0.8, word="large")
    assert picked(build_frame(small), every(Objects("mug", size="small"))) is None
    assert picked(build_frame([*small, large]), every(Objects("mug", size="small"))) == [1, 2]
    assert picked(build_frame([*small, large]), one(Objects("mug", size="large"))) == [3]


def test_between_holds_in_the_image_and_in_the_room() -> None:
    ends = [SimpleSolid("ball", "red", (-1.2, 4, 0.2), 0.4), SimpleSolid("box", "blue", (1.2, 4, 0.2), 0.4)]

    def between(x: float, y: float, z: float) -> list[int] | None:
        view = build_frame([*ends, SimpleSolid("mug", "green", (x, y, z), 0.4)])
        return picked(view, one(Relation(MUG, "between", (BALL, BOX))))

    assert between(0.0, 4.1, 0.2) == [3]
    assert between(0.0, 9.0, 0.2) is None  # between in the image alone
    assert between(0.0, 4.0, 2.0) is None  # between in the plan alone
    assert between(-1.8, 4.0, 0.2) is None


def test_behind_is_not_across_the_room() -> None:
    def behind(y: float) -> list[int] | None:
        view = build_frame(
            [SimpleSolid("mug", "red", (0, 4, 0.2), 0.4), SimpleSolid("box", "blue", (0.1, y, 0.3), 0.8)]
        )
        return picked(view, one(Relation(BOX, "behind", (MUG,))))

    assert behind(5.5) == [2]
    assert behind(9.5) is None


def test_an_object_that_hardly_reaches_into_the_image_is_faint() -> None:
    view = build_frame(
        [SimpleSolid("mug", "red", (0, 4, 0.3), 0.6), SimpleSolid("ball", "blue", (2.95, 4, 0.3), 1.0, "sphere")]
    )
    uncut, cut = visible_objects(view)
    assert not uncut.faint
    assert cut.pixels > 100
    assert cut.faint
    assert picked(view, one(BALL)) is None


@pytest.mark.parametrize(("shade", "named"), [((255, 250, 240), "white"), ((250, 120, 60), ""), ((20, 20, 22), "")])
def test_a_color_that_the_image_does_not_show_is_uncertain(frame: Frame, shade: RGB, named: str) -> None:
    image = frame.image.copy()
    image[frame.truth.instance == 7] = shade  # the white plate
    plate = next(t for t in visible_objects(replace(frame, image=image)) if t.id == 7)
    assert plate.record.color == named
    assert picked(replace(frame, image=image), one(Objects("plate", "white"))) == ([7] if named else None)


@pytest.mark.parametrize(
    ("rgb", "word", "fits"),
    [
        ((200, 40, 30), "red", True),
        ((90, 90, 200), "red", False),
        ((120, 118, 116), "red", False),
        ((40, 90, 200), "dark blue", True),
        ((160, 160, 158), "gray", True),
        ((160, 160, 158), "white", True),
        ((220, 120, 60), "white", False),
        ((30, 30, 30), "black", True),
        ((150, 150, 150), "black", False),
        ((1, 2, 3), "chartreuse", True),
    ],
)
def test_rendered_colors_match_color_words_or_not(rgb: RGB, word: str, fits: bool | None) -> None:
    assert looks_like(srgb_to_lab(rgb), word) is fits


def test_order_by_centers_and_by_edges_must_agree() -> None:
    # The wide box's centre is farther right than the mug's, its edge farther left.
    view = build_frame([SimpleSolid("mug", "red", (-0.9, 4, 0.3), 0.5), SimpleSolid("box", "blue", (0.3, 6, 1.8), 3.4)])
    assert picked(view, one(Rank(ANYTHING, "x", "low"))) is None


def test_stuff_is_never_an_object(frame: Frame) -> None:
    assert 100 not in {obj.id for obj in visible_objects(frame)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expression: expected JSON"),
        ("[]", 'one key "targets"'),
        ('{"targets":[]}', "at least one target"),
        ('{"targets":[{"pick":"some","of":{"op":"objects"}}]}', "pick of an expression: expected one of one, all"),
        ('{"targets":[{"pick":"one"}]}', 'the keys "pick" and "of"'),
        ('{"targets":[{"pick":"one","of":{"op":"magic"}}]}', "op is one of objects, without"),
        ('{"targets":[{"pick":"one","of":{"op":"objects","weight":"1 kg"}}]}', r"node objects: .*\['weight'\]"),
        ('{"targets":[{"pick":"one","of":{"op":"side","of":{"op":"objects"}}}]}', "node side"),
        ('{"targets":[{"pick":"one","of":{"op":"side","of":{"op":"objects"},"side":"up"}}]}', "one of left, right"),
        ('{"targets":[{"pick":"one","of":{"op":"without","of":{"op":"objects"}}}]}', "a color or a material"),
        (
            '{"targets":[{"pick":"one","of":{"op":"rank","of":{"op":"objects"},"by":"x","end":"low","place":0}}]}',
            "an integer of 1 or more, got 0",
        ),
        (
            '{"targets":[{"pick":"one","of":{"op":"relation","of":{"op":"objects"},"relation":"on","anchors":[]}}]}',
            "relation on: expected 1 anchors, got 0",
        ),
    ],
)
def test_malformed_expressions_are_refused(text: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        read_expression(text)


@pytest.mark.parametrize(
    ("expression", "phrases"),
    [
        (one(Objects("mug", "red")), {"the red mug", "the red cup"}),
        (one(Objects(material="oak wood")), {"the oak wood object", "the oak wood thing"}),
        (one(Objects("box", "red", "steel", "small")), {"the small red steel box", "the small red steel carton"}),
        (one(Rank(BALL, "x", "low", 2)), {"the second ball from the left"}),
        (one(Rank(BALL, "depth", "low", 2)), {"the second nearest ball", "the second closest ball"}),
        (
            one(Rank(Side(BALL, "bottom"), "x", "high")),
            {
                "the rightmost ball at the bottom",
                "the rightmost ball in the lower part of the image",
                "the rightmost ball near the bottom of the image",
            },
        ),
        (one(Without(BALL, color="red")), {"the ball that is not red"}),
        (
            every(Without(BALL, material="steel")),
            {
                "all the balls that are not made of steel",
                "all balls that are not made of steel",
                "the balls that are not made of steel",
                "every ball that is not made of steel",
            },
        ),
    ],
)
def test_english(frame: Frame, expression: Expression, phrases: set[str]) -> None:
    categories = {category.name: category for category in frame.categories}
    counts = (1,) if expression.targets[0].pick == "one" else (3,)
    wordings = {realise(np.random.default_rng(seed), expression, counts, categories)[0] for seed in range(200)}
    assert wordings == phrases


def test_english_of_the_others_and_of_both(frame: Frame) -> None:
    categories = {category.name: category for category in frame.categories}
    red = Objects("box", "red")
    expression = Expression((Selection("one", red), Selection("one", Except(BOX, red))))
    for seed in range(30):
        first, second = realise(np.random.default_rng(seed), expression, (1, 1), categories)
        assert (first, second) in {("the red box", "the other box"), ("the red carton", "the other carton")}
    wordings = {realise(np.random.default_rng(s), every(Objects("box", "red")), (2,), categories)[0] for s in range(60)}
    assert wordings == {"both red boxes", "both of the red boxes", "the red boxes"}


def test_english_of_relations_agrees_in_number(frame: Frame) -> None:
    categories = {category.name: category for category in frame.categories}
    node = Relation(BALL, "on", (PLATE,))
    singular = {realise(np.random.default_rng(s), one(node), (1,), categories)[0] for s in range(60)}
    assert "the ball that is on the plate" in singular
    plural = {realise(np.random.default_rng(s), every(node), (3,), categories)[0] for s in range(200)}
    assert {"all the balls that are on the plate", "every ball that is on the plate"} <= plural
    assert not any("every balls" in text or ("are on" in text and "every" in text) for text in plural)


def phrases_of(expression: Expression, count: int, *categories: CategoryRecord) -> set[str]:
    names = {category.name: category for category in categories}
    return {realise(np.random.default_rng(seed), expression, (count,), names)[0] for seed in range(200)}


def test_english_of_materials() -> None:
    box = CategoryRecord(1, "box", "boxes", (), "container", "thing")
    assert phrases_of(one(Objects("box", material="wood")), 1, box) == {"the wooden box"}
    assert phrases_of(one(Without(Objects("box"), material="wood")), 1, box) == {"the box that is not made of wood"}
    candle = CategoryRecord(2, "candle", "candles", ("wax candle", "taper"), "light source", "thing")
    assert phrases_of(one(Objects("candle", material="wax")), 1, candle) == {"the wax candle", "the wax taper"}


def test_english_of_what_has_no_singular() -> None:
    pair = CategoryRecord(1, "headphones", "headphones", ("pair of headphones",), "electronics", "thing")
    wordings = phrases_of(one(Without(Objects("headphones"), color="red")), 1, pair)
    assert wordings == {"the headphones that are not red", "the pair of headphones that is not red"}
    assert not any("every" in phrase for phrase in phrases_of(every(Objects("headphones")), 3, pair))


def test_nothing_is_closest_to_the_camera_where_a_camera_is_seen() -> None:
    mug = CategoryRecord(1, "mug", "mugs", (), "dishware", "thing")
    camera = CategoryRecord(2, "camera", "cameras", (), "electronics", "thing")
    nearest = one(Rank(MUG, "depth", "low"))
    assert "the mug closest to the camera" in phrases_of(nearest, 1, mug)
    wordings = phrases_of(nearest, 1, mug, camera)
    assert wordings == {
        "the nearest mug",
        "the closest mug",
        "the mug closest to the viewer",
        "the mug nearest to the viewer",
    }


def test_every_sampled_expression_is_proved_and_forms_are_balanced(frame: Frame, frames: list[Frame]) -> None:
    forms: Counter[str] = Counter()
    for number, view in enumerate((frame, *frames)):
        objects = visible_objects(view)
        for index in range(40):
            drawn = sample_expression(np.random.default_rng((number, index)), objects)
            assert drawn is not None
            forms[drawn.form] += 1
            again = read_expression(write_expression(drawn.expression))
            assert proved_ids(again, objects) == drawn.ids
            assert json.loads(write_expression(drawn.expression))
    assert set(forms) == set(FORMS)
    assert max(forms.values()) < 0.3 * forms.total()


def rich_scene() -> Frame:
    """Mugs, boxes and balls in rows, apart from one another, of several sizes, colours and materials."""
    return build_frame(
        [
            SimpleSolid("mug", "red", (-1.4, 4.0, 0.25), 0.5, "sphere", "ceramic", "small"),
            SimpleSolid("mug", "blue", (0.0, 3.9, 0.25), 0.5, "sphere", "ceramic", "small"),
            SimpleSolid("mug", "green", (1.5, 4.1, 0.45), 0.9, "sphere", "steel", "large"),
            SimpleSolid("box", "yellow", (-2.1, 5.8, 0.35), 0.7, "box", "cardboard", "small"),
            SimpleSolid("box", "red", (-0.6, 6.0, 0.35), 0.7, "box", "wood", "small"),
            SimpleSolid("box", "blue", (1.0, 6.2, 0.6), 1.2, "box", "wood", "large"),
            SimpleSolid("ball", "purple", (3.1, 6.0, 0.3), 0.6, "sphere", "rubber"),
            SimpleSolid("ball", "green", (-3.4, 8.0, 0.4), 0.8, "sphere", "rubber"),
            SimpleSolid("plate", "white", (-1.4, 8.6, 0.3), 0.6, "box", "ceramic"),
        ],
        size=(320, 320),
    )


def test_on_a_rich_scene_all_forms_of_expression_occur_evenly() -> None:
    objects = visible_objects(rich_scene())
    drawn = [sample_expression(np.random.default_rng(seed), objects) for seed in range(400)]
    forms = Counter(one.form for one in filter(None, drawn))
    assert forms.total() == 400
    assert set(forms) == set(FORMS)
    assert max(forms.values()) < 0.3 * 400
    assert min(forms.values()) >= 0.01 * 400


def test_a_wish_prefers_large_targets_among_others_of_their_class() -> None:
    objects = visible_objects(rich_scene())
    wish = Wish(least_area=0.01, most_alone=0.5)
    drawn = [sample_expression(np.random.default_rng(seed), objects, wish) for seed in range(30)]
    grades = [wish.grade(one.expression, one.ids, objects) for one in drawn if one is not None]
    assert len(grades) == 30
    assert sum(grade == FULL_GRADE for grade in grades) >= 27
    mug, plate = (next(obj for obj in objects if obj.record.category == name) for name in ("mug", "plate"))
    assert wish.weight(mug, objects) > wish.weight(plate, objects)  # the plate is the only one
    assert 0 < wish.grade(pick_one(PLATE), [{plate.id}], objects) < FULL_GRADE


def test_a_scene_without_things_has_no_expression() -> None:
    assert sample_expression(np.random.default_rng(0), visible_objects(build_frame([]))) is None


def test_furniture_that_stands_by_itself_may_be_an_object() -> None:
    """An empty second table is nearer than the mug: who says "the nearest object" may mean it."""
    placed = [
        SimpleSolid("table", "brown", (0.6, 6.0, -0.9), 1.6),
        SimpleSolid("mug", "red", (0.2, 5.6, 0.15), 0.5, on=1),
        SimpleSolid("bowl", "blue", (0.9, 6.4, 0.1), 0.4, on=1),
    ]
    nearest = one(Rank(ANYTHING, "depth", "low"))
    assert picked(build_frame(placed), nearest) == [2]
    assert picked(build_frame([*placed, SimpleSolid("table", "white", (-1.2, 4.4, 0.2), 0.9)]), nearest) is None
    assert picked(build_frame([*placed, SimpleSolid("table", "white", (-2.2, 9.5, -0.8), 0.9)]), nearest) == [2]
