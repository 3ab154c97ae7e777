"""Categories of the user's own: declared or made from folder names, with stable ids, in truth, prompts and audits."""

from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError
from rich.console import Console
from typer.testing import CliRunner

from scenes import AssetLibrary, SceneSpec, load_taxonomy, sample_scene
from scenes.library import Asset
from scenes.own_categories import OWN_IDS, DeclaredCategory, declared, own_id
from scenes.settings import ObjectNames, label_of
from verichrome.cli import app
from verichrome.configfile import resolve
from verichrome.errors import ConfigError, UsageError
from verichrome.library import with_library
from verichrome.library.scan import FoundFile, SkippedFile, scan_assets
from verichrome.library.settings import read_blend_rules
from verichrome.library.yaml_files import read_categories

DRONE = "{name: drone, synonyms: [quadcopter], like: toy blocks, size: [0.05, 0.9]}"
FILE = f"categories: [{DRONE}, {{name: astro turf, kind: stuff}}]"


def write(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def pyramid(path: Path) -> None:
    """A mesh 0.3 m large."""
    corners, faces = ("0 0 0", "0.3 0 0", "0 0.3 0", "0 0 0.3"), ("1 3 2", "1 2 4", "1 4 3", "2 3 4")
    write(path, "\n".join([*(f"v {corner}" for corner in corners), *(f"f {face}" for face in faces)]))


def library(name: str, side: float, own: tuple[DeclaredCategory, ...]) -> AssetLibrary:
    points = tuple((x, y, z) for x in (-side / 2, side / 2) for y in (-side / 2, side / 2) for z in (0.0, side))
    asset = Asset(name="a.glb", category=name, digest="0" * 64, points=points)
    return AssetLibrary(assets=(asset,), categories=declared(own), digest="1" * 64)


def test_ids_follow_from_names_alone_and_lie_above_the_taxonomys() -> None:
    alone = declared((DeclaredCategory(name="drone"),))
    (_, beside) = declared((DeclaredCategory(name="drone"), DeclaredCategory(name="anvil")))
    assert alone == (beside,)
    assert beside.id == own_id("drone") == 55148  # in data sets that exist: it must never change
    assert max(category.id for category in load_taxonomy().category) < OWN_IDS.start
    assert [category.id for category in load_taxonomy(alone).category[:-1]] == [
        category.id for category in load_taxonomy().category
    ]


def test_omitted_fields_follow_from_the_name() -> None:
    (drone,) = declared((DeclaredCategory(name="drone"),))
    assert (drone.plural, drone.supercategory, drone.kind, drone.size) == ("drones", "drone", "thing", None)
    assert drone.is_loose
    assert not DeclaredCategory(name="anvil", like="table").category().is_loose
    assert DeclaredCategory(name="walkie talkie box").category().plural == "walkie talkie boxes"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("categories: [{name: mug}]", "'mug' of mug is a word for mug already: a word means one category."),
        ("categories: [{name: beaker, synonyms: [mugs]}]", "'mugs' of beaker is a word for mug already"),
        ("categories: [{name: drone}, {name: robot bird, synonyms: [drone]}]", "is a word for drone already"),
        ("categories: [{name: vehicle}]", "'vehicle' of vehicle is a word for several built-in categories"),
        ("categories: [{name: drone, supercategory: mug}]", "supercategory 'mug' of drone is a word for mug already"),
        ("categories: [{name: drone, id: 7}]", "categories.0.id must be at least 1000, got 7."),
        ("categories: [{name: kite, b}]", "categories.0.b is not a field; the fields are name, plural, synonyms"),
        ("categories: [{name: drone, sise: 1}]", "categories.0.sise is not a field (did you mean size?)"),
        ("categories: [{name: 'the drone'}]", "categories.0.name must be letters, digits, spaces, ' and -, and no"),
        ("categories: [{name: drone, like: wall}]", "like of drone must be a thing of the taxonomy, got wall."),
        ("categories: [{name: drone, size: [2, 1]}]", "size of drone must grow from the smallest to the largest"),
        ("categories: [{name: turf, kind: stuff, size: [1, 2]}]", "turf is stuff, which has neither size nor like"),
        ("categories: [{name: crane, id: 2000}, {name: anvil, id: 2000}]", "crane and anvil have the same id, 2000"),
        ("categories: []", "categories must name at least 1"),
        ("- {name: drone}", "the whole must be a mapping with fields among categories, got a list."),
        ("categories: [drone]", "categories.0 must be a mapping with fields among name, plural, synonyms, "),
        ("categories: [", "expected YAML, got an error in line 2"),
    ],
)
def test_an_error_in_the_file_is_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_categories(write(tmp_path / "own.yaml", text))
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_categories_without_assets_or_a_setting_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"categories: cannot read .*none\.yaml \(No such file or directory\)"):
        read_categories(str(tmp_path / "none.yaml"))
    with pytest.raises(ConfigError, match="categories must be left out unless assets or blend names something"):
        resolve({"categories": "own.yaml"})
    with pytest.raises(ConfigError, match="new_categories must be false unless assets names a folder"):
        resolve({"new_categories": True})


