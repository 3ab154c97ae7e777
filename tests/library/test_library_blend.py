"""A finished .blend with everything that makes such files difficult: what each object is, and that truth is exact."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("bpy")

from encode.frame import Frame, scene_document
from render.engine import Engine
from render.settings import RenderSettings
from scenes import AssetLibrary, SceneSpec, sample_scene
from scenes.scene import Camera, View
from scenes.settings import SettingFixture, SurveyedSetting
from verichrome.configfile import resolve
from verichrome.library import OpenLibrary, open_library

pytestmark = pytest.mark.render

RULES = """\
rules:
  - {material: "*parquet*", category: floor}
  - {object: lawn, category: grass}
  - {object: "picture*", category: picture frame, color: grey, made_of: paper}
"""
SIZE = 96


def interior(folder: Path, rules: str = RULES) -> Path:
    """The .blend of interior.py, made by a process of its own, with its rules beside it."""
    path = folder / "interior.blend"
    script = Path(__file__).with_name("interior.py")
    subprocess.run([sys.executable, str(script), str(path)], check=True, capture_output=True, timeout=120)
    (folder / "rules.yaml").write_text(rules, encoding="utf-8")
    return path


def opened(path: Path, **fields: str) -> OpenLibrary:
    return open_library(resolve({"family": "blend", "blend": str(path), **fields}))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> AssetLibrary:
    opened_library = opened(interior(tmp_path_factory.mktemp("place")))
    assert not opened_library.skipped
    return opened_library.library


@pytest.fixture(scope="module")
def blend(library: AssetLibrary) -> SurveyedSetting:
    (only,) = library.blends
    return only


@pytest.fixture(scope="module")
def spec(library: AssetLibrary) -> SceneSpec:
    """The setting in its own light."""
    return sample_scene("blend", seed=0, index=0, views=1, library=library, parameters={"own_light": 1})


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(RenderSettings(width=SIZE, height=SIZE, samples=1, denoise=False, photo=False))


def seen(engine: Engine, spec: SceneSpec, location: tuple[float, ...], target: tuple[float, ...]) -> Frame:
    """The view of one camera; a 24 mm lens."""
    camera = Camera(location=location, target=target, focal_length=24)
    view = View(candidates=(camera,))
    return engine.render(spec.model_copy(update={"views": (view,), "min_categories": 1})).frames[0]


def of_category(blend: SurveyedSetting, category: str) -> list[SettingFixture]:
    return [fixture for fixture in blend.fixtures if fixture.category == category]


def size(fixture: SettingFixture) -> list[float]:
    return [round(high - low, 3) for high, low in zip(fixture.high, fixture.low, strict=True)]


def test_a_setting_may_have_any_number_of_lamps_so_it_has_the_light_tree(engine: Engine, spec: SceneSpec) -> None:
    import bpy

    seen(engine, spec, (0.5, 0.0, 1.5), (3.0, 0.0, 1.5))
    assert bpy.context.scene.cycles.use_light_tree


def test_objects_have_the_categories_of_their_names_and_the_rules(blend: SurveyedSetting) -> None:
    categories = {fixture.name: fixture.category for fixture in blend.fixtures}
    assert categories == {
        "Plane.004": "wall",
        "Plane.004-2": "floor",
        "Plane.004-3": "ceiling",
        "Window_01": "window",
        "Chair.000": "chair",
        "Chair.001": "chair",
        "Chair.002": "chair",
        "Dining_Table": "table",
        "Book.012": "book",
        "Vase.000": "vase",
        "Vase.001": "vase",
        "Sofa": "sofa",
        "Thingummy": "",
        "Railing": "railing",
        "Sign": "",
        "Ball": "ball",
        "Picture.L": "picture frame",
        "lawn": "grass",
    }


def test_objects_are_evaluated_as_their_render_shows_them(blend: SurveyedSetting) -> None:
    known = {fixture.name: fixture for fixture in blend.fixtures}
    assert known["Vase.000"].faces == 6 * 4**2, "subdivided as in a render"
    assert known["Plane.004"].faces == 3 + 4, "a modifier that a render leaves out is left out"
    assert size(known["Chair.000"]) == size(known["Chair.002"]) == [0.4, 0.4, 0.475]
    assert known["Chair.002"].low == pytest.approx((0.8, 1.4, 0.0), abs=1e-4)
    assert known["lawn"].faces > 12 * 20
    assert [known[name].faces > 0 for name in ("Railing", "Sign", "Ball")] == [True] * 3
    assert known["Picture.L"].color == "grey"


def test_supports_of_objects_are_known(blend: SurveyedSetting) -> None:
    names = {fixture.number: fixture.name for fixture in blend.fixtures}
    on = {fixture.name: names.get(fixture.supported_by, "") for fixture in blend.fixtures}
    assert on["Dining_Table"] == on["Sofa"] == on["Chair.001"] == "Plane.004-2"
    assert on["Window_01"] == on["Railing"] == ""


def test_losses_and_repairs_are_reported(blend: SurveyedSetting) -> None:
    assert blend.dropped == ("the texture paper.png is missing or broken: grey in its place",)
    assert (blend.lamps, blend.suns, blend.world, blend.sky) == (1, 1, True, False)


def test_a_room_drawn_from_outside_is_inside_out(blend: SurveyedSetting) -> None:
    turned = {fixture.name for fixture in blend.fixtures if fixture.inside_out}
    assert {"Plane.004", "Plane.004-2", "Plane.004-3"} <= turned
    assert not turned & {"Dining_Table", "Sofa", "Chair.000"}


def test_free_spots_are_in_the_room(blend: SurveyedSetting) -> None:
    locations = np.array([point.location for point in blend.spots])
    assert len(locations) > 100
    assert (np.abs(locations[:, 0]) < 2.8).all()
    assert (np.abs(locations[:, 1]) < 2.3).all()
    assert ((locations[:, 2] > 0.2) & (locations[:, 2] < 2.8)).all()
    assert min(min(filter(None, point.distances)) for point in blend.spots) > 200


def test_depth_and_normals_of_the_room_are_exact(engine: Engine, spec: SceneSpec, blend: SurveyedSetting) -> None:
    """Walls, floor and ceiling are the planes of a box of 6 x 5 x 3 m: a ray from inside ends on the nearest."""
    location, target = np.array([2.2, 1.9, 1.9]), np.array([-2.0, -1.5, 1.0])
    view = seen(engine, spec, tuple(location), tuple(target))
    k, pose = view.intrinsics, view.camera_to_world
    v, u = np.mgrid[:SIZE, :SIZE] + 0.5
    rays = np.stack([(u - k[0, 2]) / k[0, 0], (k[1, 2] - v) / k[1, 1], -np.ones_like(u)], -1) @ pose[:3, :3].T
    low, high = np.array([-3, -2.5, 0]), np.array([3, 2.5, 3])
    ways = np.where(rays > 0, high - location, low - location) / rays
    depth, axis = ways.min(-1), ways.argmin(-1)
    room = {fixture.number for fixture in blend.fixtures if fixture.name.startswith("Plane.004")}
    shell = np.isin(view.truth.instance, list(room))
    assert shell.mean() > 0.4
    assert np.allclose(view.truth.depth[shell], depth[shell], rtol=1e-4)
    outward = np.zeros_like(rays)
    np.put_along_axis(outward, axis[..., None], -np.sign(np.take_along_axis(rays, axis[..., None], -1)), -1)
    assert np.abs(view.truth.normal - outward @ pose[:3, :3])[shell].max() < 1e-4
    floor, ceiling = ((axis == 2) & (rays[..., 2] * sign > 0) for sign in (-1, 1))
    named = {category.id: category.name for category in view.categories}
    kinds = np.vectorize(lambda number: named.get(number, ""))(view.truth.category)
    assert (kinds[shell & floor] == "floor").all()
    assert (kinds[shell & ceiling] == "ceiling").all()
    assert (kinds[shell & (axis < 2)] == "wall").all()


def test_a_pane_is_a_surface_in_truth_and_lets_light_through(
    engine: Engine, spec: SceneSpec, blend: SurveyedSetting
) -> None:
    (pane,) = of_category(blend, "window")
    assert pane.clear
    view = seen(engine, spec, (0.5, 0.0, 1.5), (3.0, 0.0, 1.5))
    mask = view.truth.instance == pane.number
    assert mask.mean() > 0.1
    assert np.abs(view.truth.depth[mask] - 2.495).max() < 1e-4
    wall = of_category(blend, "wall")[0].number
    assert view.image[mask].mean() > view.image[view.truth.instance == wall].mean() + 20, "the sky is seen through it"


def test_sheared_and_mirrored_objects_stand_where_they_stood(
    engine: Engine, spec: SceneSpec, blend: SurveyedSetting
) -> None:
    view = seen(engine, spec, (-1.0, 0.9, 2.2), (-1.0, -1.0, 0.7))
    records = {obj.name: obj for obj in view.objects}
    (book,) = of_category(blend, "book")
    assert book.low[1] == pytest.approx(-0.5 * 2 - 2 * (0.1 * np.sin(np.pi / 5) + 0.05 * np.cos(np.pi / 5)), abs=1e-3)
    top = view.truth.depth[view.truth.instance == of_category(blend, "table")[0].number]
    assert records["Dining_Table"].dimensions == pytest.approx([1.6, 0.8, 0.7], abs=1e-5)
    assert np.isfinite(top).all()
    for name in ("Book.012", "Dining_Table", "Vase.000"):
        box = records[name].box_3d
        turn = np.array(box.rotation)
        assert np.allclose(turn.T @ turn, np.eye(3), atol=1e-5)
        assert np.linalg.det(turn) > 0
        assert records[name].visible_fraction > 0.3


def test_unlabelled_objects_are_in_truth_without_a_category(
    engine: Engine, spec: SceneSpec, blend: SurveyedSetting
) -> None:
    (fixture_found,) = (fixture for fixture in blend.fixtures if fixture.name == "Thingummy")
    view = seen(engine, spec, (-0.6, 0.4, 1.2), fixture_found.low)
    mask = view.truth.instance == fixture_found.number
    assert mask.any()
    assert (view.truth.category[mask] == 0).all()
    record = next(obj for obj in view.objects if obj.id == fixture_found.number)
    assert (record.category, record.category_id) == ("", 0)


def test_a_scene_is_replayed_from_its_json(engine: Engine, spec: SceneSpec) -> None:
    again = SceneSpec.model_validate(json.loads(spec.model_dump_json()))
    assert again == spec
    first, second = (seen(engine, scene, (2.2, 1.9, 1.9), (-2.0, -1.5, 1.0)) for scene in (spec, again))
    assert np.array_equal(first.image, second.image)
    assert scene_document(first) == scene_document(second)


def test_rules_choose_scene_scale_and_omitted_objects(tmp_path: Path) -> None:
    rules = RULES + '  - {object: "vase*", skip: true}\nscale: 0.5\nworld: sky\n'
    setting = opened(interior(tmp_path, rules)).library.blends[0]
    assert not of_category(setting, "vase")
    assert setting.sky
    assert size(of_category(setting, "sofa")[0]) == [0.9, 0.4, 0.35]
    (tmp_path / "interior.yaml").write_text("scene: Attic", encoding="utf-8")
    assert [fixture.category for fixture in opened(tmp_path / "interior.blend").library.blends[0].fixtures] == ["bed"]
    (tmp_path / "interior.yaml").write_text("scene: Cellar", encoding="utf-8")
    (skipped,) = opened(tmp_path / "interior.blend").skipped
    assert skipped.reason == "it has no scene 'Cellar', only Attic, Scene"
