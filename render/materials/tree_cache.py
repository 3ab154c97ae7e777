"""Node trees that were written for earlier scenes, kept in memory as Blender files.

Blender takes ten milliseconds to make a tree node by node and one to read it from a file. Each scene starts with an
empty file, so what is to outlive it cannot stay in Blender.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import bpy

from render.materials.tree import Structure, Tree
from render.scratch import scratch_file

__all__ = ["TreeCache", "Written"]


@dataclass(frozen=True)
class Written:
    """A Blender material, and the tree that was written into it."""

    material: Any
    tree: Tree


@dataclass(frozen=True)
class _Place:
    """Where a material is kept: in which file, under which name."""

    file: int
    name: str
    tree: Tree


class TreeCache:
    """Materials by the structure of their trees, for one process."""

    def __init__(self) -> None:
        self._files: list[bytes] = []
        self._places: dict[Structure, _Place] = {}

    def keep(self, written: Mapping[Structure, Written]) -> None:
        """Keep copies of these materials, none of which may be in the cache yet or have an image."""
        if not written:
            return
        for structure, item in written.items():
            self._places[structure] = _Place(len(self._files), item.material.name, item.tree)
        with scratch_file(".blend") as path:
            bpy.data.libraries.write(str(path), {item.material for item in written.values()}, compress=True)
            self._files.append(path.read_bytes())

    def load(self, structures: Iterable[Structure]) -> dict[Structure, Written]:
        """Those of `structures` that are kept, as new materials of the open file."""
        wanted: dict[int, list[Structure]] = {}
        for structure in structures:
            if structure in self._places:
                wanted.setdefault(self._places[structure].file, []).append(structure)
        return {
            structure: Written(material, self._places[structure].tree)
            for file, kept in wanted.items()
            for structure, material in zip(kept, self._read(file, kept), strict=True)
        }

    def _read(self, file: int, structures: list[Structure]) -> list[Any]:
        with scratch_file(".blend") as path:
            path.write_bytes(self._files[file])
            with bpy.data.libraries.load(str(path), link=False) as (_, target):
                target.materials = [self._places[structure].name for structure in structures]
        for library in [library for library in bpy.data.libraries if library.filepath == str(path)]:
            bpy.data.libraries.remove(library)
        return list(target.materials)
