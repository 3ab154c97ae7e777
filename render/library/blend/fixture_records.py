"""Boxes, faces and areas of the objects of a setting, as records."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float64

from render.library.blend.glazing import is_clear
from render.library.blend.grouping import SettingObject
from render.library.requests import Unusable
from scenes.settings import SettingFixture

__all__ = ["fixture_records", "objects_by_number"]


def objects_by_number(setting: Any) -> dict[int, list[Any]]:
    """The Blender objects of each numbered object of a built setting."""
    by_number: dict[int, list[Any]] = {}
    for obj in setting.objects:
        if obj.type == "MESH" and obj.pass_index:
            by_number.setdefault(obj.pass_index, []).append(obj)
    return by_number


def fixture_records(objects: list[SettingObject], by_number: dict[int, list[Any]]) -> tuple[SettingFixture, ...]:
    """A record of each object of the built setting, numbered as there; names are unique. Raises Unusable."""
    measures: dict[int, _MeshMeasures] = {}
    names: dict[str, int] = {}
    return tuple(
        _record(number, item, by_number[number], measures, _unique(item.name, names))
        for number, item in enumerate(objects, 1)
    )


@dataclass(frozen=True, eq=False)
class _MeshMeasures:
    """The vertices of a mesh, and the area of all its faces."""

    vertices: Float64[np.ndarray, "n 3"]
    area: float


def _record(
    number: int, item: SettingObject, parts: list[Any], measures: dict[int, _MeshMeasures], name: str
) -> SettingFixture:
    points, area, faces = [], 0.0, 0
    for obj in parts:
        if obj.data.session_uid not in measures:
            measures[obj.data.session_uid] = _measure(obj.data)
        mesh = measures[obj.data.session_uid]
        matrix = np.array(obj.matrix_world, np.float64)
        world = mesh.vertices @ matrix[:3, :3].T + matrix[:3, 3]
        points += [world.min(axis=0), world.max(axis=0)]
        area += mesh.area * abs(float(np.linalg.det(matrix[:3, :3]))) ** (2 / 3)
        faces += len(obj.data.polygons)
    low, high = np.min(points, axis=0), np.max(points, axis=0)
    if not (np.isfinite(low).all() and np.isfinite(high).all()):
        raise Unusable(f"{name} has vertices that are not finite numbers: repair or skip it")
    return SettingFixture(
        number=number,
        name=name,
        category=item.label.category,
        low=_triple(low),
        high=_triple(high),
        color=item.label.color,
        made_of=item.label.made_of,
        faces=faces,
        area=round(area, 4),
        collections=tuple(dict.fromkeys(name for part in item.parts for name in part.instance.names.collections)),
        materials=tuple(dict.fromkeys(name for part in item.parts for name in part.materials)),
        clear=all(is_clear(material) for obj in parts for material in obj.data.materials),
    )


def _measure(mesh: Any) -> _MeshMeasures:
    flat = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", flat)
    area = np.empty(len(mesh.polygons), np.float32)
    mesh.polygons.foreach_get("area", area)
    return _MeshMeasures(flat.reshape(-1, 3).astype(np.float64), float(area.sum()))


def _unique(name: str, names: dict[str, int]) -> str:
    """`Wall`, then `Wall-2`, ... where several objects come from one that was split by its materials."""
    unique = name
    while unique in names:
        names[name] += 1
        unique = f"{name}-{names[name]}"
    names[unique] = 1
    return unique


def _triple(values: np.ndarray) -> tuple[float, float, float]:
    x, y, z = (round(float(value), 5) for value in values)
    return x, y, z
