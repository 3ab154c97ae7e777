"""Warehouses: documented categories occur, objects stand on supports and do not intersect, cameras have room."""

from collections import Counter
from functools import cache

import numpy as np
import pytest

from scenes import SceneError, SceneSpec, load_taxonomy, sample_scene
from scenes.families.warehouse.parameters import HALL_KINDS
from scenes.floor_layout import FloorLayout
from scenes.measure import size_of
from tests.scenes.world_points import world_points

INDICES = range(4)
CASES = [(layout, index) for layout in HALL_KINDS for index in INDICES]
SHELL = {"floor", "wall", "ceiling", "ground", "skylight", "roof truss", "column", "air duct", "ceiling lamp", "door"}
SHELL |= {"roller shutter", "dock leveller", "floor marking", "safety sign"}
CARRIERS = {"pallet rack", "storage shelving", "workbench"}  # objects stand within their box
PROMISED = {
    "pallet rack", "pallet", "pallet load", "crate", "barrel", "sack", "tote", "jerry can", "gas bottle",
    "pallet truck",
    "forklift", "trolley", "hand truck", "stepladder", "traffic cone", "guard post", "safety railing", "box",
    "fire extinguisher", "workbench", "toolbox", "cable drum", "IBC tank", "tyre", "bucket", "control cabinet",
    "safety sign", "shipping container", "roller shutter", "storage shelving", "dock leveller",
    "roof truss", "skylight", "column", "floor marking", "air duct", "floor", "wall", "ceiling", "ground", "door",
}  # fmt: skip


@cache
def scene(layout: str, index: int) -> SceneSpec:
    return sample_scene("warehouse", seed=7, index=index, parameters={"layouts": [layout], "fallen_share": 0.5})


@cache
def corners(layout: str, index: int) -> tuple[np.ndarray, ...]:
    """Every object's vertices in the world."""
    return world_points(scene(layout, index).objects)


def test_every_documented_category_occurs() -> None:
    categories = {obj.model.category for case in CASES for obj in scene(*case).objects}
    assert PROMISED - categories == set()


@pytest.mark.parametrize(("layout", "index"), CASES)
def test_objects_stand_on_their_supports(layout: str, index: int) -> None:
    spec = scene(layout, index)
    corners_of = dict(zip((obj.id for obj in spec.objects), corners(layout, index), strict=True))
    models = {obj.id: obj.model.category for obj in spec.objects}
    for obj in spec.objects:
        if obj.body == "dynamic" or obj.model.category in SHELL:
            continue
        assert obj.supported_by, obj.name
        under, own = corners_of[obj.supported_by], corners_of[obj.id]
        if models[obj.supported_by] in CARRIERS:
            assert under[:, 2].min() < own[:, 2].min() < under[:, 2].max()
            levels = np.unique(under[:, 2].round(4))
            assert np.abs(levels - own[:, 2].min()).min() < 0.02, obj.name
        else:
            assert -1e-3 < own[:, 2].min() - under[:, 2].max() < 2e-3, obj.name


@pytest.mark.parametrize(("layout", "index"), CASES)
def test_objects_do_not_intersect(layout: str, index: int) -> None:
    spec, points = scene(layout, index), corners(layout, index)
    fixed = [k for k, obj in enumerate(spec.objects) if obj.model.category not in SHELL and obj.body == "fixed"]
    low, high = np.array([points[k].min(0) for k in fixed]), np.array([points[k].max(0) for k in fixed])
    angle = np.linspace(0, np.pi, 60, endpoint=False)
    aside = np.stack([np.cos(angle), np.sin(angle)])
    boxes_meet = np.all((low[:, None] < high[None] - 0.004) & (low[None] < high[:, None] - 0.004), axis=-1)
    for a, b in np.argwhere(np.triu(boxes_meet, 1)):
        one, two = spec.objects[fixed[a]], spec.objects[fixed[b]]
        if {one.model.category, two.model.category} & CARRIERS:
            continue
        first, second = points[fixed[a]][:, :2] @ aside, points[fixed[b]][:, :2] @ aside
        apart = np.maximum(first.min(0) - second.max(0), second.min(0) - first.max(0)).max()
        assert apart > -0.012, (one.name, two.name)


