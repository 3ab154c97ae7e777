"""Where a surface lets a ray from the camera through: an expression over the sockets of its flat node tree."""

from dataclasses import dataclass
from typing import Any

from render.library.shading.factors import Factor, Factors, Variation
from render.library.shading.wiring import source_of

__all__ = ["HALF", "Hole", "HoleBoth", "HoleChoice", "HoleTest", "Holes", "gives", "is_decided"]

HALF = 0.5
SLACK = 1e-5  # a factor of an object nearer to 0 or 1 is one of them


@dataclass(frozen=True, eq=False)
class HoleTest:
    """1 where an output's value is above `level`, else 0; a colour's mean where `mean`, else its luminance."""

    socket: Any
    level: float
    mean: bool = False


@dataclass(frozen=True, eq=False)
class HoleChoice:
    """`yes` where the test holds, else `no`."""

    test: HoleTest
    yes: "Hole"
    no: "Hole"


@dataclass(frozen=True, eq=False)
class HoleBoth:
    """1 where both are."""

    a: "Hole"
    b: "Hole"


#: 1 where the ray goes through, else 0.
Hole = float | HoleTest | HoleChoice | HoleBoth


def is_decided(factor: Factor) -> bool:
    """Whether it is one and the same side of a mix everywhere."""
    return factor.number is not None and not 0 < factor.number < 1


class Holes:
    """The holes of every shader of one flat tree whose Principled shaders have no alpha."""

    def __init__(self, factors: Factors) -> None:
        self._factors = factors
        self._known: dict[Any, Hole] = {}

    def at(self, socket: Any) -> Hole:
        """The holes of what is linked to an input; nothing, and light, is no hole."""
        return self.of(source_of(socket)) if socket.is_linked else 0.0

    def of(self, shader: Any) -> Hole:
        """The holes of a shader by its output."""
        if shader not in self._known:
            self._known[shader] = self._found(shader.node)
        return self._known[shader]

    def _found(self, node: Any) -> Hole:
        match node.bl_idname:
            case "ShaderNodeHoldout":
                return 1.0
            case "ShaderNodeBsdfTransparent":
                return self._tinted(node.inputs["Color"])
            case "ShaderNodeMixShader":
                return self._mixed(node)
            case "ShaderNodeAddShader":
                sides = [socket for socket in node.inputs if gives(socket)]
                return self.at(sides[0]) if len(sides) == 1 else _both(*(self.at(socket) for socket in node.inputs))
        return 0.0

    def _tinted(self, color: Any) -> Hole:
        """Cycles takes what lets through less than half of the light, all colours together, for a surface."""
        if color.is_linked:
            return HoleTest(source_of(color), HALF, mean=True)
        return float(sum(color.default_value[:3]) / 3 > HALF)

    def _mixed(self, node: Any) -> Hole:
        share, a, b = node.inputs
        factor = self._factors.of(share)
        if factor.number is not None and is_decided(factor):
            return self.at(b) if factor.number >= 1 else self.at(a)
        first, second = self.at(a), self.at(b)
        if factor.kind == Variation.PAINTED:
            return _choice(HoleTest(source_of(share), HALF), second, first)
        if factor.kind == Variation.EVEN or factor.number is not None:
            return _both(first, second)
        source = source_of(share)
        between = _choice(HoleTest(source, SLACK), _both(first, second), first)
        return _choice(HoleTest(source, 1 - SLACK), second, between)


def gives(socket: Any) -> bool:
    """Whether anything comes to a shader's input."""
    if not socket.is_linked:
        return False
    node = socket.links[0].from_node
    if node.bl_idname != "ShaderNodeEmission":
        return True
    strength, color = node.inputs["Strength"], node.inputs["Color"]
    dark = not color.is_linked and max(color.default_value[:3]) == 0
    return not dark and (strength.is_linked or strength.default_value != 0)


def _both(a: Hole, b: Hole) -> Hole:
    if isinstance(a, float):
        return b if a else 0.0
    if isinstance(b, float):
        return a if b else 0.0
    return a if a is b else HoleBoth(a, b)


def _choice(test: HoleTest, yes: Hole, no: Hole) -> Hole:
    if yes is no or (isinstance(yes, float) and yes == no):
        return yes
    return test if (yes, no) == (1.0, 0.0) else HoleChoice(test, yes, no)
