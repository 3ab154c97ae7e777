"""How a scene becomes pixels and truth.

Importing the package loads neither Blender nor numpy; `render.engine` loads both.
"""

from render.errors import BlenderMissing, Rejection, RenderError, SceneRejected
from render.settings import RenderSettings

__all__ = [
    "BlenderMissing",
    "Rejection",
    "RenderError",
    "RenderSettings",
    "SceneRejected",
]
