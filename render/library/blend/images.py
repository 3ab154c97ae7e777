"""The images of an open file: packed into it, or replaced by a plain one where they cannot be used."""

from collections.abc import Iterable, Iterator
from typing import Any

import bpy

__all__ = ["pack_images", "placeholder_image"]

GRAY, FLAT_NORMAL = (0.5, 0.5, 0.5, 1.0), (0.5, 0.5, 1.0, 1.0)


def pack_images() -> list[str]:
    """Pack all images into the file; clauses on those that are replaced by grey, since they are films or missing."""
    notes = []
    for image in list(bpy.data.images):
        if not image.users or image.source in ("GENERATED", "VIEWER") or _is_packed(image):
            continue
        notes.append(f"the texture {_name(image)} is {_problem(image)}: grey in its place")
        image.user_remap(placeholder_image(image))
    return notes


def placeholder_image(image: Any) -> Any:
    """A small grey image in place of another; a flat normal map in place of a normal map, which grey would tilt."""
    no_color = image.colorspace_settings.name == "Non-Color" or image.colorspace_settings.is_data
    placeholder = bpy.data.images.new(f"{image.name} missing", 4, 4)
    placeholder.generated_color = FLAT_NORMAL if no_color and _leads_to_normals(image) else GRAY
    placeholder.colorspace_settings.name = image.colorspace_settings.name
    return placeholder


def _is_packed(image: Any) -> bool:
    """Whether the image is in the file, after packing it where it is not."""
    if not image.size[0] or image.source not in ("FILE", "TILED"):
        return False
    if not image.packed_files:
        try:
            image.pack()
        except RuntimeError:  # unreadable, which is as good as missing
            return False
    return True


def _problem(image: Any) -> str:
    return "a film" if image.source in ("MOVIE", "SEQUENCE") else "missing or broken"


def _name(image: Any) -> str:
    return str(bpy.path.basename(image.filepath) or image.name)


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
