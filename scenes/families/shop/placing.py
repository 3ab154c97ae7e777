"""The layout of a shop: fixtures that take room on its floor, goods that stand on them."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from scenes.families.warehouse.filling import FloorPose
from scenes.layout import NOTHING, Layout, Placement
from scenes.measure import euler_matrix, model_bounds, part_mesh, turned_box
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.part_boxes import TOUCH, moved
from scenes.shapes import Box, Cylinder

__all__ = ["TOUCH", "ShopLayout"]

FLAT = 0.15  # metres over the floor: lower objects do not limit the clearance of others


@lru_cache(maxsize=256)
def _solid_boxes(model: ObjectSpec) -> Floats:
    """Boxes [p, 2, 3] of the parts that are boxes or posts, else of the model: space between shelves is free."""
    solid = [part_mesh(part).box for part in model.parts if isinstance(part.shape, Box | Cylinder)]
    return np.array(solid or [(model_bounds(model).low, model_bounds(model).high)])


class ShopLayout(Layout[Placement]):
    """The layout of one shop."""

    def put(self, model: ObjectSpec, x: float, y: float, z: float, yaw: float = 0.0, *, on: int = NOTHING) -> int:
        """Add goods on their support; they take no space on the floor. Returns their index."""
        return self.add(_standing(model, FloorPose(x, y, yaw), z, on))

    def build(self, model: ObjectSpec, pose: FloorPose, z: float = 0.0, *, on: int = NOTHING) -> int:
        """Add a fixture without a check of free space. Returns its index."""
        at = np.array([pose.x, pose.y, z], np.float64)
        boxes = moved(_solid_boxes(model), at, euler_matrix((0.0, 0.0, pose.yaw)))
        return self.add(Placement(model=model, location=at, yaw=pose.yaw, support=on, boxes=boxes), boxes)

    def stand(self, model: ObjectSpec, pose: FloorPose, *, on: int, clearance: float = 0.1) -> int | None:
        """Add an object on the floor if its box with `clearance` around it is free; its index, or None."""
        placement = _standing(model, pose, TOUCH, on)
        above = np.maximum(placement.boxes, [-np.inf, -np.inf, FLAT])
        return self.place(placement, above, clearance=clearance)

    def stand_somewhere(
        self, model: ObjectSpec, draw_pose: Callable[[], FloorPose], *, on: int, clearance: float = 0.1, tries: int = 14
    ) -> int | None:
        """Like `stand`, at the first of some drawn poses that is free."""
        for _ in range(tries):
            added = self.stand(model, draw_pose(), on=on, clearance=clearance)
            if added is not None:
                return added
        return None

    def is_clear(self, low: Floats, high: Floats) -> bool:
        """Whether the box is free."""
        return self.fits(np.array([[low, high]]))


def _standing(model: ObjectSpec, pose: FloorPose, z: float, support: int) -> Placement:
    at = np.array([pose.x, pose.y, z], np.float64)
    return Placement(
        model=model, location=at, yaw=pose.yaw, support=support, boxes=(turned_box(model, pose.yaw) + at)[None]
    )
