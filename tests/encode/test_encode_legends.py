"""Legends of semantic prompts: full ones, standard label sets, absent classes, and colours enough for forty."""

import re
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from encode import (
    CategoryRecord,
    Frame,
    MetaError,
    ObjectRecord,
    Pair,
    PairShares,
    SceneIndex,
    audit_pair,
    get_task,
    make_pairs,
    parse,
)
from encode.colors.distance import ciede2000, rgb_distance, srgb_to_lab
from encode.colors.legend import MINIMUM_CIEDE2000, MINIMUM_RGB, check_apart, draw_colors
from encode.formulas.indices import ViewIndex
from encode.frame.document import Origin
from encode.prompts.legend import LABEL_SET_NAMES
from encode.segmentation.absent_labels import draw_absent
from encode.segmentation.label_sets import get_label_set, known_categories, label_set_of, set_members
from encode.segmentation.legends import MOST_CLASSES, fitting_sets
from verichrome.category_table import category_table
from verichrome.evaluation.cityscapes import CITYSCAPES_LEGEND

# What the raycaster's categories are renamed to, and the class of Cityscapes that each is of by its definitions.
STREET = {
    "sky": ("sky", "stuff", "surroundings", "sky"),
    "floor": ("road", "stuff", "surroundings", "road"),
    "mug": ("van", "thing", "vehicle", "car"),
    "box": ("building", "stuff", "building", "building"),
    "ball": ("street tree", "thing", "plant", "vegetation"),
    "plate": ("litter bin", "thing", "street furniture", ""),
    "table": ("car", "thing", "vehicle", "car"),
    "door": ("person", "thing", "living being", "person"),
    "bowl": ("bus", "thing", "vehicle", "bus"),
}
SETS_ALONE = PairShares(label_set_share=1)


def renamed(frame: Frame, name: str, to: str, kind: str, supercategory: str) -> Frame:
    categories = tuple(
        CategoryRecord(c.id, to, f"{to}s", (), supercategory, kind) if c.name == name else c for c in frame.categories
    )
    objects = tuple(replace(o, category=to) if o.category == name else o for o in frame.objects)
    return replace(frame, categories=categories, objects=objects)


@pytest.fixture(scope="module")
def street(frame: Frame) -> Frame:
    for name, (to, kind, supercategory, _) in STREET.items():
        frame = renamed(frame, name, to, kind, supercategory)
    return frame


@pytest.fixture(scope="module")
def cityscapes(street: Frame) -> list[Pair]:
    pairs = make_pairs(street, ["semantic"], seed=0, prompts_per_task=40, shares=SETS_ALONE)
    return [pair for pair in pairs if label_set_of(pair.meta) == "Cityscapes"]


def absent(frame: Frame, pair: Pair) -> list[str]:
    return [e.label for e in pair.meta.foreground if not np.isin(frame.truth.category, e.ids).any()]


def test_the_tables_are_the_taxonomys_and_name_classes_that_exist() -> None:
    table = files("encode").joinpath("tables", "categories.csv").read_text("utf-8")
    assert table == category_table(), "run `python -m verichrome.category_table encode/tables/categories.csv`"
    sets = [get_label_set(name) for name in LABEL_SET_NAMES]
    assert [len(label_set.classes) for label_set in sets] == [133, 150, 19, 40]
    assert get_label_set("Cityscapes").classes == tuple(CITYSCAPES_LEGEND)
    for label_set in sets:
        assert len(set(label_set.classes)) == len(label_set.classes)
        assert {*label_set.unsure, *label_set.materials.values()} <= set(label_set.classes)
        named = {known.classes[label_set.key] for known in known_categories().values()} - {""}
        assert named <= set(label_set.classes)


def test_a_label_set_paints_its_classes_and_all_else_as_background(street: Frame, cityscapes: list[Pair]) -> None:
    assert len(cityscapes) > 4
    by_id = {c.id: next(of for name, _, _, of in STREET.values() if name == c.name) for c in street.categories}
    classes = np.vectorize(lambda i: by_id[int(i)])(street.truth.category)
    for pair in cityscapes:
        colors = {entry.label: entry.rgb for entry in pair.meta.foreground}
        for name in {"sky", "road", "car", "building", "vegetation"}:
            assert (pair.target[classes == name] == colors[name]).all()
        assert (pair.target[classes == ""] == pair.meta.background).all()
        assert parse(pair.prompt).label_set == "Cityscapes"
        assert audit_pair(street, pair.target, pair.prompt, pair.meta) == []
    whole = [pair for pair in cityscapes if len(pair.meta.foreground) == 19]
    assert len(whole) > len(cityscapes) / 2
    orders = [tuple(entry.label for entry in pair.meta.foreground) == tuple(CITYSCAPES_LEGEND) for pair in whole]
    assert any(orders)
    assert not all(orders)


def test_scores_of_a_label_set_do_not_join_our_own_classes(street: Frame, cityscapes: list[Pair]) -> None:
    scores = get_task("semantic").score(cityscapes[0].target, street, cityscapes[0].meta)
    assert scores["miou"] == 1
    assert "union/car (Cityscapes)" in scores
    assert "union/car" not in scores
    with pytest.raises(MetaError, match=r"label_set.*got 'x'"):
        label_set_of(replace(cityscapes[0].meta, expression="x"))


