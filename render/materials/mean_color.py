"""The mean colour of a material, from its node tree alone: each node is computed at random points. numpy only.

Points lie in the object's own axes, within a cube of two metres, on sides that face along the axes.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from render.materials.arithmetic import Color, NodeValue, Scalar
from render.materials.pattern_values import POINTS, brick_values, cell_values, noise_values, rng_of
from render.materials.tree import Input, Node, Output, Tree
from scenes.base import Rgb

__all__ = ["mean_color"]

_REACH = 1.0  # metres: half the side of the cube
_DISTANCE = 5.0  # metres from the camera
#: Numbers (n,), or vectors and colours (n, 3); of a constant n is 1.
Column = np.ndarray


class _UnknownNode(Exception):
    """A node whose values are not known here."""


def mean_color(tree: Tree, color: Color, metallic: Scalar) -> Rgb | None:
    """The mean of `color`, linear, where the surface is not metallic; None where a node of `tree` is not known here."""
    values = _Values(tree)
    try:
        with np.errstate(divide="ignore", invalid="ignore"):
            diffuse = _wide(values.of(color)) * (1 - _narrow(values.of(metallic)))[:, None]
    except _UnknownNode:
        return None
    r, g, b = np.clip(diffuse.mean(axis=0), 0, 1).tolist()
    return (r, g, b)


class _Values:
    """What comes out of the nodes of one tree."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[Output, Column] = {}

    def of(self, value: NodeValue | Any) -> Column:
        """The values of an output or of a constant."""
        return self._out(value.socket) if isinstance(value, NodeValue) else _constant(value)

    def _out(self, output: Output) -> Column:
        if output not in self._known:
            node = self._tree.nodes[output.node]
            if node.kind not in _NODES:
                raise _UnknownNode(node.kind)
            self._known[output] = _NODES[node.kind](self, node, output.key)
        return self._known[output]

    def input(self, node: Node, key: int | str) -> Column:
        """The values of an input, linked or constant; 0 where it is neither."""
        socket = Input(node.number, key)
        link = self._tree.links.get(socket)
        return self._out(link) if link is not None else _constant(self._tree.values.get(socket, 0.0))

    def number(self, node: Node, key: int | str) -> Column:
        """The values of an input that takes numbers."""
        return _narrow(self.input(node, key))

    def vector(self, node: Node, key: int | str) -> Column:
        """The values of an input that takes vectors or colours."""
        return _wide(self.input(node, key))

    def constant(self, node: Node, key: int | str) -> float:
        """The value of an input that is the same everywhere, or is taken to be."""
        return float(self.number(node, key).mean())

    def ramp(self, node: Node) -> Column:
        """The colours of a colour ramp."""
        positions, colors = zip(*self._tree.ramps[node.number], strict=True)
        at = self.number(node, 0)
        return np.stack([np.interp(at, positions, channel) for channel in np.array(colors).T], axis=-1)


def _constant(value: Any) -> Column:
    return np.array([value], np.float64)


def _narrow(values: Column) -> Column:
    return values if values.ndim == 1 else values.mean(axis=-1)


def _wide(values: Column) -> Column:
    return values if values.ndim == 2 else np.repeat(values[:, None], 3, axis=1)


def _property(node: Node, name: str) -> Any:
    for known, value in node.properties:
        if known == name:
            return value
    raise _UnknownNode(f"{node.kind} without {name}")


def _math(values: _Values, node: Node, _: int | str) -> Column:
    operation = _property(node, "operation")
    if operation not in _MATH:
        raise _UnknownNode(operation)
    return _MATH[operation](values.number(node, 0), values.number(node, 1))


def _vector_math(values: _Values, node: Node, _: int | str) -> Column:
    operation, a = _property(node, "operation"), values.vector(node, 0)
    if operation == "SCALE":
        return a * values.number(node, "Scale")[:, None]
    if operation == "LENGTH":
        return np.sqrt((a**2).sum(axis=-1))
    if operation == "NORMALIZE":
        return np.nan_to_num(a / np.sqrt((a**2).sum(axis=-1, keepdims=True)))
    b = values.vector(node, 1)
    if operation == "MULTIPLY_ADD":
        return a * b + values.vector(node, 2)
    if operation not in _VECTOR_MATH:
        raise _UnknownNode(operation)
    return _VECTOR_MATH[operation](a, b)


def _map_range(values: _Values, node: Node, _: int | str) -> Column:
    if _property(node, "interpolation_type") != "SMOOTHSTEP":
        raise _UnknownNode(node.kind)
    at, low, high, to_low, to_high = (values.number(node, index) for index in range(5))
    share = np.clip((at - low) / np.where(high == low, 1e-9, high - low), 0, 1)
    return to_low + (to_high - to_low) * share**2 * (3 - 2 * share)


def _mix(values: _Values, node: Node, _: int | str) -> Column:
    first = {"FLOAT": 2, "VECTOR": 4, "RGBA": 6}[_property(node, "data_type")]
    if first == 6 and _property(node, "blend_type") != "MIX":
        raise _UnknownNode(node.kind)
    share = np.clip(values.number(node, 0), 0, 1)
    if first == 2:
        a, b = values.number(node, first), values.number(node, first + 1)
        return a + (b - a) * share
    a, b = values.vector(node, first), values.vector(node, first + 1)
    return a + (b - a) * share[:, None]


