"""Boxes, faces and areas of the things of a place."""

from typing import Any

import numpy as np

from render.library.blend.glazing import is_clear
from render.library.blend.grouping import SettingObject
from render.library.requests import Unusable
from scenes.settings import SettingFixture

__all__ = ["fixture_records", "objects_by_number"]


def objects_by_number(place: Any) -> dict[int, list[Any]]:
    """The Blender objects of each thing of a built place."""
    shown: dict[int, list[Any]] = {}
    for entry in place.objects:
        if entry.type == "MESH" and entry.pass_index:
            shown.setdefault(entry.pass_index, []).append(entry)
    return shown


def fixture_records(things: list[SettingObject], shown: dict[int, list[Any]]) -> tuple[SettingFixture, ...]:
    """A record of each thing of the built place, numbered as there; names are unique."""
    known: dict[int, tuple[np.ndarray, float]] = {}
    names: dict[str, int] = {}
    return tuple(
        _fixture(number, thing, shown[number], known, _unique(thing.name, names))
        for number, thing in enumerate(things, 1)
    )


def _fixture(number: int, thing: SettingObject, shown: list[Any], known: dict[int, Any], name: str) -> SettingFixture:
    points, area, faces = [], 0.0, 0
    for entry in shown:
        if entry.data.session_uid not in known:
            known[entry.data.session_uid] = _measured(entry.data)
        vertices, own = known[entry.data.session_uid]
        matrix = np.array(entry.matrix_world, np.float64)
        world = vertices @ matrix[:3, :3].T + matrix[:3, 3]
        points += [world.min(axis=0), world.max(axis=0)]
        area += own * abs(float(np.linalg.det(matrix[:3, :3]))) ** (2 / 3)
        faces += len(entry.data.polygons)
    low, high = np.min(points, axis=0), np.max(points, axis=0)
    if not (np.isfinite(low).all() and np.isfinite(high).all()):
        raise Unusable(f"{name} has vertices that are no finite numbers: mend or skip it")
    return SettingFixture(
        number=number,
        name=name,
        category=thing.label.category,
        low=_triple(low),
        high=_triple(high),
        color=thing.label.color,
        made_of=thing.label.made_of,
        faces=faces,
        area=round(area, 4),
        collections=tuple(dict.fromkeys(name for part in thing.parts for name in part.shown.names.collections)),
        materials=tuple(dict.fromkeys(name for part in thing.parts for name in part.materials)),
        clear=all(is_clear(material) for entry in shown for material in entry.data.materials),
    )


def _measured(mesh: Any) -> tuple[np.ndarray, float]:
    """Vertices and the area of all faces."""
    flat = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", flat)
    area = np.empty(len(mesh.polygons), np.float32)
    mesh.polygons.foreach_get("area", area)
    return flat.reshape(-1, 3).astype(np.float64), float(area.sum())


def _unique(name: str, names: dict[str, int]) -> str:
    """`Wall` split into its materials gives `Wall`, `Wall-2`, ..."""
    found = name
    while found in names:
        names[name] += 1
        found = f"{name}-{names[name]}"
    names[found] = 1
    return found


def _triple(values: np.ndarray) -> tuple[float, float, float]:
    x, y, z = (round(float(value), 5) for value in values)
    return x, y, z
