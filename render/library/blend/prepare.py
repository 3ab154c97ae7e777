"""A finished .blend into a prepared place: opened, gathered, labelled, mended, surveyed, written."""

from pathlib import Path
from typing import Any

import bpy
import numpy as np

from render.library.allowed_folders import AllowedFolders
from render.library.blend.build import build_setting
from render.library.blend.emission import glows, is_sky, shines
from render.library.blend.evaluation import EvaluatedScene
from render.library.blend.fixture_records import fixture_records, objects_by_number
from render.library.blend.free_space import SurveyInput, survey_free_space
from render.library.blend.grouping import group_objects
from render.library.blend.layers import choose_scene, world_of
from render.library.blend.linked import linked_files, missing_files
from render.library.blend.materials import pack_images, simplification_notes
from render.library.blend.origin import evaluate_near_origin
from render.library.blend.support import find_supports
from render.library.cache import SETTING_NAME
from render.library.opening import open_blend
from render.library.requests import PreparationRequest, PreparationResult, Unusable
from render.rays import Rays
from render.world_positions import keep_positions
from scenes.settings import SettingRules, SurveyedSetting
from scenes.taxonomy import Category

__all__ = ["prepare_blend"]


def prepare_blend(order: PreparationRequest, target: Path) -> PreparationResult:
    """Make the place and survey it; raises Unusable with what is wrong."""
    own = tuple(Category.model_validate(entry) for entry in order.categories)
    rules = SettingRules.model_validate(order.rules, context={"own": own})
    isolated = open_blend(order.source, AllowedFolders(order.folders))
    source = choose_scene(rules.scene)
    linked = linked_files()
    scale = rules.scale or source.unit_settings.scale_length
    cameras = _cameras(source)
    found, offset = evaluate_near_origin(source, scale, rules.layer)
    world = world_of(source)
    sorted_ = group_objects(found.shown, rules, own)
    things = sorted_.seen
    if not things:
        raise Unusable("it shows nothing that has faces" + ", but what the rules skip" * bool(sorted_.skipped))
    scene = build_setting(sorted_, found.lit, world, scale)
    if offset.any() or scale != 1:
        keep_positions(offset * scale, scale)
    told = [*isolated.told(), *found.lost, *pack_images(), *simplification_notes(), *missing_files(linked)]
    shown = objects_by_number(scene.collection.children[0])
    entries = fixture_records(things, shown)
    boxes = np.array([(entry.low, entry.high) for entry in entries])
    labelled = np.array([bool(entry.category) for entry in entries])
    carriers = find_supports(entries, shown, bpy.context.evaluated_depsgraph_get(), own)
    # Rays must not meet what no camera sees, which has no number.
    rays = Rays([entry for number in sorted(shown) for entry in shown[number]], bpy.context.evaluated_depsgraph_get())
    spots, inside_out = survey_free_space(SurveyInput(boxes, labelled, (cameras - offset) * scale), rays)
    lamps = _count(found, "SUN", wanted=False)
    blend = SurveyedSetting(
        name=Path(order.source).name,
        digest="0" * 64,  # whoever ordered it knows
        offset=tuple((offset * scale).tolist()),
        fixtures=tuple(
            entry.model_copy(
                update={
                    "supported_by": carriers.get(entry.number, 0),
                    "inside_out": entry.number in inside_out,
                }
            )
            for entry in entries
        ),
        spots=spots,
        lamps=lamps,
        suns=_count(found, "SUN", wanted=True),
        glows=glows(part.mesh for thing in things for part in thing.parts),
        world=shines(scene.world),
        sky=rules.world == "sky" if rules.world else is_sky(scene.world),
        linked=linked,
        dropped=tuple(told),
    )
    _write(scene, target)
    return PreparationResult(
        faces=sum(entry.faces for entry in entries), place=blend.model_dump(mode="json"), linked=linked
    )


def _cameras(scene: Any) -> np.ndarray:
    """Where somebody has put cameras, in the file's units: good places, as far as they are free."""
    places = [tuple(thing.matrix_world.translation) for thing in scene.objects if thing.type == "CAMERA"]
    return np.array(places, np.float64).reshape(-1, 3)


def _count(found: EvaluatedScene, kind: str, *, wanted: bool) -> int:
    portals = [lamp for lamp in found.lit if lamp.light.type == "AREA" and lamp.light.cycles.is_portal]
    return sum((lamp.light.type == kind) == wanted for lamp in found.lit) - (0 if wanted else len(portals))


def _write(scene: Any, target: Path) -> None:
    collection = next(child for child in scene.collection.children if child.name == SETTING_NAME)
    bpy.data.libraries.write(str(target), {collection, scene.world}, fake_user=True, compress=True)
