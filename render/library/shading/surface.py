"""A surface rebuilt so that a ray from the camera meets it or passes it, depending on where and never by chance.

Where only some of what is mixed lets rays through, evenly, the rest is a pane: seen, though light passes it.
"""

from typing import Any

from render.library.shading.factors import Factor, Factors, Variation
from render.library.shading.holes import HALF, Hole, HoleBoth, HoleChoice, Holes, HoleTest, gives, is_decided
from render.library.shading.wiring import Wiring, source_of

__all__ = ["SurfaceRebuilder"]


class SurfaceRebuilder:
    """Rebuilds the shaders of one flat tree: all through `decided`, which keeps what needs no change."""

    def __init__(self, wiring: Wiring, factors: Factors) -> None:
        self.wiring, self.factors, self.holes = wiring, factors, Holes(factors)
        self._decided: dict[Any, Any] = {}
        self._solid: dict[Any, Any] = {}
        self._numbers: dict[Any, Any] = {}

    def decided(self, shader: Any) -> Any:
        """The shader, by its output, with holes that are certain; None stays None."""
        if shader is not None and shader not in self._decided:
            self._decided[shader] = self._decide(shader)
        return self._decided.get(shader)

    def share(self, mix: Any) -> tuple[Factor, Any]:
        """The factor by which the decided form of a Mix Shader mixes: its kind, and its output or number."""
        socket = mix.inputs[0]
        factor = self.factors.of(socket)
        if not socket.is_linked:
            return factor, socket.default_value
        source = source_of(socket)
        return factor, self.number(HoleTest(source, HALF)) if self.cuts(mix) else source

    def cuts(self, mix: Any) -> bool:
        """Whether a Mix Shader takes the one side or the other at each place, since one of them has holes."""
        painted = self.factors.of(mix.inputs[0]).kind == Variation.PAINTED
        return painted and any(self.holes.at(side) != 0.0 for side in mix.inputs[1:])

    def number(self, hole: Hole) -> Any:
        """The output that carries a hole's expression, or its number."""
        if isinstance(hole, float):
            return hole
        if isinstance(hole, HoleTest):
            key: Any = (hole.socket, hole.level, hole.mean)
        else:
            key = hole
        if key not in self._numbers:
            self._numbers[key] = self._computed(hole)
        return self._numbers[key]

    def _computed(self, hole: Hole) -> Any:
        math = self.wiring.math
        match hole:
            case HoleTest(socket, level, mean):
                value = self.wiring.vector("DOT_PRODUCT", socket, (1 / 3,) * 3) if mean else socket
                return math("GREATER_THAN", value, level)
            case HoleBoth(a, b):
                return math("MULTIPLY", self.number(a), self.number(b))
            case HoleChoice(test, yes, no):
                chosen = self.number(test)
                if isinstance(no, float) and not no:
                    return math("MULTIPLY", chosen, self.number(yes))
                other = math("MULTIPLY", math("SUBTRACT", 1.0, chosen), self.number(no))
                if isinstance(yes, float) and not yes:
                    return other
                return math("MULTIPLY_ADD", chosen, self.number(yes), other)
        raise AssertionError(hole)

    def _decide(self, shader: Any) -> Any:
        node, hole = shader.node, self.holes.of(shader)
        match node.bl_idname:
            case "ShaderNodeHoldout":
                return self.wiring.node("BsdfTransparent").outputs[0]
            case "ShaderNodeBsdfRayPortal":
                return self._pane(shader)
            case "ShaderNodeBsdfTransparent":
                return self._parted(hole, self._pane(shader) if hole != 1.0 else None, shader)
            case "ShaderNodeMixShader":
                return self._decide_mix(shader)
            case "ShaderNodeAddShader":
                return self._decide_sum(shader)
        return shader

    def _decide_mix(self, shader: Any) -> Any:
        mix, hole = shader.node, self.holes.of(shader)
        factor, share = self.share(mix)
        sources = [source_of(socket) for socket in mix.inputs[1:]]
        if not mix.inputs[0].is_linked and is_decided(factor):
            return self.decided(sources[share >= 1])
        sides = [self.decided(source) for source in sources]
        if is_decided(factor) or factor.kind == Variation.PAINTED or hole == 1.0:
            unchanged = sides == sources and share == source_of(mix.inputs[0])
            return shader if unchanged else self.wiring.mix_shaders(share, *sides)
        full = [self.solid(source) for source in sources]
        if hole == 0.0 and full == sources:
            return shader
        through = self.wiring.mix_shaders(share, *sides) if hole != 0.0 else None
        return self._parted(hole, self.wiring.mix_shaders(share, *full), through)

    def _decide_sum(self, shader: Any) -> Any:
        hole = self.holes.of(shader)
        sources = [source_of(socket) for socket in shader.node.inputs if gives(socket)]
        if len(sources) < 2:
            return self.decided(sources[0]) if sources else None
        full, sides = [self.solid(source) for source in sources], [self.decided(source) for source in sources]
        if hole == 0.0 and full == sources:
            return shader
        through = self.wiring.add_shaders(*sides) if hole != 0.0 else None
        return self._parted(hole, self.wiring.add_shaders(*full) if hole != 1.0 else None, through)

    def _parted(self, hole: Hole, surface: Any, through: Any) -> Any:
        if isinstance(hole, float):
            return through if hole else surface
        return self.wiring.mix_shaders(self.number(hole), surface, through)

    def solid(self, shader: Any) -> Any:
        """The shader with panes for its holes; None stays None."""
        if shader is None or self.holes.of(shader) == 0.0:
            return self.decided(shader)
        if shader not in self._solid:
            self._solid[shader] = self._fill(shader)
        return self._solid[shader]

    def _fill(self, shader: Any) -> Any:
        node = shader.node
        if node.bl_idname == "ShaderNodeHoldout":
            return self._pane(self.decided(shader))
        if node.bl_idname == "ShaderNodeBsdfTransparent":
            return self._pane(shader)
        if node.bl_idname == "ShaderNodeAddShader":
            sides = [self.solid(source_of(socket)) for socket in node.inputs if gives(socket)]
            return self.wiring.add_shaders(*sides) if len(sides) == 2 else sides[0]
        factor, share = self.share(node)
        sides = [self.solid(source_of(socket)) for socket in node.inputs[1:]]
        if not node.inputs[0].is_linked and is_decided(factor):
            return sides[share >= 1]
        return self.wiring.mix_shaders(share, *sides)

    def _pane(self, shader: Any) -> Any:
        """For cameras a surface that bends no light, in place of a transparent shader."""
        pane = self.wiring.node("BsdfRefraction")
        pane.inputs["IOR"].default_value, pane.inputs["Roughness"].default_value = 1.0, 0.0
        self.wiring.carry(shader.node.inputs["Color"], pane.inputs["Color"])
        camera = self.wiring.shared("LightPath", "Is Camera Ray")
        return self.wiring.mix_shaders(camera, shader, pane.outputs[0])
