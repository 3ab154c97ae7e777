"""What the numbers of a persistent id mean, level by level.

Blender numbers what an instancer makes, one number a level (`object_dupli.cc`): the object's position in a collection
for an instance of one, the instance's id for geometry nodes, the system and the particle for particles, the vertex or
face for instances on those.
"""

from dataclasses import dataclass, replace
from typing import Any, Protocol

import bpy

from render.library.blend.geometry_sets import GeometrySet, geometry_of
from render.library.blend.instancers import InstanceKey, InstanceOrigin, Instancer

__all__ = ["UNUSED", "InstanceLevel", "InstanceLevels", "LastListed"]

UNUSED = 2**31 - 1  # in an instance's persistent id


@dataclass(frozen=True, eq=False)
class LastListed:
    """The object that Blender listed last on a level, and its number: it comes before the instances that it makes."""

    number: int = UNUSED
    object: Any = None

    def at(self, number: int) -> Any:
        """The object, where it has this number; None else."""
        return self.object if self.number == number else None


class InstanceLevel(Protocol):
    """What the numbers so far lead to."""

    def leaf(self, number: int) -> InstanceOrigin:
        """The origin of the instance with this number on this level."""
        ...

    def descend(self, number: int, last: LastListed) -> "InstanceLevel":
        """The level that the number after this one belongs to; `last` is what was listed last on this level."""
        ...


class InstanceLevels:
    """Finds the level of each instancer of an evaluated scene."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._sets: dict[int, GeometrySet | None] = {}

    def of(self, obj: Any, path: InstanceKey, instancers: tuple[Instancer, ...]) -> InstanceLevel:
        """What numbers mean in an object that makes instances; `path` has those that lead to it.

        The ways to make instances are tried in Blender's order.
        """
        if obj is None:
            return _UnknownLevel(path, instancers)
        outer_group = instancers[0].group if instancers else ()
        if obj.type == "FONT" and obj.instance_type == "VERTS":
            return _VertexLevel(self, obj, path, outer_group, instancers)
        geometry = self._geometry(obj)
        if geometry is not None:
            return _NodesLevel(self, obj, path, outer_group, instancers, geometry, geometry.parts(obj.type))
        if any(system.settings.render_type in ("OBJECT", "COLLECTION") for system in obj.particle_systems):
            return _ParticleLevel(obj, path, outer_group, instancers)
        if obj.instance_type in ("VERTS", "FACES"):
            return _VertexLevel(self, obj, path, outer_group, instancers)
        if obj.instance_type == "COLLECTION" and obj.instance_collection is not None:
            instancer = Instancer(obj, path, outer_group, collection=obj.instance_collection)
            return _CollectionLevel(self, path, (instancer, *instancers))
        return _UnknownLevel(path, instancers)

    def _geometry(self, obj: Any) -> GeometrySet | None:
        uid = obj.session_uid
        if uid not in self._sets:
            self._sets[uid] = geometry_of(obj.evaluated_get(self._graph))
        return self._sets[uid]


@dataclass(frozen=True, eq=False)
class _UnknownLevel:
    """Numbers of unknown meaning: each is an instance of its own."""

    path: InstanceKey
    instancers: tuple[Instancer, ...]

    def leaf(self, number: int) -> InstanceOrigin:
        key = (*self.path, number)
        if not self.instancers:
            return InstanceOrigin(key)
        nearest = self.instancers[0]
        return InstanceOrigin(key, (Instancer(nearest.object, key, nearest.group, scatters=True), *self.instancers))

    def descend(self, number: int, last: LastListed) -> InstanceLevel:
        return _UnknownLevel((*self.path, number), self.instancers)


@dataclass(frozen=True, eq=False)
class _CollectionLevel:
    """An instance of a collection, whose numbers are the positions of its objects.

    by_nodes: geometry nodes make it. Then even numbers are its objects, and odd ones the instances that the object
    before makes.
    """

    levels: InstanceLevels
    path: InstanceKey
    instancers: tuple[Instancer, ...]
    by_nodes: bool = False

    def leaf(self, number: int) -> InstanceOrigin:
        return InstanceOrigin((*self.path, number), self.instancers)

    def descend(self, number: int, last: LastListed) -> InstanceLevel:
        return self.levels.of(self._object(number, last), (*self.path, number), self.instancers)

    def _object(self, number: int, last: LastListed) -> Any:
        if self.by_nodes:
            return last.at(number - 1)
        members = self.instancers[0].collection.all_objects
        return last.at(number) or (members[number] if 0 <= number < len(members) else None)


@dataclass(frozen=True, eq=False)
class _VertexLevel:
    """Children on vertices or faces, whose number is that of the vertex: all children on one are made together."""

    levels: InstanceLevels
    object: Any
    path: InstanceKey
    outer_group: InstanceKey
    instancers: tuple[Instancer, ...]

    def leaf(self, number: int) -> InstanceOrigin:
        return InstanceOrigin((*self.path, number), self._instancers_at(number))

    def descend(self, number: int, last: LastListed) -> InstanceLevel:
        # Two children that make instances themselves have the same numbers.
        child = last.at(number)
        path = (*self.path, number, child.session_uid if child else 0)
        return self.levels.of(child, path, self._instancers_at(number))

    def _instancers_at(self, number: int) -> tuple[Instancer, ...]:
        return (Instancer(self.object, (*self.path, number), self.outer_group, scatters=True), *self.instancers)


@dataclass(frozen=True, eq=False)
class _ParticleLevel:
    """Numbers of an object's particle systems, then those of their particles, which show objects or a collection."""

    object: Any
    path: InstanceKey
    outer_group: InstanceKey
    instancers: tuple[Instancer, ...]
    system: int = -1

    def leaf(self, number: int) -> InstanceOrigin:
        key = (*self.path, number)
        instancer = Instancer(self.object, key, self.outer_group, self._collection(), scatters=True)
        return InstanceOrigin(key, (instancer, *self.instancers))

    def descend(self, number: int, last: LastListed) -> InstanceLevel:
        if self.system >= 0:
            return _UnknownLevel((*self.path, number), self.instancers)
        return _ParticleLevel(self.object, (*self.path, number), self.outer_group, self.instancers, number)

    def _collection(self) -> Any:
        """The collection that each particle shows as a whole, or None."""
        if not 0 <= self.system < len(self.object.particle_systems):
            return None
        settings = self.object.particle_systems[self.system].settings
        is_collection = settings.render_type == "COLLECTION" and settings.use_whole_collection
        return settings.instance_collection if is_collection else None


