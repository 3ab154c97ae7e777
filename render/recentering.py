"""Moves the scene so that a far camera is near Blender's origin, where single precision is fine enough for truth."""

import bpy
import numpy as np
from jaxtyping import Float64
from mathutils import Vector

from render.world_positions import keep_positions

__all__ = ["Recentering"]

CELL = 1000.0  # metres: a multiple of it is subtracted without loss in single precision


class Recentering:
    """Moves all objects of the scene; `origin` is where Blender's origin is in the world, metres."""

    def __init__(self) -> None:
        self.origin = np.zeros(3)
        self._roots = [(obj, np.array(obj.location)) for obj in bpy.context.scene.objects if not obj.parent]

    def move_near(self, location: Float64[np.ndarray, " 3"]) -> None:
        """Have Blender's origin within `CELL` of the location along each axis; in the world's where that suffices."""
        origin = np.where(np.abs(location) > CELL, np.rint(location / CELL) * CELL, 0.0)
        if np.array_equal(origin, self.origin):
            return
        for root, start in self._roots:
            root.location = Vector(start - origin)
        keep_positions(origin - self.origin)
        self.origin = origin
