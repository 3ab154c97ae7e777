"""A mesh file into a self-contained .blend of one mesh: upright, at its size, standing on the origin."""

import math
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix

from render.library.allowed_folders import AllowedFolders
from render.library.blend.materials import placeholder_material
from render.library.blend.split import faces_by_slot, faces_of_slots
from render.library.cache import MESH_NAME
from render.library.importing import import_mesh
from render.library.mesh_extents import extreme_points, standing_point
from render.library.opaque import make_opaque, material_visibility
from render.library.requests import PreparationRequest, PreparationResult, Unusable
from render.library.shading.flatten import TooManyNodes
from render.triangles import mesh_arrays

__all__ = ["prepare_mesh"]

UP_OF = {".obj": "y", ".gltf": "y", ".glb": "y"}  # the up axis that an importer assumes; z for other formats


def prepare_mesh(request: PreparationRequest, target: Path) -> PreparationResult:
    """Import, normalise, clean, measure and write the mesh; raises Unusable."""
    imported = import_mesh(Path(request.source), AllowedFolders(request.folders))
    mesh = _visible_part(imported.mesh)
    points = _normalise(mesh, request, imported.unit)
    _clean_materials(mesh)
    materials = {material for material in mesh.materials if material}
    _pack_images(materials)
    mesh.name = MESH_NAME
    bpy.data.libraries.write(str(target), {mesh}, fake_user=True, compress=True)
    return PreparationResult(
        points, bare=not materials, faces=len(mesh.polygons), dropped=imported.lost, linked=imported.linked
    )


def _visible_part(mesh: Any) -> Any:
    """The mesh without faces that no camera sees, such as fully transparent hulls."""
    slots = frozenset(
        slot
        for slot in faces_by_slot(mesh)
        if not len(mesh.materials)
        or mesh.materials[slot] is None
        or material_visibility(mesh.materials[slot]) == "surface"
    )
    if not slots:
        raise Unusable("all of it is transparent")
    return faces_of_slots(mesh, slots)


def _clean_materials(mesh: Any) -> None:
    """Make the materials fit for truth; faces without one, beside others that have one, become grey."""
    for material in {material for material in mesh.materials if material}:
        try:
            make_opaque(material)
        except TooManyNodes as error:
            raise Unusable(f"the node groups of its material {material.name} multiply beyond measure") from error
    if any(mesh.materials):
        for slot, material in enumerate(mesh.materials):
            mesh.materials[slot] = material or placeholder_material()


def _normalise(mesh: Any, request: PreparationRequest, unit: float) -> tuple[tuple[float, float, float], ...]:
    mesh.transform(Matrix.Rotation(math.radians(request.turn), 4, "Z") @ _upright(request))
    vertices, _ = mesh_arrays(mesh)
    if not np.isfinite(vertices).all():
        raise Unusable("some of its vertices are not finite numbers")
    largest = float(np.ptp(vertices, axis=0).max())
    if largest <= 0:
        raise Unusable("it has no extent")
    scale = request.size / largest if request.size else request.scale or unit
    mesh.transform(Matrix.Scale(scale, 4) @ Matrix.Translation([-float(value) for value in standing_point(vertices)]))
    return extreme_points(mesh_arrays(mesh)[0])


def _upright(request: PreparationRequest) -> Any:
    """The rotation from the axis that the importer took for up to the one that is up."""
    assumed = UP_OF.get(Path(request.source).suffix.lower(), "z")
    if not request.up or request.up == assumed:
        return Matrix.Identity(4)
    return Matrix.Rotation(math.radians(90 if request.up == "y" else -90), 4, "X")


def _pack_images(materials: set[Any]) -> None:
    """Pack the textures that the materials use; raises Unusable where one is missing."""
    trees = (material.node_tree for material in materials)
    images = {node.image for tree in trees for node in tree.nodes if getattr(node, "image", None)}
    for image in sorted(images, key=lambda image: str(image.name)):
        if image.source in ("GENERATED", "VIEWER"):
            continue
        name = Path(image.filepath).name or image.name
        if image.source not in ("FILE", "TILED"):
            raise Unusable(f"its texture {name} is a film")
        if image.size[0] == 0:
            raise Unusable(f"its texture {name} is missing or broken")
        image.buffers_free()
        if not image.packed_files:
            image.pack()
