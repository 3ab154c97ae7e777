"""Object models as Blender meshes: parts are tessellated, finished by modifiers, and joined into one mesh."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from mathutils import Euler, Matrix, Vector

from encode.formulas.rotation import euler_matrix
from render.library.load import load_mesh
from render.materials.graph import PART_NUMBER
from render.materials.maker import MaterialMaker
from render.materials.tree_cache import TreeCache
from render.modifiers import Staging
from render.polygons import GRAIN, Polygons, along_grain, joined, mesh_of, positions
from scenes.blob.specs import Blob
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Imported
from scenes.tessellation import tessellate

__all__ = ["MeshFactory"]

FOLDED = math.radians(62)  # the same for cloth, whose folds are as steep
SMOOTH = math.radians(31)  # shading runs across edges flatter than this: a bevel of three segments has steps of 30


class MeshFactory:
    """Makes each distinct model and material of a scene once."""

    def __init__(self, trees: TreeCache | None = None, *, plain_bounces: bool = False) -> None:
        """Materials that are alike to those of earlier scenes come from `trees`; `plain_bounces` is `Graph`'s."""
        self._meshes: dict[ObjectSpec, Any] = {}
        self._materials = MaterialMaker(trees, plain_bounces=plain_bounces)

    def build(self, models: tuple[ObjectSpec, ...]) -> Mapping[ObjectSpec, Any]:
        """Meshes of all `models`; modifiers are evaluated together."""
        missing = [model for model in dict.fromkeys(models) if model not in self._meshes]
        self._materials.make_all(slot for model in missing if not _is_imported(model) for slot in _materials(model))
        self._meshes.update({model: self._imported(model) for model in missing if _is_imported(model)})
        alike = _by_geometry(model for model in missing if not _is_imported(model))
        with Staging() as staging:
            for first, *_ in alike:
                for part in first.parts:
                    if part.modifiers:
                        staging.add(part)
            finished = iter(staging.evaluated())
        self._meshes.update({models[0]: self._made(models[0], finished) for models in alike})
        self._meshes.update({twin: self._repainted(models[0], twin) for models in alike for twin in models[1:]})
        return self._meshes

    def _repainted(self, model: ObjectSpec, twin: ObjectSpec) -> Any:
        """The mesh of `model` in the materials of its `twin`, which differs in nothing else."""
        mesh = self._meshes[model].copy()
        for slot, material in enumerate(_materials(twin)):
            mesh.materials[slot] = self._materials.make(material)
        return mesh

    def _made(self, model: ObjectSpec, finished: Iterator[Polygons]) -> Any:
        """The mesh of all parts; those that have modifiers come `finished`, in order."""
        parts = [next(finished) if part.modifiers else _plain(part) for part in model.parts]
        counts = [len(polygons.sizes) for polygons in parts]
        placed = [
            polygons.placed(euler_matrix(part.rotation), part.location)
            for part, polygons in zip(model.parts, parts, strict=True)
        ]
        mesh = mesh_of(model.category, joined(placed))
        materials = _materials(model)
        slots = np.array([materials.index(part.material) for part in model.parts], np.int32)
        mesh.attributes.new("material_index", "INT", "FACE").data.foreach_set("value", np.repeat(slots, counts))
        # A number a face, which nothing interpolates: it reaches the truth exactly.
        numbers = np.arange(1, len(parts) + 1, dtype=np.int32)
        mesh.attributes.new(PART_NUMBER, "INT", "FACE").data.foreach_set("value", np.repeat(numbers, counts))
        _shade(mesh, np.repeat([part.smooth for part in model.parts], counts))
        _soften(mesh, np.repeat([_is_cloth(part) for part in model.parts], counts))
        for material in materials:
            mesh.materials.append(self._materials.make(material))
        return mesh

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
                mesh.materials[slot] = self._materials.make(part.material)
        return mesh


def _plain(part: Part) -> Polygons:
    return Polygons.of_shape(tessellate(part.shape), part.scale)


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


def _add_grain(mesh: Any) -> None:
    layer = mesh.attributes.new(GRAIN, "FLOAT_VECTOR", "POINT")
    layer.data.foreach_set("vector", along_grain(positions(mesh)).ravel())


def _shade(mesh: Any, smooth: np.ndarray) -> None:
    """Faces smooth across what is flatter than `SMOOTH`, or flat."""
    if not smooth.all():
        mesh.polygons.foreach_set("use_smooth", smooth)
    if smooth.any():
        mesh.set_sharp_from_angle(angle=SMOOTH)


def _is_cloth(part: Part) -> bool:
    return isinstance(part.shape, Blob) and bool(part.shape.drapes)


def _soften(mesh: Any, soft: np.ndarray) -> None:
    """The edges of faces that are `soft` smooth across what is flatter than `FOLDED`: a fold has no edge."""
    if not soft.any():
        return
    before = _sharp(mesh)
    mesh.set_sharp_from_angle(angle=FOLDED)
    edges = np.empty(len(mesh.loops), np.int32)
    mesh.loops.foreach_get("edge_index", edges)
    sizes = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_total", sizes)
    hard = np.ones(len(before), bool)
    hard[edges[np.repeat(soft, sizes)]] = False
    mesh.attributes["sharp_edge"].data.foreach_set("value", np.where(hard, before, _sharp(mesh)))


def _sharp(mesh: Any) -> np.ndarray:
    sharp = np.zeros(len(mesh.edges), bool)
    if "sharp_edge" in mesh.attributes:
        mesh.attributes["sharp_edge"].data.foreach_get("value", sharp)
    return sharp
