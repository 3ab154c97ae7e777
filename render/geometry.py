"""Object models as Blender meshes: parts are tessellated, finished by modifiers, and joined into one mesh."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import bmesh
import bpy
import numpy as np
from mathutils import Euler, Matrix, Vector

from render.library.load import load_mesh
from render.materials import build_material
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Bevel, Cut, Displace, Imported, Modifier, Shape, Solidify, Subdivision
from scenes.tessellate import Mesh, tessellate

__all__ = ["MeshFactory", "mesh_arrays"]

SHARP = math.radians(30)  # shading is smooth across edges flatter than this


class MeshFactory:
    """Makes each distinct model and material of a scene once."""

    def __init__(self) -> None:
        self._meshes: dict[ObjectSpec, Any] = {}
        self._materials: dict[Material, Any] = {}

    def build(self, models: tuple[ObjectSpec, ...]) -> Mapping[ObjectSpec, Any]:
        """Meshes of all `models`, evaluated together, since one dependency graph update serves every modifier."""
        missing = [model for model in dict.fromkeys(models) if model not in self._meshes]
        self._meshes.update({model: self._imported(model) for model in missing if _is_imported(model)})
        alike = _by_geometry(model for model in missing if not _is_imported(model))
        new = [models[0] for models in alike]
        staged = [[_stage(part) for part in model.parts] for model in new]
        bpy.context.view_layer.update()
        graph = bpy.context.evaluated_depsgraph_get()
        spent: list[Any] = []
        for model, objects in zip(new, staged, strict=True):
            parts = [_evaluate(entry, graph) for entry in objects]
            self._meshes[model] = self._join(model, parts)
            spent += parts
        _discard_staged(spent)
        self._meshes.update({twin: self._repainted(models[0], twin) for models in alike for twin in models[1:]})
        return self._meshes

    def _repainted(self, model: ObjectSpec, twin: ObjectSpec) -> Any:
        """The mesh of `model` in the materials of its `twin`, which differs in nothing else."""
        mesh = self._meshes[model].copy()
        for slot, material in enumerate(_materials(twin)):
            mesh.materials[slot] = self._material(material)
        return mesh

    def _join(self, model: ObjectSpec, meshes: list[Any]) -> Any:
        materials = _materials(model)
        builder = bmesh.new()
        for part, mesh in zip(model.parts, meshes, strict=True):
            _shade(mesh, part.smooth)
            _add_grain(mesh)
            mesh.transform(Matrix.LocRotScale(Vector(part.location), Euler(part.rotation, "XYZ"), None))
            mesh.polygons.foreach_set("material_index", [materials.index(part.material)] * len(mesh.polygons))
            builder.from_mesh(mesh)
        joined = bpy.data.meshes.new(model.category)
        builder.to_mesh(joined)
        builder.free()
        for material in materials:
            joined.materials.append(self._material(material))
        return joined

    def _imported(self, model: ObjectSpec) -> Any:
        """A prepared file's mesh with its own materials; its bare faces get the part's."""
        (part,) = model.parts
        assert isinstance(part.shape, Imported)
        mesh = load_mesh(part.shape.digest, part.scale[0], model.category)
        _add_grain(mesh)
        mesh.transform(Matrix.LocRotScale(Vector(part.location), Euler(part.rotation, "XYZ"), None))
        if not mesh.materials:
            mesh.materials.append(None)
        for slot, material in enumerate(mesh.materials):
            if material is None:
                mesh.materials[slot] = self._material(part.material)
        return mesh

    def _material(self, spec: Material) -> Any:
        if spec not in self._materials:
            self._materials[spec] = build_material(spec)
        return self._materials[spec]


def _materials(model: ObjectSpec) -> list[Material]:
    """Each material once, in the order of the mesh's slots."""
    return list(dict.fromkeys(part.material for part in model.parts))


def _by_geometry(models: Iterable[ObjectSpec]) -> list[list[ObjectSpec]]:
    """Models that differ in nothing but their materials together: people in other clothes' colours."""
    groups: dict[tuple[Any, ...], list[ObjectSpec]] = {}
    for model in models:
        slots = {material: slot for slot, material in enumerate(_materials(model))}
        parts = tuple((part.model_copy(update={"material": None}), slots[part.material]) for part in model.parts)
        groups.setdefault((model.category, parts), []).append(model)
    return list(groups.values())


def _is_imported(model: ObjectSpec) -> bool:
    return isinstance(model.parts[0].shape, Imported)


def mesh_arrays(mesh: Any) -> tuple[np.ndarray, np.ndarray]:
    """Vertices float64 [n, 3] and triangles int32 [t, 3] of a Blender mesh, in its own axes."""
    vertices = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", vertices)
    mesh.calc_loop_triangles()
    triangles = np.empty(len(mesh.loop_triangles) * 3, np.int32)
    mesh.loop_triangles.foreach_get("vertices", triangles)
    return vertices.reshape(-1, 3).astype(np.float64), triangles.reshape(-1, 3)


def _stage(part: Part) -> Any:
    """An object of the part in its own axes with its modifiers, linked so that the dependency graph evaluates it."""
    mesh = tessellate(part.shape)
    scaled = mesh.vertices * np.asarray(part.scale)  # before modifiers, so that a bevel's width stays metric
    entry = _stage_mesh(part.name, mesh, scaled)
    for modifier in part.modifiers:
        _add_modifier(entry, modifier)
    return entry


