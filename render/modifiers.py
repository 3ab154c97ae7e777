"""Parts with modifiers: staged as Blender objects, evaluated all together, read back as arrays."""

import math
from typing import Any, Self

import bpy
from mathutils import Euler, Matrix, Vector

from render.polygons import Polygons, mesh_of
from scenes.model import Part
from scenes.shapes import Bevel, Cut, Displace, Modifier, Shape, Solidify, Subdivision
from scenes.tessellation import tessellate

__all__ = ["Staging"]

SHARP = math.radians(30)  # edges flatter than this are not bevelled


class Staging:
    """Objects that exist only while their modifiers are evaluated; a context manager that removes them at its end.

    One dependency graph update evaluates all modifiers, and one removal takes all objects: each walks the whole file.
    """

    def __init__(self) -> None:
        self._collection = bpy.data.collections.new("staging")
        self._parts: list[Any] = []

    def __enter__(self) -> Self:
        bpy.context.scene.collection.children.link(self._collection)
        return self

    def __exit__(self, *_: object) -> None:
        objects = list(self._collection.objects)
        meshes = list(dict.fromkeys(obj.data for obj in objects if obj.data is not None))
        bpy.data.batch_remove([*objects, *meshes, self._collection])

    def add(self, part: Part) -> None:
        """Add a part in its own axes, scaled before its modifiers, so that a bevel's width stays metric."""
        obj = self._object(part.name, part.shape, part.scale)
        for modifier in part.modifiers:
            self._modify(obj, modifier)
        self._parts.append(obj)

    def evaluated(self) -> list[Polygons]:
        """The parts as their modifiers leave them, in the order in which they were added."""
        if not self._parts:
            return []
        bpy.context.view_layer.update()
        graph = bpy.context.evaluated_depsgraph_get()
        return [Polygons.of_evaluated(obj.evaluated_get(graph).data) for obj in self._parts]

    def _object(self, name: str, shape: Shape, scale: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> Any:
        obj = bpy.data.objects.new(name, mesh_of(name, Polygons.of_shape(tessellate(shape), scale), bare=True))
        self._collection.objects.link(obj)
        return obj

    def _modify(self, obj: Any, spec: Modifier) -> None:
        match spec:
            case Bevel():
                modifier = obj.modifiers.new(spec.kind, "BEVEL")
                modifier.width = spec.width
                modifier.segments = spec.segments
                modifier.limit_method = "ANGLE"
                modifier.angle_limit = SHARP
            case Subdivision():
                modifier = obj.modifiers.new(spec.kind, "SUBSURF")
                modifier.levels = modifier.render_levels = spec.levels
            case Solidify():
                modifier = obj.modifiers.new(spec.kind, "SOLIDIFY")
                modifier.thickness = spec.thickness
                modifier.use_even_offset = True
            case Displace():
                self._displace(obj, spec)
            case Cut():
                self._cut(obj, spec)

    def _displace(self, obj: Any, spec: Displace) -> None:
        texture = bpy.data.textures.new("displace", "CLOUDS")
        texture.noise_scale = spec.scale
        origin = bpy.data.objects.new("displace origin", None)
        # Clouds have no seed: an offset in the noise serves as one.
        seed = Vector((spec.seed % 1009, spec.seed // 1009 % 1013, spec.seed // (1009 * 1013)))
        origin.location = seed * 7.13 * spec.scale
        self._collection.objects.link(origin)
        modifier = obj.modifiers.new(spec.kind, "DISPLACE")
        modifier.texture = texture
        modifier.texture_coords = "OBJECT"
        modifier.texture_coords_object = origin
        modifier.strength = 2 * spec.strength  # noise runs from 0 to 1 about the mid level 0.5
        modifier.mid_level = 0.5

    def _cut(self, obj: Any, spec: Cut) -> None:
        cutter = self._object("cutter", spec.shape)
        cutter.matrix_world = Matrix.LocRotScale(Vector(spec.location), Euler(spec.rotation, "XYZ"), None)
        modifier = obj.modifiers.new(spec.kind, "BOOLEAN")
        modifier.operation = "DIFFERENCE"
        modifier.solver = "MANIFOLD" if spec.solid else "EXACT"
        modifier.object = cutter
