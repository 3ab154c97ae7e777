"""A file's materials, world and lamps made fit for exact truth, and self-contained."""

from collections.abc import Iterable, Iterator
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
    "pack_images",
    "placeholder_image",
    "placeholder_material",
    "simplification_notes",
]

NO_MATERIAL = "no material"
PLAIN = "verichrome_plain"  # the custom property of what lost its node tree
GRAY, FLAT = (0.5, 0.5, 0.5, 1.0), (0.5, 0.5, 1.0, 1.0)


class MaterialVisibilities:
    """What cameras meet of each material of the open file, found out once."""

    def __init__(self) -> None:
        self._known: dict[int, MaterialVisibility] = {}

    def of(self, material: Any) -> MaterialVisibility:
        """What cameras meet of the material; nothing is a volume without a surface, too."""
        key = material.as_pointer()
        if key not in self._known:
            self._known[key] = material_visibility(material)
        return self._known[key]


def clean_material(material: Any) -> None:
    """Cut-outs binary, even transparency glass, displacement as bump, nothing that moves."""
    # Displaced surfaces would leave the boxes and silhouettes that are measured on the mesh.
    material.displacement_method = "BUMP"
    _still(material)
    _still(material.node_tree)
    try:
        make_opaque(material)
    except TooManyNodes:
        _make_plain(material, "ShaderNodeOutputMaterial", "Surface", "ShaderNodeBsdfDiffuse")
        make_opaque(material)
    keep_random(material.node_tree)
    let_light_through(material)


def clean_world(world: Any) -> None:
    """No mist, which would veil the image."""
    _still(world)
    _still(world.node_tree)
    try:
        output = flatten(world)
    except TooManyNodes:
        output = _make_plain(world, "ShaderNodeOutputWorld", "Surface", "ShaderNodeBackground")
    for link in list(output.inputs["Volume"].links) if output else ():
        world.node_tree.links.remove(link)
    if output:
        prune(world.node_tree)


def clean_light(light: Any) -> None:
    """Nothing that moves."""
    _still(light)
    _still(light.node_tree)
    try:
        flatten(light)
    except TooManyNodes:
        _make_plain(light, "ShaderNodeOutputLight", "Surface", "ShaderNodeEmission")


def simplification_notes() -> list[str]:
    """What is told of materials, worlds and lamps whose node trees are too large to be kept."""
    blocks = (*bpy.data.materials, *bpy.data.worlds, *bpy.data.lights)
    return [f"{block.name} has groups or zones of nodes that multiply beyond measure: it is plain" for block in blocks
            if block.get(PLAIN)]  # fmt: skip


def placeholder_material() -> Any:
    """A grey material for faces that have none."""
    material = bpy.data.materials.new(NO_MATERIAL)
    clean_material(material)
    return material


def pack_images() -> list[str]:
    """Take all images into the file; one that is not there is shown grey, and is named in what is returned."""
    told = []
    for image in list(bpy.data.images):
        if not image.users or image.source in ("GENERATED", "VIEWER"):
            continue
        if image.size[0] and image.source in ("FILE", "TILED"):
            if not image.packed_files:
                try:
                    image.pack()
                    continue
                except RuntimeError:
                    pass  # told below like one that is missing
            else:
                continue
        told.append(f"the texture {_name(image)} is {_fault(image)}: grey in its place")
        image.user_remap(placeholder_image(image))
    return told


def _fault(image: Any) -> str:
    return "a film" if image.source in ("MOVIE", "SEQUENCE") else "missing or broken"


def _name(image: Any) -> str:
    return str(bpy.path.basename(image.filepath) or image.name)


def placeholder_image(image: Any) -> Any:
    """Grey; of what is no colour, a flat normal map, since a grey one would tilt all normals."""
    plain = image.colorspace_settings.name == "Non-Color" or image.colorspace_settings.is_data
    blank = bpy.data.images.new(f"{image.name} missing", 4, 4)
    blank.generated_color = FLAT if plain and _leads_to_normals(image) else GRAY
    blank.colorspace_settings.name = image.colorspace_settings.name
    return blank


def _leads_to_normals(image: Any) -> bool:
    return any(
        link.to_node.bl_idname == "ShaderNodeNormalMap"
        for tree in _all_trees()
        for link in tree.links
        if getattr(link.from_node, "image", None) == image
    )


def _all_trees() -> Iterator[Any]:
    owners: Iterable[Any] = (*bpy.data.materials, *bpy.data.worlds, *bpy.data.lights)
    yield from (owner.node_tree for owner in owners if owner.node_tree)
    yield from (tree for tree in bpy.data.node_groups if tree.bl_idname == "ShaderNodeTree")


def _still(block: Any) -> None:
    if block is not None:
        block.animation_data_clear()


def _make_plain(owner: Any, output: str, socket: str, shader: str) -> Any:
    """A tree of one shader in place of the owner's; its output."""
    nodes = owner.node_tree.nodes
    nodes.clear()
    sink, source = nodes.new(output), nodes.new(shader)
    owner.node_tree.links.new(source.outputs[0], sink.inputs[socket])
    owner[PLAIN] = True
    return sink
