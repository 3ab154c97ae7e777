"""Node trees as data: what a builder describes, before Blender makes it.

Blender takes 50 microseconds for every node, link and number, and a street has two hundred materials of thirty kinds.
Materials that differ in numbers alone are copies of the first, with their own numbers.
"""

from dataclasses import dataclass, field
from typing import Any

from scenes.base import Rgb

__all__ = ["Input", "Node", "Output", "Stop", "Structure", "Tree"]

Key = int | str
Stop = tuple[float, Rgb]
#: All of a tree but its values and stops.
Structure = tuple[Any, ...]


@dataclass(frozen=True)
class Input:
    """A node's input, by its node's place in the tree and its own name or number."""

    node: int
    key: Key


@dataclass(frozen=True)
class Output:
    """A node's output."""

    node: int
    key: Key


@dataclass(frozen=True)
class _Inputs:
    node: int

    def __getitem__(self, key: Key) -> Input:
        return Input(self.node, key)


@dataclass(frozen=True)
class _Outputs:
    node: int

    def __getitem__(self, key: Key) -> Output:
        return Output(self.node, key)


@dataclass(frozen=True)
class Node:
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
        """All but the values and stops: what two trees share when one can be a copy of the other."""
        return (tuple(self.nodes), tuple(self.links.items()), tuple(self.values))
