"""A finished .blend into a prepared place: opened, gathered, labelled, mended, surveyed, written."""

import hashlib
from pathlib import Path
from typing import Any

import bpy
import numpy as np

from render.library.blend.build import build_place
from render.library.blend.gather import Gathered, gather
from render.library.blend.light import glows, is_sky, shines
from render.library.blend.measure import by_number, fixtures
from render.library.blend.mend import keep_images
from render.library.blend.pieces import sort_things
from render.library.blend.support import supports
from render.library.blend.survey import Place, survey
from render.library.cache import PLACE_NAME
from render.library.inside import Inside
from render.library.opening import open_blend
from render.library.order import Order, Prepared, Unusable
from render.rays import Rays
from scenes.blends import Blend, BlendRules
from scenes.taxonomy import Category

__all__ = ["prepare_blend"]


def prepare_blend(order: Order, target: Path) -> Prepared:
    """Make the place and survey it; raises Unusable with what is wrong."""
    own = tuple(Category.model_validate(entry) for entry in order.categories)
    rules = BlendRules.model_validate(order.rules, context={"own": own})
    isolated = open_blend(order.source, Inside(order.folders))
    source = _scene(rules.scene)
    linked = _linked()
    scale = rules.scale or source.unit_settings.scale_length
    cameras = _cameras(source, scale)
    world = source.world
    found = gather(source)
    sorted_ = sort_things(found.shown, rules, own)
    things = sorted_.seen
    if not things:
        raise Unusable("it shows nothing that has faces" + ", but what the rules skip" * bool(sorted_.skipped))
    scene = build_place(sorted_, found.lit, world, scale)
    told = [*isolated.told(), *found.lost, *keep_images(), *_missing(linked)]
    shown = by_number(scene.collection.children[0])
    entries = fixtures(things, shown)
    boxes = np.array([(entry.low, entry.high) for entry in entries])
    labelled = np.array([bool(entry.category) for entry in entries])
    carriers = supports(entries, shown, bpy.context.evaluated_depsgraph_get(), own)
    # Rays must not meet what no camera sees, which has no number.
    rays = Rays([entry for number in sorted(shown) for entry in shown[number]], bpy.context.evaluated_depsgraph_get())
    spots, inside_out = survey(Place(boxes, labelled, cameras), rays)
    lamps = _count(found, "SUN", wanted=False)
    blend = Blend(
        name=Path(order.source).name,
        digest="0" * 64,  # whoever ordered it knows
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
    return Prepared(faces=sum(entry.faces for entry in entries), place=blend.model_dump(mode="json"))


def _scene(wanted: str) -> Any:
    """The scene that is wanted, current; the file's own active one where none is named."""
    if wanted and wanted not in bpy.data.scenes:
        raise Unusable(f"it has no scene {wanted!r}, only {', '.join(scene.name for scene in bpy.data.scenes)}")
    scene = bpy.data.scenes[wanted] if wanted else bpy.context.scene
    bpy.context.window.scene = scene
    return scene


def _linked() -> tuple[tuple[str, str], ...]:
    """Files that it is linked to, each with the SHA-256 of its content, "" where it is not there."""
    paths = sorted({Path(bpy.path.abspath(library.filepath)) for library in bpy.data.libraries})
    return tuple((str(path), _digest(path)) for path in paths)


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _missing(linked: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"{Path(path).name}, which it is linked to, is missing, and with it all that comes from there"
            for path, digest in linked if not digest]  # fmt: skip


def _cameras(scene: Any, scale: float) -> np.ndarray:
    """Where somebody has put cameras: good places, as far as they are free."""
    places = [tuple(thing.matrix_world.translation * scale) for thing in scene.objects if thing.type == "CAMERA"]
    return np.array(places, np.float64).reshape(-1, 3)


def _count(found: Gathered, kind: str, *, wanted: bool) -> int:
    portals = [lamp for lamp in found.lit if lamp.light.type == "AREA" and lamp.light.cycles.is_portal]
    return sum((lamp.light.type == kind) == wanted for lamp in found.lit) - (0 if wanted else len(portals))


def _write(scene: Any, target: Path) -> None:
    collection = next(child for child in scene.collection.children if child.name == PLACE_NAME)
    bpy.data.libraries.write(str(target), {collection, scene.world}, fake_user=True, compress=True)
