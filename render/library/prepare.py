"""Prepares one of the user's files in this process."""

from pathlib import Path

import bpy

from render.library.blend.prepare import prepare_blend
from render.library.images import prepare_probe, prepare_surface
from render.library.inside import Inside
from render.library.mesh import prepare_mesh
from render.library.order import Order, Prepared, Unusable

__all__ = ["prepare"]

PREPARE = {"mesh": prepare_mesh, "probe": prepare_probe, "surface": prepare_surface, "blend": prepare_blend}


def prepare(order: Order) -> Prepared:
    """Write the order's target, and say what came of it."""
    inside = Inside(order.folders)
    for path in (order.source, *order.maps.values()):
        if fault := inside.fault(path):
            return Prepared(problem=f"{Path(path).name} {fault}")
    bpy.ops.wm.read_factory_settings(use_empty=True)
    try:
        return PREPARE[order.kind](order, Path(order.target))
    except Unusable as problem:
        return Prepared(problem=str(problem))
    except Exception as error:  # importers written in Python raise whatever a malformed file makes them
        return Prepared(problem=f"Blender cannot read it ({type(error).__name__}: {str(error)[:120]})")
