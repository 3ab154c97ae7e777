"""Whether a place gives light of its own."""

from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["glows", "is_sky", "shines"]

SHADERS = {"ShaderNodeEmission": "Strength", "ShaderNodeBackground": "Strength"}


def glows(meshes: Iterable[Any]) -> bool:
    """Whether any material of the meshes gives light."""
    materials = {material.session_uid: material for mesh in meshes for material in mesh.materials if material}
    return any(_strength(node) > 0 for entry in materials.values() for node in shading_nodes(entry.node_tree))


def shines(world: Any) -> bool:
    """Whether the world gives light."""
    return any(
        _strength(node) > 0 and (node.inputs["Color"].is_linked or max(node.inputs["Color"].default_value[:3]) > 0)
        for node in shading_nodes(world.node_tree)
        if node.bl_idname == "ShaderNodeBackground"
    )


def is_sky(world: Any) -> bool:
    """Whether the world is Blender's physical sky."""
    return any(node.bl_idname == "ShaderNodeTexSky" for node in shading_nodes(world.node_tree))


def shading_nodes(tree: Any, seen: frozenset[int] = frozenset()) -> Iterator[Any]:
    """All nodes of the tree and of the groups in it."""
    for node in tree.nodes if tree else ():
        yield node
        inner = getattr(node, "node_tree", None)
        if inner is not None and inner.session_uid not in seen:
            yield from shading_nodes(inner, seen | {inner.session_uid})


def _strength(node: Any) -> float:
    """How strongly the node shines; what is linked is taken to shine."""
    if node.bl_idname == "ShaderNodeBsdfPrincipled":
        socket, color = node.inputs["Emission Strength"], node.inputs["Emission Color"]
        dark = not color.is_linked and max(color.default_value[:3]) == 0
        return 0.0 if dark else _value(socket)
    name = SHADERS.get(node.bl_idname)
    return _value(node.inputs[name]) if name else 0.0


def _value(socket: Any) -> float:
    return 1.0 if socket.is_linked else float(socket.default_value)