@dataclass(frozen=True, eq=False)
class _NodesLevel:
    """What geometry nodes make: numbers below `parts` are geometry itself, others ids of instances.

    Where there is geometry, a level of its own comes before the ids, whose number is `parts`; below it
    `past_geometry` is true. nested: whether the geometry is itself an instance.
    """

    levels: InstanceLevels
    object: Any
    path: InstanceKey
    outer_group: InstanceKey
    instancers: tuple[Instancer, ...]
    geometry: GeometrySet
    parts: int
    past_geometry: bool = False
    nested: bool = False

    def leaf(self, number: int) -> InstanceOrigin:
        key = (*self.path, number)
        if number < self.parts and not self.past_geometry:
            return InstanceOrigin(key, self.instancers, is_own=not self.nested, has_own_materials=True)
        return InstanceOrigin(key, (self._instancer(number), *self.instancers))

    def descend(self, number: int, last: LastListed) -> InstanceLevel:
        path = (*self.path, number)
        if self.parts and not self.past_geometry:
            return replace(self, path=path, past_geometry=True)
        reference = self.geometry.reference(number)
        if isinstance(reference, GeometrySet):
            return replace(
                self,
                path=path,
                instancers=(self._instancer(number), *self.instancers),
                geometry=reference,
                parts=reference.parts(""),
                past_geometry=False,
                nested=True,
            )
        if isinstance(reference, bpy.types.Collection):
            instancer = self._instancer(number, reference.original)
            return _CollectionLevel(self.levels, path, (instancer, *self.instancers), by_nodes=True)
        obj = last.at(number) or (reference.original if reference else None)
        return self.levels.of(obj, path, (self._instancer(number), *self.instancers))

    def _instancer(self, number: int, collection: Any = None) -> Instancer:
        return Instancer(self.object, (*self.path, number), self.outer_group, collection, scatters=True)
