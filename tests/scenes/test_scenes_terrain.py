"""Terrain: scenes repeat, zones cover the land, objects stand on it apart from each other, the horizon is closed."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from scenes import SceneError, SceneSpec, load_taxonomy, sample_scene
from scenes.families.terrain.biomes import BIOMES
from scenes.mesh import Floats
from scenes.nature.gradient_noise import noise, ridges
from scenes.nature.ground import ZONES
from scenes.nature.land import EXTENT, ground_height, trail_field, water_field
from scenes.nature.specs import Blades, Boulder, Ground, Growth, Land, Leafage, Trail, Water, Wood
from scenes.tessellation import tessellate

LAND = Land(
    seed=5,
    rolling=6,
    feature=70,
    rough=0.15,
    rise=700,
    rise_from=400,
    bare=0.2,
    water=Water(form="lake", heading=1.0, away=12, width=60),
    trail=Trail(heading=0.3, away=4, width=1.5),
)
SEEDS = range(7)


@pytest.mark.parametrize("pattern", [noise, ridges])
def test_noise_of_a_point_is_the_same_among_few_and_among_many(pattern: Callable[..., Floats]) -> None:
    points = np.random.default_rng(0).uniform(-300, 300, (2000, 2))
    few = [pattern(points[start : start + 80], 7.3, 11) for start in range(0, 2000, 80)]
    np.testing.assert_allclose(np.concatenate(few), pattern(points, 7.3, 11), atol=1e-9)


@cache
def scene(index: int) -> SceneSpec:
    return sample_scene("terrain", seed=4, index=index)


def land_of(spec: SceneSpec) -> Land:
    return next(part.shape.land for obj in spec.objects for part in obj.model.parts if isinstance(part.shape, Ground))


def test_every_biome_and_its_categories_occur() -> None:
    seen: Counter[str] = Counter()
    for biome in BIOMES:
        for index in range(3):
            spec = sample_scene("terrain", seed=8, index=index, parameters={"biomes": [biome]})
            seen.update({obj.model.category for obj in spec.objects})
    wanted = [
        "tree",
        "bush",
        "rock",
        "log",
        "stump",
        "flower",
        "fern",
        "mushroom",
        "cactus",
        "fence",
        "signpost",
        "tent",
        "hut",
        "boat",
    ]
    stuff = [
        "grass",
        "water",
        "path",
        "sand",
        "snow",
        "woodland",
        "mountain",
        "heath",
        "shore",
        "ground",
        "rock face",
        "forest floor",
    ]
    assert set(wanted + stuff) <= set(seen)
    assert all(load_taxonomy()[name] for name in seen)


def test_zones_cover_the_land_once() -> None:
    total = 0.0
    for zone in ZONES:
        mesh = tessellate(Ground.model_validate({"land": LAND, "zone": zone}))
        if mesh.face_count:
            a, b, c = (mesh.vertices[k][:, :2] for k in mesh.triangles().T)
            area = 0.5 * ((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0])
            assert area.min() > -1e-6  # every face looks up
            total += float(area.sum())
    radius = float(np.linalg.norm(tessellate(Ground(land=LAND, zone="mountain")).vertices[:, :2], axis=1).max())
    assert total == pytest.approx(112 * radius**2 * np.sin(2 * np.pi / 224), rel=1e-6)


def test_the_height_of_a_point_does_not_depend_on_others() -> None:
    points = np.random.default_rng(0).uniform(-300, 300, (50, 2))
    one = np.concatenate([ground_height(LAND, point[None]) for point in points])
    assert np.allclose(one, ground_height(LAND, points))


@pytest.mark.parametrize("index", SEEDS)
def test_ridges_close_the_horizon(index: int) -> None:
    land = land_of(scene(index))
    turn = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    around = np.stack([np.cos(turn), np.sin(turn)], 1)
    rims = np.stack([ground_height(land, around * away) for away in np.linspace(600, EXTENT, 30)])
    assert rims.max(0).min() > 35
    assert EXTENT > 5000


@pytest.mark.parametrize("index", SEEDS)
def test_water_lies_in_a_bed_below_its_banks(index: int) -> None:
    land = land_of(scene(index))
    if land.water is None:
        return
    points = np.random.default_rng(1).uniform(-60, 60, (4000, 2))
    inside = water_field(land, points)
    z = ground_height(land, points)
    assert z[inside > 1].max() < 0.05
    assert z[inside < -2].min() > -0.15


@pytest.mark.parametrize("index", SEEDS)
def test_objects_stand_on_the_land_and_apart(index: int) -> None:
    spec = scene(index)
    land = land_of(spec)
    objects = [obj for obj in spec.objects if obj.supported_by]
    assert len(objects) >= 15
    locations = np.array([obj.location[:2] for obj in objects])
    ground = ground_height(land, locations)
    for obj, location, z in zip(objects, locations, ground, strict=True):
        if obj.model.category == "boat":
            assert water_field(land, location[None])[0] > 1
            continue
        assert -1.6 < obj.location[2] - z < 0.02, obj.name
        assert water_field(land, location[None])[0] < 0, obj.name
        on_path = trail_field(land, location[None])[0] > 0
        assert on_path == (obj.model.category == "person"), obj.name
    for (a, one), (b, other) in combinations(zip(locations, objects, strict=True), 2):
        if one.model.category == other.model.category != "fence":
            assert np.linalg.norm(a - b) > 0.1, (one.name, other.name)


@pytest.mark.parametrize("index", SEEDS)
def test_cameras_are_above_ground_and_water(index: int) -> None:
    spec = scene(index)
    land = land_of(spec)
    for view in spec.views:
        for camera in view.candidates:
            location = np.array([camera.location[:2]])
            assert camera.location[2] > float(ground_height(land, location)[0]) + 0.1
            assert 18 <= camera.focal_length <= 85


def test_views_of_a_scene_differ() -> None:
    for index in SEEDS:
        first, second = (np.array(view.candidates[0].location) for view in scene(index).views)
        assert np.linalg.norm(first - second) > 0.3


@pytest.mark.parametrize("form", ["broadleaf", "conifer", "bare", "bush", "birch"])
def test_wood_is_closed_and_leaves_stay_in_the_crown(form: str) -> None:
    growth = Growth.model_validate({"form": form, "seed": 3, "height": 8, "spread": 2.5, "radius": 0.12})
    wood = tessellate(Wood(growth=growth))
    assert wood.is_closed()
    assert wood.volume() > 0
    assert wood.vertices[:, 2].min() == pytest.approx(0, abs=0.05)
    leaves = tessellate(Leafage(growth=growth, count=500, long=0.2))
    assert leaves.face_count == 1000
    assert leaves.vertices[:, 2].min() > -0.05
    assert np.abs(leaves.vertices[:, :2]).max() < 2.2 * 2.5 + 4


def test_rocks_are_closed_and_of_their_size() -> None:
    for seed in range(6):
        rock = tessellate(Boulder(seed=seed, size=(1.2, 0.9, 0.6)))
        assert rock.is_closed()
        assert rock.volume() > 0.1
        assert np.ptp(rock.vertices, axis=0) == pytest.approx([1.2, 0.9, 0.6])


def test_grass_keeps_off_water_and_path() -> None:
    blades = tessellate(Blades(land=LAND, seed=1, count=4000, reach=20, height=0.2, sward=0.5))
    roots = blades.vertices[::5, :2]
    assert float(np.max(water_field(LAND, roots))) < 0.4
    assert float(np.mean(trail_field(LAND, roots) > 0.2)) < 0.01


def test_short_grass_stands_between_tufts() -> None:
    def blades(sward: float) -> np.ndarray:
        return tessellate(Blades(land=LAND, seed=1, count=9000, reach=20, height=0.2, sward=sward)).vertices

    tufts, sward = blades(0.0), blades(1.0)
    lengths = [np.linalg.norm(some[4::5] - 0.5 * (some[::5] + some[1::5]), axis=1) for some in (tufts, sward)]
    assert np.median(lengths[1]) < 0.6 * np.median(lengths[0])
    cells = [len(np.unique(np.floor(some[::5, :2]), axis=0)) for some in (tufts, sward)]
    assert cells[1] > 1.15 * cells[0]


def test_parameters_are_checked_and_respected() -> None:
    with pytest.raises(SceneError, match="choose from meadow"):
        sample_scene("terrain", seed=0, index=0, parameters={"biomes": ["moon"]})
    with pytest.raises(SceneError, match="at least min_sun"):
        sample_scene("terrain", seed=0, index=0, parameters={"min_sun": 40, "max_sun": 10})
    dry = sample_scene("terrain", seed=0, index=0, parameters={"biomes": ["desert"], "haze": 0, "path_share": 0})
    names = {item.model.category for item in dry.objects}
    assert "sand" in names
    assert not names & {"water", "path", "snow"}
    assert dry.haze is None
