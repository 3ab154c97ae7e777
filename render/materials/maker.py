"""From a material's description to Blender's: a new node tree, or a copy of one that differs in numbers alone."""

import hashlib
from typing import Any

import bpy

from render.library.load import load_images
from render.materials.builders import BUILDERS
from render.materials.graph import Graph
from render.materials.textured import textured
from render.materials.tree import Input, Tree
from scenes.material import Material

__all__ = ["MaterialMaker"]


class MaterialMaker:
    """Makes each distinct material of the open file once; it is named after its whole description."""

    def __init__(self) -> None:
        self._made: dict[Material, Any] = {}
        self._models: dict[tuple[Any, ...], tuple[Any, Tree]] = {}  # by structure: what to copy, and its values

    def make(self, spec: Material) -> Any:
        """The Blender material of `spec`."""
        if spec not in self._made:
            digest = hashlib.sha256(spec.model_dump_json().encode()).hexdigest()[:16]
            self._made[spec] = self._of_tree(f"{spec.kind}-{digest}", _tree(spec))
        return self._made[spec]

    def _of_tree(self, name: str, tree: Tree) -> Any:
        structure = tree.structure
        if structure not in self._models:
            material = bpy.data.materials.new(name)
            _write(material.node_tree, tree)
            self._models[structure] = (material, tree)
            return material
        model, other = self._models[structure]
        material = model.copy()
        material.name = name
        nodes = material.node_tree.nodes
        for socket, value in tree.values.items():
            if value != other.values[socket]:
                _set(nodes[socket.node].inputs[socket.key], value)
        return material


def _tree(spec: Material) -> Tree:
    graph = Graph(spec)
    if spec.textures:
        textured(graph, load_images(spec.textures))
    else:
        BUILDERS[spec.kind](graph)
    return graph.tree


def _write(target: Any, tree: Tree) -> None:
    target.nodes.clear()
    nodes = []
    for entry in tree.nodes:
        node = target.nodes.new(f"ShaderNode{entry.kind}")
        for name, value in entry.properties:
            setattr(node, name, value)
        if entry.stops:
            _set_ramp(node.color_ramp.elements, entry.stops)
        nodes.append(node)
    for socket, source in tree.links.items():
        target.links.new(nodes[source.node].outputs[source.key], _input(nodes, socket))
    for socket, value in tree.values.items():
        _set(_input(nodes, socket), value)


def _input(nodes: list[Any], socket: Input) -> Any:
    return nodes[socket.node].inputs[socket.key]


def _set(socket: Any, value: Any) -> None:
    socket.default_value = (*value, 1.0) if socket.type == "RGBA" else value


def _set_ramp(elements: Any, stops: tuple[Any, ...]) -> None:
    while len(elements) > 1:
        elements.remove(elements[-1])
    for index, (position, color) in enumerate(stops):
        element = elements[0] if index == 0 else elements.new(position)
        element.position = position
        element.color = (*color, 1.0)
