"""From a material's description to Blender's: a new node tree, or a copy of one that differs in numbers alone."""

import hashlib
from collections.abc import Iterable
from typing import Any

import bpy

from render.library.load import load_images
from render.materials.builders import BUILDERS
from render.materials.graph import Graph
from render.materials.textured import textured
from render.materials.tree import Input, Stop, Structure, Tree
from render.materials.tree_cache import TreeCache, Written
from scenes.material import Material

__all__ = ["MaterialMaker", "written"]


class MaterialMaker:
    """Makes each distinct material of the open file once; it is named after its whole description."""

    def __init__(self, cache: TreeCache | None = None, *, plain_bounces: bool = False) -> None:
        """The trees of earlier scenes come from `cache`, and new ones go into it; `plain_bounces` is `Graph`'s."""
        self._plain_bounces = plain_bounces
        self._cache = cache or TreeCache()
        self._made: dict[Material, Any] = {}
        self._models: dict[Structure, Written] = {}  # what to copy

    def make(self, spec: Material) -> Any:
        """The Blender material of `spec`."""
        if spec not in self._made:
            self.make_all([spec])
        return self._made[spec]

    def make_all(self, specs: Iterable[Material]) -> None:
        """Make the materials of all `specs` together, which takes less time than one after the other."""
        trees = {spec: _tree(spec, self._plain_bounces) for spec in dict.fromkeys(specs) if spec not in self._made}
        known: dict[Structure, Structure] = {}  # one object for all that are equal, so that they are compared once
        structures = {}
        for spec, tree in trees.items():
            structure = tree.structure
            structures[spec] = known.setdefault(structure, structure)
        wanted = dict.fromkeys(structures[spec] for spec in trees if not spec.textures)
        kept = self._cache.load(structure for structure in wanted if structure not in self._models)
        new = {}
        for spec, tree in trees.items():
            structure = structures[spec]
            if structure in self._models:
                material = _revalued(self._models[structure].material.copy(), self._models[structure].tree, tree)
            elif structure in kept:
                material = _revalued(kept[structure].material, kept[structure].tree, tree)
            else:
                material = written(tree)
                if not spec.textures:  # an image belongs to the open file
                    new[structure] = Written(material, tree)
            material.name = _name(spec)
            material.cycles.emission_sampling = "AUTO" if spec.shines or spec.textures else "NONE"
            self._made[spec] = material
            self._models.setdefault(structure, Written(material, tree))
        self._cache.keep(new)


def _name(spec: Material) -> str:
    return f"{spec.kind}-{hashlib.sha256(spec.model_dump_json().encode()).hexdigest()[:16]}"


def _tree(spec: Material, plain_bounces: bool) -> Tree:
    graph = Graph(spec, plain_bounces=plain_bounces)
    if spec.textures:
        textured(graph, load_images(spec.textures))
    else:
        BUILDERS[spec.kind](graph)
    return graph.tree


def _revalued(material: Any, before: Tree, tree: Tree) -> Any:
    """The material, made of the tree `before`, with the values of `tree`."""
    nodes = list(material.node_tree.nodes)
    for socket, value in tree.values.items():
        if value != before.values[socket]:
            _set(_input(nodes, socket), value)
    for number, stops in tree.ramps.items():
        if stops != before.ramps[number]:
            _set_ramp(nodes[number].color_ramp.elements, stops)
    return material


def written(tree: Tree) -> Any:
    """A new Blender material of the tree.

    Values come before links, and only those that are not Blender's own, since each costs an update of the tree.
    """
    material = bpy.data.materials.new("new")
    target = material.node_tree
    target.nodes.clear()
    nodes = []
    for entry in tree.nodes:
        node = target.nodes.new(f"ShaderNode{entry.kind}")
        for name, value in entry.properties:
            if getattr(node, name) != value:
                setattr(node, name, value)
        nodes.append(node)
    for number, stops in tree.ramps.items():
        elements = nodes[number].color_ramp.elements
        while len(elements) < len(stops):
            elements.new(1.0)
        _set_ramp(elements, stops)
    for socket, value in tree.values.items():
        _set(_input(nodes, socket), value)
    for socket, source in tree.links.items():
        target.links.new(nodes[source.node].outputs[source.key], _input(nodes, socket))
    return material


def _input(nodes: list[Any], socket: Input) -> Any:
    return nodes[socket.node].inputs[socket.key]


def _set(socket: Any, value: Any) -> None:
    value = (*value, 1.0) if socket.type == "RGBA" else value
    before = socket.default_value
    if value != (tuple(before) if isinstance(value, tuple) else before):
        socket.default_value = value


def _set_ramp(elements: Any, stops: tuple[Stop, ...]) -> None:
    for element, (position, color) in zip(elements, stops, strict=True):
        element.position = position
        element.color = (*color, 1.0)
