"""What is shown, sorted into things: each a category and the meshes that are it."""

from dataclasses import dataclass, field, replace
from typing import Any

from render.library.blend.gather import Shown
from render.library.blend.instancers import Mark
from render.library.blend.mend import Sights
from render.library.blend.split import covered, faces_by_slot, part_of
from render.library.order import Unusable
from scenes.blends import BlendRules, Label, label_of
from scenes.taxonomy import Category, taxonomy

__all__ = ["Part", "Thing", "Things", "sort_things"]

MOST_THINGS = 32767  # Blender's object index is a signed 16-bit number


@dataclass(frozen=True, eq=False)
class Part:
    """A mesh of a thing where it stands; `materials`: what the file calls those of its faces."""

    mesh: Any
    shown: Shown
    materials: tuple[str, ...]


@dataclass(eq=False)
class Thing:
    """Meshes that are one thing; `name` is that of the object, collection or instancer that it is."""

    name: str
    label: Label
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Things:
    """All things in the order in which the file has them; what no camera sees, and yet shades or mirrors; how many
    showings the rules skip."""

    seen: list[Thing]
    unseen: list[Part]
    skipped: int


def sort_things(shown: list[Shown], rules: BlendRules, own: tuple[Category, ...]) -> Things:
    """What is shown, sorted; raises Unusable where it is more than can be told apart. own: the user's categories."""
    things: dict[tuple[str, Mark, str], Thing] = {}
    unseen: list[Part] = []
    pieces: dict[tuple[int, frozenset[int], int], tuple[Any, tuple[str, ...]]] = {}
    known: dict[tuple[int, int, int], list[tuple[Label, bool, frozenset[int]]]] = {}  # showings share names and meshes
    skipped = 0
    sights = Sights()
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
                mesh = part_of(entry.mesh, slots)
                names = tuple(material.name for material in mesh.materials if material)
                pieces[cut] = covered(mesh, entry.cover), names
            mesh, names = pieces[cut]
            part = Part(mesh, entry, names)
            if not entry.flags[0]:
                unseen.append(part)
                continue
            if not seen:
                unseen.append(replace(part, shown=replace(entry, visibility=entry.visibility.unseen())))
                continue
            things.setdefault(key, Thing(name, label)).parts.append(part)
    if len(things) > MOST_THINGS:
        raise Unusable(
            f"it shows {len(things):,} things, and Blender tells {MOST_THINGS:,} apart: join some by a rule "
            "(whole: true), or skip them"
        )
    return Things(list(things.values()), unseen, skipped)


def _labels(
    entry: Shown, rules: BlendRules, own: tuple[Category, ...], sights: Sights
) -> list[tuple[Label, bool, frozenset[int]]]:
    """The faces of each label, by material slots, and whether their materials are seen by cameras; labels that differ
    in nothing that decides a thing go together."""
    found: dict[tuple[Label, bool], set[int]] = {}
    for slot in faces_by_slot(entry.mesh):
        material = entry.mesh.materials[slot] if len(entry.mesh.materials) else None
        shown = entry.cover or material
        sight = sights.of(shown) if shown else "surface"
        if sight == "nothing":
            continue
        label = label_of(entry.names, material.name if material else "", rules, own)
        found.setdefault((label, sight == "surface"), set()).add(slot)
    return [(label, seen, frozenset(slots)) for (label, seen), slots in found.items()]


def _thing(entry: Shown, label: Label, own: tuple[Category, ...]) -> tuple[tuple[str, Mark, str], str]:
    """What it is part of: a key that is the thing's own, and its name."""
    category = label.category
    if label.collection:
        place = entry.names.collections.index(label.collection)
        return ("collection", entry.lies_in[place], category), label.collection
    loose = category and taxonomy(own)[category].kind == "thing"
    if entry.strewer and not loose:
        return ("strewn", entry.strewer, category), entry.strewn_by  # a lawn is one, and so are a million pebbles
    if label.level:
        return ("above", entry.above[label.level - 1], category), entry.names.above[label.level - 1]
    return ("own", entry.key, category), entry.names.object
