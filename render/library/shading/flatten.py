"""A material's, world's or lamp's node tree without groups, reroutes, zones, muted nodes and constants to compute.

Blender does this itself before Cycles sees a tree (`inline_shader_nodes`), so that what is left is what Cycles renders.
"""

from typing import Any

import bpy

from render.library.shading.copying import copy_node, copy_values

__all__ = ["TooManyNodes", "flatten", "prune", "upstream"]

MOST_NODES = 3_000  # in a flat tree: hand-made materials have some hundred, and each new link costs what the tree has
MOST_WORK = 100_000  # nodes that Blender may have to visit: groups within groups and repeat zones multiply
CLOSURE_GROWTH = 1.45  # e^(1/e): n evaluations of closures within closures make at most this to the power of n
OUTPUTS = ("ShaderNodeOutputMaterial", "ShaderNodeOutputWorld", "ShaderNodeOutputLight")
#: What Cycles does not know: it renders as if nothing were linked there. Scripts need OSL, which is off.
UNKNOWN = frozenset(("ShaderNodeEeveeSpecular", "ShaderNodeShaderToRGB", "ShaderNodeScript", "ShaderNodeUVAlongStroke"))


class TooManyNodes(Exception):
    """The tree would come to more nodes than any real one: groups within groups can ask for 2^n."""


def flatten(owner: Any) -> Any:
    """Make the node tree of a local material, world or lamp flat in place; its output node, or None without a tree.

    Only what Cycles' active output needs is kept. Raises TooManyNodes.
    """
    tree = owner.node_tree
    if tree is None:
        return None
    wanted = tree.get_output_node("CYCLES")
    if _work(tree) > MOST_WORK:
        raise TooManyNodes
    # The inlined tree holds the output for all renderers, and of several perhaps another one than Cycles renders.
    for node in [node for node in tree.nodes if node.bl_idname in OUTPUTS and node != wanted]:
        tree.nodes.remove(node)
    if wanted:
        wanted.target = "ALL"
    kind = wanted.bl_idname if wanted else _output_of(owner)
    inlined = owner.inline_shader_nodes()  # owns the tree below: both go at once
    source = inlined.node_tree.get_output_node("CYCLES")
    needed = upstream([source]) if source else []
    if len(needed) > MOST_NODES:
        raise TooManyNodes
    tree.nodes.clear()
    return _rebuild(tree, needed, source) or tree.nodes.new(kind)


def prune(tree: Any) -> None:
    """Remove the nodes of a flat tree that no output needs."""
    needed = set(upstream([node for node in tree.nodes if node.bl_idname.startswith("ShaderNodeOutput")]))
    for node in [node for node in tree.nodes if node not in needed]:
        tree.nodes.remove(node)


def _rebuild(tree: Any, needed: list[Any], source: Any) -> Any:
    """Copies of the nodes, linked as they are; that of `source`."""
    copies = {node: copy_node(node, tree) for node in needed}
    for node, copy in copies.items():
        copy_values(node, copy)
    for link in _links(source.id_data) if source else ():
        if link.from_node in copies and link.to_node in copies:
            outputs = {entry.identifier: entry for entry in copies[link.from_node].outputs}
            inputs = {entry.identifier: entry for entry in copies[link.to_node].inputs}
            tree.links.new(outputs[link.from_socket.identifier], inputs[link.to_socket.identifier])
    return copies.get(source)


def _output_of(owner: Any) -> str:
    if isinstance(owner, bpy.types.World):
        return OUTPUTS[1]
    return OUTPUTS[2] if isinstance(owner, bpy.types.Light) else OUTPUTS[0]


def upstream(nodes: list[Any]) -> list[Any]:
    """The nodes of a tree and all that lead to them, each after all that lead to it."""
    ordered: dict[Any, None] = {}
    before: dict[Any, list[Any]] = {}
    for link in _links(nodes[0].id_data) if nodes else ():
        before.setdefault(link.to_node, []).append(link.from_node)
    waiting = [(node, False) for node in nodes]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            ordered[node] = None
        elif node not in ordered:
            waiting += [(node, True), *((source, False) for source in before.get(node, ()))]
    return list(ordered)


def _links(tree: Any) -> list[Any]:
    """All links that Cycles follows. A socket's own list of them searches the whole tree each time."""
    return [link for link in tree.links if link.from_node.bl_idname not in UNKNOWN]


def _work(tree: Any) -> float:
    """About how many nodes Blender visits to inline the tree, counted no further than MOST_WORK."""
    nodes, evaluations = 0.0, 0.0
    waiting: list[tuple[Any, float, dict[str, float]]] = [(tree, 1.0, {})]
    while waiting and nodes <= MOST_WORK:
        group, times, inputs_of_group = waiting.pop()
        for node in group.nodes:
            if node.bl_idname == "GeometryNodeRepeatInput":
                times *= max(1.0, _number(node.inputs[0], inputs_of_group))
        nodes += times * len(group.nodes)
        evaluations += times * sum(node.bl_idname == "NodeEvaluateClosure" for node in group.nodes)
        for node in group.nodes:
            if node.bl_idname == "ShaderNodeGroup" and node.node_tree is not None:
                inner = {
                    socket.identifier: _number(socket, inputs_of_group)
                    for socket in node.inputs
                    if socket.type == "INT"
                }
                waiting.append((node.node_tree, times, inner))
    return nodes * CLOSURE_GROWTH ** min(evaluations, 100.0)


def _number(socket: Any, inputs_of_group: dict[str, float]) -> float:
    """A whole number that the socket has or gets from outside its group; infinite where it is computed."""
    if not socket.is_linked:
        return float(socket.default_value)
    link = socket.links[0]
    if link.from_node.bl_idname == "NodeGroupInput":
        return inputs_of_group.get(link.from_socket.identifier, float("inf"))
    return float(getattr(link.from_node, "integer", "inf"))
