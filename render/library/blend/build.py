"""The objects, lamps and world of a setting as a collection of its own, which is what the prepared file holds."""

from typing import Any

import bpy
from mathutils import Matrix

from render.library.blend.evaluated_scene import LampInstance
from render.library.blend.grouping import ObjectPart, SettingObjects
from render.library.blend.materials import clean_light, clean_material, clean_world, placeholder_material
from render.library.blend.visibility import FLAGS, RayVisibility
from render.library.cache import SETTING_NAME
from render.library.shading.object_info import INDEX, RANDOM

__all__ = ["build_setting", "make_local"]


def build_setting(objects: SettingObjects, lamps: list[LampInstance], world: Any, scale: float) -> Any:
    """A scene of the objects, `scale` metres a unit, with all materials cleaned.

    An object's number, from 1, is its pass index; that of what no camera sees is 0.
    """
    scene = bpy.data.scenes.new(SETTING_NAME)
    bpy.context.window.scene = scene
    setting = bpy.data.collections.new(SETTING_NAME)
    scene.collection.children.link(setting)
    local = make_local()
    to_metres = Matrix.Scale(scale, 4)
    root = bpy.data.objects.new(SETTING_NAME, None)
    setting.objects.link(root)
    numbered = [(number, part) for number, item in enumerate(objects.seen, 1) for part in item.parts]
    numbered += [(0, part) for part in objects.unseen]
    for number, part in numbered:
        setting.objects.link(_object(part, number, to_metres, root))
    _clean_materials({part.mesh.session_uid: part.mesh for _, part in numbered})
    lights = {uid: local.get(uid, lamp.light) for lamp in lamps if (uid := lamp.light.session_uid)}
    for lamp in lamps:
        setting.objects.link(_lamp(lamp, lights[lamp.light.session_uid], to_metres))
    for light in lights.values():
        clean_light(light)
        if light.type != "SUN":
            light.energy *= scale**2
            light.shadow_soft_size *= scale
    scene.world = _world(world and local.get(world.session_uid, world))
    scene.view_layers[0].update()
    return scene


def _object(part: ObjectPart, number: int, to_metres: Any, root: Any) -> Any:
    instance = part.instance
    obj = bpy.data.objects.new(instance.names.object, part.mesh)
    # Location, rotation and scale cannot express a sheared matrix; the inverse of a parent's can.
    obj.parent, obj.matrix_parent_inverse = root, to_metres @ instance.matrix
    obj.pass_index = number
    obj[INDEX], obj[RANDOM] = instance.index, instance.random  # for materials that ask for them
    obj.color = instance.color
    _set_visibility(obj, instance.visibility)
    # Rays that look for free space and views must not meet what no camera sees.
    obj.hide_viewport = not obj.visible_camera
    return obj


def _set_visibility(obj: Any, visibility: RayVisibility) -> None:
    for name, value in zip(FLAGS, visibility.flags, strict=True):
        setattr(obj, name, value)


def _clean_materials(meshes: dict[int, Any]) -> None:
    placeholder = None
    cleaned = set()
    for mesh in meshes.values():
        if not len(mesh.materials):
            mesh.materials.append(None)
        for slot, material in enumerate(mesh.materials):
            if material is None or material.node_tree is None:
                mesh.materials[slot] = placeholder = placeholder or placeholder_material()
            elif material.session_uid not in cleaned:
                cleaned.add(material.session_uid)
                clean_material(material)


def _lamp(lamp: LampInstance, light: Any, to_metres: Any) -> Any:
    obj = bpy.data.objects.new(lamp.name, light)
    _set_visibility(obj, lamp.visibility)
    obj.matrix_world = to_metres @ lamp.matrix
    obj.visible_camera = False  # the image would show it, and truth would not
    return obj


def _world(world: Any) -> Any:
    """The file's world, or a black one."""
    if world is None:
        world = bpy.data.worlds.new(SETTING_NAME)
        world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.0
    clean_world(world)
    world.name = SETTING_NAME
    return world


def make_local() -> dict[int, Any]:
    """Make data of linked files, and overrides of it, the file's own; by the session_uid that they had."""
    data = bpy.data
    kinds = (data.objects, data.materials, data.node_groups, data.images, data.textures, data.lights, data.worlds)
    local = {}
    for blocks in kinds:
        for block in list(blocks):
            if block.library is not None or block.override_library is not None:
                uid = block.session_uid
                local[uid] = block.make_local()
    return local