@pytest.mark.parametrize(("layout", "index"), CASES)
def test_everything_is_within_the_walls(layout: str, index: int) -> None:
    spec, corners_of = scene(layout, index), corners(layout, index)
    floor = corners_of[0]
    for obj, points in zip(spec.objects, corners_of, strict=True):
        if obj.model.category not in SHELL | {"shipping container"} and obj.body == "fixed":
            assert np.all(points[:, :2].min(0) > floor[:, :2].min(0) + 0.2), obj.name
            assert np.all(points[:, :2].max(0) < floor[:, :2].max(0) - 0.2), obj.name
            assert points[:, 2].min() > -1e-3


@pytest.mark.parametrize(("layout", "index"), CASES)
def test_cameras_stand_in_the_hall_outside_all_objects(layout: str, index: int) -> None:
    spec, points = scene(layout, index), corners(layout, index)
    solid = [k for k, obj in enumerate(spec.objects) if obj.model.category not in {"wall", "floor"}]
    low, high = np.array([points[k].min(0) for k in solid]), np.array([points[k].max(0) for k in solid])
    for view in spec.views:
        assert len([camera for camera in view.candidates if not camera.subject]) == 6
        for camera in view.candidates:
            location = np.array(camera.location)
            assert 18 <= camera.focal_length <= 85
            apart, within = (0.05, 0.2) if camera.subject else (0.1, 0.4)
            assert np.all(np.abs(location[:2]) < points[0][:, :2].max(0) - within)
            assert not np.any(np.all((low - apart < location) & (location < high + apart), axis=1))


def test_halls_are_as_deep_as_documented() -> None:
    sizes = {layout: [np.ptp(corners(layout, index)[0], axis=0) for index in INDICES] for layout in HALL_KINDS}
    longest = {layout: max(float(size[:2].max()) for size in extents) for layout, extents in sizes.items()}
    assert longest["storeroom"] < 8 < longest["bay"]
    assert longest["aisles"] > 16
    grounds = [obj for case in CASES for obj in scene(*case).objects if obj.model.category == "ground"]
    assert all(size_of(obj.model)[0] == 200 for obj in grounds)


def test_light_and_views_vary() -> None:
    specs = [sample_scene("warehouse", seed=3, index=index, views=4) for index in range(10)]
    kinds = [{(lamp.kind, lamp.height > 0) for lamp in spec.lamps} for spec in specs]
    assert all(any(case in kind for kind in kinds) for case in (("sun", False), ("area", False), ("area", True)))
    assert any(("sun", False) not in kind for kind in kinds)
    heights = [view.candidates[-6].location[2] for spec in specs for view in spec.views]
    assert min(heights) < 1.0
    assert max(heights) > 2.5
    for spec in specs:
        assert len({view.candidates[0].location for view in spec.views}) == 4


def test_parameters_are_respected() -> None:
    with pytest.raises(SceneError, match="layouts"):
        sample_scene("warehouse", seed=0, index=0, parameters={"layouts": ["garden"]})
    with pytest.raises(SceneError, match="fullness"):
        sample_scene("warehouse", seed=0, index=0, parameters={"fullness": 2})
    full, bare = (
        sample_scene("warehouse", seed=2, index=0, parameters={"layouts": ["aisles"], "fullness": share})
        for share in (1.0, 0.1)
    )
    loose = [Counter(load_taxonomy()[e.model.category].is_loose for e in spec.objects)[True] for spec in (full, bare)]
    assert loose[0] > 1.25 * loose[1]
    fallen = sample_scene("warehouse", seed=2, index=1, parameters={"fallen_share": 1.0, "layouts": ["bay"]})
    assert fallen.physics is not None
    assert 1 <= sum(obj.body == "dynamic" for obj in fallen.objects) <= 5


def test_a_hall_reports_its_free_space() -> None:
    layout = FloorLayout()
    model = scene("storeroom", 0).objects[-1].model
    layout.put(model, 0, 0, 0)
    assert not layout.is_free(model, 0.0, 0.0, 0.0)
    assert layout.is_free(model, 5.0, 0.0, 0.0)