def _combine(values: _Values, node: Node, _: int | str) -> Column:
    axes = [values.number(node, axis) for axis in range(3)]
    combined = np.empty((max(map(len, axes)), 3))
    for axis, numbers in enumerate(axes):
        combined[:, axis] = numbers
    return combined


def _noise(values: _Values, node: Node, _: int | str) -> Column:
    drawn = noise_values(values.constant(node, "Detail"), values.constant(node, "Roughness"))
    return drawn[_order(node.number)]


def _cells(values: _Values, node: Node, key: int | str) -> Column:
    if key == "Color":
        return _random(node.number)
    dimensions, edges = int(_property(node, "voronoi_dimensions")[0]), _property(node, "feature") != "F1"
    return cell_values(dimensions, values.constant(node, "Randomness"), edges=edges)[_order(node.number)]


def _bricks(values: _Values, node: Node, key: int | str) -> Column:
    at = values.vector(node, "Vector") * values.constant(node, "Scale")
    tint, mortar = brick_values(
        at[:, 0],
        at[:, 1],
        width=values.constant(node, "Brick Width"),
        height=values.constant(node, "Row Height"),
        mortar=values.constant(node, "Mortar Size"),
        smooth=values.constant(node, "Mortar Smooth"),
        offset=_property(node, "offset"),
    )
    if key == "Fac":
        return mortar
    a, b, joint = (values.vector(node, name) for name in ("Color1", "Color2", "Mortar"))
    brick = a + (b - a) * tint[:, None]
    return brick + (joint - brick) * mortar[:, None]


@lru_cache(maxsize=512)
def _order(number: int) -> Column:
    """In which order a node takes the values of a pattern, so that two nodes do not depend on each other."""
    return rng_of(4, number).permutation(POINTS)


@lru_cache(maxsize=512)
def _random(number: int) -> Column:
    return rng_of(5, number).random((POINTS, 3))


@lru_cache(maxsize=1)
def _sides() -> Column:
    axes = np.concatenate([np.eye(3), -np.eye(3)])
    return axes[rng_of(7).permutation(np.arange(POINTS) % len(axes))]


@lru_cache(maxsize=1)
def _metres() -> Column:
    return rng_of(6).uniform(-_REACH, _REACH, (POINTS, 3))


def _coordinates(_: _Values, node: Node, key: int | str) -> Column:
    if key not in ("Normal", "Object"):
        raise _UnknownNode(f"{node.kind} {key}")
    return _sides() if key == "Normal" else _metres()


def _surface(_: _Values, node: Node, key: int | str) -> Column:
    if key == "Normal":
        return _sides()
    if key == "Random Per Island":
        return _random(node.number)[:, 0]
    if key == "Backfacing":
        return _constant(0.0)
    raise _UnknownNode(key)


def _attribute(_: _Values, node: Node, key: int | str) -> Column:
    """Places on a card, which any mesh may have; of what few have, nothing."""
    if _property(node, "attribute_name") == "card" and key == "Vector":
        return _random(node.number)
    return _constant((0.0, 0.0, 0.0) if key == "Vector" else 0.0)


_MATH: Mapping[str, Callable[[Column, Column], Column]] = {
    "ADD": np.add,
    "SUBTRACT": np.subtract,
    "MULTIPLY": np.multiply,
    "DIVIDE": lambda a, b: np.nan_to_num(a / b),
    "POWER": lambda a, b: np.nan_to_num(a**b),
    "MINIMUM": np.minimum,
    "MAXIMUM": np.maximum,
    "ABSOLUTE": lambda a, _: np.abs(a),
    "FLOOR": lambda a, _: np.floor(a),
    "FRACT": lambda a, _: a - np.floor(a),
    "SINE": lambda a, _: np.sin(a),
    "GREATER_THAN": lambda a, b: (a > b).astype(np.float64),
    "LESS_THAN": lambda a, b: (a < b).astype(np.float64),
}
_VECTOR_MATH: Mapping[str, Callable[[Column, Column], Column]] = {
    "ADD": np.add,
    "SUBTRACT": np.subtract,
    "MULTIPLY": np.multiply,
    "DOT_PRODUCT": lambda a, b: (a * b).sum(axis=-1),
    "DISTANCE": lambda a, b: np.sqrt(((a - b) ** 2).sum(axis=-1)),
}
_NODES: Mapping[str, Callable[[_Values, Node, int | str], Column]] = {
    "Math": _math,
    "VectorMath": _vector_math,
    "MapRange": _map_range,
    "Mix": _mix,
    "CombineXYZ": _combine,
    "SeparateXYZ": lambda values, node, key: values.vector(node, 0)[:, int(key)],
    "ValToRGB": lambda values, node, _: values.ramp(node),
    "TexNoise": _noise,
    "TexVoronoi": _cells,
    "TexWhiteNoise": lambda _, node, __: _random(node.number)[:, 0],
    "TexBrick": _bricks,
    "TexCoord": _coordinates,
    "NewGeometry": _surface,
    "Attribute": _attribute,
    "CameraData": lambda *_: _constant(_DISTANCE),
    "LightPath": lambda *_: _constant(0.0),
    "Bevel": lambda *_: _sides(),
}
