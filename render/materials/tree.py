"""Node trees as data: what a builder describes, before Blender makes it.

Blender takes 50 microseconds for every node, link and number, and a street has two hundred materials of thirty kinds.
Materials that differ in numbers alone are copies of the first, with their own numbers.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from scenes.base import Rgb

__all__ = ["Input", "Node", "Output", "Stop", "Structure", "Tree"]

Key = int | str
Stop = tuple[float, Rgb]


class Input(NamedTuple):
    """A node's input, by its node's place in the tree and its own name or number."""

    node: int
    key: Key


class Output(NamedTuple):
    """A node's output."""

    node: int
    key: Key


@dataclass(slots=True)
class _Inputs:
    node: int

    def __getitem__(self, key: Key) -> Input:
        return Input(self.node, key)


@dataclass(slots=True)
class _Outputs:
    node: int

    def __getitem__(self, key: Key) -> Output:
        return Output(self.node, key)


class Node(NamedTuple):
    """A node of a kind; `properties` are those of the Blender node, `stops` is how many a colour ramp has."""

    number: int
    kind: str
    properties: tuple[tuple[str, Any], ...]
    stops: int = 0

    @property
    def inputs(self) -> _Inputs:
        """The inputs, by name or number."""
        return _Inputs(self.number)

    @property
    def outputs(self) -> _Outputs:
        """The outputs, by name or number."""
        return _Outputs(self.number)


class Structure:
    """All of a tree but its values and stops: what two trees share when one can be a copy of the other."""

    __slots__ = ("_hash", "_parts")

    def __init__(self, *parts: tuple[Any, ...]) -> None:
        self._parts = parts
        self._hash = hash(parts)  # of thousands of entries, and asked for again and again

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Structure) and self._parts == other._parts)


@dataclass
class Tree:
    """Nodes in order, the output that each linked input takes, and the value of each that has one.

    ramps: by the number of their node, the stops of colour ramps: position, and colour.
    """

    nodes: list[Node] = field(default_factory=list)
    links: dict[Input, Output] = field(default_factory=dict)
    values: dict[Input, Any] = field(default_factory=dict)
    ramps: dict[int, tuple[Stop, ...]] = field(default_factory=dict)

    def add(self, kind: str, properties: dict[str, Any], stops: tuple[Stop, ...] = ()) -> Node:
        """A new node at the end; stops: of a colour ramp, in the order of their positions."""
        self.nodes.append(Node(len(self.nodes), kind, tuple(properties.items()), len(stops)))
        if stops:
            self.ramps[self.nodes[-1].number] = stops
        return self.nodes[-1]

    @property
    def structure(self) -> Structure:
        """All but the values and stops."""
        return Structure(tuple(self.nodes), tuple(self.links.items()), tuple(self.values))
