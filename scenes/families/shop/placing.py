"""The layout of a shop: fixtures that take room on its floor, goods that stand on them."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from scenes.families.warehouse.filling import Spot
from scenes.layout import NOTHING, Layout, Placement
from scenes.measure import Bounds, bounds, euler_matrix, part_mesh
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.shapes import Box, Cylinder
from scenes.solid import TOUCH, moved

__all__ = ["TOUCH", "ShopLayout", "size_of"]


@lru_cache(maxsize=1024)
def _bounds(model: ObjectSpec) -> Bounds:
    return bounds(model)


def size_of(model: ObjectSpec) -> tuple[float, float, float]:
    """Width, depth and height of a model, metres."""
    x, y, z = (float(value) for value in _bounds(model).size)
    return x, y, z


@lru_cache(maxsize=256)
def _solid_boxes(model: ObjectSpec) -> Floats:
    """Boxes [p, 2, 3] of the parts that are boxes or posts, of all where none is: one can reach between shelves."""
    solid = [part_mesh(part).box for part in model.parts if isinstance(part.shape, Box | Cylinder)]
    return np.array(solid or [(_bounds(model).low, _bounds(model).high)])


class ShopLayout(Layout[Placement]):
    """The layout of one shop."""

    def put(self, model: ObjectSpec, x: float, y: float, z: float, yaw: float = 0.0, *, on: int = NOTHING) -> int:
        """Goods on what carries them; they take no room on the floor. Returns their number."""
        own = np.array([[_bounds(model).low, _bounds(model).high]])
        return self.add(_placement(model, own, (x, y, z), yaw, on))

    def build(self, model: ObjectSpec, spot: Spot, z: float = 0.0, *, on: int = NOTHING) -> int:
        """A fixture, whatever stands there. Returns its number."""
        placement = _placement(model, _solid_boxes(model), (spot.x, spot.y, z), spot.yaw, on)
        return self.add(placement, placement.boxes)

    def stand(self, model: ObjectSpec, spot: Spot, *, on: int, clearance: float = 0.1) -> int | None:
        """Something that may stand on the floor if all in `clearance` round its box is free; its number, or None."""
        own = np.array([[_bounds(model).low, _bounds(model).high]])
        placement = _placement(model, own, (spot.x, spot.y, TOUCH), spot.yaw, on)
        return self.place(placement, _raised(placement.boxes), clearance=clearance)

    def stand_somewhere(
        self, model: ObjectSpec, spot: Callable[[], Spot], *, on: int, clearance: float = 0.1, tries: int = 14
    ) -> int | None:
        """The same at the first of some drawn spots that is free."""
        for _ in range(tries):
            number = self.stand(model, spot(), on=on, clearance=clearance)
            if number is not None:
                return number
        return None

    def is_clear(self, low: Floats, high: Floats) -> bool:
        """Whether the box meets nothing that takes room."""
        return self.fits(np.array([[low, high]]))


def _placement(
    model: ObjectSpec, boxes: Floats, location: tuple[float, float, float], yaw: float, support: int
) -> Placement:
    at = np.array(location, np.float64)
    return Placement(
        model=model, location=at, yaw=yaw, support=support, boxes=moved(boxes, at, euler_matrix((0.0, 0.0, yaw)))
    )


def _raised(boxes: Floats) -> Floats:
    """The boxes but for what lies flat under them."""
    return np.stack([np.maximum(boxes[:, 0], [-np.inf, -np.inf, 0.15]), boxes[:, 1]], 1)
