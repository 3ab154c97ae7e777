"""What is shown, sorted into things: each a category and the meshes that are it."""

from dataclasses import dataclass, field, replace
from typing import Any

from render.library.blend.evaluation import MeshInstance
from render.library.blend.instancers import InstanceKey
from render.library.blend.materials import MaterialVisibilities
from render.library.blend.split import faces_by_slot, faces_of_slots, with_material
from render.library.requests import Unusable
from scenes.settings import ObjectLabel, SettingRules, label_of
from scenes.taxonomy import Category, load_taxonomy

__all__ = ["ObjectPart", "SettingObject", "SettingObjects", "group_objects"]

MOST_THINGS = 32767  # Blender's object index is a signed 16-bit number


@dataclass(frozen=True, eq=False)
class ObjectPart:
    """A mesh of a thing where it stands; `materials`: what the file calls those of its faces."""

    mesh: Any
    shown: MeshInstance
    materials: tuple[str, ...]


@dataclass(eq=False)
class SettingObject:
    """Meshes that are one thing; `name` is that of the object, collection or instancer that it is."""

    name: str
    label: ObjectLabel
    parts: list[ObjectPart] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class SettingObjects:
    """All things in the order in which the file has them; what no camera sees, and yet shades or mirrors; how many
    showings the rules skip."""

    seen: list[SettingObject]
    unseen: list[ObjectPart]
    skipped: int


def group_objects(shown: list[MeshInstance], rules: SettingRules, own: tuple[Category, ...]) -> SettingObjects:
    """What is shown, sorted; raises Unusable where it is more than can be told apart. own: the user's categories."""
    things: dict[tuple[str, InstanceKey, str], SettingObject] = {}
    unseen: list[ObjectPart] = []
    pieces: dict[tuple[int, frozenset[int], int], tuple[Any, tuple[str, ...]]] = {}
    known: dict[
        tuple[int, int, int], list[tuple[ObjectLabel, bool, frozenset[int]]]
    ] = {}  # showings share names and meshes
    skipped = 0
    sights = MaterialVisibilities()
    for entry in shown:
        cover = entry.cover.session_uid if entry.cover else 0
        alike = (id(entry.names), id(entry.mesh), cover)
        if alike not in known:
            known[alike] = _labels(entry, rules, own, sights)
        for label, seen, slots in known[alike]:
            if label.skip:
                skipped += 1
                continue
            key, name = _thing(entry, label, own)
            cut = (id(entry.mesh), slots, cover)
            if cut not in pieces:
                mesh = faces_of_slots(entry.mesh, slots)
                names = tuple(material.name for material in mesh.materials if material)
                pieces[cut] = with_material(mesh, entry.cover), names
            mesh, names = pieces[cut]
            part = ObjectPart(mesh, entry, names)
            if not entry.flags[0]:
                unseen.append(part)
                continue
            if not seen:
                unseen.append(replace(part, shown=replace(entry, visibility=entry.visibility.unseen())))
                continue
            things.setdefault(key, SettingObject(name, label)).parts.append(part)
    if len(things) > MOST_THINGS:
        raise Unusable(
            f"it shows {len(things):,} things, and Blender tells {MOST_THINGS:,} apart: join some by a rule "
            "(whole: true), or skip them"
        )
    return SettingObjects(list(things.values()), unseen, skipped)


def _labels(
    entry: MeshInstance, rules: SettingRules, own: tuple[Category, ...], sights: MaterialVisibilities
) -> list[tuple[ObjectLabel, bool, frozenset[int]]]:
    """The faces of each label, by material slots, and whether their materials are seen by cameras; labels that differ
    in nothing that decides a thing go together."""
    found: dict[tuple[ObjectLabel, bool], set[int]] = {}
    for slot in faces_by_slot(entry.mesh):
        material = entry.mesh.materials[slot] if len(entry.mesh.materials) else None
        shown = entry.cover or material
        sight = sights.of(shown) if shown else "surface"
        if sight == "nothing":
            continue
        label = label_of(entry.names, material.name if material else "", rules, own)
        found.setdefault((label, sight == "surface"), set()).add(slot)
    return [(label, seen, frozenset(slots)) for (label, seen), slots in found.items()]


def _thing(
    entry: MeshInstance, label: ObjectLabel, own: tuple[Category, ...]
) -> tuple[tuple[str, InstanceKey, str], str]:
    """What it is part of: a key that is the thing's own, and its name."""
    category = label.category
    if label.collection:
        place = entry.names.collections.index(label.collection)
        return ("collection", entry.lies_in[place], category), label.collection
    loose = category and load_taxonomy(own)[category].kind == "thing"
    if entry.strewer and not loose:
        return ("strewn", entry.strewer, category), entry.strewn_by  # a lawn is one, and so are a million pebbles
    if label.level:
        return ("above", entry.above[label.level - 1], category), entry.names.above[label.level - 1]
    return ("own", entry.key, category), entry.names.object
