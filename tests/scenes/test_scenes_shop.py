"""Shops: every documented category turns up, goods stand on what carries them and meet nothing, cameras have room."""

from functools import cache

import numpy as np
import pytest

from scenes import SceneError, SceneSpec, load_taxonomy, sample_scene
from scenes.contact import floating_parts
from scenes.craft.style import sample_style
from scenes.families.shop.parameters import SHOPS
from scenes.furnish.displays import Display, gondola, sample_finish, tiered_stand
from scenes.furnish.hanging_sign import hanging_sign
from scenes.furnish.shop_fixtures import checkout, chest_freezer, display_fridge, market_stall, shop_counter
from scenes.measure import part_mesh
from scenes.texts import model_texts
from tests.scenes.world_points import world_points

INDICES = range(2)
CASES = [(shop, index) for shop in SHOPS for index in INDICES]
SHELL = {"floor", "wall", "ceiling", "ground", "ceiling lamp", "building", "hanging sign"}
#: Objects stand within their boxes, not on top.
HOLDERS = {
    "shop shelf", "display fridge", "chest freezer", "display stand", "market stall", "checkout", "shop counter",
    "crate", "basket",
}  # fmt: skip
PROMISED = {
    "shop shelf", "display fridge", "display stand", "market stall", "checkout", "shop counter", "hanging sign",
    "cash register", "weighing scale", "shopping basket", "shopping cart", "price card", "crate", "box", "bottle",
    "tin can", "jar", "drink carton", "food packet", "apple", "tomato", "bell pepper", "potato", "loaf of bread",
    "croissant", "bread roll", "donut", "person", "building", "floor", "wall", "ceiling", "ground",
}  # fmt: skip


@cache
def scene(shop: str, index: int) -> SceneSpec:
    return sample_scene("shop", seed=7, index=index, parameters={"shops": [shop]})


@cache
def corners(shop: str, index: int) -> tuple[np.ndarray, ...]:
    """Every object's vertices in the world."""
    return world_points(scene(shop, index).objects)


def test_every_documented_category_occurs() -> None:
    shown = {item.model.category for case in CASES for item in scene(*case).objects}
    assert PROMISED - shown == set()


@pytest.mark.parametrize(("shop", "index"), CASES)
def test_objects_stand_on_their_supports(shop: str, index: int) -> None:
    spec = scene(shop, index)
    points = dict(zip((item.id for item in spec.objects), corners(shop, index), strict=True))
    categories = {item.id: item.model.category for item in spec.objects}
    for item in spec.objects:
        if item.model.category in SHELL:
            continue
        assert item.supported_by, item.name
        under, own = points[item.supported_by], points[item.id]
        if categories[item.supported_by] in HOLDERS:
            assert under[:, 2].min() - 1e-3 < own[:, 2].min() < under[:, 2].max() + 0.1, item.name
            assert np.all(own[:, :2].mean(0) > under[:, :2].min(0) - 0.02), item.name
            assert np.all(own[:, :2].mean(0) < under[:, :2].max(0) + 0.02), item.name
        else:
            assert -1e-3 < own[:, 2].min() - under[:, 2].max() < 2e-3, item.name


@pytest.mark.parametrize(("shop", "index"), CASES)
def test_objects_do_not_intersect(shop: str, index: int) -> None:
    spec, points = scene(shop, index), corners(shop, index)
    goods = [k for k, obj in enumerate(spec.objects) if obj.model.category not in SHELL | HOLDERS]
    low, high = np.array([points[k].min(0) for k in goods]), np.array([points[k].max(0) for k in goods])
    angle = np.linspace(0, np.pi, 60, endpoint=False)
    aside = np.stack([np.cos(angle), np.sin(angle)])
    boxes_meet = np.all((low[:, None] < high[None] - 0.004) & (low[None] < high[:, None] - 0.004), axis=-1)
    crates = {obj.id for obj in spec.objects if obj.model.category in ("crate", "basket")}
    for a, b in np.argwhere(np.triu(boxes_meet, 1)):
        one, two = spec.objects[goods[a]], spec.objects[goods[b]]
        if one.supported_by == two.supported_by and one.supported_by in crates:
            continue  # heaped: one lies in the hollows between the others
        if {one.model.category, two.model.category} == {"shopping cart", "person"}:
            continue  # hands lie on the handle
        first, second = points[goods[a]][:, :2] @ aside, points[goods[b]][:, :2] @ aside
        apart = np.maximum(first.min(0) - second.max(0), second.min(0) - first.max(0)).max()
        assert apart > -0.012, (one.name, two.name)


