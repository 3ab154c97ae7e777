"""Everything that a file's own render would show, as meshes and lamps where they stand.

Blender evaluates a file for its render only while an engine renders. So one of ours does, and takes down what it is
given: hidden things are left out, subdivision is that of the render, particles and collections are instanced.
"""

from dataclasses import dataclass, field
from typing import Any

import bpy
from mathutils import Matrix

from render.library.order import Unusable
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
    render.use_motion_blur = False
    render.resolution_x = render.resolution_y = 32
    layers = [layer for layer in scene.view_layers if layer.use] or list(scene.view_layers[:1])
    for layer in scene.view_layers:
        layer.use = layer == layers[0]
    if scene.camera is None:
        scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        scene.collection.objects.link(scene.camera)


def _take(graph: Any, found: Gathered) -> None:
    copies: dict[tuple[int, tuple[str, ...]], Any] = {}
    collections = _collections(graph.scene)
    for number, instance in enumerate(graph.object_instances):
        if number >= MOST_INSTANCES:
            raise Unusable(f"it shows more than {MOST_INSTANCES:,} instances")
        thing = instance.object
        if not instance.show_self:
            continue
        if thing.type == "LIGHT":
            light = thing.data.original
            found.lit.append(Lit(light, instance.matrix_world.copy(), thing.original.name))
        elif thing.type == "MESH" and thing.data is not None and len(thing.data.polygons):
            found.shown.append(_shown(instance, _mesh(instance, copies), collections))
        _count_lost(instance, found)


def _mesh(instance: Any, copies: dict[tuple[int, tuple[str, ...]], Any]) -> Any:
    """A copy of the evaluated mesh, one for all showings of the same mesh in the same materials."""
    thing = instance.object
    slots = () if _is_strewn(instance) else tuple(slot for slot in thing.material_slots if slot.link == "OBJECT")
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
    """Generated coordinates stay those of the mesh before its modifiers."""
    source = thing.original.data
    if isinstance(source, bpy.types.Mesh):
        mesh.use_auto_texspace = False
        mesh.texspace_location, mesh.texspace_size = source.texspace_location[:], source.texspace_size[:]


def _is_strewn(instance: Any) -> bool:
    """Whether it is geometry that an object makes itself (geometry nodes), which bears that object's name only."""
    return bool(instance.is_instance and instance.parent and instance.object.original == instance.parent.original)


def _shown(instance: Any, mesh: Any, collections: dict[str, tuple[str, ...]]) -> Shown:
    thing = instance.object.original
    chain = _parents(thing)
    inside = f"{instance.parent.original.name}/{_tail(instance, 1)}/" if instance.is_instance else ""
    above = [(entry.name, f"{inside}{entry.name}") for entry in chain]
    places = collections.get(thing.name, ())
    key, scattered = thing.name, ""
    if instance.is_instance:
        holder = instance.parent.original
        key = f"{holder.name}/{_tail(instance, 0)}/{thing.name}"
        shows = holder.instance_collection if holder.instance_type == "COLLECTION" else None
        if shows is None:
            # Strewn by geometry nodes or particles: each is a thing of its own. What a curve or a metaball comes to is
            # such an instance too, the only one of its object.
            scattered = "" if _is_strewn(instance) and thing.type != "MESH" else holder.name
        else:
            above.append((holder.name, inside))
            above.append((shows.name, inside))
            above += [(entry.name, entry.name) for entry in _parents(holder)]
            places = (*places, shows.name)
        places = (*places, *collections.get(holder.name, ()))
    names = Names(
        object=thing.name,
        above=tuple(name for name, _ in above),
        collections=tuple(dict.fromkeys(places)),
    )
    return Shown(
        mesh=mesh,
        matrix=Matrix(instance.matrix_world),
        names=names,
        key=key,
        above=tuple(mark for _, mark in above),
        scattered=scattered,
        flags=tuple(bool(getattr(thing, name)) for name in FLAGS),
        color=tuple(thing.color),
    )


def _tail(instance: Any, start: int) -> str:
    """The numbers that tell an instance from its siblings; without the first, the collection instance it is part of."""
    return "-".join(str(number) for number in list(instance.persistent_id)[start:] if number != 2**31 - 1)


def _parents(thing: Any) -> list[Any]:
    found: list[Any] = []
    while thing.parent is not None and len(found) < 32:
        thing = thing.parent
        found.append(thing)
    return found


def _collections(scene: Any) -> dict[str, tuple[str, ...]]:
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


def _count_lost(instance: Any, found: Gathered) -> None:
    """What has no faces and yet shows in a render: named, so that nobody wonders where it went."""
    thing = instance.object.original
    if instance.is_instance:
        return
    if thing.type in ("VOLUME", "CURVES", "POINTCLOUD", "GREASEPENCIL"):
        found.lost.append(f"{thing.name} is left out: {thing.type.lower()} has no faces")
    for system in thing.particle_systems if thing.type == "MESH" else ():
        if system.settings.type == "HAIR" and system.settings.render_type == "PATH":
            found.lost.append(f"the hair {system.name} of {thing.name} is left out: it has no faces")
