"""Everything that a file's own render would show, as meshes and lamps where they stand.

Blender evaluates a file for its render only while an engine renders. So one of ours does, and takes down what it is
given, a view layer at a time: hidden things are left out, subdivision is that of the render, particles and collections
are instanced.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import Any

import bpy
from mathutils import Matrix

from render.library.blend.instancers import InstanceKey, InstanceOrigin, Instancers
from render.library.blend.layers import choose_layers, layer_notes
from render.library.blend.naming import InstanceNames, Namer
from render.library.blend.strand_meshes import StrandMeshes
from render.library.blend.visibility import HOLDOUT, LayerVisibility, RayVisibility
from render.library.requests import Unusable
from render.library.shading.object_info import random_of
from scenes.settings import ObjectNames

__all__ = ["EvaluatedScene", "LampInstance", "MeshInstance", "evaluate"]

MOST_INSTANCES = 400_000  # more take more memory than any scene is worth: some 2 kB each
NAMED = 8  # objects that a clause names


@dataclass(frozen=True, eq=False)
class MeshInstance:
    """One showing of a mesh: several may share theirs.

    key: unlike that of any other object shown; above and lies_in: keys of what `names.above` and `names.collections`
    name, in their order. strewer: the key of the object that strews it, () for none, and strewn_by its name. cover: the
    material that its view layer shows all in, or None.
    """

    mesh: Any
    matrix: Any
    names: ObjectNames
    key: InstanceKey
    above: tuple[InstanceKey, ...]
    lies_in: tuple[InstanceKey, ...]
    strewer: InstanceKey
    strewn_by: str
    visibility: RayVisibility
    color: tuple[float, ...]
    index: int  # the object index of the file
    random: float  # what Object Info calls random
    cover: Any = None

    @property
    def flags(self) -> tuple[bool, ...]:
        """Whether the rays of FLAGS see it."""
        return self.visibility.flags


@dataclass(frozen=True, eq=False)
class LampInstance:
    """A lamp where it shines."""

    light: Any
    matrix: Any
    name: str
    visibility: RayVisibility


@dataclass
class EvaluatedScene:
    """What a scene shows; `lost` names what cannot be shown as the file has it, each a clause."""

    shown: list[MeshInstance] = field(default_factory=list)
    lit: list[LampInstance] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def evaluate(scene: Any, layer: str = "") -> EvaluatedScene:
    """Everything that a render of the scene's view layers, or of the one that is named, would show; raises Unusable."""
    _prepare(scene, layer)
    taken, problems = _Collector(), []

    class Engine(bpy.types.RenderEngine):
        """Renders nothing: takes the evaluated scene down."""

        bl_idname = "VERICHROME_GATHER"
        bl_label = "Gather"

        def render(self, depsgraph: Any) -> None:
            try:
                taken.add(depsgraph)
            except Exception as error:  # Blender would print it and go on
                problems.append(error)

    bpy.utils.register_class(Engine)
    try:
        scene.render.engine = Engine.bl_idname
        bpy.ops.render.render(scene=scene.name)
    except RuntimeError as error:
        raise Unusable(f"Blender cannot evaluate it ({str(error).splitlines()[0]})") from error
    finally:
        scene.render.engine = "CYCLES"
        bpy.utils.unregister_class(Engine)
    for problem in problems:
        raise problem
    return taken.gathered(layer_notes(scene))


def _prepare(scene: Any, layer: str) -> None:
    """Nothing but the scene's layers is to be rendered: no sequence, compositor, second eye or border."""
    render = scene.render
    render.use_sequencer = render.use_compositing = render.use_multiview = render.use_border = False
    render.use_single_layer = False  # a wish of who looks at it in Blender
    render.use_motion_blur = render.use_freestyle = False  # Freestyle's lines crash where the engine is not Blender's
    render.resolution_x = render.resolution_y = 32
    choose_layers(scene, layer)
    if scene.camera is None:
        scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        scene.collection.objects.link(scene.camera)


