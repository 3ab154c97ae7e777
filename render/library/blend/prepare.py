"""A finished .blend into a prepared place: opened, gathered, labelled, mended, surveyed, written."""

from pathlib import Path
from typing import Any

import bpy
import numpy as np

from render.library.blend.build import build_place
from render.library.blend.gather import Gathered
from render.library.blend.layers import choose_scene, world_of
from render.library.blend.light import glows, is_sky, shines
from render.library.blend.linked import linked_files, missing_files
from render.library.blend.measure import by_number, fixtures
from render.library.blend.mend import keep_images, plain_ones
from render.library.blend.origin import gather_near
from render.library.blend.pieces import sort_things
from render.library.blend.support import supports
from render.library.blend.survey import Place, survey
from render.library.cache import PLACE_NAME
from render.library.inside import Inside
from render.library.opening import open_blend
from render.library.order import Order, Prepared, Unusable
from render.positions import keep_positions
from render.rays import Rays
from scenes.blends import Blend, BlendRules
from scenes.taxonomy import Category

__all__ = ["prepare_blend"]


def prepare_blend(order: Order, target: Path) -> Prepared:
    """Make the place and survey it; raises Unusable with what is wrong."""
    own = tuple(Category.model_validate(entry) for entry in order.categories)
    rules = BlendRules.model_validate(order.rules, context={"own": own})
    isolated = open_blend(order.source, Inside(order.folders))
    source = choose_scene(rules.scene)
    linked = linked_files()
    scale = rules.scale or source.unit_settings.scale_length
    cameras = _cameras(source)
    found, offset = gather_near(source, scale, rules.layer)
    world = world_of(source)
    sorted_ = sort_things(found.shown, rules, own)
    things = sorted_.seen
    if not things:
        raise Unusable("it shows nothing that has faces" + ", but what the rules skip" * bool(sorted_.skipped))
    scene = build_place(sorted_, found.lit, world, scale)
    if offset.any() or scale != 1:
        keep_positions(offset * scale, scale)
    told = [*isolated.told(), *found.lost, *keep_images(), *plain_ones(), *missing_files(linked)]
    shown = by_number(scene.collection.children[0])
    entries = fixtures(things, shown)
    boxes = np.array([(entry.low, entry.high) for entry in entries])
    labelled = np.array([bool(entry.category) for entry in entries])
    carriers = supports(entries, shown, bpy.context.evaluated_depsgraph_get(), own)
    # Rays must not meet what no camera sees, which has no number.
    rays = Rays([entry for number in sorted(shown) for entry in shown[number]], bpy.context.evaluated_depsgraph_get())
    spots, inside_out = survey(Place(boxes, labelled, (cameras - offset) * scale), rays)
    lamps = _count(found, "SUN", wanted=False)
    blend = Blend(
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
    return Prepared(faces=sum(entry.faces for entry in entries), place=blend.model_dump(mode="json"), linked=linked)


def _cameras(scene: Any) -> np.ndarray:
    """Where somebody has put cameras, in the file's units: good places, as far as they are free."""
    places = [tuple(thing.matrix_world.translation) for thing in scene.objects if thing.type == "CAMERA"]
    return np.array(places, np.float64).reshape(-1, 3)


def _count(found: Gathered, kind: str, *, wanted: bool) -> int:
    portals = [lamp for lamp in found.lit if lamp.light.type == "AREA" and lamp.light.cycles.is_portal]
    return sum((lamp.light.type == kind) == wanted for lamp in found.lit) - (0 if wanted else len(portals))


def _write(scene: Any, target: Path) -> None:
    collection = next(child for child in scene.collection.children if child.name == PLACE_NAME)
    bpy.data.libraries.write(str(target), {collection, scene.world}, fake_user=True, compress=True)
