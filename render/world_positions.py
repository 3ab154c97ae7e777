"""World positions in materials: kept as in the file where its scene is moved or in another unit."""

from collections.abc import Iterator
from typing import Any

import bpy
import numpy as np
from jaxtyping import Float64

__all__ = ["keep_positions"]

#: Outputs of shader nodes that are positions in the world.
POSITION_OUTPUTS = {"ShaderNodeNewGeometry": "Position", "ShaderNodeObjectInfo": "Location"}
LABEL = "verichrome position"  # of the nodes that are put behind those


def keep_positions(offset: Float64[np.ndarray, " 3"], scale: float = 1.0) -> None:
    """Let all materials of the open file read (position + `offset`, metres) / `scale` for each world position.

    Where this was done before, the offset is added to the earlier one, and the scale stays.
    """
    for tree in _trees():
        for node in list(tree.nodes):
            if node.bl_idname in POSITION_OUTPUTS:
                _keep(tree, node.outputs[POSITION_OUTPUTS[node.bl_idname]], offset, scale)


def _trees() -> Iterator[Any]:
    yield from (material.node_tree for material in bpy.data.materials if material.node_tree)
    yield from (tree for tree in bpy.data.node_groups if tree.bl_idname == "ShaderNodeTree")


def _keep(tree: Any, position: Any, offset: Float64[np.ndarray, " 3"], scale: float) -> None:
    links = list(position.links)
    shifted = next((link.to_node for link in links if link.to_node.label == LABEL), None)
    if shifted is not None:
        factor, term = (np.array(socket.default_value) for socket in shifted.inputs[1:3])
        shifted.inputs[2].default_value = term + offset * factor
    elif links:
        shifted = tree.nodes.new("ShaderNodeVectorMath")
        shifted.operation, shifted.label = "MULTIPLY_ADD", LABEL
        shifted.inputs[1].default_value = (1 / scale,) * 3
        shifted.inputs[2].default_value = offset / scale
        for link in links:
            tree.links.new(shifted.outputs["Vector"], link.to_socket)
        tree.links.new(position, shifted.inputs[0])