def test_a_changed_label_set_is_found(street: Frame, cityscapes: list[Pair]) -> None:
    pair = cityscapes[0]
    other = pair.prompt.replace("Cityscapes", "ADE20K")
    assert any("is no class of ADE20K" in text for text in audit_pair(street, pair.target, other, pair.meta))
    plain = replace(pair.meta, expression="")
    assert any("expression" in text for text in audit_pair(street, pair.target, pair.prompt, plain))


def test_a_set_is_not_asked_for_where_its_classes_are_uncertain(street: Frame) -> None:
    cityscapes, coco = get_label_set("Cityscapes"), get_label_set("COCO")
    assert cityscapes in fitting_sets(street)
    members = set_members(street, cityscapes)
    assert members is not None
    assert len(members["car"]) == 2  # van and car
    unlabelled = street.truth.category.copy()
    unlabelled[0, 0] = 0
    assert set_members(replace(street, truth=replace(street.truth, category=unlabelled)), cityscapes) is None
    assert set_members(renamed(street, "sky", "backdrop", "stuff", "surroundings"), cityscapes) is None
    own = renamed(street, "litter bin", "drone", "thing", "drone")
    assert set_members(own, cityscapes) is None
    assert set_members(declared(own, {"name": "drone", "cityscapes": "pole"}), cityscapes)["pole"]  # type: ignore[index]
    assert "pole" not in (set_members(declared(own, {"name": "drone", "coco": "kite"}), cityscapes) or {"pole": ()})
    assert set_members(declared(own, {"name": "drone", "cityscapes": "drone"}), cityscapes) is None
    walls = renamed(street, "building", "wall", "stuff", "room structure")  # of cardboard and of oak wood
    for material in ("plaster", ""):
        mixed = replace(walls, objects=(replace(walls.objects[3], material="brick"), *with_material(walls, material)))
        assert set_members(mixed, coco) is None
    brick = replace(walls, objects=with_material(walls, "brick"))
    assert "wall-brick" in (set_members(brick, coco) or {})


def with_material(frame: Frame, material: str) -> tuple[ObjectRecord, ...]:
    return tuple(replace(record, material=material) for record in frame.objects)


def declared(frame: Frame, category: dict[str, str]) -> Frame:
    spec = {"categories": [category]}
    index, view = SceneIndex(0), ViewIndex(0)
    origin = Origin(
        family="street", seed=0, scene_index=index, view_index=view, attempt=0, render={}, versions={}, spec=spec
    )
    return replace(frame, origin=origin)


def test_full_legends_name_every_visible_class_and_shares_are_kept(street: Frame) -> None:
    all_of_it = PairShares(full_share=1, label_set_share=0, absent_entry_share=0)
    visible = set(np.unique(street.truth.category).tolist())
    for pair in make_pairs(street, ["semantic"], seed=0, prompts_per_task=20, shares=all_of_it):
        assert {i for entry in pair.meta.foreground for i in entry.ids} >= visible
        assert absent(street, pair) == []
    many = replace(all_of_it, absent_entry_share=0.45)
    pairs = make_pairs(street, ["semantic"], seed=0, prompts_per_task=40, shares=many)
    sizes = [len(pair.meta.foreground) for pair in pairs]
    share = sum(len(absent(street, pair)) for pair in pairs) / sum(sizes)
    assert 0.35 < share < 0.8
    assert max(sizes) <= MOST_CLASSES


def test_absent_classes_are_of_such_scenes_and_nobody_would_see_them(street: Frame) -> None:
    drawn = {
        label
        for seed in range(40)
        for label, _ in draw_absent(street, np.random.default_rng(seed), 6, frozenset(range(1, 10)), plurals=False)
    }
    assert {"truck", "boat", "fire hydrant"} <= drawn  # other vehicles and street furniture, and far ones
    assert not drawn & {"tree", "hedge", "woodland", "van", "car", "building", "backdrop", "ground"}
    unnamed = {
        label
        for seed in range(40)
        for label, _ in draw_absent(street, np.random.default_rng(seed), 6, frozenset(), plurals=False)
    }
    assert "truck" not in unnamed  # a van that the legend leaves out may pass for one


def test_forty_colors_and_a_background_stay_apart() -> None:
    for seed in range(4):
        colors = draw_colors(np.random.default_rng(seed), MOST_CLASSES, taken=[(0, 0, 0)])
        assert colors is not None
        check_apart([(0, 0, 0), *colors], "legend")


def test_colors_are_the_first_of_a_random_order_that_are_apart() -> None:
    """The same rule one candidate at a time."""
    rng = np.random.default_rng(5)
    expected = [(255, 255, 255)]
    for color in rng.integers(0, 256, (1500, 3)).tolist():
        far = [rgb_distance(color, other) >= MINIMUM_RGB for other in expected]
        seen = [ciede2000(srgb_to_lab(color), srgb_to_lab(other)) >= MINIMUM_CIEDE2000 for other in expected]
        if all(far) and all(seen) and len(expected) < 13:
            expected.append(tuple(color))
    assert draw_colors(np.random.default_rng(5), 12, taken=[(255, 255, 255)]) == expected[1:]


def test_long_legends_are_not_named_by_color_words(street: Frame) -> None:
    pairs = make_pairs(street, ["semantic"], seed=1, prompts_per_task=30, shares=SETS_ALONE)
    long = [pair for pair in pairs if len(pair.meta.foreground) > 16]
    assert len(long) > 4
    for pair in long:
        assert re.search(r"\d{1,3}, \d{1,3}|#[0-9A-Fa-f]{6}", pair.prompt)
