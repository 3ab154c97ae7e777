"""Loads a prepared setting into the open scene: its objects by number, its lamps dimmed and tinted, its world."""

from collections.abc import Mapping
from typing import Any

import bpy

from render.errors import RenderError
from render.library.blend.fixture_records import objects_by_number
from render.library.cache import SETTING_NAME, prepared
from scenes.scene import SceneSpec
from scenes.settings.spec import OwnWorld, Setting
from scenes.shapes import Piece

__all__ = ["add_setting"]

EMISSION = {"ShaderNodeEmission": "Strength", "ShaderNodeBsdfPrincipled": "Emission Strength"}


def add_setting(spec: SceneSpec, setting: Setting) -> Mapping[int, list[Any]]:
    """Load the setting, and its world where the scene has no other; returns Blender objects by object id."""
    collection, world = _load(setting)
    bpy.context.scene.collection.children.link(collection)
    if isinstance(spec.world, OwnWorld):
        bpy.context.scene.world = world
        _scale(world.node_tree, {"ShaderNodeBackground": "Strength"}, spec.world.strength)
    _set_lamps(collection, setting)
    by_number = objects_by_number(collection)
    by_id = {}
    for item in spec.objects:
        shape = item.model.parts[0].shape
        if isinstance(shape, Piece):
            by_id[item.id] = by_number.get(shape.number, [])
            if not by_id[item.id]:
                raise RenderError(f"{item.name}: the setting {setting.file} has no object number {shape.number}.")
    for object_id, objects in by_id.items():
        for obj in objects:
            obj.pass_index = object_id
    return by_id


def _load(setting: Setting) -> tuple[Any, Any]:
    path = prepared(setting.digest)
    if not path.is_file():
        raise RenderError(f"{path} is not there: prepared files must not be removed while a job runs.")
    # Appending takes a time that grows with the square of the objects: 20 s for 8,000, where linking takes none.
    with bpy.data.libraries.load(str(path), link=True) as (_, target):
        target.collections, target.worlds = [SETTING_NAME], [SETTING_NAME]
    return target.collections[0], target.worlds[0]


def _set_lamps(collection: Any, setting: Setting) -> None:
    lamps = [obj for obj in collection.objects if obj.type == "LIGHT"]
    for lamp in lamps:
        lamp.hide_render = lamp.data.type == "SUN" and not setting.suns
    for light in {lamp.data.session_uid: lamp.data for lamp in lamps}.values():
        if light.type != "SUN":
            light.energy *= setting.lamps
            light.color = [channel * tint for channel, tint in zip(light.color, setting.tint, strict=True)]
    if setting.lamps != 1:
        meshes = [obj.data for obj in collection.objects if obj.type == "MESH"]
        materials = {material.session_uid: material for mesh in meshes for material in mesh.materials if material}
        for material in materials.values():
            _scale(material.node_tree, EMISSION, setting.lamps)


def _scale(tree: Any, sockets: Mapping[str, str], factor: float) -> None:
    """Multiply these inputs of the tree's nodes."""
    if factor == 1:
        return
    for node in list(tree.nodes):
        socket = node.inputs.get(sockets.get(node.bl_idname, ""))
        if socket is None:
            continue
        if not socket.is_linked:
            socket.default_value *= factor
            continue
        product = tree.nodes.new("ShaderNodeMath")
        product.operation = "MULTIPLY"
        product.inputs[1].default_value = factor
        tree.links.new(socket.links[0].from_socket, product.inputs[0])
        tree.links.new(product.outputs[0], socket)
