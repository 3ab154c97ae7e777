"""What a showing is called, and what it hangs under and lies in, each with a key that is its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import bpy

from render.library.blend.instancers import InstanceKey, InstanceOrigin, Instancer
from scenes.settings import ObjectNames

__all__ = ["InstanceNames", "Namer", "parents"]

DEEPEST = 32  # parents


@dataclass(frozen=True, eq=False)
class InstanceNames:
    """Names of a showing and keys of what they name: see `MeshInstance`."""

    names: ObjectNames
    key: InstanceKey
    above: tuple[InstanceKey, ...]
    lies_in: tuple[InstanceKey, ...]
    strewer: InstanceKey
    strewn_by: str


class Namer:
    """Knows the collections of a file; the many showings of a strewer share their names."""

    def __init__(self) -> None:
        self._collections = _collections_of()
        self._known: dict[tuple[str, tuple[str, ...], tuple[str, ...]], ObjectNames] = {}

    def names_of(self, thing: Any, showing: InstanceOrigin) -> InstanceNames:
        """The names and keys of a showing of an object."""
        above = list(_above(thing, showing))
        places = _places(thing, showing, self._collections)
        strewer = None if showing.own else next((holder for holder in showing.holders if holder.strews), None)
        return InstanceNames(
            names=self._names(thing.name, tuple([name for name, _ in above]), tuple(places)),
            key=(*showing.mark, thing.session_uid),
            above=tuple([key for _, key in above]),
            lies_in=tuple(places.values()),
            strewer=(*strewer.outside, strewer.thing.session_uid) if strewer else (),
            strewn_by=strewer.thing.name if strewer else "",
        )

    def _names(self, *said: Any) -> ObjectNames:
        if said not in self._known:
            name, above, collections = said
            self._known[said] = ObjectNames(object=name, above=above, collections=collections)
        return self._known[said]


def _above(thing: Any, showing: InstanceOrigin) -> Iterator[tuple[str, InstanceKey]]:
    """Its parents; of what shows it as part of a collection, that collection, the object and its parents."""
    yield from ((entry.name, (*showing.mark, entry.session_uid)) for entry in parents(thing))
    for holder in showing.holders:
        if holder.shows is None:
            continue
        own = (*holder.mark, holder.thing.session_uid)
        if not holder.strews:
            yield holder.thing.name, own
        yield holder.shows.name, own
        if not holder.strews:
            yield from ((entry.name, (*holder.outside, entry.session_uid)) for entry in parents(holder.thing))


def _places(thing: Any, showing: InstanceOrigin, collections: Mapping[int, tuple[Any, ...]]) -> dict[str, InstanceKey]:
    """The collections that it and its instancers lie in, innermost first; of two of a name the nearest counts."""
    found: list[tuple[str, InstanceKey]] = []
    within = _whole(showing.holders)
    found += ((entry.name, (*within, entry.session_uid)) for entry in collections.get(thing.session_uid, ()))
    for number, holder in enumerate(showing.holders):
        if holder.shows is not None:
            found.append((holder.shows.name, (*holder.mark, holder.shows.session_uid)))
        within = _whole(showing.holders[number + 1 :])
        lies_in = collections.get(holder.thing.session_uid, ())
        found += ((entry.name, (*within, entry.session_uid)) for entry in lies_in)
    named: dict[str, InstanceKey] = {}
    for name, key in found:
        named.setdefault(name, key)
    return named


def _whole(holders: tuple[Instancer, ...]) -> InstanceKey:
    """The mark of the nearest showing of a whole collection, () for the scene itself: where a collection lies."""
    return next((holder.mark for holder in holders if holder.shows is not None), ())


def parents(thing: Any) -> list[Any]:
    """Its parent, that one's parent, and so on."""
    found: list[Any] = []
    while thing.parent is not None and len(found) < DEEPEST:
        thing = thing.parent
        found.append(thing)
    return found


def _collections_of() -> dict[int, tuple[Any, ...]]:
    """The collections that each object of the file lies in, by session_uid, innermost first, without the scene's."""
    above: dict[int, Any] = {}
    for collection in bpy.data.collections:
        for child in collection.children:
            above.setdefault(child.session_uid, collection)
    found: dict[int, dict[int, Any]] = {}
    for collection in bpy.data.collections:
        chain = {collection.session_uid: collection}
        last = collection
        while (last := above.get(last.session_uid)) is not None and last.session_uid not in chain:
            chain[last.session_uid] = last
        for thing in collection.objects:
            known = found.setdefault(thing.session_uid, {})
            for uid, entry in chain.items():
                known.setdefault(uid, entry)
    return {uid: tuple(chain.values()) for uid, chain in found.items()}
