"""What an instance is called, and which objects and collections it belongs to, each with a key of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import bpy

from render.library.blend.instancers import InstanceKey, InstanceOrigin, Instancer
from scenes.settings import ObjectNames

__all__ = ["InstanceIdentity", "Namer", "parents"]

DEEPEST = 32  # parents


@dataclass(frozen=True, eq=False)
class InstanceIdentity:
    """ObjectNames of an instance, and the keys of what they name.

    key: unlike that of any other object. above and collections: keys of what `names.above` and `names.collections`
    name, in their order. scatterer: the key of the object that scatters the instance, () for none; scattered_by is its
    name.
    """

    names: ObjectNames
    key: InstanceKey
    above: tuple[InstanceKey, ...]
    collections: tuple[InstanceKey, ...]
    scatterer: InstanceKey
    scattered_by: str


class Namer:
    """ObjectNames the instances of a file; equal names are one object, which many instances share."""

    def __init__(self) -> None:
        self._collections = _collections_by_object()
        self._names: dict[tuple[str, tuple[str, ...], tuple[str, ...]], ObjectNames] = {}

    def identify(self, obj: Any, origin: InstanceOrigin) -> InstanceIdentity:
        """The names and keys of an instance of an object."""
        above = list(_above(obj, origin))
        collections = _collections(obj, origin, self._collections)
        scatterer = None if origin.is_own else next((one for one in origin.instancers if one.scatters), None)
        return InstanceIdentity(
            names=self._shared(obj.name, tuple([name for name, _ in above]), tuple(collections)),
            key=(*origin.group, obj.session_uid),
            above=tuple([key for _, key in above]),
            collections=tuple(collections.values()),
            scatterer=(*scatterer.outer_group, scatterer.object.session_uid) if scatterer else (),
            scattered_by=scatterer.object.name if scatterer else "",
        )

    def _shared(self, name: str, above: tuple[str, ...], collections: tuple[str, ...]) -> ObjectNames:
        key = (name, above, collections)
        if key not in self._names:
            self._names[key] = ObjectNames(object=name, above=above, collections=collections)
        return self._names[key]


def _above(obj: Any, origin: InstanceOrigin) -> Iterator[tuple[str, InstanceKey]]:
    """The object's parents; then, for each collection that it is instanced in, that, its instancer and the parents."""
    yield from ((parent.name, (*origin.group, parent.session_uid)) for parent in parents(obj))
    for instancer in origin.instancers:
        if instancer.collection is None:
            continue
        own = (*instancer.group, instancer.object.session_uid)
        if not instancer.scatters:
            yield instancer.object.name, own
        yield instancer.collection.name, own
        if not instancer.scatters:
            for parent in parents(instancer.object):
                yield parent.name, (*instancer.outer_group, parent.session_uid)


def _collections(
    obj: Any, origin: InstanceOrigin, collections: Mapping[int, tuple[Any, ...]]
) -> dict[str, InstanceKey]:
    """The collections that the object and its instancers are in, innermost first; of two of a name the first counts."""
    keys: dict[str, InstanceKey] = {}
    for depth, owner in enumerate([obj, *(instancer.object for instancer in origin.instancers)]):
        if depth and (shown := origin.instancers[depth - 1].collection) is not None:
            keys.setdefault(shown.name, (*origin.instancers[depth - 1].group, shown.session_uid))
        group = _collection_group(origin.instancers[depth:])
        for collection in collections.get(owner.session_uid, ()):
            keys.setdefault(collection.name, (*group, collection.session_uid))
    return keys


def _collection_group(instancers: tuple[Instancer, ...]) -> InstanceKey:
    """The group of the nearest collection that is instanced as a whole, () for the scene itself."""
    return next((instancer.group for instancer in instancers if instancer.collection is not None), ())


def parents(obj: Any) -> list[Any]:
    """The object's parent, that one's parent, and so on."""
    chain: list[Any] = []
    while obj.parent is not None and len(chain) < DEEPEST:
        obj = obj.parent
        chain.append(obj)
    return chain


def _collections_by_object() -> dict[int, tuple[Any, ...]]:
    """The collections of each object of the file by session_uid, innermost first, without the scene's own."""
    above: dict[int, Any] = {}
    for collection in bpy.data.collections:
        for child in collection.children:
            above.setdefault(child.session_uid, collection)
    collections: dict[int, dict[int, Any]] = {}
    for collection in bpy.data.collections:
        chain = {collection.session_uid: collection}
        last = collection
        while (last := above.get(last.session_uid)) is not None and last.session_uid not in chain:
            chain[last.session_uid] = last
        for obj in collection.objects:
            known = collections.setdefault(obj.session_uid, {})
            for uid, link in chain.items():
                known.setdefault(uid, link)
    return {uid: tuple(chain.values()) for uid, chain in collections.items()}
