"""Things and where they stand, and the room that each takes."""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from scenes.measure import Bounds, bounds
from scenes.mesh import Floats
from scenes.model import ObjectSpec

__all__ = ["Box3", "Fixture", "Taken", "extent"]


@lru_cache(maxsize=512)  # models come again along the street
def extent(model: ObjectSpec) -> Bounds:
    """The box of a model in its own axes."""
    return bounds(model)


@dataclass(frozen=True, eq=False)
class Box3:
    """An upright box in the world, along the axes."""

    low: Floats
    high: Floats

    def apart(self, other: "Box3") -> float:
        """The gap between the boxes seen from above, negative where they overlap."""
        gaps = np.maximum(self.low - other.high, other.low - self.high)[:2]
        return float(gaps.max())

    def away(self, spot: Floats) -> float:
        """Distance of a point from the box."""
        return float(np.linalg.norm(np.maximum(np.maximum(self.low - spot, spot - self.high), 0.0)))


@dataclass(frozen=True, eq=False)
class Fixture:
    """A model whose own z = 0 lies at `z`, turned by `yaw`; `on` is what carries it, or its category."""

    model: ObjectSpec
    x: float
    y: float
    z: float = 0.0
    yaw: float = 0.0
    on: "str | Fixture" = ""

    def box(self) -> Box3:
        own = extent(self.model)
        corners = np.array([(x, y) for x in (own.low[0], own.high[0]) for y in (own.low[1], own.high[1])])
        cosine, sine = np.cos(self.yaw), np.sin(self.yaw)
        turned = corners @ np.array([[cosine, sine], [-sine, cosine]]) + (self.x, self.y)
        low, high = turned.min(0), turned.max(0)
        return Box3(np.array([*low, own.low[2] + self.z]), np.array([*high, own.high[2] + self.z]))


@dataclass
class Taken:
    """The boxes that are in use."""

    boxes: list[Box3] = field(default_factory=list)

    def claim(self, fixture: Fixture, margin: float) -> bool:
        """Takes the fixture's box, if it is at least `margin` metres from all the others."""
        box = fixture.box()
        if any(box.apart(other) < margin for other in self.boxes):
            return False
        self.boxes.append(box)
        return True