def _stage_mesh(name: str, mesh: Mesh, vertices: np.ndarray) -> Any:
    data = bpy.data.meshes.new(name)
    data.vertices.add(len(vertices))
    data.vertices.foreach_set("co", np.ascontiguousarray(vertices, np.float32).ravel())
    starts = np.concatenate([[0], np.cumsum(mesh.sizes)[:-1]]).astype(np.int32)
    data.loops.add(len(mesh.loops))
    data.loops.foreach_set("vertex_index", mesh.loops.astype(np.int32))
    data.polygons.add(len(mesh.sizes))
    data.polygons.foreach_set("loop_start", starts)
    _add_card_uv(data, vertices, mesh.loops)
    data.update(calc_edges=True)
    entry = bpy.data.objects.new(name, data)
    _staging().objects.link(entry)
    return entry


def _add_card_uv(data: Any, vertices: np.ndarray, loops: np.ndarray) -> None:
    """The part's own bounding box in its xy plane as the unit square: what cut-outs and prints are laid out in."""
    low, high = vertices[:, :2].min(axis=0), vertices[:, :2].max(axis=0)
    uv = (vertices[:, :2] - low) / np.maximum(high - low, 1e-9)
    layer = data.uv_layers.new(name="card")
    layer.uv.foreach_set("vector", np.ascontiguousarray(uv[loops], np.float32).ravel())


def _add_grain(mesh: Any) -> None:
    """The part's own coordinates with its longest axis as x, along which wood has its fibres."""
    flat = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", flat)
    own = flat.reshape(-1, 3)
    longest = int(np.argmax(np.ptp(own, axis=0)))
    layer = mesh.attributes.new("grain", "FLOAT_VECTOR", "POINT")
    layer.data.foreach_set("vector", np.ascontiguousarray(np.roll(own, -longest, axis=1)).ravel())


def _staging() -> Any:
    """The collection of objects that exist only while modifiers are evaluated."""
    collection = bpy.data.collections.get("staging")
    if collection is None:
        collection = bpy.data.collections.new("staging")
        bpy.context.scene.collection.children.link(collection)
    return collection


def _discard_staged(spent: list[Any]) -> None:
    """All staged objects with their meshes, and the `spent` ones, at once: each removal alone walks all of the file."""
    collection = _staging()
    objects = list(collection.objects)
    meshes = list(dict.fromkeys(entry.data for entry in objects if entry.data is not None))
    bpy.data.batch_remove([*objects, *meshes, *spent, collection])


def _evaluate(entry: Any, graph: Any) -> Any:
    return bpy.data.meshes.new_from_object(entry.evaluated_get(graph), preserve_all_data_layers=True, depsgraph=graph)


def _shade(mesh: Any, smooth: bool) -> None:
    mesh.polygons.foreach_set("use_smooth", [smooth] * len(mesh.polygons))
    if smooth:
        mesh.set_sharp_from_angle(angle=SHARP)


def _add_modifier(entry: Any, spec: Modifier) -> None:
    match spec:
        case Bevel():
            modifier = entry.modifiers.new(spec.kind, "BEVEL")
            modifier.width = spec.width
            modifier.segments = spec.segments
            modifier.limit_method = "ANGLE"
            modifier.angle_limit = SHARP
        case Subdivision():
            modifier = entry.modifiers.new(spec.kind, "SUBSURF")
            modifier.levels = modifier.render_levels = spec.levels
        case Solidify():
            modifier = entry.modifiers.new(spec.kind, "SOLIDIFY")
            modifier.thickness = spec.thickness
            modifier.use_even_offset = True
        case Displace():
            _add_displace(entry, spec)
        case Cut():
            _add_cut(entry, spec)


def _add_displace(entry: Any, spec: Displace) -> None:
    texture = bpy.data.textures.new("displace", "CLOUDS")
    texture.noise_scale = spec.scale
    origin = bpy.data.objects.new("displace origin", None)
    # Clouds have no seed: a place of its own in the noise serves as one.
    origin.location = (
        Vector((spec.seed % 1009, spec.seed // 1009 % 1013, spec.seed // (1009 * 1013))) * 7.13 * spec.scale
    )
    _staging().objects.link(origin)
    modifier = entry.modifiers.new(spec.kind, "DISPLACE")
    modifier.texture = texture
    modifier.texture_coords = "OBJECT"
    modifier.texture_coords_object = origin
    modifier.strength = 2 * spec.strength  # noise runs from 0 to 1 about the mid level 0.5
    modifier.mid_level = 0.5


def _add_cut(entry: Any, spec: Cut) -> None:
    cutter = _cutter(spec.shape)
    cutter.matrix_world = Matrix.LocRotScale(Vector(spec.location), Euler(spec.rotation, "XYZ"), None)
    modifier = entry.modifiers.new(spec.kind, "BOOLEAN")
    modifier.operation = "DIFFERENCE"
    modifier.solver = "MANIFOLD" if spec.solid else "EXACT"
    modifier.object = cutter


def _cutter(shape: Shape) -> Any:
    mesh = tessellate(shape)
    return _stage_mesh("cutter", mesh, mesh.vertices)
