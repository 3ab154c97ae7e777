"""Whether a setting gives light of its own, by its cleaned materials and world, whose node trees are flat."""

from collections.abc import Iterable
from typing import Any

__all__ = ["glows", "is_sky", "shines"]

SHADERS = {"ShaderNodeEmission": "Strength", "ShaderNodeBackground": "Strength"}


def glows(meshes: Iterable[Any]) -> bool:
    """Whether any material of the meshes gives light."""
    materials = {material.session_uid: material for mesh in meshes for material in mesh.materials if material}
    return any(_strength(node) > 0 for material in materials.values() for node in material.node_tree.nodes)


def shines(world: Any) -> bool:
    """Whether the world gives light."""
    return any(
        _strength(node) > 0 and (node.inputs["Color"].is_linked or max(node.inputs["Color"].default_value[:3]) > 0)
        for node in world.node_tree.nodes
        if node.bl_idname == "ShaderNodeBackground"
    )


def is_sky(world: Any) -> bool:
    """Whether the world is Blender's physical sky."""
    return any(node.bl_idname == "ShaderNodeTexSky" for node in world.node_tree.nodes)


def _strength(node: Any) -> float:
    """How strongly the node shines; a linked input counts as shining."""
    if node.bl_idname == "ShaderNodeBsdfPrincipled":
        socket, color = node.inputs["Emission Strength"], node.inputs["Emission Color"]
        dark = not color.is_linked and max(color.default_value[:3]) == 0
        return 0.0 if dark else _value(socket)
    name = SHADERS.get(node.bl_idname)
    return _value(node.inputs[name]) if name else 0.0


def _value(socket: Any) -> float:
    return 1.0 if socket.is_linked else float(socket.default_value)
