"""What has no faces and is shown by those of a mesh made of it: once for all showings of the same thing."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Any

from render.library.blend.hair import StrandMesh, cloud_of, curves_of, hair_of

__all__ = ["StrandMeshes"]

GROWN: Mapping[str, Callable[[Any], Iterator[StrandMesh]]] = {"CURVES": curves_of, "POINTCLOUD": cloud_of}


class StrandMeshes:
    """Meshes that were made so far; `told` has what is to be said of them."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self._known: dict[tuple[Any, ...], list[Any]] = {}

    def of(self, instance: Any) -> list[Any]:
        """What grows on the instance, and what it is itself where that is curves or points."""
        thing = instance.object
        shows = instance.show_particles, instance.show_self
        hair = hair_of(thing) if shows[0] and thing.type == "MESH" else iter(())
        own = GROWN[thing.type](thing) if shows[1] and thing.type in GROWN else iter(())
        # Geometry nodes may make several things of one object, all of its name.
        key = (thing.original.session_uid, thing.data.as_pointer() if thing.data else 0, *shows)
        if key not in self._known:
            grown = list(chain(hair, own))
            self.told += [entry.told for entry in grown if entry.told]
            self._known[key] = [entry.mesh for entry in grown]
        return self._known[key]
