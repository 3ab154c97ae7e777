"""What an object hangs under and lies in: parents, collections, and the instancers that show it."""

from dataclasses import dataclass
from typing import Any

import bpy

__all__ = ["Instancer", "collections_of", "instance_mark", "instancers", "is_strewn", "parents"]

UNUSED = 2**31 - 1  # in an instance's persistent id
DEEPEST = 32  # parents, and instancers within instancers


@dataclass(frozen=True, eq=False)
class Instancer:
    """An object that shows another. `mark` tells this showing of it apart; `shows` is its collection's name, or ""."""

    thing: Any
    name: str
    shows: str
    mark: str


def instancers(instance: Any) -> list[Instancer]:
    """The objects through which an instance is shown, from the nearest on; none for an object that is there itself."""
    if not instance.is_instance or instance.parent is None:
        return []
    holder, numbers = instance.parent.original, _numbers(instance)
    found = [_instancer(holder, numbers, len(numbers))]
    # A collection's instance numbers its objects; where one of them is an instance itself, so does the next number.
    for depth in range(len(numbers) - 1, 0, -1):
        shown = holder.instance_collection.all_objects if _shows(holder) else ()
        if not 0 <= numbers[depth] < len(shown):
            break
        holder = shown[numbers[depth]]
        found.append(_instancer(holder, numbers, depth))
    return found[::-1]


def instance_mark(instance: Any) -> str:
    """What tells an instance from the others of its nearest instancer."""
    return f"{_numbers(instance)[:1]}" if instance.is_instance else ""


def is_strewn(instance: Any) -> bool:
    """Whether it is geometry that an object makes itself (geometry nodes), which bears that object's name only."""
    return bool(instance.is_instance and instance.parent and instance.object.original == instance.parent.original)


def parents(thing: Any) -> list[Any]:
    """Its parent, that one's parent, and so on."""
    found: list[Any] = []
    while thing.parent is not None and len(found) < DEEPEST:
        thing = thing.parent
        found.append(thing)
    return found


def collections_of() -> dict[str, tuple[str, ...]]:
    """Names of the collections that each object of the file lies in, innermost first, without the scene's."""
    above: dict[str, str] = {}
    for collection in bpy.data.collections:
        for child in collection.children:
            above.setdefault(child.name, collection.name)
    found: dict[str, list[str]] = {}
    for collection in bpy.data.collections:
        chain = [collection.name]
        while chain[-1] in above and above[chain[-1]] not in chain:
            chain.append(above[chain[-1]])
        for thing in collection.objects:
            found.setdefault(thing.name, []).extend(chain)
    return {name: tuple(dict.fromkeys(chain)) for name, chain in found.items()}


def _instancer(thing: Any, numbers: list[int], depth: int) -> Instancer:
    shows = thing.instance_collection.name if _shows(thing) else ""
    return Instancer(thing, thing.name, shows, f"{thing.name}{numbers[depth:]}")


def _shows(thing: Any) -> bool:
    return thing.instance_type == "COLLECTION" and thing.instance_collection is not None


def _numbers(instance: Any) -> list[int]:
    """The persistent id, from the innermost on."""
    return [number for number in instance.persistent_id if number != UNUSED]
