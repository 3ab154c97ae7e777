"""Panes that light comes through.

Without caustics a pane of glass keeps the sun out of a room. So for shadow and diffuse rays it becomes tinted air, as
architects' own glass materials do it; cameras and mirrors see the glass.
"""

from typing import Any

__all__ = ["is_clear", "let_light_through"]

GLASS = {"ShaderNodeBsdfGlass": "Color", "ShaderNodeBsdfRefraction": "Color", "ShaderNodeBsdfPrincipled": "Base Color"}
CLEAR = 0.5  # a Principled shader that transmits more is glass


def let_light_through(material: Any) -> None:
    """Make a material that is nothing but glass transparent to shadow and diffuse rays."""
    tree = material.node_tree
    output = tree.get_output_node("CYCLES") if tree else None
    if output is None or not output.inputs["Surface"].is_linked:
        return
    link = output.inputs["Surface"].links[0]
    node = link.from_node
    if not _is_glass(node):
        return
    path = tree.nodes.new("ShaderNodeLightPath")
    either = tree.nodes.new("ShaderNodeMath")
    either.operation = "MAXIMUM"
    tree.links.new(path.outputs["Is Shadow Ray"], either.inputs[0])
    tree.links.new(path.outputs["Is Diffuse Ray"], either.inputs[1])
    air = tree.nodes.new("ShaderNodeBsdfTransparent")
    color = node.inputs[GLASS[node.bl_idname]]
    if color.is_linked:
        tree.links.new(color.links[0].from_socket, air.inputs["Color"])
    else:
        air.inputs["Color"].default_value = color.default_value
    mix = tree.nodes.new("ShaderNodeMixShader")
    tree.links.new(either.outputs[0], mix.inputs[0])
    tree.links.new(link.from_socket, mix.inputs[1])
    tree.links.new(air.outputs[0], mix.inputs[2])
    tree.links.new(mix.outputs[0], output.inputs["Surface"])


def is_clear(material: Any) -> bool:
    """Whether what lies behind it is seen through it: it has glass, or a pane, among its shaders."""
    nodes = material.node_tree.nodes if material.node_tree else ()
    return any(_is_glass(node) and any(output.is_linked for output in node.outputs) for node in nodes)


def _is_glass(node: Any) -> bool:
    if node.bl_idname == "ShaderNodeBsdfPrincipled":
        weight = node.inputs["Transmission Weight"]
        return not weight.is_linked and weight.default_value > CLEAR and not node.inputs["Alpha"].is_linked
    return node.bl_idname in GLASS
