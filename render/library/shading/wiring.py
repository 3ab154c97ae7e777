"""Writes new nodes into a Blender node tree, by what they compute."""

from typing import Any

__all__ = ["Wiring", "source_of"]

Value = Any  # an output socket, or a number, vector or colour


def source_of(socket: Any) -> Any:
    """The output that is linked to an input, or None."""
    return socket.links[0].from_socket if socket.is_linked else None


class Wiring:
    """Makes nodes in one tree; most methods return the output socket of what they made."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self._shared: dict[str, Any] = {}

    def node(self, kind: str, **properties: Any) -> Any:
        """A new node of Blender's type `ShaderNode` + `kind`, with these properties."""
        node = self.tree.nodes.new(f"ShaderNode{kind}")
        for name, value in properties.items():
            setattr(node, name, value)
        return node

    def shared(self, kind: str, output: str) -> Any:
        """The output of a node without inputs, made once."""
        if kind not in self._shared:
            self._shared[kind] = self.node(kind)
        return self._shared[kind].outputs[output]

    def put(self, socket: Any, value: Value) -> None:
        """Link an output to the input, or set it to a value."""
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = value

    def carry(self, source: Any, target: Any) -> None:
        """Give one input what another has: its link or its value."""
        self.put(target, source_of(source) or source.default_value)

    def math(self, operation: str, *values: Value) -> Any:
        """The result of a Math node."""
        return self._operation("Math", operation, values)

    def vector(self, operation: str, *values: Value) -> Any:
        """The result of a Vector Math node, a number for lengths and dot products."""
        node = self._operation("VectorMath", operation, values).node
        return node.outputs["Value" if operation in ("LENGTH", "DOT_PRODUCT") else "Vector"]

    def scaled(self, vector: Value, factor: Value) -> Any:
        """A vector times a number."""
        node = self.node("VectorMath", operation="SCALE")
        self.put(node.inputs[0], vector)
        self.put(node.inputs["Scale"], factor)
        return node.outputs[0]

    def mix_vectors(self, share: Value, a: Value, b: Value) -> Any:
        """`share` of b in a, held within 0 and 1."""
        node = self.node("Mix", data_type="VECTOR", factor_mode="UNIFORM", clamp_factor=True)
        for index, value in ((0, share), (4, a), (5, b)):
            self.put(node.inputs[index], value)
        return node.outputs[1]

    def mix_colors(self, share: Value, a: Value, b: Value) -> Any:
        """`share` of b in a, held within 0 and 1."""
        node = self.node("Mix", data_type="RGBA", blend_type="MIX", clamp_factor=True)
        for index, value in ((0, share), (6, a), (7, b)):
            self.put(node.inputs[index], value)
        return node.outputs[2]

    def mix_shaders(self, share: Value, a: Any, b: Any) -> Any:
        """`share` of shader b in shader a; None for either is black."""
        return self._joined("MixShader", (share, a, b))

    def add_shaders(self, a: Any, b: Any) -> Any:
        """The sum of two shaders."""
        return self._joined("AddShader", (a, b))

    def channel(self, name: str, value: Value) -> None:
        """Write a colour or vector to the renderer's output of this name."""
        node = self.node("OutputAOV", aov_name=name)
        self.put(node.inputs["Color"], value)

    def _operation(self, kind: str, operation: str, values: tuple[Value, ...]) -> Any:
        node = self.node(kind, operation=operation)
        for index, value in enumerate(values):
            self.put(node.inputs[index], value)
        return node.outputs[0]

    def _joined(self, kind: str, values: tuple[Value, ...]) -> Any:
        node = self.node(kind)
        for index, value in enumerate(values):
            if value is not None:
                self.put(node.inputs[index], value)
        return node.outputs[0]
