"""Mesh instances grouped into the objects of a setting: each a category and the meshes that it consists of."""

from dataclasses import dataclass, field, replace
from typing import Any

from render.library.blend.evaluated_scene import MeshInstance
from render.library.blend.instancers import InstanceKey
from render.library.blend.materials import MaterialVisibilities
from render.library.blend.split import faces_by_slot, faces_of_slots, with_material
from render.library.requests import Unusable
from scenes.settings import ObjectLabel, SettingRules, label_of
from scenes.taxonomy import Category, load_taxonomy

__all__ = ["ObjectPart", "SettingObject", "SettingObjects", "group_objects"]

MOST_OBJECTS = 32767  # Blender's object index is a signed 16-bit number

#: What one object of a setting has in common: how it was found, its key, its category.
_ObjectKey = tuple[str, InstanceKey, str]


@dataclass(frozen=True, eq=False)
class ObjectPart:
    """A mesh of an object where it stands; `materials` are the names that the file gives those of its faces."""

    mesh: Any
    instance: MeshInstance
    materials: tuple[str, ...]


@dataclass(eq=False)
class SettingObject:
    """Meshes that are one object; `name` is that of the object, collection or instancer that it is in the file."""

    name: str
    label: ObjectLabel
    parts: list[ObjectPart] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class SettingObjects:
    """The objects of a setting.

    seen: in the order of the file. unseen: what no camera sees, and yet casts shadows or is mirrored. skipped: how many
    instances the rules skip.
    """

    seen: list[SettingObject]
    unseen: list[ObjectPart]
    skipped: int


@dataclass(frozen=True, eq=False)
class _LabelledFaces:
    """Faces of a mesh that have the same label, by their material slots, and whether cameras see their materials."""

    label: ObjectLabel
    visible: bool
    slots: frozenset[int]


def group_objects(instances: list[MeshInstance], rules: SettingRules, own: tuple[Category, ...]) -> SettingObjects:
    """Group the instances into objects; raises Unusable where there are too many. `own`: the user's categories."""
    grouping = _Grouping(rules, own)
    for instance in instances:
        grouping.add(instance)
    if len(grouping.objects) > MOST_OBJECTS:
        raise Unusable(
            f"it shows {len(grouping.objects):,} objects, at most {MOST_OBJECTS:,} can be distinguished: join some by "
            "a rule (whole: true), or skip them"
        )
    return SettingObjects(list(grouping.objects.values()), grouping.unseen, grouping.skipped)


class _Grouping:
    """The objects so far. Instances share names and meshes, so that labels and cut meshes are computed once."""

    def __init__(self, rules: SettingRules, own: tuple[Category, ...]) -> None:
        self.objects: dict[_ObjectKey, SettingObject] = {}
        self.unseen: list[ObjectPart] = []
        self.skipped = 0
        self._rules, self._own = rules, own
        self._visibilities = MaterialVisibilities()
        self._faces: dict[tuple[int, int, int], list[_LabelledFaces]] = {}
        self._meshes: dict[tuple[int, frozenset[int], int], tuple[Any, tuple[str, ...]]] = {}

    def add(self, instance: MeshInstance) -> None:
        """Add the faces of an instance to the objects that they belong to."""
        for faces in self._labelled(instance):
            if faces.label.skip:
                self.skipped += 1
                continue
            key, name = self._object_key(instance, faces.label)
            mesh, materials = self._mesh(instance, faces.slots)
            part = ObjectPart(mesh, instance, materials)
            if not instance.visibility.to_camera:
                self.unseen.append(part)
            elif not faces.visible:
                hidden = replace(instance, visibility=instance.visibility.unseen())
                self.unseen.append(replace(part, instance=hidden))
            else:
                self.objects.setdefault(key, SettingObject(name, faces.label)).parts.append(part)

    def _labelled(self, instance: MeshInstance) -> list[_LabelledFaces]:
        key = (id(instance.names), id(instance.mesh), _uid(instance.override))
        if key not in self._faces:
            self._faces[key] = self._label(instance)
        return self._faces[key]

    def _label(self, instance: MeshInstance) -> list[_LabelledFaces]:
        """The faces of the instance by label and by whether cameras see them; faces of nothing are left out."""
        slots: dict[tuple[ObjectLabel, bool], set[int]] = {}
        for slot in faces_by_slot(instance.mesh):
            material = instance.mesh.materials[slot] if len(instance.mesh.materials) else None
            rendered = instance.override or material
            visibility = self._visibilities.of(rendered) if rendered else "surface"
            if visibility == "nothing":
                continue
            label = label_of(instance.names, material.name if material else "", self._rules, self._own)
            slots.setdefault((label, visibility == "surface"), set()).add(slot)
        return [_LabelledFaces(label, visible, frozenset(found)) for (label, visible), found in slots.items()]

    def _mesh(self, instance: MeshInstance, slots: frozenset[int]) -> tuple[Any, tuple[str, ...]]:
        """The mesh of these faces, and the names that its materials have in the file."""
        key = (id(instance.mesh), slots, _uid(instance.override))
        if key not in self._meshes:
            mesh = faces_of_slots(instance.mesh, slots)
            names = tuple(material.name for material in mesh.materials if material)
            self._meshes[key] = with_material(mesh, instance.override), names
        return self._meshes[key]

    def _object_key(self, instance: MeshInstance, label: ObjectLabel) -> tuple[_ObjectKey, str]:
        """Which object the faces of this label belong to, and its name."""
        category, identity = label.category, instance.identity
        if label.collection:
            position = identity.names.collections.index(label.collection)
            return ("collection", identity.collections[position], category), label.collection
        is_thing = category and load_taxonomy(self._own)[category].kind == "thing"
        if identity.scatterer and not is_thing:  # a lawn is one object, and so are a million pebbles
            return ("scattered", identity.scatterer, category), identity.scattered_by
        if label.level:
            return ("above", identity.above[label.level - 1], category), identity.names.above[label.level - 1]
        return ("own", identity.key, category), identity.names.object


def _uid(material: Any) -> int:
    return int(material.session_uid) if material else 0
