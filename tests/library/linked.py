"""Writes two library files and one that links objects, materials, a lamp, a world and collections of them, all of the
same names, some of them overridden: `python linked.py FOLDER`."""

import sys
from pathlib import Path
from typing import Any

import bpy

from tests.library.interior import box, linked, material


def library(path: Path, x: float, color: tuple[float, float, float], side: float) -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    chairs = bpy.data.collections.new("Chairs")
    bpy.context.scene.collection.children.link(chairs)
    linked("Chair", box("Mesh", (side, side, 0.9), material("Wood", color)), chairs, location=(x, 1, 0.45))
    lamp = bpy.data.lights.new("Bulb", "POINT")
    lamp.energy = 100 * side
    linked("Bulb", lamp, location=(x, 0, 2))
    world = bpy.data.worlds.new("Outside")
    bpy.context.scene.world = world
    bpy.ops.wm.save_as_mainfile(filepath=str(path))


def take(path: Path, **wanted: list[str]) -> Any:
    with bpy.data.libraries.load(str(path), link=True) as (_, into):
        for kind, names in wanted.items():
            setattr(into, kind, list(names))
    return into


def main(folder: Path) -> None:
    for name, x, color, side in (("left", -1.5, (1, 0, 0), 0.5), ("right", 1.5, (0, 0, 1), 0.6)):
        library(folder / f"{name}.blend", x, color, side)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    linked("Floor", box("Mesh", (8, 8, 0.1), material("Wood", (0, 1, 0))), location=(0, 0, -0.05))
    for name in ("left", "right"):
        into = take(folder / f"{name}.blend", objects=["Chair", "Bulb"], collections=["Chairs"], worlds=["Outside"])
        for obj in into.objects:
            scene.collection.objects.link(obj)
        empty = linked("Empty", None, instance_type="COLLECTION", instance_collection=into.collections[0])
        empty.location = (0, 2, 0)
        scene.world = into.worlds[0]
    # An override of the left one's material and of its object.
    left = next(obj for obj in bpy.data.objects if obj.name == "Chair" and "left" in obj.library.filepath)
    changed = left.override_create(remap_local_usages=False)
    changed.location.y = 3
    scene.collection.objects.link(changed)
    bpy.ops.wm.save_as_mainfile(filepath=str(folder / "main.blend"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
