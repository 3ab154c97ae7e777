"""Everything that a file's own render would show, as meshes and lamps where they stand.

Blender evaluates a file for its render only while an engine renders. So one of ours does, and takes down what it is
given: hidden things are left out, subdivision is that of the render, particles and collections are instanced.
"""

from dataclasses import dataclass, field
from typing import Any

import bpy
from mathutils import Matrix

from render.library.blend.growth import GROWN, Growth
from render.library.blend.instancers import collections_of, instance_mark, instancers, is_strewn, parents
from render.library.order import Unusable
from render.library.shading.objects import random_of
from scenes.blends import Names

__all__ = ["Gathered", "Lit", "Shown", "gather"]

MOST_INSTANCES = 400_000  # more take more memory than any scene is worth: some 2 kB each


@dataclass(frozen=True, eq=False)
class Shown:
    """One showing of a mesh: several may share theirs.

    above: unique keys of what it hangs under, in the order of `names.above`. scattered: the object that strews it, for
    instances that have no name of their own.
    """

    mesh: Any
    matrix: Any
    names: Names
    key: str
    above: tuple[str, ...]
    scattered: str
    flags: tuple[bool, ...]
    color: tuple[float, ...]
    index: int  # the object index of the file
    random: float  # what Object Info calls random


@dataclass(frozen=True, eq=False)
class Lit:
    """A lamp where it shines."""

    light: Any
    matrix: Any
    name: str


@dataclass
class Gathered:
    """What a scene shows; `lost` names what cannot be shown, each with a reason."""

    shown: list[Shown] = field(default_factory=list)
    lit: list[Lit] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


#: Which rays see an object: Cycles' ray visibility.
FLAGS = (
    "visible_camera",
    "visible_diffuse",
    "visible_glossy",
    "visible_transmission",
    "visible_volume_scatter",
    "visible_shadow",
)


def gather(scene: Any) -> Gathered:
    """Everything that a render of the scene's first layer would show; raises Unusable."""
    _prepare(scene)
    found, problems = Gathered(), []

    class Engine(bpy.types.RenderEngine):
        """Renders nothing: takes the evaluated scene down."""

        bl_idname = "VERICHROME_GATHER"
        bl_label = "Gather"

        def render(self, depsgraph: Any) -> None:
            try:
                _take(depsgraph, found)
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
    return found


def _prepare(scene: Any) -> None:
    """Nothing but the scene itself is to be rendered: no sequence, compositor, second eye, border or further layer."""
    render = scene.render
    render.use_sequencer = render.use_compositing = render.use_multiview = render.use_border = False
    render.use_motion_blur = render.use_freestyle = False  # Freestyle's lines crash where the engine is not Blender's
    render.resolution_x = render.resolution_y = 32
    layers = [layer for layer in scene.view_layers if layer.use] or list(scene.view_layers[:1])
    for layer in scene.view_layers:
        layer.use = layer == layers[0]
    if scene.camera is None:
        scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        scene.collection.objects.link(scene.camera)


def _take(graph: Any, found: Gathered) -> None:
    copies: dict[tuple[int, tuple[str, ...]], Any] = {}
    growth = Growth()
    collections = collections_of()
    for number, instance in enumerate(graph.object_instances):
        if number >= MOST_INSTANCES:
            raise Unusable(f"it shows more than {MOST_INSTANCES:,} instances")
        thing = instance.object
        for mesh in growth.of(instance):
            _keep_space(mesh, thing)
            found.shown.append(_shown(instance, mesh, collections))
        if not instance.show_self:
            continue
        if thing.type == "LIGHT":
            light = thing.data.original
            found.lit.append(Lit(light, instance.matrix_world.copy(), thing.original.name))
        elif thing.type == "MESH" and thing.data is not None and len(thing.data.polygons):
            found.shown.append(_shown(instance, _mesh(instance, copies), collections))
        _count_lost(instance, found)
    found.lost += growth.told


def _mesh(instance: Any, copies: dict[tuple[int, tuple[str, ...]], Any]) -> Any:
    """A copy of the evaluated mesh, one for all showings of the same mesh in the same materials."""
    thing = instance.object
    slots = () if is_strewn(instance) else tuple(slot for slot in thing.material_slots if slot.link == "OBJECT")
    key = (thing.data.as_pointer(), tuple(f"{slot.slot_index} {slot.name}" for slot in slots))
    if key not in copies:
        mesh = thing.data.copy()
        for slot in slots:
            if slot.slot_index < len(mesh.materials):
                mesh.materials[slot.slot_index] = slot.material and slot.material.original
        _keep_space(mesh, thing)
        copies[key] = mesh
    return copies[key]


def _keep_space(mesh: Any, thing: Any) -> None:
    """Generated coordinates stay those of the mesh before its modifiers, and are those of what its hair grows on."""
    source = thing.original.data
    if isinstance(source, bpy.types.Mesh):
        mesh.use_auto_texspace = False
        mesh.texspace_location, mesh.texspace_size = source.texspace_location[:], source.texspace_size[:]


def _shown(instance: Any, mesh: Any, collections: dict[str, tuple[str, ...]]) -> Shown:
    thing = instance.object.original
    holders = instancers(instance)
    # What a parent within an instance is, is told apart by the instance that both are in.
    inside = f"{holders[0].mark}/" if holders else ""
    above = [(entry.name, f"{inside}{entry.name}") for entry in parents(thing)]
    places = list(collections.get(thing.name, ()))
    for number, holder in enumerate(holders):
        outside = f"{holders[number + 1].mark}/" if number + 1 < len(holders) else ""
        if holder.shows:
            above += [(holder.name, holder.mark), (holder.shows, holder.mark)]
            above += [(entry.name, f"{outside}{entry.name}") for entry in parents(holder.thing)]
        places += [*([holder.shows] if holder.shows else []), *collections.get(holder.name, ())]
    names = Names(
        object=thing.name,
        above=tuple(name for name, _ in above),
        collections=tuple(dict.fromkeys(places)),
    )
    # What an object of geometry nodes grows, as fur, is part of it.
    grown = is_strewn(instance) and thing.type == "MESH" and instance.object.type in GROWN and len(holders) == 1
    # Geometry nodes and particles strew. What a curve or a metaball comes to is an instance too, its object's only one.
    alone = grown or (is_strewn(instance) and thing.type != "MESH")
    strewn = bool(holders) and not holders[0].shows and not alone
    return Shown(
        mesh=mesh,
        matrix=Matrix(instance.matrix_world),
        names=names,
        key=thing.name if grown else f"{inside}{instance_mark(instance)}{thing.name}",
        above=tuple(mark for _, mark in above),
        scattered=holders[0].name if strewn else "",
        flags=tuple(bool(getattr(thing, name)) for name in FLAGS),
        color=tuple(thing.color),
        index=thing.pass_index,
        random=random_of(instance),
    )


def _count_lost(instance: Any, found: Gathered) -> None:
    """What has no faces and yet shows in a render: named, so that nobody wonders where it went."""
    thing = instance.object.original
    if not instance.is_instance and thing.type in ("VOLUME", "GREASEPENCIL"):
        found.lost.append(f"{thing.name} is left out: {thing.type.lower()} has no faces")
