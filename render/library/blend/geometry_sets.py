"""What geometry nodes make of an object, as far as it tells which of their instances shows what."""

from typing import Any

import bpy
import numpy as np

__all__ = ["GeometrySet", "geometry_of"]

#: The kinds of geometry in the order in which Blender numbers them, each with the objects whose own data it is.
PARTS = {
    "mesh": ("MESH",),
    "volume": ("VOLUME",),
    "curves": ("CURVE", "FONT", "CURVES"),
    "pointcloud": ("POINTCLOUD",),
    "grease_pencil": ("GREASEPENCIL",),
}


class GeometrySet:
    """Geometry and instances, read once."""

    def __init__(self, made: Any) -> None:
        self._owners = [owners for part, owners in PARTS.items() if getattr(made, part) is not None]
        cloud = made.instances_pointcloud()
        self.count = len(cloud.points) if cloud is not None else 0
        self._references = list(made.instance_references()) if self.count else []
        self._known: dict[int, Any] = {}
        self._handles = _numbers(cloud, ".reference_index") if self.count else None
        ids = _numbers(cloud, "id") if self.count else None
        self._places = None if ids is None else {number: k for k, number in reversed(list(enumerate(ids.tolist())))}

    def shows_only(self, things: set[int]) -> bool:
        """Whether all that its instances show are objects with these session_uids."""
        uids = [entry.original.session_uid if isinstance(entry, bpy.types.Object) else 0 for entry in self._references]
        return all(uid in things for uid in uids)

    def parts(self, kind: str) -> int:
        """How many kinds of geometry there are besides that of an object of this type; "" for an instance."""
        return sum(kind not in owners for owners in self._owners)

    def shown(self, number: int) -> Any:
        """What the instance with this id shows: an object, a collection or a GeometrySet; None where nobody can say."""
        handle = self._handle(number)
        if handle is None:
            return None
        if handle not in self._known:
            reference = self._references[handle]
            self._known[handle] = GeometrySet(reference) if hasattr(reference, "instance_references") else reference
        return self._known[handle]

    def _handle(self, number: int) -> int | None:
        if len(self._references) == 1:
            return 0
        place = number if self._places is None else self._places.get(number, -1)  # Blender renumbers ids that recur
        if self._handles is None or not 0 <= place < self.count:
            return None
        handle = int(self._handles[place])
        return handle if 0 <= handle < len(self._references) else None


def geometry_of(thing: Any) -> GeometrySet | None:
    """What the nodes of an evaluated object make, None where that is nothing but the object's own geometry.

    Blender's answer holds what particles, vertices and faces show as well, for objects whose nodes make no instances.
    """
    if thing.data is None:
        return None
    try:
        made = GeometrySet(thing.evaluated_geometry())
    except (RuntimeError, TypeError):  # a type of object that has no geometry
        return None
    nodes = any(modifier.type == "NODES" and modifier.show_render for modifier in thing.modifiers)
    instances = made.count and nodes and not made.shows_only(_shown_without_nodes(thing.original))
    return made if instances or made.parts(thing.type) else None


def _shown_without_nodes(thing: Any) -> set[int]:
    """The session_uids of all that its vertices, faces and particles may show."""
    found = (
        {entry.session_uid for entry in thing.children_recursive}
        if thing.instance_type in ("VERTS", "FACES")
        else set()
    )
    for system in thing.particle_systems:
        settings = system.settings
        if settings.render_type == "OBJECT" and settings.instance_object:
            found.add(settings.instance_object.session_uid)
        if settings.render_type == "COLLECTION" and settings.instance_collection:
            found |= {entry.session_uid for entry in settings.instance_collection.all_objects}
    return found


def _numbers(cloud: Any, name: str) -> np.ndarray | None:
    attribute = cloud.attributes.get(name)
    if attribute is None or attribute.data_type != "INT" or attribute.domain != "POINT":
        return None
    found = np.empty(len(attribute.data), np.int32)
    attribute.data.foreach_get("value", found)
    return found