def test_folders_are_matched_with_declared_categories(tmp_path: Path) -> None:
    pyramid(tmp_path / "quadcopters" / "a.obj")
    own = read_categories(write(tmp_path / "own.yaml", FILE))
    (file,) = scan_assets(tmp_path, own)
    assert isinstance(file, FoundFile)
    assert file.category == "drone"


def test_new_categories_are_made_of_folders_but_for_what_looks_misspelt(tmp_path: Path) -> None:
    for name in ("drones/a.obj", "chiar/b.obj", "cars/c.obj", "mgu/d.obj", "x/object/e.obj", "f.obj"):
        pyramid(tmp_path / name)
    (skipped,) = (file for file in scan_assets(tmp_path) if file.name == "drones/a.obj")
    assert isinstance(skipped, SkippedFile)
    files = {file.name: file for file in scan_assets(tmp_path, new=True)}
    found_file = files["drones/a.obj"]
    assert isinstance(found_file, FoundFile)
    assert found_file.made == declared((DeclaredCategory(name="drone"),))[0]
    reasons = {name: file.reason for name, file in files.items() if isinstance(file, SkippedFile)}
    assert reasons["chiar/b.obj"].startswith("chiar looks like chair misspelt: name it so, or declare chiar in a file")
    assert reasons["mgu/d.obj"].startswith("mgu looks like mug misspelt")
    assert reasons["x/object/e.obj"].startswith("object makes no category: its name must be letters")
    assert reasons["f.obj"] == "it has no category: no sub-folder, label or glTF extra names one"


def test_rules_and_object_names_of_a_setting_may_use_own_categories(tmp_path: Path) -> None:
    own = read_categories(write(tmp_path / "own.yaml", FILE))
    path = Path(write(tmp_path / "rules.yaml", "rules: [{object: Plane, category: astro turf}]"))
    rules = read_blend_rules(path, own)
    assert label_of(ObjectNames(object="Plane"), "", rules, own).category == "astro turf"
    assert label_of(ObjectNames(object="Red_Drone.001"), "", rules, own).category == "drone"
    with pytest.raises(UsageError, match="and 'astro turf' is none"):
        read_blend_rules(path)


def test_an_asset_replaces_objects_of_the_category_that_it_is_placed_like() -> None:
    robot = library("delivery robot", 0.4, (DeclaredCategory(name="delivery robot", like="trolley"),))
    shown = [sample_scene("warehouse", seed=3, index=k, views=1, library=robot, share=1.0) for k in range(4)]
    plain = [sample_scene("warehouse", seed=3, index=k, views=1) for k in range(4)]
    replacements = [
        (obj.model.category, before.model.category)
        for dressed, bare in zip(shown, plain, strict=True)
        for obj, before in zip(dressed.objects, bare.objects, strict=True)
        if obj.model.category == "delivery robot"
    ]
    assert replacements
    assert ("delivery robot", "trolley") in replacements


