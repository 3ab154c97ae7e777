"""The layout of a hall: placements, the box that each takes, and free space."""

from typing import Any

import numpy as np

from scenes.layout import NOTHING, Layout, Placement
from scenes.measure import turned_box
from scenes.mesh import Floats
from scenes.model import ObjectSpec

__all__ = ["OPEN", "TOUCH", "HallLayout"]

OPEN = frozenset({"pallet rack", "storage shelving", "roof truss", "air duct", "safety railing", "floor marking"})
TOUCH = 0.0004  # metres between an object and its support: no two surfaces in one plane
FLAT = 0.02  # metres over the ground: lower objects are flat, and others stand on them


class HallLayout(Layout[Placement]):
    """Objects of a hall, whose floor is z = 0; each takes the upright box around its turned model."""

    @property
    def part_count(self) -> int:
        """How many parts all models have together: what a scene costs to write and to build."""
        return sum(len(item.model.parts) for item in self.placements)

    def put(
        self, model: ObjectSpec, x: float, y: float, z: float, yaw: float = 0.0, *, on: int = NOTHING, **rest: Any
    ) -> int:
        """Add a model with its own z = 0 at height `z` (metres), supported by the placement `on`; its index.

        rest: other fields of `Placement`.
        """
        location = np.array([round(float(value), self.decimals) for value in (x, y, z)])
        boxes = (turned_box(model, yaw) + location)[None]
        placement = Placement(model=model, location=location, yaw=yaw, support=on, boxes=boxes, **rest)
        return self.add(placement, boxes)

    def put_on(self, support: int, model: ObjectSpec, x: float, y: float, yaw: float = 0.0) -> int:
        """Add a model on top of another placement's box; its index."""
        return self.put(model, x, y, float(self[support].high[2]) + TOUCH, yaw, on=support)

    def is_free(self, model: ObjectSpec, x: float, y: float, yaw: float, *, z: float = 0.0, gap: float = 0.06) -> bool:
        """Whether the model's box with `gap` metres beside it is free, flat objects under it aside."""
        low, high = turned_box(model, yaw)
        return self.is_clear(low + np.array([x - gap, y - gap, z + FLAT]), high + np.array([x + gap, y + gap, z]))

    def is_clear(self, low: Floats, high: Floats) -> bool:
        """Whether the box from `low` to `high` (metres) is free."""
        return self.fits(np.stack([low, high])[None])
