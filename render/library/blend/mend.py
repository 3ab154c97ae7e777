"""A file's materials, world and lamps made fit for exact truth, and self-contained."""

from collections.abc import Iterable, Iterator
from typing import Any

import bpy

from render.library.blend.glazing import let_light_through
from render.library.opaque import make_opaque

__all__ = [
    "NO_MATERIAL",
    "blank_image",
    "is_mist",
    "keep_images",
    "mend_light",
    "mend_material",
    "mend_world",
    "stand_in",
]

NO_MATERIAL = "no material"
GRAY, FLAT = (0.5, 0.5, 0.5, 1.0), (0.5, 0.5, 1.0, 1.0)


def is_mist(material: Any) -> bool:
    """Whether it is a volume or all transparent, and no surface: rays pass through, so it is nowhere in truth."""
    output = _output(material)
    if output is None:
        return False
    links = output.inputs["Surface"].links
    if not links:
        return bool(output.inputs["Volume"].is_linked)
    return links[0].from_node.bl_idname in ("ShaderNodeBsdfTransparent", "ShaderNodeHoldout")


def mend_material(material: Any) -> None:
    """Cut-outs binary, even transparency glass, displacement as bump, nothing that moves."""
    make_opaque(material)
    let_light_through(material)
    # Displaced surfaces would leave the boxes and silhouettes that are measured on the mesh.
    material.displacement_method = "BUMP"
    _still(material)
    _still(material.node_tree)


def mend_world(world: Any) -> None:
    """No mist, which would veil the image."""
    tree = world.node_tree
    output = tree.get_output_node("CYCLES") if tree else None
    for link in list(output.inputs["Volume"].links) if output else ():
        tree.links.remove(link)
    _still(world)
    _still(tree)


def mend_light(light: Any) -> None:
    """Nothing that moves."""
    _still(light)
    _still(light.node_tree)


def stand_in() -> Any:
    """A grey material for faces that have none."""
    material = bpy.data.materials.new(NO_MATERIAL)
    mend_material(material)
    return material


def keep_images() -> list[str]:
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
        image.user_remap(blank_image(image))
    return told


def _fault(image: Any) -> str:
    return "a film" if image.source in ("MOVIE", "SEQUENCE") else "missing or broken"


def _name(image: Any) -> str:
    return str(bpy.path.basename(image.filepath) or image.name)


def blank_image(image: Any) -> Any:
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


def _output(material: Any) -> Any:
    return material.node_tree.get_output_node("CYCLES") if material.node_tree else None
