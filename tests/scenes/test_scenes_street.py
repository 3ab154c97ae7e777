"""Streets repeat, show the documented categories, go far; nothing overlaps, floats or stands before the lens."""

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from scenes import SceneError, SceneSpec, load_taxonomy, sample_scene
from scenes.catalog import finished
from scenes.contact import floating_parts
from scenes.families.street.buildings import STYLES
from scenes.families.street.buildings.materials import sample_town
from scenes.families.street.ironwork import iron_parts
from scenes.families.street.parameters import StreetParameters
from scenes.families.street.placement import StreetLayout, standing
from scenes.families.street.plan import FAR, KERB, sample_plan
from scenes.families.street.scenery import obstacles
from scenes.layout import Placement
from scenes.measure import bounds, part_mesh
from scenes.mesh import Floats
from scenes.scene import SceneObject
from tests.scenes.world_points import world_points

INDICES = range(8)  # the seventh is the first with a bus
VEHICLES = {"car", "van", "truck", "bus"}
PROMISED = [
    "building",
    "road",
    "pavement",
    "verge",
    "railing",
    "car",
    "van",
    "bus",
    "bicycle",
    "bollard",
    "street tree",
    "street lamp",
    "traffic sign",
    "litter bin",
    "post box",
    "parking meter",
    "wheelie bin",
    "utility cabinet",
    "fire hydrant",
    "park bench",
    "traffic light",
]


@cache
def street(index: int) -> SceneSpec:
    return sample_scene("street", seed=5, index=index)


@cache
def boxes(index: int) -> dict[str, Placement]:
    return {obj.name: _placement(obj) for obj in street(index).objects}


def _placement(obj: SceneObject) -> Placement:
    yaw = 2 * float(np.arctan2(obj.rotation[3], obj.rotation[0]))
    return standing(obj.model, *obj.location, yaw)


def _apart(a: Placement, b: Placement) -> float:
    """The gap between two boxes seen from above, negative where they overlap."""
    return float(np.maximum(a.low - b.high, b.low - a.high)[:2].max())


def _of(index: int, categories: set[str]) -> list[SceneObject]:
    return [obj for obj in street(index).objects if obj.model.category in categories]


def test_every_documented_category_occurs() -> None:
    seen = {obj.model.category for index in INDICES for obj in street(index).objects}
    assert set(PROMISED) <= seen
    assert {"building", "road", "pavement"} <= {obj.model.category for obj in street(0).objects}


def test_street_stuff_categories_map_to_cityscapes() -> None:
    for name in ("building", "road", "pavement", "verge", "garden wall", "hedge", "railing"):
        assert load_taxonomy()[name].kind == "stuff"
        assert load_taxonomy()[name].cityscapes


def test_all_objects_stand_on_their_supports() -> None:
    for index in INDICES:
        road = next(obj.id for obj in street(index).objects if obj.model.category == "road")
        for obj in street(index).objects:
            low = boxes(index)[obj.name].low[2]
            if obj.model.category == "rider":
                assert 0.05 < low < 0.2, obj.name  # the sole on the lower pedal
            elif obj.model.category in VEHICLES or obj.supported_by == road:
                assert low == pytest.approx(0, abs=1e-6), obj.name
            elif obj.supported_by and obj.model.category != "building":
                assert low == pytest.approx(KERB, abs=1e-6), obj.name


def test_vehicles_and_street_furniture_do_not_intersect() -> None:
    for index in INDICES:
        solid = list(_of(index, VEHICLES))
        solid += [
            obj
            for obj in street(index).objects
            if load_taxonomy()[obj.model.category].supercategory == "street furniture"
        ]
        for a, b in combinations(solid, 2):
            apart = _apart(boxes(index)[a.name], boxes(index)[b.name])
            assert apart > 0 or {"street lamp", "street tree"} & {a.model.category, b.model.category}, (a.name, b.name)


def test_vehicles_stay_on_the_road_and_houses_off_it() -> None:
    for index in INDICES:
        kerbs = [boxes(index)[obj.name] for obj in _of(index, {"pavement"})]
        left = max(float(box.high[0]) for box in kerbs if box.high[0] < 0)
        right = min(float(box.low[0]) for box in kerbs if box.low[0] > 0)
        for obj in _of(index, VEHICLES):
            box = boxes(index)[obj.name]
            assert left < box.low[0], obj.name
            assert box.high[0] < right, obj.name
        for obj in _of(index, {"building"}):
            box = boxes(index)[obj.name]
            assert abs(obj.location[1]) > FAR or box.high[0] < left or box.low[0] > right, obj.name


@pytest.mark.parametrize("seed", range(6))
def test_covers_lie_in_the_road_and_drains_along_its_kerbs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    plan = sample_plan(rng, StreetParameters())
    meshes = {obj.name: part_mesh(obj).vertices for obj in iron_parts(rng, plan)}
    for name, vertices in meshes.items():
        assert (-plan.kerb(-1) < vertices[:, 0]).all(), name
        assert (vertices[:, 0] < plan.kerb(1)).all(), name
        assert 0 <= vertices[:, 2].min() <= vertices[:, 2].max() < 0.01, name  # nothing to stumble over
    drains = meshes["drains"]
    to_kerb = np.where(drains[:, 0] < 0, drains[:, 0] + plan.kerb(-1), plan.kerb(1) - drains[:, 0])
    assert 0.04 < to_kerb.min() < to_kerb.max() < 0.5
    assert (np.abs(drains[:, 1] - plan.zebra) > 1.5).all()  # feet and prams cross there
    if plan.cross_half:
        assert (np.abs(drains[:, 1] - plan.cross) > plan.cross_half).all()


