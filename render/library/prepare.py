"""Prepares one of the user's files in this process."""

from pathlib import Path

import bpy

from render.library.allowed_folders import AllowedFolders
from render.library.blend.prepare import prepare_blend
from render.library.images import prepare_probe, prepare_surface
from render.library.mesh import prepare_mesh
from render.library.requests import PreparationRequest, PreparationResult, Unusable

__all__ = ["prepare"]

PREPARE = {"mesh": prepare_mesh, "probe": prepare_probe, "surface": prepare_surface, "blend": prepare_blend}


def prepare(order: PreparationRequest) -> PreparationResult:
    """Write the order's target, and say what came of it."""
    inside = AllowedFolders(order.folders)
    for path in (order.source, *order.maps.values()):
        if fault := inside.fault(path):
            return PreparationResult(problem=f"{Path(path).name} {fault}")
    bpy.ops.wm.read_factory_settings(use_empty=True)
    try:
        return PREPARE[order.kind](order, Path(order.target))
    except Unusable as problem:
        return PreparationResult(problem=str(problem))
    except Exception as error:  # importers written in Python raise whatever a malformed file makes them
        return PreparationResult(problem=f"Blender cannot read it ({type(error).__name__}: {str(error)[:120]})")
