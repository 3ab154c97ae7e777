"""The plan of a room: four walls around the origin, and the doors and windows in them."""

from dataclasses import dataclass

import numpy as np

from scenes.mesh import Floats

__all__ = ["RoomOpening", "RoomPlan", "Wall"]


@dataclass(frozen=True)
class RoomOpening:
    """A window's hole or a door's position: `s` along the wall (its middle), `z` its lower edge, metres."""

    kind: str  # window, door
    s: float
    z: float
    width: float
    height: float


@dataclass(frozen=True, eq=False)
class Wall:
    """A wall seen from inside: `s` runs from -length / 2 at its left end, `inward` is its normal."""

    number: int
    middle: Floats
    inward: Floats
    length: float
    openings: tuple[RoomOpening, ...] = ()

    @property
    def yaw(self) -> float:
        """The rotation about z that puts an object's back (+y) to the wall."""
        return float(np.arctan2(self.inward[1], self.inward[0]) + np.pi / 2)

    @property
    def along(self) -> Floats:
        """The unit vector [2] along the wall, from its left to its right end."""
        return np.array([np.cos(self.yaw), np.sin(self.yaw)])

    def point(self, s: float, out: float) -> Floats:
        """The point `s` along the wall and `out` metres into the room, seen from above."""
        return np.asarray(self.middle + self.along * s + self.inward * out)

    @property
    def windows(self) -> tuple[RoomOpening, ...]:
        """The windows in the wall."""
        return tuple(opening for opening in self.openings if opening.kind == "window")

    @property
    def doors(self) -> tuple[RoomOpening, ...]:
        """The doors in the wall."""
        return tuple(opening for opening in self.openings if opening.kind == "door")


@dataclass(frozen=True, eq=False)
class RoomPlan:
    """A floor `width` (x) by `depth` (y) metres about the origin; walls in order north, east, south, west."""

    width: float
    depth: float
    height: float
    walls: tuple[Wall, ...]

    def opposite(self, wall: Wall) -> Wall:
        """The wall across the room."""
        return self.walls[(wall.number + 2) % 4]

    def beside(self, wall: Wall) -> tuple[Wall, Wall]:
        """The walls at the left and the right end of one."""
        return self.walls[(wall.number + 3) % 4], self.walls[(wall.number + 1) % 4]

    def windows(self) -> list[tuple[Wall, RoomOpening]]:
        """All windows, each with its wall."""
        return [(wall, opening) for wall in self.walls for opening in wall.windows]
