"""A finished .blend into a prepared setting: opened, evaluated, labelled, cleaned, surveyed, written."""

from pathlib import Path
from typing import Any

import bpy
import numpy as np
from jaxtyping import Float64

from render.library.allowed_folders import AllowedFolders
from render.library.blend.build import build_setting
from render.library.blend.emission import glows, is_sky, shines
from render.library.blend.evaluated_scene import EvaluatedScene
from render.library.blend.fixture_records import fixture_records, objects_by_number
from render.library.blend.free_space import SurveyInput, survey_free_space
from render.library.blend.grouping import group_objects
from render.library.blend.images import pack_images
from render.library.blend.layers import choose_scene, world_of
from render.library.blend.linked import linked_files, missing_files
from render.library.blend.materials import simplification_notes
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


def prepare_blend(request: PreparationRequest, target: Path) -> PreparationResult:
    """Make the setting and survey it; raises Unusable with what is wrong."""
    own = tuple(Category.model_validate(category) for category in request.categories)
    rules = SettingRules.model_validate(request.rules, context={"own": own})
    removed = open_blend(request.source, AllowedFolders(request.folders))
    source = choose_scene(rules.scene)
    linked = linked_files()
    scale = rules.scale or source.unit_settings.scale_length
    cameras = _cameras(source)
    evaluated, offset = evaluate_near_origin(source, scale, rules.layer)
    world = world_of(source)
    grouped = group_objects(evaluated.meshes, rules, own)
    if not grouped.seen:
        raise Unusable("it shows nothing that has faces" + ", but what the rules skip" * bool(grouped.skipped))
    scene = build_setting(grouped, evaluated.lamps, world, scale)
    if offset.any() or scale != 1:
        keep_positions(offset * scale, scale)
    notes = [*removed.notes(), *evaluated.notes, *pack_images(), *simplification_notes(), *missing_files(linked)]
    by_number = objects_by_number(scene.collection.children[0])
    records = fixture_records(grouped.seen, by_number)
    boxes = np.array([(record.low, record.high) for record in records])
    labelled = np.array([bool(record.category) for record in records])
    graph = bpy.context.evaluated_depsgraph_get()
    supports = find_supports(records, by_number, graph, own)
    # What no camera sees has no number, and rays must not meet it.
    rays = Rays([obj for number in sorted(by_number) for obj in by_number[number]], graph)
    spots, inside_out = survey_free_space(SurveyInput(boxes, labelled, (cameras - offset) * scale), rays)
    blend = SurveyedSetting(
        name=Path(request.source).name,
        digest="0" * 64,  # known to the caller
        offset=tuple((offset * scale).tolist()),
        fixtures=tuple(
            record.model_copy(
                update={
                    "supported_by": supports.get(record.number, 0),
                    "inside_out": record.number in inside_out,
                }
            )
            for record in records
        ),
        spots=spots,
        lamps=_count_lamps(evaluated),
        suns=sum(lamp.light.type == "SUN" for lamp in evaluated.lamps),
        glows=glows(part.mesh for item in grouped.seen for part in item.parts),
        world=shines(scene.world),
        sky=rules.world == "sky" if rules.world else is_sky(scene.world),
        linked=linked,
        dropped=tuple(notes),
    )
    _write(scene, target)
    faces = sum(record.faces for record in records)
    return PreparationResult(faces=faces, setting=blend.model_dump(mode="json"), linked=linked)


def _cameras(scene: Any) -> Float64[np.ndarray, "n 3"]:
    """Where the file has cameras, in its units: good viewpoints, where they are free."""
    locations = [tuple(obj.matrix_world.translation) for obj in scene.objects if obj.type == "CAMERA"]
    return np.array(locations, np.float64).reshape(-1, 3)


def _count_lamps(evaluated: EvaluatedScene) -> int:
    """How many lamps shine, without suns and portals."""
    lights = [lamp.light for lamp in evaluated.lamps]
    return sum(light.type != "SUN" and not (light.type == "AREA" and light.cycles.is_portal) for light in lights)


def _write(scene: Any, target: Path) -> None:
    collection = next(child for child in scene.collection.children if child.name == SETTING_NAME)
    bpy.data.libraries.write(str(target), {collection, scene.world}, fake_user=True, compress=True)
