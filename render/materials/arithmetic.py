"""Arithmetic in node trees: values that make Math nodes where they are added, multiplied or compared.

Nothing here imports bpy: a graph writes into a `Tree`.
"""

from typing import Any

from render.materials.tree import Input, Node, Output, Tree
from scenes.base import Rgb, Vec3

__all__ = ["Arithmetic", "Color", "NodeValue", "Scalar"]


class NodeValue:
    """An output socket of a node; arithmetic on it makes Math nodes in its graph."""

    __slots__ = ("graph", "socket")

    def __init__(self, graph: "Arithmetic", socket: Output) -> None:
        self.graph = graph
        self.socket = socket

    def __add__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("ADD", self, other)

    def __radd__(self, other: float) -> "NodeValue":
        return self.graph.math("ADD", other, self)

    def __sub__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("SUBTRACT", self, other)

    def __rsub__(self, other: float) -> "NodeValue":
        return self.graph.math("SUBTRACT", other, self)

    def __mul__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("MULTIPLY", self, other)

    def __rmul__(self, other: float) -> "NodeValue":
        return self.graph.math("MULTIPLY", other, self)

    def __truediv__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("DIVIDE", self, other)

    def __rtruediv__(self, other: float) -> "NodeValue":
        return self.graph.math("DIVIDE", other, self)

    def __pow__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("POWER", self, other)

    def __abs__(self) -> "NodeValue":
        return self.graph.math("ABSOLUTE", self)

    def __gt__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("GREATER_THAN", self, other)

    def __lt__(self, other: "Scalar") -> "NodeValue":
        return self.graph.math("LESS_THAN", self, other)

    def floor(self) -> "NodeValue":
        """The largest integer not above it."""
        return self.graph.math("FLOOR", self)

    def fract(self) -> "NodeValue":
        """Its fractional part: itself less its floor."""
        return self.graph.math("FRACT", self)

    def sin(self) -> "NodeValue":
        """Its sine; it is in radians."""
        return self.graph.math("SINE", self)

    def min(self, other: "Scalar") -> "NodeValue":
        """The lesser of the two."""
        return self.graph.math("MINIMUM", self, other)

    def max(self, other: "Scalar") -> "NodeValue":
        """The greater of the two."""
        return self.graph.math("MAXIMUM", self, other)

    def span(self, low: float, high: float, to_low: float = 0.0, to_high: float = 1.0) -> "NodeValue":
        """Map low..high onto to_low..to_high, smoothly, and hold the ends."""
        return self.graph.span(self, low, high, to_low, to_high)


Scalar = NodeValue | float
Color = NodeValue | Rgb


class Arithmetic:
    """Makes the nodes of one tree that compute numbers, vectors and colours; each method returns what it computes."""

    def __init__(self) -> None:
        self.tree = Tree()
        self._shared: dict[str, Any] = {}

    def node(self, kind: str, **properties: Any) -> Node:
        """A new node of Blender's type `ShaderNode` + `kind`, with these properties."""
        return self.tree.add(kind, properties)

    def shared(self, kind: str, **properties: Any) -> Node:
        """A node without inputs, made once for the tree."""
        key = f"{kind} {sorted(properties.items())}"
        if key not in self._shared:
            self._shared[key] = self.node(kind, **properties)
        return self._shared[key]

    def put(self, socket: Input, value: Any) -> None:
        """Link a value or a shader to an input, or set the input to a constant."""
        if isinstance(value, NodeValue):
            self.tree.links[socket] = value.socket
        else:
            self.tree.values[socket] = value

    def value(self, node: Node, output: int | str = 0) -> NodeValue:
        """What comes out of the node."""
        return NodeValue(self, node.outputs[output])

    def math(self, operation: str, a: Scalar, b: Scalar = 0.0) -> NodeValue:
        """The result of a Math node."""
        node = self.node("Math", operation=operation)
        self.put(node.inputs[0], a)
        self.put(node.inputs[1], b)
        return self.value(node)

    def span(self, value: NodeValue, low: float, high: float, to_low: float = 0.0, to_high: float = 1.0) -> NodeValue:
        """Map low..high onto to_low..to_high, smoothly, and hold the ends."""
        node = self.node("MapRange", interpolation_type="SMOOTHSTEP", clamp=True)
        for index, entry in enumerate((value, low, high, to_low, to_high)):
            self.put(node.inputs[index], entry)
        return self.value(node)

    def choose(self, mask: NodeValue, yes: Scalar, no: Scalar) -> NodeValue:
        """`yes` where the mask is 1, `no` where it is 0, a linear blend in between."""
        node = self.node("Mix", data_type="FLOAT")
        self.put(node.inputs[0], mask)
        self.put(node.inputs[2], no)
        self.put(node.inputs[3], yes)
        return self.value(node, 0)

    def vector(self, operation: str, *operands: NodeValue | Vec3 | tuple[float, ...]) -> NodeValue:
        """The result of a Vector Math node, a number for lengths, distances and dot products."""
        node = self.node("VectorMath", operation=operation)
        for index, entry in enumerate(operands):
            self.put(node.inputs[index], entry)
        return self.value(node, 1 if operation in ("LENGTH", "DOT_PRODUCT", "DISTANCE") else 0)

    def stretch(self, point: NodeValue, x: float = 1.0, y: float = 1.0, z: float = 1.0) -> NodeValue:
        """Multiply the axes: a smaller factor makes longer features."""
        return self.vector("MULTIPLY", point, (x, y, z))

    def combine(self, x: Scalar, y: Scalar = 0.0, z: Scalar = 0.0) -> NodeValue:
        """The vector of three numbers."""
        node = self.node("CombineXYZ")
        for index, entry in enumerate((x, y, z)):
            self.put(node.inputs[index], entry)
        return self.value(node)

    def split(self, vector: NodeValue) -> tuple[NodeValue, NodeValue, NodeValue]:
        """The three numbers of a vector."""
        node = self.node("SeparateXYZ")
        self.put(node.inputs[0], vector)
        return self.value(node, 0), self.value(node, 1), self.value(node, 2)

    def mix(self, share: Scalar, a: Color, b: Color) -> NodeValue:
        """`share` of colour b in colour a."""
        node = self.node("Mix", data_type="RGBA", blend_type="MIX", clamp_factor=True)
        self.put(node.inputs[0], share)
        self.put(node.inputs[6], a)
        self.put(node.inputs[7], b)
        return self.value(node, 2)

    def multiply(self, color: Color, factor: Scalar) -> NodeValue:
        """A colour times a number for each point."""
        node = self.node("VectorMath", operation="SCALE")
        self.put(node.inputs[0], color)
        self.put(node.inputs["Scale"], factor)
        return self.value(node, 0)

    def ramp(self, value: NodeValue, *stops: tuple[float, Rgb]) -> NodeValue:
        """Colours by value, straight between the stops."""
        node = self.tree.add("ValToRGB", {}, stops)
        self.put(node.inputs[0], value)
        return self.value(node)
