"""A mesh file into a self-contained .blend of one mesh: upright, at its size, standing on the origin."""

import math
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix

from render.library.cache import MESH_NAME
from render.library.importing import import_mesh
from render.library.inside import Inside
from render.library.measure import extreme_points, standing
from render.library.opaque import make_opaque
from render.library.order import Order, Prepared, Unusable
from render.triangles import mesh_arrays

__all__ = ["prepare_mesh"]

UP_OF = {".obj": "y", ".gltf": "y", ".glb": "y"}  # what an importer takes for up in the file; of the others, z


def prepare_mesh(order: Order, target: Path) -> Prepared:
    """Import, normalise, make fit for exact truth, measure and write."""
    mesh, dropped = import_mesh(Path(order.source), Inside(order.folders))
    points = _normalise(mesh, order)
    for material in {entry for entry in mesh.materials if entry}:
        make_opaque(material)
    _keep_images()
    mesh.name = MESH_NAME
    bpy.data.libraries.write(str(target), {mesh}, fake_user=True, compress=True)
    return Prepared(points, bare=not any(mesh.materials), faces=len(mesh.polygons), dropped=dropped)


def _normalise(mesh: Any, order: Order) -> tuple[tuple[float, float, float], ...]:
    mesh.transform(Matrix.Rotation(math.radians(order.turn), 4, "Z") @ _upright(order))
    vertices, _ = mesh_arrays(mesh)
    if not np.isfinite(vertices).all():
        raise Unusable("some of its vertices are not finite numbers")
    largest = float(np.ptp(vertices, axis=0).max())
    if largest <= 0:
        raise Unusable("it has no extent")
    scale = order.size / largest if order.size else order.scale
    mesh.transform(Matrix.Scale(scale, 4) @ Matrix.Translation([-float(value) for value in standing(vertices)]))
    return extreme_points(mesh_arrays(mesh)[0])


def _upright(order: Order) -> Any:
    """The turn from the axis that the importer took for up to the one that is."""
    taken = UP_OF.get(Path(order.source).suffix.lower(), "z")
    if not order.up or order.up == taken:
        return Matrix.Identity(4)
    return Matrix.Rotation(math.radians(90 if order.up == "y" else -90), 4, "X")


def _keep_images() -> None:
    """Take the textures that are used into the file."""
    for image in bpy.data.images:
        if image.source != "FILE" or not image.users:
            continue
        if image.size[0] == 0:
            raise Unusable(f"its texture {Path(image.filepath).name or image.name} is missing or broken")
        image.buffers_free()
        if not image.packed_file:
            image.pack()
