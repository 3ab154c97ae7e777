"""How an object comes to be shown: through which instancers, as the instance's persistent id says.

Blender numbers what an instancer shows, a number a level (`object_dupli.cc`): of a collection's instance the place of
the object in it, of geometry nodes the instance's id, of particles the system and the particle, of vertices and faces
theirs. What is shown through several levels has the numbers of all. Names play no part in it.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import bpy

from render.library.blend.geometry_sets import GeometrySet, geometry_of

__all__ = ["InstanceKey", "InstanceOrigin", "Instancer", "Instancers"]

UNUSED = 2**31 - 1  # in an instance's persistent id

#: Tells apart what Blender shows: the outermost object's session_uid, then numbers from the outermost level on.
InstanceKey = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Instancer:
    """An object that shows others.

    mark: of this showing, which all that is shown together shares. outside: of what the object itself is shown with.
    shows: the collection that is shown as a whole, or None. strews: whether it is not a plain collection instance, but
    geometry nodes, particles, vertices or faces.
    """

    thing: Any
    mark: InstanceKey
    outside: InstanceKey
    shows: Any = None
    strews: bool = False


@dataclass(frozen=True, eq=False)
class InstanceOrigin:
    """One showing of an object.

    key: unlike that of any other showing. holders: its instancers, from the nearest on. mark: of what is shown together
    with it, () for what is in the scene itself. own: whether it is what the object itself comes to (the mesh of a
    curve, fur that nodes grow on a mesh). made: whether its geometry has materials of its own, as that of nodes has.
    """

    key: InstanceKey
    holders: tuple[Instancer, ...] = ()
    own: bool = False
    made: bool = False

    @property
    def mark(self) -> InstanceKey:
        return self.holders[0].mark if self.holders else ()


class _Level(Protocol):
    """What the numbers so far lead to: `leaf` is what the last one shows, `into` what the next one lies in.

    met: the object that was last shown on this level, and its number: Blender lists an object before what it shows.
    """

    def leaf(self, number: int) -> InstanceOrigin: ...

    def into(self, number: int, met: "_Met") -> "_Level": ...


_Met = tuple[int, Any]
NOTHING: _Met = (UNUSED, None)


class Instancers:
    """The showings of one evaluated scene, asked in the order in which Blender lists them."""

    def __init__(self, graph: Any) -> None:
        self._reader = _Reader(graph)
        self._path: list[tuple[int, _Level]] = []  # to the instance before, from its outermost object on
        self._met: dict[int, _Met] = {}  # by depth

    def of(self, instance: Any, thing: Any) -> InstanceOrigin:
        """How the instance shows its object, `thing`; without instancers where that is there itself."""
        uid = thing.original.session_uid
        if not instance.is_instance:
            return InstanceOrigin((uid,))
        numbers = [number for number in instance.persistent_id if number != UNUSED][::-1]
        last = numbers.pop()
        found = self._level(instance.parent.original, numbers).leaf(last)
        self._met[len(numbers)] = (last, thing.original)
        return InstanceOrigin((*found.key, uid), found.holders, found.own, found.made)

    def _level(self, root: Any, numbers: list[int]) -> _Level:
        """What these numbers lead to; levels that the instance before shares are known."""
        steps = [root.session_uid, *numbers]
        shared = 0
        while shared < min(len(steps), len(self._path)) and steps[shared] == self._path[shared][0]:
            shared += 1
        if shared < len(self._path):
            del self._path[shared:]
            self._met = {depth: met for depth, met in self._met.items() if depth < shared}
        for depth in range(shared, len(steps)):
            if depth == 0:
                level = self._reader.level(root, (steps[0],), ())
            else:
                level = self._path[-1][1].into(steps[depth], self._met.get(depth - 1, NOTHING))
            self._path.append((steps[depth], level))
        return self._path[-1][1]


class _Reader:
    """Knows what each object of an evaluated scene shows."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._sets: dict[int, GeometrySet | None] = {}

    def level(self, thing: Any, at: InstanceKey, holders: tuple[Instancer, ...]) -> _Level:
        """What numbers mean in an object that shows others, in the order in which Blender looks for it."""
        if thing is None:
            return _Unknown(at, holders)
        outside = holders[0].mark if holders else ()
        if thing.type == "FONT" and thing.instance_type == "VERTS":
            return _Copies(self, thing, at, outside, holders)
        made = self._set(thing)
        if made is not None:
            return _Nodes(self, thing, at, outside, holders, made, made.parts(thing.type))
        if any(system.settings.render_type in ("OBJECT", "COLLECTION") for system in thing.particle_systems):
            return _Particles(thing, at, outside, holders)
        if thing.instance_type in ("VERTS", "FACES"):
            return _Copies(self, thing, at, outside, holders)
        if thing.instance_type == "COLLECTION" and thing.instance_collection is not None:
            holder = Instancer(thing, at, outside, shows=thing.instance_collection)
            return _Collection(self, at, (holder, *holders))
        return _Unknown(at, holders)

    def _set(self, thing: Any) -> GeometrySet | None:
        uid = thing.session_uid
        if uid not in self._sets:
            self._sets[uid] = geometry_of(thing.evaluated_get(self._graph))
        return self._sets[uid]