class _Collector:
    """What was taken down so far, each showing once, whichever layers show it."""

    def __init__(self) -> None:
        self._shown: dict[tuple[Any, ...], list[MeshInstance]] = {}
        self._lit: dict[tuple[Any, ...], LampInstance] = {}
        self._lost: dict[str, None] = {}
        self._namer = Namer()

    def add(self, graph: Any) -> None:
        """All that a layer shows."""
        layer, cover = graph.view_layer, graph.view_layer.material_override
        visibilities, instancers, growth = LayerVisibility(layer), Instancers(graph), StrandMeshes()
        copies: dict[tuple[Any, ...], Any] = {}
        met: Counter[InstanceKey] = Counter()
        for number, instance in enumerate(graph.object_instances):
            if number >= MOST_INSTANCES:
                raise Unusable(f"it shows more than {MOST_INSTANCES:,} instances")
            thing = instance.object  # each asking takes Blender a while
            showing = instancers.of(instance, thing)
            met[showing.key] += 1  # should Blender ever number two alike, both are shown
            key = (showing.key, thing.type, met[showing.key])
            seen = _LayerInstance(instance, showing, visibilities.of(instance, thing), cover)
            if layer.use_strand:
                self._show((*key, "grown"), seen, partial(_grown, growth, instance))
            if not instance.show_self:
                continue
            if thing.type == "LIGHT":
                self._light(key, instance, seen.visibility)
            elif layer.use_solid and _has_faces(thing):
                self._show(key, seen, partial(_meshes, thing, showing, copies))
            self._lost |= dict.fromkeys(_without_faces(instance, thing))
        self._lost |= dict.fromkeys(growth.told)

    def gathered(self, told: Iterator[str]) -> EvaluatedScene:
        shown, lit = list(chain.from_iterable(self._shown.values())), list(self._lit.values())
        return EvaluatedScene(shown, lit, [*self._lost, *_holes(shown), *told])

    def _show(self, key: tuple[Any, ...], seen: "_LayerInstance", meshes: Callable[[], list[Any]]) -> None:
        """Add the meshes; of what a layer before has shown, only that this one shows it, too."""
        known = self._shown.get(key)
        if known is None:
            if made := meshes():
                thing = seen.instance.object.original
                called = self._namer.names_of(thing, seen.showing)
                self._shown[key] = [_shown(called, thing, mesh, seen) for mesh in made]
            return
        if known[0].cover and not seen.cover:
            known = [replace(entry, mesh=mesh, cover=None) for entry, mesh in zip(known, meshes(), strict=False)]
        self._shown[key] = [replace(entry, visibility=entry.visibility.over(seen.visibility)) for entry in known]

    def _light(self, key: tuple[Any, ...], instance: Any, visibility: RayVisibility) -> None:
        thing = instance.object.original
        if key in self._lit:
            visibility = self._lit[key].visibility.over(visibility)
        self._lit[key] = LampInstance(
            instance.object.data.original, instance.matrix_world.copy(), thing.name, visibility
        )


@dataclass(frozen=True, eq=False)
class _LayerInstance:
    """An instance in a view layer, with what that says of it."""

    instance: Any
    showing: InstanceOrigin
    visibility: RayVisibility
    cover: Any


def _shown(called: InstanceNames, thing: Any, mesh: Any, seen: _LayerInstance) -> MeshInstance:
    return MeshInstance(
        mesh=mesh,
        matrix=Matrix(seen.instance.matrix_world),
        names=called.names,
        key=called.key,
        above=called.above,
        lies_in=called.lies_in,
        strewer=called.strewer,
        strewn_by=called.strewn_by,
        visibility=seen.visibility,
        color=tuple(thing.color),
        index=thing.pass_index,
        random=random_of(seen.instance),
        cover=seen.cover,
    )


def _grown(growth: StrandMeshes, instance: Any) -> list[Any]:
    """The meshes of what grows on the instance."""
    found = growth.of(instance)
    for mesh in found:
        _keep_space(mesh, instance.object)
    return found


def _has_faces(thing: Any) -> bool:
    return thing.type == "MESH" and thing.data is not None and len(thing.data.polygons) > 0


def _meshes(thing: Any, showing: InstanceOrigin, copies: dict[tuple[Any, ...], Any]) -> list[Any]:
    """A copy of the evaluated mesh, one for all showings of the same mesh in the same materials."""
    slots = () if showing.made else tuple(slot for slot in thing.material_slots if slot.link == "OBJECT")
    key = (thing.data.as_pointer(), *((slot.slot_index, _uid(slot.material)) for slot in slots))
    if key not in copies:
        mesh = thing.data.copy()
        for slot in slots:
            if slot.slot_index < len(mesh.materials):
                mesh.materials[slot.slot_index] = slot.material and slot.material.original
        _keep_space(mesh, thing)
        copies[key] = mesh
    return [copies[key]]


def _uid(block: Any) -> int:
    return int(block.original.session_uid) if block else 0


def _keep_space(mesh: Any, thing: Any) -> None:
    """Generated coordinates stay those of the mesh before its modifiers, and are those of what its hair grows on."""
    source = thing.original.data
    if isinstance(source, bpy.types.Mesh):
        mesh.use_auto_texspace = False
        mesh.texspace_location, mesh.texspace_size = source.texspace_location[:], source.texspace_size[:]


def _without_faces(instance: Any, thing: Any) -> Iterator[str]:
    """What has no faces and yet shows in a render: named, so that nobody wonders where it went."""
    if thing.type in ("VOLUME", "GREASEPENCIL") and not instance.is_instance:
        yield f"{thing.name} is left out: {thing.type.lower()} has no faces"


def _holes(shown: list[MeshInstance]) -> Iterator[str]:
    """What its own render shows as a hole for compositing, and here cameras see through."""
    found: dict[str, dict[str, None]] = {}
    for entry in shown:
        if entry.visibility.hole:
            found.setdefault(entry.visibility.hole, {})[entry.names.object] = None
    for hole, names in sorted(found.items()):
        said = ", ".join(list(names)[:NAMED]) + f" and {len(names) - NAMED} more" * (len(names) > NAMED)
        several = len(names) > 1
        what = f"are {hole}s" if several else f"is a {hole}"
        why = "a hole for compositing" if hole == HOLDOUT else "nothing but the shadows on it, for compositing"
        yield (
            f"{said} {what}, of which the file's own render shows {why}: cameras look through "
            f"{'them' if several else 'it'}, and other rays do not"
        )
