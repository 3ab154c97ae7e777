"""The shading normal and the base colour of a surface, as the renderer's own channels carry them.

Both come from the inputs of the shaders and from the geometry, so that no shader's own idea of a normal is in them.
"""

from typing import Any

from render.library.shading.factors import Variation
from render.library.shading.holes import is_decided
from render.library.shading.surface import SurfaceRebuilder
from render.library.shading.wiring import source_of

__all__ = ["ShadingChannels"]

#: What has no normal of its own where something else is there too.
FACELESS = frozenset(
    f"ShaderNode{name}" for name in ("Emission", "Background", "BsdfTransparent", "BsdfRayPortal", "Holdout")
)
GEOMETRY = "geometry"  # in place of an output: the interpolated normal


class ShadingChannels:
    """Reads the shaders of a tree as `surface` decides them; to be used before the old ones are removed."""

    def __init__(self, surface: SurfaceRebuilder) -> None:
        self._surface, self._wiring = surface, surface.wiring
        self._normals: dict[Any, Any] = {}
        self._colors: dict[Any, Any] = {}

    def read(self, shader: Any) -> None:
        """Find out what a shader has, by its output, once all that lead to it are read."""
        self._normal(shader)
        self.color(shader)

    def normal(self, shader: Any) -> Any:
        """The output with the unit shading normal in world axes, as bump and normal maps have it."""
        wiring = self._wiring
        normal = self._normal(shader) or GEOMETRY
        geometry = wiring.shared("NewGeometry", "Normal")
        if normal == GEOMETRY:
            return geometry
        unit = wiring.vector("NORMALIZE", normal)
        # Cycles takes the geometry's where a normal has no length.
        return wiring.mix_vectors(wiring.vector("LENGTH", unit), geometry, unit)

    def color(self, shader: Any) -> Any:
        """The output with the base colour, or a constant; None where nothing has one."""
        if shader is not None and shader not in self._colors:
            self._colors[shader] = self._found_color(shader)
        return self._colors.get(shader)

    def _normal(self, shader: Any) -> Any:
        """An output, GEOMETRY, or None for what has none of its own."""
        if shader is not None and shader not in self._normals:
            self._normals[shader] = self._found_normal(shader)
        return self._normals.get(shader)

    def _found_normal(self, shader: Any) -> Any:
        node = shader.node
        if node.bl_idname == "ShaderNodeMixShader":
            return self._mixed_normal(node)
        if node.bl_idname == "ShaderNodeAddShader":
            a, b = (self._normal(source_of(socket)) for socket in node.inputs)
            return self._joined_normals(0.5, a, b)
        if node.bl_idname in FACELESS or shader.type != "SHADER":
            return None
        own = node.inputs.get("Normal")
        return own.links[0].from_socket if own is not None and own.is_linked else GEOMETRY

    def _mixed_normal(self, mix: Any) -> Any:
        factor, share = self._surface.share(mix)
        a, b = (self._normal(source_of(socket)) for socket in mix.inputs[1:])
        if is_decided(factor):
            return b if factor.number and factor.number >= 1 else a
        if self._surface.cuts(mix):
            a, b = a or GEOMETRY, b or GEOMETRY
        return self._joined_normals(share, a, b)

    def _joined_normals(self, share: Any, a: Any, b: Any) -> Any:
        if a is None or b is None or a == b:
            return b if a is None else a
        geometry = self._wiring.shared("NewGeometry", "Normal")
        a, b = (geometry if side == GEOMETRY else self._wiring.vector("NORMALIZE", side) for side in (a, b))
        return self._wiring.mix_vectors(share, a, b)

    def _found_color(self, shader: Any) -> Any:
        node = shader.node
        if node.bl_idname == "ShaderNodeMixShader":
            return self._mixed_color(node)
        if node.bl_idname == "ShaderNodeAddShader":
            sides = [(source_of(socket), self.color(source_of(socket))) for socket in node.inputs]
            sides.sort(key=lambda side: self._normal(side[0]) is None)  # light adds no colour to what it lies on
            return next((color for _, color in sides if color is not None), None)
        if shader.type != "SHADER":
            return shader
        socket = node.inputs.get("Base Color") or node.inputs.get("Color")
        if socket is None or (node.bl_idname in FACELESS and node.bl_idname != "ShaderNodeEmission"):
            return None
        return source_of(socket) or tuple(socket.default_value)

    def _mixed_color(self, mix: Any) -> Any:
        factor, share = self._surface.share(mix)
        a, b = (self.color(source_of(socket)) for socket in mix.inputs[1:])
        if is_decided(factor):
            return b if factor.number and factor.number >= 1 else a
        if a is None or b is None:
            return b if a is None else a
        # What is mixed in by the angle is a reflection, which is not part of the base colour.
        return a if factor.kind == Variation.EVEN else self._wiring.mix_colors(share, a, b)
