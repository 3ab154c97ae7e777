"""What a number in a flat node tree varies with: nothing, the object, the angle of view, or the surface position."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

__all__ = ["Factor", "Factors", "Variation"]


class Variation(IntEnum):
    """What decides a value; what is computed of several is of the highest kind among them."""

    CONSTANT = 0
    UNIFORM = 1  # one value an object, known when it is rendered
    EVEN = 2  # varies with the angle of view alone, as Fresnel's
    PAINTED = 3  # varies over the surface


@dataclass(frozen=True)
class Factor:
    """A value's kind; `number` is a constant's, where it is known."""

    kind: Variation
    number: float | None = None


PAINTED = Factor(Variation.PAINTED)
#: What Light Path says of a ray that comes from the camera, through any number of holes.
CAMERA: Mapping[str, float] = {"Is Camera Ray": 1.0, "Ray Length": math.nan, "Transparent Depth": math.nan}
BY_OBJECT = ("ShaderNodeObjectInfo", "ShaderNodeParticleInfo")
BY_ANGLE = ("ShaderNodeFresnel", "ShaderNodeLayerWeight")
NORMALS = ("Normal", "True Normal")
MATHS = frozenset(
    (
        "ShaderNodeBlackbody",
        "ShaderNodeBrightContrast",
        "ShaderNodeClamp",
        "ShaderNodeCombineColor",
        "ShaderNodeCombineXYZ",
        "ShaderNodeFloatCurve",
        "ShaderNodeGamma",
        "ShaderNodeHueSaturation",
        "ShaderNodeInvert",
        "ShaderNodeMapRange",
        "ShaderNodeMapping",
        "ShaderNodeMath",
        "ShaderNodeMix",
        "ShaderNodeMixRGB",
        "ShaderNodeRGB",
        "ShaderNodeRGBCurve",
        "ShaderNodeRGBToBW",
        "ShaderNodeSeparateColor",
        "ShaderNodeSeparateXYZ",
        "ShaderNodeValToRGB",
        "ShaderNodeValue",
        "ShaderNodeVectorCurve",
        "ShaderNodeVectorMath",
        "ShaderNodeVectorRotate",
        "ShaderNodeWavelength",
        "NodeImplicitConversion",
    )
)
OPERATIONS: Mapping[str, Callable[[float, float, float], float]] = {
    "ADD": lambda a, b, c: a + b,
    "SUBTRACT": lambda a, b, c: a - b,
    "MULTIPLY": lambda a, b, c: a * b,
    "DIVIDE": lambda a, b, c: a / b if b else 0.0,
    "MULTIPLY_ADD": lambda a, b, c: a * b + c,
    "MINIMUM": lambda a, b, c: min(a, b),
    "MAXIMUM": lambda a, b, c: max(a, b),
    "LESS_THAN": lambda a, b, c: float(a < b),
    "GREATER_THAN": lambda a, b, c: float(a > b),
    "COMPARE": lambda a, b, c: float(abs(a - b) <= max(c, 1e-5)),
    "SIGN": lambda a, b, c: float((a > 0) - (a < 0)),
    "ABSOLUTE": lambda a, b, c: abs(a),
    "ROUND": lambda a, b, c: float(math.floor(a + 0.5)),
    "FLOOR": lambda a, b, c: float(math.floor(a)),
    "CEIL": lambda a, b, c: float(math.ceil(a)),
    "FRACT": lambda a, b, c: a - math.floor(a),
    "POWER": lambda a, b, c: a**b if a > 0 else float(b == 0),
    "SQRT": lambda a, b, c: math.sqrt(max(a, 0.0)),
}


class Factors:
    """Reads the inputs of one flat tree, as rays from the camera meet them, or as any ray may."""

    def __init__(self, *, camera: bool) -> None:
        self._camera = camera
        self._known: dict[Any, Factor] = {}

    def of(self, socket: Any) -> Factor:
        """The factor that arrives at an input, a colour as its luminance."""
        if not socket.is_linked:
            return Factor(Variation.CONSTANT, _own(socket))
        source = socket.links[0].from_socket
        if source not in self._known:
            self._known[source] = self._output(source)
        return self._known[source]

    def _output(self, socket: Any) -> Factor:
        node, kind = socket.node, socket.node.bl_idname
        if kind == "ShaderNodeLightPath":
            number = CAMERA.get(socket.name, 0.0)
            return PAINTED if not self._camera or math.isnan(number) else Factor(Variation.CONSTANT, number)
        if kind in BY_OBJECT or (kind == "ShaderNodeAttribute" and node.attribute_type != "GEOMETRY"):
            return Factor(Variation.UNIFORM)
        if kind in BY_ANGLE or _is_facing(node):
            return Factor(max(Variation.EVEN, self._highest(entry for entry in node.inputs if entry.type == "VALUE")))
        if kind in MATHS or _is_placed(node):
            return self._computed(node)
        return PAINTED

    def _computed(self, node: Any) -> Factor:
        inputs = [socket for socket in node.inputs if socket.enabled]
        if node.bl_idname in ("ShaderNodeMix", "ShaderNodeMixRGB"):
            return self._mixed(node, inputs)
        if node.bl_idname == "ShaderNodeMath":
            return self._maths(node, [self.of(socket) for socket in inputs])
        kind = self._highest(iter(inputs))
        numbers = [self.of(socket).number for socket in inputs]
        if kind != Variation.CONSTANT or None in numbers:
            return Factor(kind)
        return Factor(kind, _constant(node, *(number for number in numbers if number is not None)))

    def _mixed(self, node: Any, inputs: list[Any]) -> Factor:
        share, a, b = (self.of(socket) for socket in inputs[:3])
        plain = getattr(node, "data_type", "RGBA") != "RGBA" or node.blend_type == "MIX"
        if share.number is not None and share.number <= 0:
            return a
        if share.number is not None and share.number >= 1 and plain:
            return b
        numbers = (share.number, a.number, b.number)
        kind = max(share.kind, a.kind, b.kind)
        if kind != Variation.CONSTANT or not plain or any(number is None for number in numbers):
            return Factor(kind)
        return Factor(kind, a.number + share.number * (b.number - a.number))  # type: ignore[operator]

    def _maths(self, node: Any, operands: list[Factor]) -> Factor:
        kind = max(operand.kind for operand in operands)
        if node.operation == "MULTIPLY" and any(operand.number == 0 for operand in operands):
            return Factor(Variation.CONSTANT, 0.0)
        numbers = [operand.number for operand in operands]
        operation = OPERATIONS.get(node.operation)
        if kind != Variation.CONSTANT or operation is None or any(number is None for number in numbers):
            return Factor(kind)
        try:
            value = operation(*(*numbers, 0.0, 0.0)[:3])  # type: ignore[arg-type]
        except OverflowError:
            return Factor(kind)
        return Factor(kind, min(max(value, 0.0), 1.0) if node.use_clamp else value)

    def _highest(self, sockets: Iterator[Any]) -> Variation:
        return max((self.of(socket).kind for socket in sockets), default=Variation.CONSTANT)


def _constant(node: Any, *numbers: float) -> float | None:
    """What some nodes make of constants that depend on the ray; Blender itself computes the others."""
    match node.bl_idname:
        case "ShaderNodeInvert":
            share, value = numbers
            return value + share * (1 - 2 * value)
        case "ShaderNodeClamp":
            return min(max(numbers[0], numbers[1]), numbers[2])
        case "ShaderNodeValToRGB":
            red, green, blue, _ = node.color_ramp.evaluate(numbers[0])
            return float(red) if red == green == blue else None
        case "ShaderNodeRGBToBW" | "NodeImplicitConversion":
            return numbers[0]
    return None


def _own(socket: Any) -> float | None:
    value = getattr(socket, "default_value", None)
    if isinstance(value, bool | int | float):
        return float(value)
    if socket.type == "RGBA" and value is not None and value[0] == value[1] == value[2]:
        return float(value[0])
    return None


def _is_placed(node: Any) -> bool:
    """Whether it is a texture whose coordinates are all linked, rather than those of the surface."""
    coordinates = [socket for socket in node.inputs if socket.name in ("Vector", "W") and socket.enabled]
    return (
        node.bl_idname.startswith("ShaderNodeTex")
        and bool(coordinates)
        and all(socket.is_linked for socket in coordinates)
    )


def _is_facing(node: Any) -> bool:
    """Whether it is the cosine of the angle of view."""
    if node.bl_idname != "ShaderNodeVectorMath" or node.operation != "DOT_PRODUCT":
        return False
    sources = [socket.links[0].from_socket for socket in node.inputs[:2] if socket.is_linked]
    return len(sources) == 2 and any(
        a.name == "Incoming" and b.name in NORMALS for a, b in (sources, reversed(sources))
    )
