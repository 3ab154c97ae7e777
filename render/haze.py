"""Haze between the camera and far surfaces, which take the sky's colour; it changes only what the camera sees.

Mixed in by materials, not by a volume: it costs nothing, adds no noise, and depth, normal and ids do not change.
"""

import bpy

from scenes.scene import Haze

__all__ = ["add_haze"]

MOST = 0.94  # share of haze in what is farthest; the surface and its normal always stay visible


def add_haze(spec: Haze) -> None:
    """Put haze before every material of the open file."""
    veil = _veil(spec)
    for material in bpy.data.materials:
        tree = material.node_tree
        output = next((node for node in tree.nodes if node.type == "OUTPUT_MATERIAL"), None)
        if output is None or not output.inputs["Surface"].links:
            continue
        if not any(map(_gives_light, tree.nodes)):
            # Else Cycles takes every surface for a lamp, and looks for the light of haze that no surface gets.
            material.cycles.emission_sampling = "NONE"
        before = tree.nodes.new("ShaderNodeGroup")
        before.node_tree = veil
        tree.links.new(output.inputs["Surface"].links[0].from_socket, before.inputs[0])
        tree.links.new(before.outputs[0], output.inputs["Surface"])


def _gives_light(node: "bpy.types.Node") -> bool:
    if node.bl_idname == "ShaderNodeGroup":
        return node.node_tree is not None and any(map(_gives_light, node.node_tree.nodes))
    if node.bl_idname == "ShaderNodeEmission":
        return True
    strength = node.inputs.get("Emission Strength")
    return strength is not None and (strength.is_linked or strength.default_value > 0)


def _veil(spec: Haze) -> "bpy.types.ShaderNodeTree":
    """A node group, from a surface's shader to the same behind haze."""
    tree = bpy.data.node_groups.new("haze", "ShaderNodeTree")
    for way in ("INPUT", "OUTPUT"):
        tree.interface.new_socket("Surface", in_out=way, socket_type="NodeSocketShader")
    surface = tree.nodes.new("NodeGroupInput").outputs[0]
    distance = tree.nodes.new("ShaderNodeCameraData").outputs["View Distance"]
    thin = _math(tree, "EXPONENT", _math(tree, "MULTIPLY", distance, -1.0 / spec.distance))
    share = _math(tree, "MULTIPLY", _math(tree, "SUBTRACT", 1.0, thin), MOST)
    eye = tree.nodes.new("ShaderNodeLightPath").outputs["Is Camera Ray"]
    glow = tree.nodes.new("ShaderNodeEmission")
    glow.inputs["Color"].default_value = (*spec.radiance, 1.0)
    mixed = tree.nodes.new("ShaderNodeMixShader")
    tree.links.new(_math(tree, "MULTIPLY", share, eye), mixed.inputs[0])
    tree.links.new(surface, mixed.inputs[1])
    tree.links.new(glow.outputs[0], mixed.inputs[2])
    tree.links.new(mixed.outputs[0], tree.nodes.new("NodeGroupOutput").inputs[0])
    return tree


def _math(tree: "bpy.types.NodeTree", operation: str, *values: object) -> "bpy.types.NodeSocket":
    node = tree.nodes.new("ShaderNodeMath")
    node.operation = operation
    for socket, value in zip(node.inputs, values, strict=False):
        if isinstance(value, int | float):
            socket.default_value = value
        else:
            tree.links.new(value, socket)
    return node.outputs[0]
