"""Parts as arrays between `scenes` and Blender: one Blender mesh an object, written at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import bpy
import numpy as np
from jaxtyping import Float, Int32, Integer

from scenes.mesh import Mesh, extremes, turned

__all__ = ["GRAIN", "Polygons", "along_grain", "corners", "joined", "mesh_of", "positions", "starts"]

CARD, GRAIN = "card", "grain"
#: Attributes of a mesh that are copied whole, which is a hundred times as fast as vertex by vertex.
POSITION, CORNERS = "position", ".corner_vert"


@dataclass(frozen=True, eq=False)
class Polygons:
    """Faces over vertices: face k takes the next `sizes[k]` of `loops`, and of the card coordinates `uv`.

    grain: the vertices in the part's own axes with its longest as x, along which wood has its fibres.
    """

    vertices: Float[np.ndarray, "n 3"]
    loops: Int32[np.ndarray, " l"]
    sizes: Integer[np.ndarray, " f"]
    uv: Float[np.ndarray, "l 2"]
    grain: Float[np.ndarray, "n 3"]

    @classmethod
    def of_shape(cls, mesh: Mesh, scale: tuple[float, float, float]) -> Self:
        """A tessellated shape, stretched by `scale`; its box in its own xy plane is the unit square of `uv`.

        That square is what cut-outs and prints are laid out in.
        """
        vertices = mesh.vertices * np.asarray(scale)
        low, high = extremes(vertices[:, :2])
        flat = (vertices[:, :2] - low) / np.maximum(high - low, 1e-9)
        return cls(vertices, mesh.loops, mesh.sizes, flat[mesh.loops], along_grain(vertices))

    @classmethod
    def of_evaluated(cls, mesh: Any) -> Self:
        """A shape after its modifiers, which was staged with `mesh_of`."""
        vertices = positions(mesh)
        uv = np.empty((len(mesh.loops), 2), np.float32)
        mesh.attributes[CARD].data.foreach_get("vector", uv.ravel())
        return cls(vertices, corners(mesh), np.diff(starts(mesh), append=len(uv)), uv, along_grain(vertices))

    def placed(self, rotation: Float[np.ndarray, "3 3"], at: tuple[float, float, float]) -> Self:
        """The vertices rotated and moved; grain and card coordinates stay those of the part."""
        return replace(self, vertices=turned(self.vertices, rotation) + np.asarray(at))


def positions(mesh: Any) -> Float[np.ndarray, "n 3"]:
    """The vertices of a Blender mesh, float32."""
    values = np.empty((len(mesh.vertices), 3), np.float32)
    mesh.attributes[POSITION].data.foreach_get("vector", values.ravel())
    return values


def corners(mesh: Any) -> Int32[np.ndarray, " l"]:
    """The vertex at each corner of each face of a Blender mesh."""
    values = np.empty(len(mesh.loops), np.int32)
    mesh.attributes[CORNERS].data.foreach_get("value", values)
    return values


def starts(mesh: Any) -> Int32[np.ndarray, " f"]:
    """The index of each face's first corner."""
    values = np.empty(len(mesh.polygons), np.int32)
    mesh.polygons.foreach_get("loop_start", values)
    return values


def along_grain(vertices: np.ndarray) -> np.ndarray:
    """The vertices [n, 3] with their longest extent as x, along which wood has its fibres."""
    low, high = extremes(vertices)
    longest = int(np.argmax(high - low))
    return vertices[:, [longest, (longest + 1) % 3, (longest + 2) % 3]]


def joined(parts: Sequence[Polygons]) -> Polygons:
    """Several as one, nothing welded."""
    before = np.cumsum([0, *(len(part.vertices) for part in parts[:-1])])
    loops = [part.loops + np.int32(count) for part, count in zip(parts, before, strict=True)]
    return Polygons(
        np.concatenate([part.vertices for part in parts]),
        np.concatenate(loops),
        np.concatenate([part.sizes for part in parts]),
        np.concatenate([part.uv for part in parts]),
        np.concatenate([part.grain for part in parts]),
    )


def mesh_of(name: str, polygons: Polygons, *, bare: bool = False) -> Any:
    """A Blender mesh of the polygons; without grain where it is `bare`, which is for staging."""
    data = bpy.data.meshes.new(name)
    data.vertices.add(len(polygons.vertices))
    data.attributes[POSITION].data.foreach_set("vector", _flat(polygons.vertices))
    data.loops.add(len(polygons.loops))
    data.attributes[CORNERS].data.foreach_set("value", np.ascontiguousarray(polygons.loops, np.int32))
    data.polygons.add(len(polygons.sizes))
    ends = np.cumsum(polygons.sizes, dtype=np.int32)
    data.polygons.foreach_set("loop_start", ends - polygons.sizes)
    data.attributes.new(CARD, "FLOAT2", "CORNER").data.foreach_set("vector", _flat(polygons.uv))
    if not bare:
        data.attributes.new(GRAIN, "FLOAT_VECTOR", "POINT").data.foreach_set("vector", _flat(polygons.grain))
    data.update(calc_edges=True)
    return data


def _flat(values: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(values, np.float32).ravel()
