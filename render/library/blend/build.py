"""The things, lamps and world of a place as a collection of its own, which is what the prepared file holds."""

from typing import Any

import bpy
from mathutils import Matrix

from render.library.blend.evaluation import LampInstance
from render.library.blend.grouping import ObjectPart, SettingObjects
from render.library.blend.materials import clean_light, clean_material, clean_world, placeholder_material
from render.library.blend.visibility import FLAGS, RayVisibility
from render.library.cache import SETTING_NAME
from render.library.shading.object_info import INDEX, RANDOM

__all__ = ["build_setting", "make_local"]


def build_setting(things: SettingObjects, lamps: list[LampInstance], world: Any, scale: float) -> Any:
    """A scene of the things, numbered by their pass index (0: unseen), `scale` metres a unit; all materials mended."""
    scene = bpy.data.scenes.new(SETTING_NAME)
    bpy.context.window.scene = scene
    place = bpy.data.collections.new(SETTING_NAME)
    scene.collection.children.link(place)
    local = make_local()
    growth = Matrix.Scale(scale, 4)
    root = bpy.data.objects.new(SETTING_NAME, None)
    place.objects.link(root)
    numbered = [(number, part) for number, thing in enumerate(things.seen, 1) for part in thing.parts]
    numbered += [(0, part) for part in things.unseen]
    for number, part in numbered:
        place.objects.link(_object(part, number, growth, root))
    _mend_materials({part.mesh.session_uid: part.mesh for _, part in numbered})
    lights = {uid: local.get(uid, lamp.light) for lamp in lamps if (uid := lamp.light.session_uid)}
    for lamp in lamps:
        place.objects.link(_lamp(lamp, lights[lamp.light.session_uid], growth))
    for light in lights.values():
        clean_light(light)
        if light.type != "SUN":
            light.energy *= scale**2
            light.shadow_soft_size *= scale
    scene.world = _world(world and local.get(world.session_uid, world))
    scene.view_layers[0].update()
    return scene


def _object(part: ObjectPart, number: int, growth: Any, root: Any) -> Any:
    shown = part.shown
    entry = bpy.data.objects.new(shown.names.object, part.mesh)
    # Location, rotation and scale cannot say how a mesh is sheared; what it has from a parent can.
    entry.parent, entry.matrix_parent_inverse = root, growth @ shown.matrix
    entry.pass_index = number
    entry[INDEX], entry[RANDOM] = shown.index, shown.random  # for materials that ask for them
    entry.color = shown.color
    _set_visibility(entry, shown.visibility)
    # Rays that look for free places and views must not meet what no camera sees.
    entry.hide_viewport = not entry.visible_camera
    return entry


def _set_visibility(entry: Any, visibility: RayVisibility) -> None:
    for name, value in zip(FLAGS, visibility.flags, strict=True):
        setattr(entry, name, value)


def _mend_materials(meshes: dict[int, Any]) -> None:
    plain = None
    seen = set()
    for mesh in meshes.values():
        if not len(mesh.materials):
            mesh.materials.append(None)
        for slot, material in enumerate(mesh.materials):
            if material is None or material.node_tree is None:
                mesh.materials[slot] = plain = plain or placeholder_material()
            elif material.session_uid not in seen:
                seen.add(material.session_uid)
                clean_material(material)


def _lamp(lamp: LampInstance, light: Any, growth: Any) -> Any:
    entry = bpy.data.objects.new(lamp.name, light)
    _set_visibility(entry, lamp.visibility)
    entry.matrix_world = growth @ lamp.matrix
    entry.visible_camera = False  # it would shine in the image and be nowhere in truth
    return entry


def _world(world: Any) -> Any:
    """The file's world, or a black one."""
    if world is None:
        world = bpy.data.worlds.new(SETTING_NAME)
        world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.0
    clean_world(world)
    world.name = SETTING_NAME
    return world


def make_local() -> dict[int, Any]:
    """What comes from linked files, or overrides what does, becomes the file's own; by the session_uid that it had."""
    data = bpy.data
    found = {}
    for blocks in (
        data.objects,
        data.materials,
        data.node_groups,
        data.images,
        data.textures,
        data.lights,
        data.worlds,
    ):
        for block in list(blocks):
            if block.library is not None or block.override_library is not None:
                uid = block.session_uid
                found[uid] = block.make_local()
    return found
