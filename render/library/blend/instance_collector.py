"""Collects the mesh instances and lamps of an evaluated file, each once, whichever of its view layers show it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Any

import bpy
from mathutils import Matrix

from render.library.blend.evaluated_scene import EvaluatedScene, LampInstance, MeshInstance
from render.library.blend.instance_resolver import InstanceResolver
from render.library.blend.instancers import InstanceKey, InstanceOrigin
from render.library.blend.naming import InstanceIdentity, Namer
from render.library.blend.strand_meshes import StrandMeshes
from render.library.blend.visibility import HOLDOUT, LayerVisibility, RayVisibility
from render.library.requests import Unusable
from render.library.shading.object_info import random_of

__all__ = ["InstanceCollector"]

MOST_INSTANCES = 400_000  # each takes some 2 kB of memory
MOST_NAMES = 8  # objects that a note names


@dataclass(frozen=True, eq=False)
class _LayerInstance:
    """An instance in a view layer, with its origin and how rays see it there."""

    instance: Any
    origin: InstanceOrigin
    visibility: RayVisibility
    override: Any


class InstanceCollector:
    """What the view layers so far show."""

    def __init__(self) -> None:
        self._meshes: dict[tuple[Any, ...], list[MeshInstance]] = {}
        self._lamps: dict[tuple[Any, ...], LampInstance] = {}
        self._notes: dict[str, None] = {}
        self._namer = Namer()

    def add(self, graph: Any) -> None:
        """Add all that a view layer shows, by its evaluated dependency graph; raises Unusable."""
        layer, override = graph.view_layer, graph.view_layer.material_override
        visibility, resolver, strands = LayerVisibility(layer), InstanceResolver(graph), StrandMeshes()
        copies: dict[tuple[Any, ...], Any] = {}
        counts: Counter[InstanceKey] = Counter()
        for number, instance in enumerate(graph.object_instances):
            if number >= MOST_INSTANCES:
                raise Unusable(f"it shows more than {MOST_INSTANCES:,} instances")
            obj = instance.object  # read once: each access takes Blender a while
            origin = resolver.origin(instance, obj)
            counts[origin.key] += 1  # should Blender ever number two alike, both are shown
            key = (origin.key, obj.type, counts[origin.key])
            shown = _LayerInstance(instance, origin, visibility.of(instance, obj), override)
            if layer.use_strand:
                self._add_meshes((*key, "grown"), shown, partial(_strand_meshes, strands, instance))
            if not instance.show_self:
                continue
            if obj.type == "LIGHT":
                self._add_lamp(key, instance, shown.visibility)
            elif layer.use_solid and _has_faces(obj):
                self._add_meshes(key, shown, partial(_surface_meshes, obj, origin, copies))
            self._notes |= dict.fromkeys(_faceless_notes(instance, obj))
        self._notes |= dict.fromkeys(strands.notes)

    def result(self, layer_notes: Iterator[str]) -> EvaluatedScene:
        """All that was added, with the notes on layers behind its own."""
        meshes, lamps = list(chain.from_iterable(self._meshes.values())), list(self._lamps.values())
        return EvaluatedScene(meshes, lamps, [*self._notes, *_hole_notes(meshes), *layer_notes])

    def _add_meshes(self, key: tuple[Any, ...], shown: _LayerInstance, make_meshes: Callable[[], list[Any]]) -> None:
        """Add the meshes of an instance; of one that an earlier layer shows, combine how rays see it."""
        known = self._meshes.get(key)
        if known is None:
            if meshes := make_meshes():
                obj = shown.instance.object.original
                identity = self._namer.identify(obj, shown.origin)
                self._meshes[key] = [_mesh_instance(identity, obj, mesh, shown) for mesh in meshes]
            return
        if known[0].override and not shown.override:
            known = [replace(one, mesh=mesh, override=None) for one, mesh in zip(known, make_meshes(), strict=False)]
        self._meshes[key] = [replace(one, visibility=one.visibility.over(shown.visibility)) for one in known]

    def _add_lamp(self, key: tuple[Any, ...], instance: Any, visibility: RayVisibility) -> None:
        if key in self._lamps:
            visibility = self._lamps[key].visibility.over(visibility)
        light, name = instance.object.data.original, instance.object.original.name
        self._lamps[key] = LampInstance(light, instance.matrix_world.copy(), name, visibility)


def _mesh_instance(identity: InstanceIdentity, obj: Any, mesh: Any, shown: _LayerInstance) -> MeshInstance:
    return MeshInstance(
        mesh=mesh,
        matrix=Matrix(shown.instance.matrix_world),
        identity=identity,
        visibility=shown.visibility,
        color=tuple(obj.color),
        index=obj.pass_index,
        random=random_of(shown.instance),
        override=shown.override,
    )


def _strand_meshes(strands: StrandMeshes, instance: Any) -> list[Any]:
    """The meshes of the hair, curves or points of the instance."""
    meshes = strands.of(instance)
    for mesh in meshes:
        _keep_texture_space(mesh, instance.object)
    return meshes


def _has_faces(obj: Any) -> bool:
    return obj.type == "MESH" and obj.data is not None and len(obj.data.polygons) > 0


def _surface_meshes(obj: Any, origin: InstanceOrigin, copies: dict[tuple[Any, ...], Any]) -> list[Any]:
    """A copy of the evaluated mesh, one for all instances of the same mesh in the same materials."""
    slots = () if origin.has_own_materials else tuple(slot for slot in obj.material_slots if slot.link == "OBJECT")
    key = (obj.data.as_pointer(), *((slot.slot_index, _uid(slot.material)) for slot in slots))
    if key not in copies:
        mesh = obj.data.copy()
        for slot in slots:
            if slot.slot_index < len(mesh.materials):
                mesh.materials[slot.slot_index] = slot.material and slot.material.original
        _keep_texture_space(mesh, obj)
        copies[key] = mesh
    return [copies[key]]


def _uid(block: Any) -> int:
    return int(block.original.session_uid) if block else 0


def _keep_texture_space(mesh: Any, obj: Any) -> None:
    """Keep the generated coordinates of the mesh before its modifiers; hair has those of the mesh that it grows on."""
    source = obj.original.data
    if isinstance(source, bpy.types.Mesh):
        mesh.use_auto_texspace = False
        mesh.texspace_location, mesh.texspace_size = source.texspace_location[:], source.texspace_size[:]


def _faceless_notes(instance: Any, obj: Any) -> Iterator[str]:
    """Notes on what a render shows although it has no faces."""
    if obj.type in ("VOLUME", "GREASEPENCIL") and not instance.is_instance:
        yield f"{obj.name} is left out: {obj.type.lower()} has no faces"


def _hole_notes(meshes: list[MeshInstance]) -> Iterator[str]:
    """Notes on what the file's own render shows as a hole for compositing, and what cameras see through here."""
    names_by_hole: dict[str, dict[str, None]] = {}
    for instance in meshes:
        if instance.visibility.hole:
            names_by_hole.setdefault(instance.visibility.hole, {})[instance.names.object] = None
    for hole, names in sorted(names_by_hole.items()):
        more = len(names) - MOST_NAMES
        listed = ", ".join(list(names)[:MOST_NAMES]) + f" and {more} more" * (more > 0)
        several = len(names) > 1
        what = f"are {hole}s" if several else f"is a {hole}"
        why = "a hole for compositing" if hole == HOLDOUT else "nothing but the shadows on it, for compositing"
        yield (
            f"{listed} {what}, of which the file's own render shows {why}: cameras look through "
            f"{'them' if several else 'it'}, and other rays do not"
        )
