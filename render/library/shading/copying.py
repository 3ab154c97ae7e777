"""Nodes from one tree into another, with all that they hold: Blender's own copy works in an open editor only."""

from typing import Any

import bpy

__all__ = ["copy_node", "copy_values"]


def copy_node(node: Any, tree: Any) -> Any:
    """A node of the same kind and properties in `tree`, without links and values."""
    new_node = tree.nodes.new(node.bl_idname)
    _copy(node, new_node, frozenset(bpy.types.Node.bl_rna.properties.keys()))
    return new_node


def copy_values(node: Any, new_node: Any) -> None:
    """The values of the node's sockets to the copy's."""
    for old, new in ((node.inputs, new_node.inputs), (node.outputs, new_node.outputs)):
        sockets = {socket.identifier: socket for socket in new}
        for socket in old:
            if hasattr(socket, "default_value") and socket.identifier in sockets:
                sockets[socket.identifier].default_value = _plain(socket.default_value)


def _copy(source: Any, target: Any, skipped: frozenset[str] = frozenset()) -> None:
    # Twice, since some properties bound others: the least of a curve's range cannot be above its most.
    for prop in (*source.bl_rna.properties, *source.bl_rna.properties):
        name = prop.identifier
        if name == "rna_type" or name in skipped:
            continue
        value = getattr(source, name)
        if not prop.is_readonly:
            if _plain(getattr(target, name)) != _plain(value):
                setattr(target, name, _plain(value))
        elif prop.type == "POINTER" and value is not None and not isinstance(value, bpy.types.ID):
            _copy(value, getattr(target, name))
        elif prop.type == "COLLECTION":
            _copy_entries(value, getattr(target, name))
    if isinstance(source, bpy.types.CurveMapping):
        target.update()


def _copy_entries(source: Any, target: Any) -> None:
    """Stops of a ramp, curves of a mapping, points of a curve; both have some from the start."""
    while len(target) > len(source):
        target.remove(target[-1])
    while len(target) < len(source):
        target.new(1.0) if isinstance(source[0], bpy.types.ColorRampElement) else target.new(1.0, 1.0)
    for number, entry in enumerate(source):
        _copy(entry, target[number])


def _plain(value: Any) -> Any:
    """Vectors, colours and arrays as tuples."""
    return tuple(value) if hasattr(value, "__len__") and not isinstance(value, str | set) else value
