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

UP_OF = {".obj": "y", ".gltf": "y", ".glb": "y"}  # what an importer takes for up in the file; of the others, z


def prepare_mesh(order: PreparationRequest, target: Path) -> PreparationResult:
    """Import, normalise, make fit for exact truth, measure and write."""
    found = import_mesh(Path(order.source), AllowedFolders(order.folders))
    mesh = _seen(found.mesh)
    points = _normalise(mesh, order, found.unit)
    _mend_materials(mesh)
    materials = {entry for entry in mesh.materials if entry}
    _keep_images(materials)
    mesh.name = MESH_NAME
    bpy.data.libraries.write(str(target), {mesh}, fake_user=True, compress=True)
    return PreparationResult(
        points, bare=not materials, faces=len(mesh.polygons), dropped=found.lost, linked=found.linked
    )


def _seen(mesh: Any) -> Any:
    """The mesh without faces that no camera sees, as those of hulls that are all transparent."""
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


def _mend_materials(mesh: Any) -> None:
    """Make them fit for truth; faces without one, beside others that have one, are grey."""
    for material in {entry for entry in mesh.materials if entry}:
        try:
            make_opaque(material)
        except TooManyNodes as error:
            raise Unusable(f"the node groups of its material {material.name} multiply beyond measure") from error
    if any(mesh.materials):
        for slot, material in enumerate(mesh.materials):
            mesh.materials[slot] = material or placeholder_material()


def _normalise(mesh: Any, order: PreparationRequest, unit: float) -> tuple[tuple[float, float, float], ...]:
    mesh.transform(Matrix.Rotation(math.radians(order.turn), 4, "Z") @ _upright(order))
    vertices, _ = mesh_arrays(mesh)
    if not np.isfinite(vertices).all():
        raise Unusable("some of its vertices are not finite numbers")
    largest = float(np.ptp(vertices, axis=0).max())
    if largest <= 0:
        raise Unusable("it has no extent")
    scale = order.size / largest if order.size else order.scale or unit
    mesh.transform(Matrix.Scale(scale, 4) @ Matrix.Translation([-float(value) for value in standing_point(vertices)]))
    return extreme_points(mesh_arrays(mesh)[0])


def _upright(order: PreparationRequest) -> Any:
    """The turn from the axis that the importer took for up to the one that is."""
    taken = UP_OF.get(Path(order.source).suffix.lower(), "z")
    if not order.up or order.up == taken:
        return Matrix.Identity(4)
    return Matrix.Rotation(math.radians(90 if order.up == "y" else -90), 4, "X")


def _keep_images(materials: set[Any]) -> None:
    """Take the textures that the materials use into the file; raises Unusable where one is not there."""
    trees = (material.node_tree for material in materials)
    images = {node.image for tree in trees for node in tree.nodes if getattr(node, "image", None)}
    for image in sorted(images, key=lambda entry: str(entry.name)):
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