@pytest.mark.parametrize(("shop", "index"), CASES)
def test_cameras_stand_in_free_air(shop: str, index: int) -> None:
    spec, points = scene(shop, index), corners(shop, index)
    solid = [
        k for k, item in enumerate(spec.objects) if item.model.category not in HOLDERS | {"wall", "floor", "ground"}
    ]
    low, high = np.array([points[k].min(0) for k in solid]), np.array([points[k].max(0) for k in solid])
    for view in spec.views:
        assert len([camera for camera in view.candidates if not camera.subject]) == 6
        for camera in view.candidates:
            location = np.array(camera.location)
            assert camera.subject or 0.6 < location[2] < 1.9
            assert camera.subject or 20 <= camera.focal_length <= 50
            assert not np.any(np.all((low - 0.05 < location) & (location < high + 0.05), axis=1))


@pytest.mark.parametrize(("shop", "index"), CASES)
def test_goods_are_shared_models_within_the_budget(shop: str, index: int) -> None:
    spec = scene(shop, index)
    goods = [item for item in spec.objects if load_taxonomy()[item.model.category].is_loose]
    assert 120 < len(goods) < 2400
    assert len({id(item.model) for item in goods}) < 0.5 * len(goods)


def test_fixtures_are_whole() -> None:
    for seed in range(3):
        rng = np.random.default_rng(seed)
        style = sample_style(rng)
        look = sample_finish(rng, style, timber=0.5)
        displays: list[Display] = [
            gondola(rng, look, 3.0, 1.8, 5),
            tiered_stand(rng, look, 1.8, 2),
            display_fridge(rng, 2.0, doors=seed % 2 == 0),
            chest_freezer(rng, 1.8),
            checkout(rng, look, 2.6),
            shop_counter(rng, look, 2.0, showcase=seed % 2 == 0),
            market_stall(rng, style, 2.6),
        ]
        for display in displays:
            assert floating_parts(display.model) == []
            for part in display.model.parts:
                mesh = part_mesh(part)
                assert mesh.is_closed(), part.name
                assert mesh.volume() > 0, part.name
            assert display.levels
            assert all(level.left < level.right and level.front < level.back for level in display.levels)


def test_lamps_fit_the_kind_of_shop() -> None:
    for shop in SHOPS:
        spec = scene(shop, 0)
        lamps = sum(item.model.category == "ceiling lamp" for item in spec.objects)
        assert (lamps == 0) == (shop == "market")


def test_parameters_are_respected() -> None:
    with pytest.raises(SceneError, match="shops"):
        sample_scene("shop", seed=0, index=0, parameters={"shops": ["garage"]})
    with pytest.raises(SceneError, match="fullness"):
        sample_scene("shop", seed=0, index=0, parameters={"fullness": 2})
    full, bare = (
        sample_scene("shop", seed=2, index=0, parameters={"shops": ["grocer"], "fullness": share})
        for share in (1.0, 0.2)
    )
    is_loose = load_taxonomy().is_loose
    loose = [sum(is_loose(item.model.category) for item in spec.objects) for spec in (full, bare)]
    assert loose[0] > 1.5 * loose[1]
    empty = sample_scene("shop", seed=2, index=1, parameters={"customers": 0})
    assert not any(item.model.category == "person" for item in empty.objects)


def test_no_display_is_left_empty() -> None:
    for case in CASES:
        supports = {item.supported_by for item in scene(*case).objects}
        for item in scene(*case).objects:
            if item.model.category in ("shop shelf", "display fridge", "chest freezer", "display stand"):
                assert item.id in supports, (case, item.name)


def test_hanging_signs_read_the_same_from_both_sides() -> None:
    sign = hanging_sign(np.random.default_rng(0), ("PASTA", "SOUP"), 1.2, 0.3)
    assert sorted(text.text for text in model_texts(sign)) == ["PASTA", "PASTA", "SOUP", "SOUP"]
    for text in model_texts(sign):
        assert np.abs(text.corners[:, 0]).max() < 0.6
    for part in sign.parts:
        assert part_mesh(part).is_closed(), part.name
