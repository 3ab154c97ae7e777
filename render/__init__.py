"""How a scene becomes pixels and truth. Importing the package loads no Blender; `render.engine` does."""

from render.errors import BlenderMissing, Rejection, RenderError, SceneRejected
from render.rendered import RenderedScene
from render.settings import RenderSettings

__all__ = [
    "BlenderMissing",
    "Rejection",
    "RenderError",
    "RenderSettings",
    "RenderedScene",
    "SceneRejected",
]
