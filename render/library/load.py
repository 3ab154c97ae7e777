"""Prepared files into the open Blender scene."""

from typing import Any

import bpy
from mathutils import Matrix

from render.errors import RenderError
from render.library.cache import MESH_NAME, prepared

__all__ = ["load_images", "load_mesh"]


def load_mesh(digest: str, scale: float, name: str) -> Any:
    """The prepared mesh of this digest, `scale` times its size, with its own materials; raises RenderError."""
    mesh = _load(digest, "meshes", [MESH_NAME])[0]
    mesh.name = name
    mesh.use_fake_user = False
    if scale != 1:
        mesh.transform(Matrix.Scale(scale, 4))
    return mesh


def load_images(digest: str) -> dict[str, Any]:
    """The maps of the prepared texture set of this digest, by role; raises RenderError."""
    return {image.name.partition(".")[0]: image for image in _load(digest, "images", None)}


def _load(digest: str, what: str, names: list[str] | None) -> list[Any]:
    path = prepared(digest)
    if not path.is_file():
        raise RenderError(f"{path} is not there: prepared files must not be removed while a job runs.")
    with bpy.data.libraries.load(str(path), link=False) as (source, target):
        setattr(target, what, names or list(getattr(source, what)))
    return list(getattr(target, what))
