"""Assets replace the scenes' own objects: where they fit, upright, at the same position, as the seed decides."""

from functools import cache

import numpy as np
import pytest

from scenes import AssetLibrary, SceneSpec, sample_scene
from scenes.base import SceneError
from scenes.library import Asset, EnvironmentMap, TextureSet, dressed
from scenes.measure import bounds
from scenes.scene import Panorama
from scenes.shapes import Imported


def block(category: str, size: tuple[float, float, float], *, bare: bool = False) -> Asset:
    points = tuple((x * size[0], y * size[1], z * size[2]) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0, 1))
    return Asset(name=f"{category}.glb", category=category, digest=f"{len(category):064x}", points=points, bare=bare)


MUG = block("mug", (0.08, 0.08, 0.09))
GADGET = block("desk organizer", (0.07, 0.07, 0.1))
SOFA = block("sofa", (2.0, 0.9, 0.8))


def imported(spec: SceneSpec) -> list[int]:
    return [item.id for item in spec.objects if isinstance(item.model.parts[0].shape, Imported)]


@cache
def table(index: int) -> SceneSpec:
    return sample_scene("tabletop", seed=5, index=index)


def tables(library: AssetLibrary, share: float = 1.0, count: int = 8) -> list[tuple[SceneSpec, SceneSpec]]:
    """The same scenes without the library and with it."""
    return [(table(index), dressed(table(index), library, share)) for index in range(count)]


def test_objects_of_the_same_category_are_replaced_where_they_stand() -> None:
    seen = 0
    for before, after in tables(AssetLibrary(assets=(MUG,))):
        for old, new in zip(before.objects, after.objects, strict=True):
            assert old.id == new.id
            if isinstance(new.model.parts[0].shape, Imported):
                seen += old.model.category == "mug"
                assert old.model.category != "table"
                assert np.all(bounds(new.model).size[:2] <= bounds(old.model).size[:2] + 1e-4)
                assert abs(new.location[2] - old.location[2]) < 1e-3
                assert bounds(new.model).low[2] == pytest.approx(0, abs=1e-6)
            else:
                assert old == new
        assert after.views == before.views
    assert seen


def test_other_table_sized_objects_come_onto_the_table_and_furniture_does_not() -> None:
    pairs = tables(AssetLibrary(assets=(GADGET, SOFA)))
    names = [item.model.category for _, after in pairs for item in after.objects]
    assert names.count("desk organizer") > 5
    for before, after in pairs:
        for old, new in zip(before.objects, after.objects, strict=True):
            assert (new.model.category == "sofa") == (old.model.category == "sofa")


def test_objects_that_support_others_are_not_replaced() -> None:
    for before, after in tables(AssetLibrary(assets=(GADGET,))):
        carrying = {item.supported_by for item in before.objects}
        assert not carrying & set(imported(after))


def test_wall_objects_are_not_replaced() -> None:
    library = AssetLibrary(assets=(block("picture frame", (0.05, 0.01, 0.05)), block("shelf", (0.05, 0.05, 0.02))))
    for before, after in tables(library):
        walls = {item.id for item in before.objects if item.model.category in ("wall", "ceiling")}
        hung = {item.id for item in before.objects if item.supported_by in walls | {0}}
        assert not hung & set(imported(after))


def test_the_share_and_nothing_else_decides_how_many() -> None:
    library = AssetLibrary(assets=(MUG, GADGET))
    counts = [sum(len(imported(after)) for _, after in tables(library, share)) for share in (0.0, 0.5, 1.0)]
    assert counts[0] == 0
    assert 0.25 * counts[2] < counts[1] < 0.75 * counts[2]
    whole = sample_scene("tabletop", seed=5, index=1, library=library)
    assert whole == dressed(table(1), library, 0.5)


def test_an_asset_without_material_gets_a_recorded_colour() -> None:
    spec = sample_scene(
        "assets", seed=1, index=0, library=AssetLibrary(assets=(block("mug", (0.1, 0.1, 0.1), bare=True),))
    )
    mugs = [obj.model for obj in spec.objects if obj.model.category == "mug"]
    assert all(model.color and model.material == "plastic" for model in mugs)


def test_the_family_shows_objects_of_about_one_size_that_stand_apart() -> None:
    library = AssetLibrary(assets=(MUG, GADGET, SOFA, block("bookshelf", (0.8, 0.3, 1.8))))
    seen = set()
    for index in range(20):
        spec = sample_scene("assets", seed=2, index=index, library=library)
        objects = [obj for obj in spec.objects if obj.model.category != "ground"]
        sizes = [bounds(obj.model).largest for obj in objects]
        assert max(sizes) / min(sizes) <= 3.6
        assert all(obj.location[2] == 0 for obj in objects)
        for one in objects:
            for other in objects:
                away = np.hypot(one.location[0] - other.location[0], one.location[1] - other.location[1])
                assert one is other or away > 0.5 * min(bounds(one.model).size[0], bounds(other.model).size[0])
        seen |= {obj.model.category for obj in objects}
    assert seen == {"mug", "desk organizer", "sofa", "bookshelf"}


def test_the_assets_family_without_assets_is_refused() -> None:
    with pytest.raises(SceneError, match="no usable asset to show"):
        sample_scene("assets", seed=0, index=0)
    with pytest.raises(SceneError, match="no usable asset of the categories bowl"):
        sample_scene(
            "assets", seed=0, index=0, parameters={"categories": ["bowl"]}, library=AssetLibrary(assets=(MUG,))
        )


def test_environment_maps_light_scenes_and_only_skies_replace_a_sky() -> None:
    probes = (
        EnvironmentMap(name="room.exr", digest="1" * 64),
        EnvironmentMap(name="sky/noon.hdr", digest="2" * 64, sky=True),
    )
    for index in range(12):
        before = sample_scene("shapes", seed=1, index=index)
        after = sample_scene("shapes", seed=1, index=index, library=AssetLibrary(probes=probes), share=1.0)
        assert isinstance(after.world, Panorama)
        if before.world.kind == "sky":
            assert (after.world.file, after.world.category) == ("sky/noon.hdr", "sky")
        assert after.objects == before.objects


def test_textures_replace_patterns_of_their_kind_alone() -> None:
    surface = TextureSet(name="oak", kind="wood", digest="3" * 64, width=0.7)
    seen = 0
    for before, after in tables(AssetLibrary(surfaces=(surface,)), count=6):
        old = [part.material for item in before.objects for part in item.model.parts]
        new = [part.material for item in after.objects for part in item.model.parts]
        for one, other in zip(old, new, strict=True):
            assert (other.textures != "") == (one.kind == "wood" and not one.cutout)
            seen += other.textures != "" and other.scale == 0.7
    assert seen > 5