def test_near_buildings_do_not_intersect() -> None:
    for index in INDICES:
        near = [obj for obj in _of(index, {"building"}) if obj.location[2] > 0]
        for a, b in combinations(near, 2):
            # Eaves, cornices and gutters of neighbours may touch.
            assert _apart(boxes(index)[a.name], boxes(index)[b.name]) > -0.6, (index, a.name, b.name)


def test_the_street_goes_far() -> None:
    for index in INDICES:
        far = max(abs(obj.location[1]) for obj in street(index).objects)
        assert far > 330
        assert boxes(index)["ground-1"].high[1] > 5000


def test_cameras_stand_clear_in_varied_places() -> None:
    heights, focals = [], []
    for index in INDICES:
        solid = obstacles(StreetLayout(placements=list(boxes(index).values())))
        for view in street(index).views:
            for camera in (view.candidates[0], view.candidates[-6]):
                location = np.array(camera.location)
                assert solid.distance_to(location) > 0.2
                heights.append(location[2])
                focals.append(camera.focal_length)
    assert min(heights) < 1.5
    assert max(heights) > 3.5
    assert min(focals) >= 18
    assert max(focals) <= 85


@pytest.mark.parametrize("style", STYLES)
def test_buildings_are_closed_and_hold_together(style: str) -> None:
    for seed in range(3):
        rng = np.random.Generator(np.random.PCG64(seed))
        model = finished(
            STYLES[style](rng, 9.0 if style == "house" else 14.0, sample_town(rng, night=False)), center=False
        )
        assert floating_parts(model) == []
        for part in model.parts:
            assert part_mesh(part).is_closed(), part.name
            assert part_mesh(part).volume() > 0, part.name
        assert len({part.name for part in model.parts}) == len(model.parts)
        assert len(model.model_dump_json()) < 25_000


def test_parameters_are_checked_and_respected() -> None:
    with pytest.raises(SceneError, match="and moon is not"):
        sample_scene("street", seed=0, index=0, parameters={"settings": ["moon"]})
    with pytest.raises(SceneError, match="at most 1, got"):
        sample_scene("street", seed=0, index=0, parameters={"night_share": 0.9, "dusk_share": 0.9})
    empty = sample_scene("street", seed=0, index=0, parameters={"parked": 0, "moving": 0, "settings": ["terrace"]})
    assert not VEHICLES & {obj.model.category for obj in empty.objects}
    night = sample_scene("street", seed=0, index=1, parameters={"night_share": 1, "overcast_share": 0, "dusk_share": 0})
    assert night.lamps


def _people(spec: SceneSpec) -> list[SceneObject]:
    return [obj for obj in spec.objects if obj.model.category == "person"]


def test_streets_show_people_unless_the_parameter_forbids_it() -> None:
    counts = [len(_people(street(index))) for index in INDICES]
    assert min(counts) >= 1
    assert max(counts) >= 8
    assert not _people(sample_scene("street", seed=5, index=0, parameters={"people": 0}))
    assert load_taxonomy()["person"].coco == load_taxonomy()["person"].cityscapes == "person"


@pytest.mark.parametrize("index", INDICES[:5])
def test_people_do_not_intersect_objects_or_walls(index: int) -> None:
    """No vertex of an object lies in the box of a standing person, and no two people's boxes meet by much."""
    spec = street(index)
    standing = [obj for obj in _people(spec) if bounds(obj.model).size[2] > 0.8]
    shells = world_points(standing)
    ground = {"road", "pavement", "verge", "ground"}
    others = [obj for obj in spec.objects if obj.model.category not in {*ground, "person", "park bench"}]
    for obj in others:
        near = [shell for shell in shells if np.hypot(*(shell[:, :2].mean(0) - obj.location[:2])) < 40]
        if not near:
            continue
        points = world_points([obj])[0]
        for shell in near:
            low, high = shell.min(0) + 0.02, shell.max(0) - 0.02
            inside = np.all((points > low) & (points < high), axis=1)
            assert not inside.any() or _sits_on_bench(shell), obj.name
    for k, a in enumerate(shells):
        for b in shells[:k]:
            gap = np.maximum(a.min(0) - b.max(0), b.min(0) - a.max(0))[:2].max()
            assert gap > 0


def _sits_on_bench(shell: Floats) -> bool:
    return float(np.ptp(shell[:, 2])) < 1.45


def test_riders_are_carried_by_their_own_bicycles_and_can_be_left_out() -> None:
    riders = 0
    for index in INDICES:
        spec = street(index)
        by_id = {obj.id: obj for obj in spec.objects}
        for obj in spec.objects:
            if obj.model.category == "rider":
                riders += 1
                under = by_id[obj.supported_by]
                assert under.model.category == "bicycle"
                assert under.location[:2] == obj.location[:2]
    assert riders >= 3
    alone = sample_scene("street", seed=5, index=0, parameters={"riders": 0})
    assert all(obj.model.category != "rider" for obj in alone.objects)
    known = load_taxonomy()["rider"]
    assert (known.coco, known.ade20k, known.cityscapes) == ("person", "person", "rider")