def test_a_scene_brings_the_categories_that_it_shows_and_replays_without_the_file() -> None:
    brought = library("drone", 0.06, (DeclaredCategory(name="drone"), DeclaredCategory(name="anvil")))
    spec = sample_scene("assets", seed=1, index=0, views=1, library=brought)
    assert [category.name for category in spec.categories] == ["drone"]
    again = SceneSpec.model_validate_json(spec.model_dump_json())
    assert again == spec
    assert again.taxonomy["drone"].id == own_id("drone")
    assert sample_scene("room", seed=1, index=0, views=1).categories == ()
    stolen = spec.model_dump(mode="json")
    stolen["categories"][0]["id"] = 1
    with pytest.raises(ValidationError, match="one has the id or the name of another, or of a built-in one"):
        SceneSpec.model_validate(stolen)


def test_all_categories_are_listed_and_the_users_first(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["categories", write(tmp_path / "own.yaml", FILE)])
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[1] == "drone (55148): thing, drones, quadcopter; 0.05 to 0.9 m; placed like toy block"
    assert lines[-1] == f"2 of your own and {len(load_taxonomy().category)} in the taxonomy."
    assert len(lines) == len(load_taxonomy().category) + 3


@pytest.mark.render
def test_another_declaration_changes_the_library_digest(tmp_path: Path) -> None:
    pyramid(tmp_path / "in" / "drone" / "a.obj")
    own = tmp_path / "own.yaml"
    write(own, FILE)
    config = resolve({"family": "assets", "assets": str(tmp_path / "in"), "categories": str(own)})
    known, brought = with_library(config, Console(quiet=True))
    assert [category.name for category in brought.categories] == ["drone"]
    write(own, FILE.replace("astro turf", "lichen"))  # nothing that is shown is of it
    assert with_library(known, Console(quiet=True))[1] == brought
    write(own, FILE.replace("quadcopter", "multicopter"))
    with pytest.raises(UsageError, match="they have changed"):
        with_library(known, Console(quiet=True))


@pytest.mark.render
def test_truth_prompts_and_a_new_encoding_use_own_categories(tmp_path: Path) -> None:
    """One frame, through the shards and back, with no file of categories at hand."""
    from encode import Frame
    from encode.frame import scene_document
    from render import RenderSettings
    from render.engine import Engine
    from shards import ShardIndex
    from verichrome.audit_scene_rules import SCENE_RULES
    from verichrome.worker.finished_scene import encode_view

    pyramid(tmp_path / "in" / "drone" / "a.obj")
    config = resolve(
        {"family": "assets", "assets": str(tmp_path / "in"), "new_categories": True, "resolution": 64, "samples": 2}
    )
    config, brought = with_library(config, Console(quiet=True))
    spec = sample_scene("assets", seed=0, index=0, views=1, library=brought)
    rendered = Engine(RenderSettings(width=64, height=64, samples=2)).render(spec)
    (view,) = rendered.frames
    drone = own_id("drone")
    assert drone in np.unique(view.truth.category)
    done = encode_view(view, rendered.frame_seconds[0], config, "f" * 64, ShardIndex(0))
    from shards import read_frame

    frame: Frame = read_frame(done.members)
    assert {category.id: category.name for category in frame.categories}[drone] == "drone"
    prompts = {pair.row.task: pair.members["prompt.txt"].decode() for pair in done.pairs}
    assert any("drone" in prompts[task] for task in ("semantic", "instance", "referring"))
    scene = scene_document(view)
    scene["versions"] = {**scene["versions"], "verichrome": "0"}
    assert [problem for rule in SCENE_RULES.values() for problem in rule(frame, scene)] == []
