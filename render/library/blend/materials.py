"""A file's materials, world and lamps made fit for exact truth."""

from typing import Any

import bpy

from render.library.blend.glazing import let_light_through
from render.library.opaque import MaterialVisibility, make_opaque, material_visibility
from render.library.shading.flatten import TooManyNodes, flatten, prune
from render.library.shading.object_info import keep_random

__all__ = [
    "NO_MATERIAL",
    "MaterialVisibilities",
    "clean_light",
    "clean_material",
    "clean_world",
    "placeholder_material",
    "simplification_notes",
]

NO_MATERIAL = "no material"
SIMPLIFIED = "verichrome_plain"  # the custom property of what lost its node tree


class MaterialVisibilities:
    """What cameras meet of each material of the open file, computed once."""

    def __init__(self) -> None:
        self._known: dict[int, MaterialVisibility] = {}

    def of(self, material: Any) -> MaterialVisibility:
        """What cameras meet of the material: nothing also where it has a volume and no surface."""
        key = material.as_pointer()
        if key not in self._known:
            self._known[key] = material_visibility(material)
        return self._known[key]


def clean_material(material: Any) -> None:
    """Make cut-outs binary, even transparency glass and displacement bump, and remove animation."""
    # Displaced surfaces would leave the boxes and silhouettes that are measured on the mesh.
    material.displacement_method = "BUMP"
    _remove_animation(material)
    try:
        make_opaque(material)
    except TooManyNodes:
        _simplify(material, "ShaderNodeOutputMaterial", "Surface", "ShaderNodeBsdfDiffuse")
        make_opaque(material)
    keep_random(material.node_tree)
    let_light_through(material)


def clean_world(world: Any) -> None:
    """Remove animation, and mist, which would veil the image."""
    _remove_animation(world)
    try:
        output = flatten(world)
    except TooManyNodes:
        output = _simplify(world, "ShaderNodeOutputWorld", "Surface", "ShaderNodeBackground")
    for link in list(output.inputs["Volume"].links) if output else ():
        world.node_tree.links.remove(link)
    if output:
        prune(world.node_tree)


def clean_light(light: Any) -> None:
    """Remove animation."""
    _remove_animation(light)
    try:
        flatten(light)
    except TooManyNodes:
        _simplify(light, "ShaderNodeOutputLight", "Surface", "ShaderNodeEmission")


def simplification_notes() -> list[str]:
    """Clauses on the materials, worlds and lamps whose node trees were too large to keep."""
    blocks = (*bpy.data.materials, *bpy.data.worlds, *bpy.data.lights)
    return [f"{block.name} has groups or zones of nodes that multiply beyond measure: it is plain" for block in blocks
            if block.get(SIMPLIFIED)]  # fmt: skip


def placeholder_material() -> Any:
    """A grey material for faces that have none."""
    material = bpy.data.materials.new(NO_MATERIAL)
    clean_material(material)
    return material


def _remove_animation(owner: Any) -> None:
    owner.animation_data_clear()
    if owner.node_tree is not None:
        owner.node_tree.animation_data_clear()


def _simplify(owner: Any, output: str, socket: str, shader: str) -> Any:
    """Replace the owner's node tree by one shader; returns its output node."""
    nodes = owner.node_tree.nodes
    nodes.clear()
    sink, source = nodes.new(output), nodes.new(shader)
    owner.node_tree.links.new(source.outputs[0], sink.inputs[socket])
    owner[SIMPLIFIED] = True
    return sink
