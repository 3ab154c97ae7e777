"""Meshes split by the materials of their faces: a wall and its floor are often one object of a file."""

from collections.abc import Mapping
from typing import Any

import bmesh
import numpy as np

__all__ = ["faces_by_slot", "faces_of_slots", "with_material"]


def faces_by_slot(mesh: Any) -> Mapping[int, int]:
    """How many faces each material slot has, for slots that have any; numbers beyond the slots mean the last."""
    index = _slots(mesh)
    numbers, counts = np.unique(index, return_counts=True)
    return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


def faces_of_slots(mesh: Any, slots: frozenset[int]) -> Any:
    """A copy of the mesh with only the faces of these slots, whose normals and texture coordinates stay the same."""
    in_slots = np.isin(_slots(mesh), list(slots))
    if in_slots.all():
        return mesh
    part = mesh.copy()
    normals = _corner_normals(mesh)[np.repeat(in_slots, _corner_counts(mesh))]
    size, middle = tuple(mesh.texspace_size), tuple(mesh.texspace_location)
    builder = bmesh.new()
    builder.from_mesh(mesh)
    builder.faces.ensure_lookup_table()
    others = [builder.faces[number] for number in np.flatnonzero(~in_slots).tolist()]
    bmesh.ops.delete(builder, geom=others, context="FACES")
    builder.to_mesh(part)
    builder.free()
    # Without the faces beside the cut, the normals at its edge would be computed differently.
    part.normals_split_custom_set(normals.tolist())
    part.use_auto_texspace = False
    part.texspace_size, part.texspace_location = size, middle
    return part


def with_material(mesh: Any, material: Any) -> Any:
    """A copy of the mesh with this material on all faces; the mesh itself for None."""
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
