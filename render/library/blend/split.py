"""One mesh into several by their faces' materials: a wall and its floor are often one object in an interior."""

from collections.abc import Mapping
from typing import Any

import bmesh
import numpy as np

__all__ = ["faces_by_slot", "faces_of_slots", "with_material"]


def faces_by_slot(mesh: Any) -> Mapping[int, int]:
    """How many faces each material slot has, for slots that have any; numbers beyond the slots count for the last."""
    index = _slots(mesh)
    numbers, counts = np.unique(index, return_counts=True)
    return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


def faces_of_slots(mesh: Any, slots: frozenset[int]) -> Any:
    """A copy of the mesh with the faces of these slots alone; their normals and coordinates stay what they were."""
    kept = np.isin(_slots(mesh), list(slots))
    if kept.all():
        return mesh
    part = mesh.copy()
    normals = _corner_normals(mesh)[np.repeat(kept, _corner_counts(mesh))]
    size, middle = tuple(mesh.texspace_size), tuple(mesh.texspace_location)
    builder = bmesh.new()
    builder.from_mesh(mesh)
    builder.faces.ensure_lookup_table()
    gone = [builder.faces[number] for number in np.flatnonzero(~kept).tolist()]
    bmesh.ops.delete(builder, geom=gone, context="FACES")
    builder.to_mesh(part)
    builder.free()
    # The faces next to the cut are gone, and with them what they gave to the normals at its edge.
    part.normals_split_custom_set(normals.tolist())
    part.use_auto_texspace = False
    part.texspace_size, part.texspace_location = size, middle
    return part


def with_material(mesh: Any, material: Any) -> Any:
    """A copy of the mesh that is all of one material; the mesh itself where that is None."""
    if material is None:
        return mesh
    part = mesh.copy()
    part.materials.clear()
    part.materials.append(material)
    return part


def _slots(mesh: Any) -> np.ndarray:
    index = np.zeros(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("material_index", index)
    return np.clip(index, 0, max(len(mesh.materials) - 1, 0))


def _corner_counts(mesh: Any) -> np.ndarray:
    counts = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_total", counts)
    return counts


def _corner_normals(mesh: Any) -> np.ndarray:
    flat = np.empty(len(mesh.loops) * 3, np.float32)
    mesh.corner_normals.foreach_get("vector", flat)
    return flat.reshape(-1, 3)
