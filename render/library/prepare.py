"""Prepares one of the user's files in this process, which a bad file may crash."""

from pathlib import Path

import bpy

from render.library.allowed_folders import AllowedFolders
from render.library.blend.prepare import prepare_blend
from render.library.images import prepare_environment_map, prepare_texture_set
from render.library.mesh import prepare_mesh
from render.library.requests import PreparationRequest, PreparationResult, Unusable

__all__ = ["prepare_file"]

PREPARERS = {
    "mesh": prepare_mesh,
    "probe": prepare_environment_map,
    "surface": prepare_texture_set,
    "blend": prepare_blend,
}


def prepare_file(request: PreparationRequest) -> PreparationResult:
    """Write the request's target; what cannot be used is the result's `problem`."""
    allowed = AllowedFolders(request.folders)
    for path in (request.source, *request.maps.values()):
        if problem := allowed.problem(path):
            return PreparationResult(problem=f"{Path(path).name} {problem}")
    bpy.ops.wm.read_factory_settings(use_empty=True)
    try:
        return PREPARERS[request.kind](request, Path(request.target))
    except Unusable as reason:
        return PreparationResult(problem=str(reason))
    except Exception as error:  # importers written in Python raise whatever a malformed file makes them
        return PreparationResult(problem=f"Blender cannot read it ({type(error).__name__}: {str(error)[:120]})")
