"""Meshes of hair, curves and points, made once for all instances of the same object."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

from render.library.blend.hair import StrandMesh, cloud_of, curves_of, hair_of

__all__ = ["StrandMeshes"]

#: How objects that are curves or points themselves become meshes, by their type.
MAKERS: Mapping[str, Callable[[Any], Iterator[StrandMesh]]] = {"CURVES": curves_of, "POINTCLOUD": cloud_of}


class StrandMeshes:
    """Meshes that were made so far; `notes` says which show fewer strands than the file has."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._known: dict[tuple[Any, ...], list[Any]] = {}

    def of(self, instance: Any) -> list[Any]:
        """The hair that grows on the instance, and the instance itself where that is curves or points."""
        obj = instance.object
        shows = instance.show_particles, instance.show_self
        hair = hair_of(obj) if shows[0] and obj.type == "MESH" else iter(())
        own = MAKERS[obj.type](obj) if shows[1] and obj.type in MAKERS else iter(())
        # Geometry nodes may make several things of one object, all of its name.
        key = (obj.original.session_uid, obj.data.as_pointer() if obj.data else 0, *shows)
        if key not in self._known:
            strands = list(chain(hair, own))
            self.notes += [entry.note for entry in strands if entry.note]
            self._known[key] = [entry.mesh for entry in strands]
        return self._known[key]
