"""World positions in materials, kept as the file has them where a scene stands elsewhere or in another unit."""

from collections.abc import Iterator
from typing import Any

import bpy
import numpy as np
from jaxtyping import Float64

__all__ = ["keep_positions"]

#: Outputs of shader nodes that are places in the world.
PLACES = {"ShaderNodeNewGeometry": "Position", "ShaderNodeObjectInfo": "Location"}
KEPT = "verichrome position"  # the label of the nodes that are put behind those


def keep_positions(offset: Float64[np.ndarray, " 3"], scale: float = 1.0) -> None:
    """Let all materials of the open file read (place + `offset`, metres) / `scale` for each place in the world.

    Where this was done before, the offset is added to that one's and the scale stays.
    """
    for tree in _trees():
        for node in list(tree.nodes):
            if node.bl_idname in PLACES:
                _keep(tree, node.outputs[PLACES[node.bl_idname]], offset, scale)


def _trees() -> Iterator[Any]:
    yield from (material.node_tree for material in bpy.data.materials if material.node_tree)
    yield from (tree for tree in bpy.data.node_groups if tree.bl_idname == "ShaderNodeTree")


def _keep(tree: Any, place: Any, offset: Float64[np.ndarray, " 3"], scale: float) -> None:
    links = list(place.links)
    kept = next((link.to_node for link in links if link.to_node.label == KEPT), None)
    if kept is not None:
        factor, term = (np.array(socket.default_value) for socket in kept.inputs[1:3])
        kept.inputs[2].default_value = term + offset * factor
    elif links:
        kept = tree.nodes.new("ShaderNodeVectorMath")
        kept.operation, kept.label = "MULTIPLY_ADD", KEPT
        kept.inputs[1].default_value = (1 / scale,) * 3
        kept.inputs[2].default_value = offset / scale
        for link in links:
            tree.links.new(kept.outputs["Vector"], link.to_socket)
        tree.links.new(place, kept.inputs[0])
