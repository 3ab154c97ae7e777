"""From shapes to meshes: every shape's vertices and faces, computed without Blender."""

from scenes.tessellation.dispatch import forget_meshes, tessellate

__all__ = ["forget_meshes", "tessellate"]
