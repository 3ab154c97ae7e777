"""Materials made fit for exact truth: what is cut out is cut binary, and what is see-through is glass.

A half-transparent surface lets a ray through by chance, so depth and ids would be a matter of luck.
"""

from collections.abc import Iterator
from typing import Any

from render.materials.nodes import ALBEDO

__all__ = ["make_opaque"]

#: What varies with the angle of view alone: a mix by these is a pane, seen or mirrored in, not a cut-out.
EVEN = ("ShaderNodeFresnel", "ShaderNodeLayerWeight")


def make_opaque(material: Any) -> None:
    """Change the material's nodes in place, groups included; its base colour goes to the albedo channel too."""
    for tree in _trees(material.node_tree, set()):
        for node in list(tree.nodes):
            if node.bl_idname == "ShaderNodeBsdfPrincipled":
                _cut(tree, node)
            elif node.bl_idname == "ShaderNodeMixShader":
                _choose(tree, node)
        for node in list(tree.nodes):
            if node.bl_idname == "ShaderNodeBsdfTransparent" and not _is_cut(node):
                _set(tree, node.inputs["Color"], (0.0, 0.0, 0.0, 1.0))
    _tell_albedo(material.node_tree)


def _trees(tree: Any, seen: set[Any]) -> Iterator[Any]:
    if tree is None or tree in seen:
        return
    seen.add(tree)
    yield tree
    for node in tree.nodes:
        if node.bl_idname == "ShaderNodeGroup":
            yield from _trees(node.node_tree, seen)


def _cut(tree: Any, node: Any) -> None:
    """A painted alpha is cut at one half; an even one is the thinness of glass."""
    alpha = node.inputs["Alpha"]
    if alpha.is_linked:
        _threshold(tree, alpha)
        return
    if 0 < alpha.default_value < 1:
        glass = node.inputs["Transmission Weight"]
        if not glass.is_linked:
            glass.default_value = max(glass.default_value, 1 - alpha.default_value)
    alpha.default_value = 1.0  # 0 would be a thing that nobody sees: exporters write it by mistake


def _choose(tree: Any, node: Any) -> None:
    """A mix with painted transparency takes the one or the other at each point; one with even transparency is glass."""
    share, sides = node.inputs[0], node.inputs[1:3]
    if not any(_is_transparent(side) for side in sides):
        return
    if share.is_linked and share.links[0].from_node.bl_idname not in EVEN:
        _threshold(tree, share)
        return
    for side in sides:
        if _is_transparent(side):
            _make_pane(tree, side)


def _make_pane(tree: Any, side: Any) -> None:
    """For cameras a surface that bends no light, in place of the transparency that leads to `side`."""
    source = side.links[0].from_node
    pane = tree.nodes.new("ShaderNodeBsdfRefraction")
    pane.inputs["IOR"].default_value, pane.inputs["Roughness"].default_value = 1.0, 0.0
    color = source.inputs["Color"]
    if color.is_linked:
        tree.links.new(color.links[0].from_socket, pane.inputs["Color"])
    else:
        pane.inputs["Color"].default_value = color.default_value
    which = tree.nodes.new("ShaderNodeMixShader")
    tree.links.new(tree.nodes.new("ShaderNodeLightPath").outputs["Is Camera Ray"], which.inputs[0])
    tree.links.new(source.outputs[0], which.inputs[1])
    tree.links.new(pane.outputs[0], which.inputs[2])
    tree.links.new(which.outputs[0], side)


def _is_transparent(socket: Any) -> bool:
    return bool(socket.is_linked) and socket.links[0].from_node.bl_idname == "ShaderNodeBsdfTransparent"


def _is_cut(node: Any) -> bool:
    """Whether the transparency goes nowhere but into mixes, which are binary by now."""
    return all(link.to_node.bl_idname == "ShaderNodeMixShader" for link in node.outputs[0].links)


def _threshold(tree: Any, socket: Any) -> None:
    source = socket.links[0].from_socket
    step = tree.nodes.new("ShaderNodeMath")
    step.operation = "GREATER_THAN"
    step.inputs[1].default_value = 0.5
    tree.links.new(source, step.inputs[0])
    tree.links.new(step.outputs[0], socket)


def _set(tree: Any, socket: Any, value: Any) -> None:
    for link in list(socket.links):
        tree.links.remove(link)
    socket.default_value = value


def _tell_albedo(tree: Any) -> None:
    """Send the base colour of the first shader on the way from the output to the albedo channel."""
    output = tree.get_output_node("CYCLES") if tree else None
    tree, node = _first_shader(tree, output.inputs["Surface"]) if output else (None, None)
    if node is None or any(getattr(other, "aov_name", "") == ALBEDO for other in tree.nodes):
        return
    color = node.inputs.get("Base Color") or node.inputs["Color"]
    channel = tree.nodes.new("ShaderNodeOutputAOV")
    channel.aov_name = ALBEDO
    if color.is_linked:
        tree.links.new(color.links[0].from_socket, channel.inputs["Color"])
    else:
        channel.inputs["Color"].default_value = color.default_value


def _first_shader(tree: Any, socket: Any) -> tuple[Any, Any]:
    """The nearest shader with a colour that leads to the socket, and the tree it is in; cut-outs have no colour."""
    waiting = [(tree, socket)]
    while waiting:
        place, reached = waiting.pop(0)
        for link in reached.links:
            node = link.from_node
            if node.bl_idname == "ShaderNodeGroup":
                waiting.extend(_inside(node, link.from_socket.identifier))
            elif node.bl_idname != "ShaderNodeBsdfTransparent":
                if node.inputs.get("Base Color") or node.inputs.get("Color"):
                    return place, node
                waiting.extend((place, entry) for entry in node.inputs if entry.type == "SHADER")
    return None, None


def _inside(group: Any, identifier: str) -> Iterator[tuple[Any, Any]]:
    """What leads to the group's output of this identifier, within its tree."""
    for node in group.node_tree.nodes if group.node_tree else ():
        if node.bl_idname == "NodeGroupOutput":
            yield from ((group.node_tree, entry) for entry in node.inputs if entry.identifier == identifier)