@dataclass(frozen=True, eq=False)
class _Unknown:
    """Numbers that nothing is known of: each is a showing of its own."""

    at: InstanceKey
    holders: tuple[Instancer, ...]

    def leaf(self, number: int) -> InstanceOrigin:
        outside = self.holders[0].mark if self.holders else ()
        thing = self.holders[0].thing if self.holders else None
        holder = Instancer(thing, (*self.at, number), outside, strews=True)
        return InstanceOrigin((*self.at, number), (holder, *self.holders) if thing else ())

    def into(self, number: int, met: _Met) -> _Level:
        return _Unknown((*self.at, number), self.holders)


@dataclass(frozen=True, eq=False)
class _Collection:
    """An instance of a collection, whose number is the object's place in it."""

    reader: _Reader
    at: InstanceKey
    holders: tuple[Instancer, ...]

    def leaf(self, number: int) -> InstanceOrigin:
        return InstanceOrigin((*self.at, number), self.holders)

    def into(self, number: int, met: _Met) -> _Level:
        inside = self.holders[0].shows.all_objects
        thing = _at(number, met) or (inside[number] if 0 <= number < len(inside) else None)
        return self.reader.level(thing, (*self.at, number), self.holders)


@dataclass(frozen=True, eq=False)
class _Copies:
    """Children on vertices or faces, whose number is that of the vertex: all children on one are shown together."""

    reader: _Reader
    thing: Any
    at: InstanceKey
    outside: InstanceKey
    holders: tuple[Instancer, ...]

    def leaf(self, number: int) -> InstanceOrigin:
        return InstanceOrigin((*self.at, number), self._held(number))

    def into(self, number: int, met: _Met) -> _Level:
        # Two children that show others have the same numbers.
        thing = _at(number, met)
        at = (*self.at, number, thing.session_uid if thing else 0)
        return self.reader.level(thing, at, self._held(number))

    def _held(self, number: int) -> tuple[Instancer, ...]:
        return (Instancer(self.thing, (*self.at, number), self.outside, strews=True), *self.holders)


@dataclass(frozen=True, eq=False)
class _Particles:
    """Numbers of an object's particle systems, then those of their particles, which show objects or a collection."""

    thing: Any
    at: InstanceKey
    outside: InstanceKey
    holders: tuple[Instancer, ...]
    system: int = -1

    def leaf(self, number: int) -> InstanceOrigin:
        mark = (*self.at, number)
        holder = Instancer(self.thing, mark, self.outside, self._shows(), strews=True)
        return InstanceOrigin(mark, (holder, *self.holders))

    def into(self, number: int, met: _Met) -> _Level:
        if self.system >= 0:
            return _Unknown((*self.at, number), self.holders)
        return _Particles(self.thing, (*self.at, number), self.outside, self.holders, number)

    def _shows(self) -> Any:
        if not 0 <= self.system < len(self.thing.particle_systems):
            return None
        settings = self.thing.particle_systems[self.system].settings
        whole = settings.render_type == "COLLECTION" and settings.use_whole_collection
        return settings.instance_collection if whole else None


@dataclass(frozen=True, eq=False)
class _Nodes:
    """What geometry nodes make: numbers below `parts` are geometry itself, others ids of instances.

    Where there is geometry, a level of its own comes before the ids, whose number is `parts`; `past` is then true.
    nested: whether the geometry is itself an instance.
    """

    reader: _Reader
    thing: Any
    at: InstanceKey
    outside: InstanceKey
    holders: tuple[Instancer, ...]
    made: GeometrySet
    parts: int
    past: bool = False
    nested: bool = False

    def leaf(self, number: int) -> InstanceOrigin:
        key = (*self.at, number)
        if number < self.parts and not self.past:
            return InstanceOrigin(key, self.holders, own=not self.nested, made=True)
        return InstanceOrigin(key, (self._holder(number), *self.holders))

    def into(self, number: int, met: _Met) -> _Level:
        at = (*self.at, number)
        if self.parts and not self.past:
            return _Nodes(
                self.reader, self.thing, at, self.outside, self.holders, self.made, self.parts, True, self.nested
            )
        shown = self.made.shown(number)
        if isinstance(shown, GeometrySet):
            held = (self._holder(number), *self.holders)
            return _Nodes(self.reader, self.thing, at, self.outside, held, shown, shown.parts(""), nested=True)
        if isinstance(shown, bpy.types.Collection):
            return _Members(self.reader, at, (self._holder(number, shown.original), *self.holders))
        thing = _at(number, met) or (shown.original if shown else None)
        return self.reader.level(thing, at, (self._holder(number), *self.holders))

    def _holder(self, number: int, shows: Any = None) -> Instancer:
        return Instancer(self.thing, (*self.at, number), self.outside, shows, strews=True)


@dataclass(frozen=True, eq=False)
class _Members:
    """A collection that geometry nodes show: even numbers are its objects, odd ones what those show themselves."""

    reader: _Reader
    at: InstanceKey
    holders: tuple[Instancer, ...]

    def leaf(self, number: int) -> InstanceOrigin:
        return InstanceOrigin((*self.at, number), self.holders)

    def into(self, number: int, met: _Met) -> _Level:
        return self.reader.level(_at(number - 1, met), (*self.at, number), self.holders)


def _at(number: int, met: _Met) -> Any:
    """The object last shown, where that had this number."""
    return met[1] if met[0] == number else None
