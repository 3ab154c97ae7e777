"""The world moved so that a far camera is near Blender's origin, where single precision is fine enough for truth."""

import bpy
import numpy as np
from jaxtyping import Float64
from mathutils import Vector

from render.world_positions import keep_positions

__all__ = ["Recentering"]

CELL = 1000.0  # metres: the origin is moved by whole ones, so that what single precision holds is moved without loss


class Recentering:
    """Moves all that stands in the scene; `origin` is where Blender's origin is in the world, metres."""

    def __init__(self) -> None:
        self.origin = np.zeros(3)
        self._roots = [(entry, np.array(entry.location)) for entry in bpy.context.scene.objects if not entry.parent]

    def move_near(self, place: Float64[np.ndarray, " 3"]) -> None:
        """Have Blender's origin within `CELL` of `place` along each axis; it stays in the world's where that is so."""
        origin = np.where(np.abs(place) > CELL, np.rint(place / CELL) * CELL, 0.0)
        if np.array_equal(origin, self.origin):
            return
        for entry, location in self._roots:
            entry.location = Vector(location - origin)
        keep_positions(origin - self.origin)
        self.origin = origin
