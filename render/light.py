"""Worlds and lamps."""

import math
from pathlib import Path
from typing import Any

import bpy
from mathutils import Vector

from encode.formulas.srgb import to_linear
from render.clouds import add_clouds
from render.library.cache import prepared
from scenes.scene import NO_DAYLIGHT, Hdri, Lamp, Panorama, Sky

__all__ = ["add_lamp", "set_world"]


def set_world(spec: Hdri | Panorama | Sky) -> None:
    """Give the scene its world: an environment map of Blender's own or the user's, or the physical sky."""
    world = bpy.data.worlds.new("world")
    bpy.context.scene.world = world
    # Of its own choice Cycles takes 1 to 3 s a scene for a map of an image's own size or of a sky, which is no better.
    world.cycles.sampling_method = "MANUAL" if spec.strength > NO_DAYLIGHT else "NONE"
    world.cycles.sample_map_resolution = 512
    tree = world.node_tree
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputWorld")
    background = tree.nodes.new("ShaderNodeBackground")
    background.inputs["Strength"].default_value = spec.strength
    texture = _environment_map(tree, spec) if isinstance(spec, Hdri | Panorama) else _sky(tree, spec)
    color = texture.outputs["Color"]
    if isinstance(spec, Sky) and spec.clouds > 0:
        color = add_clouds(tree, color, spec)
    tree.links.new(color, background.inputs["Color"])
    tree.links.new(background.outputs["Background"], output.inputs["Surface"])


def _environment_map(tree: Any, spec: Hdri | Panorama) -> Any:
    texture = tree.nodes.new("ShaderNodeTexEnvironment")
    texture.image = bpy.data.images.load(str(_file(spec)))
    mapping = tree.nodes.new("ShaderNodeMapping")
    mapping.inputs["Rotation"].default_value = (0.0, 0.0, spec.rotation)
    coordinates = tree.nodes.new("ShaderNodeTexCoord")
    tree.links.new(coordinates.outputs["Generated"], mapping.inputs["Vector"])
    tree.links.new(mapping.outputs["Vector"], texture.inputs["Vector"])
    return texture


def _file(spec: Hdri | Panorama) -> Path:
    if isinstance(spec, Panorama):
        return prepared(spec.digest)
    return Path(bpy.utils.system_resource("DATAFILES")) / "studiolights" / "world" / f"{spec.name}.exr"


def _sky(tree: Any, spec: Sky) -> Any:
    texture = tree.nodes.new("ShaderNodeTexSky")
    texture.sky_type = "MULTIPLE_SCATTERING"
    texture.sun_elevation = spec.sun_elevation
    texture.sun_rotation = spec.sun_rotation
    texture.sun_disc = spec.sun_disc
    texture.air_density = spec.air
    texture.aerosol_density = spec.aerosol
    return texture


def add_lamp(spec: Lamp) -> Any:
    """A lamp object, linked to the scene, its -z axis toward the target."""
    data = bpy.data.lights.new(spec.kind, "AREA" if spec.kind == "portal" else spec.kind.upper())
    data.energy = spec.power
    data.color = to_linear(spec.color).tolist()
    _set_size(data, spec)
    lamp = bpy.data.objects.new(spec.kind, data)
    direction = Vector(spec.target) - Vector(spec.location)
    lamp.location = spec.location
    lamp.visible_camera = False  # what is seen of a lamp is its object, never a glowing disc in the air
    lamp.rotation_euler = direction.to_track_quat("-Z", "Y").to_euler()
    bpy.context.scene.collection.objects.link(lamp)
    return lamp


def _set_size(data: Any, spec: Lamp) -> None:
    match spec.kind:
        case "area" | "portal":
            data.shape = "RECTANGLE" if spec.height else "DISK"
            data.size = max(spec.size, 1e-3)
            if spec.height:
                data.size_y = spec.height
            data.cycles.is_portal = spec.kind == "portal"
            data.spread = max(spec.spread, 0.01) * math.pi
        case "sun":
            data.angle = spec.size
        case "spot":
            data.shadow_soft_size = spec.size
            data.spot_size = max(spec.spread, 0.01) * math.pi
        case "point":
            data.shadow_soft_size = spec.size
