"""What geometry nodes make of an object, as far as it says what each of their instances shows."""

from typing import Any

import bpy
import numpy as np

__all__ = ["GeometrySet", "geometry_of"]

#: The kinds of geometry in the order in which Blender numbers them, each with the types of objects that have it.
PARTS = {
    "mesh": ("MESH",),
    "volume": ("VOLUME",),
    "curves": ("CURVE", "FONT", "CURVES"),
    "pointcloud": ("POINTCLOUD",),
    "grease_pencil": ("GREASEPENCIL",),
}


class GeometrySet:
    """Geometry and instances, read once from Blender's geometry set."""

    def __init__(self, blender_set: Any) -> None:
        self._owners = [owners for part, owners in PARTS.items() if getattr(blender_set, part) is not None]
        cloud = blender_set.instances_pointcloud()
        self.count = len(cloud.points) if cloud is not None else 0
        self._references = list(blender_set.instance_references()) if self.count else []
        self._sets: dict[int, Any] = {}
        self._handles = _integers(cloud, ".reference_index") if self.count else None
        ids = _integers(cloud, "id") if self.count else None
        self._rows = None if ids is None else {number: row for row, number in reversed(list(enumerate(ids.tolist())))}

    def shows_only(self, uids: set[int]) -> bool:
        """Whether all that its instances show are objects with these session_uids."""
        shown = [entry.original.session_uid if isinstance(entry, bpy.types.Object) else 0 for entry in self._references]
        return all(uid in uids for uid in shown)

    def parts(self, kind: str) -> int:
        """How many kinds of geometry there are besides that of an object of type `kind`; "" for an instance."""
        return sum(kind not in owners for owners in self._owners)

    def reference(self, number: int) -> Any:
        """What the instance with this id shows: an object, a collection or a GeometrySet; None where it is unknown."""
        handle = self._handle(number)
        if handle is None:
            return None
        if handle not in self._sets:
            reference = self._references[handle]
            self._sets[handle] = GeometrySet(reference) if hasattr(reference, "instance_references") else reference
        return self._sets[handle]

    def _handle(self, number: int) -> int | None:
        if len(self._references) == 1:
            return 0
        row = number if self._rows is None else self._rows.get(number, -1)  # Blender renumbers ids that recur
        if self._handles is None or not 0 <= row < self.count:
            return None
        handle = int(self._handles[row])
        return handle if 0 <= handle < len(self._references) else None


def geometry_of(obj: Any) -> GeometrySet | None:
    """What the nodes of an evaluated object make, None where that is nothing but the object's own geometry.

    Blender's answer holds what particles, vertices and faces show as well, for objects whose nodes make no instances.
    """
    if obj.data is None:
        return None
    try:
        geometry = GeometrySet(obj.evaluated_geometry())
    except (RuntimeError, TypeError):  # a type of object that has no geometry
        return None
    has_nodes = any(modifier.type == "NODES" and modifier.show_render for modifier in obj.modifiers)
    instances = geometry.count and has_nodes and not geometry.shows_only(_shown_without_nodes(obj.original))
    return geometry if instances or geometry.parts(obj.type) else None


def _shown_without_nodes(obj: Any) -> set[int]:
    """The session_uids of all that its vertices, faces and particles may show."""
    on_vertices = obj.instance_type in ("VERTS", "FACES")
    uids = {child.session_uid for child in obj.children_recursive} if on_vertices else set()
    for system in obj.particle_systems:
        settings = system.settings
        if settings.render_type == "OBJECT" and settings.instance_object:
            uids.add(settings.instance_object.session_uid)
        if settings.render_type == "COLLECTION" and settings.instance_collection:
            uids |= {member.session_uid for member in settings.instance_collection.all_objects}
    return uids


def _integers(cloud: Any, name: str) -> np.ndarray | None:
    """A whole-number attribute of the points, None where there is none."""
    attribute = cloud.attributes.get(name)
    if attribute is None or attribute.data_type != "INT" or attribute.domain != "POINT":
        return None
    values = np.empty(len(attribute.data), np.int32)
    attribute.data.foreach_get("value", values)
    return values
