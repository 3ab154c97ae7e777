"""What cameras in a street must keep clear of, and what they may look at."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenes.camera_search import ScoredCamera
from scenes.families.street.placement import StreetLayout
from scenes.families.street.plan import StreetPlan
from scenes.framing import Boxes, preview
from scenes.layout import Placement, stacked_boxes
from scenes.mesh import Floats
from scenes.scene import Camera
from scenes.taxonomy import load_taxonomy

__all__ = ["GROUND", "StreetScenery", "obstacles"]

GROUND = ("ground", "road", "pavement", "verge")
OVERHEAD = ("street tree", "street lamp")


@dataclass(frozen=True, eq=False)
class StreetScenery:
    """The plan with all its objects."""

    plan: StreetPlan
    layout: StreetLayout

    @cached_property
    def solids(self) -> Boxes:
        """Boxes that obstruct movement and view; the owners are indices in the layout."""
        return obstacles(self.layout)

    @cached_property
    def loose(self) -> dict[int, str]:
        """The category of each movable object, by its index in the layout."""
        known = load_taxonomy()
        words = ((index, item.category) for index, item in enumerate(self.layout.placements))
        return {index: word for index, word in words if known[word].is_loose}

    def is_clear(self, point: Floats, toward: Floats) -> bool:
        """Whether nothing is within arm's reach of a camera, nor right before its lens."""
        points = [(point, 0.55), (point + 1.2 * toward, 0.35), (point + 2.6 * toward, 0.3)]
        return all(self.solids.distance_to(ahead) > room for ahead, room in points)

    def score(self, camera: Camera) -> ScoredCamera:
        """Categories in view and their sizes, less penalties for emptiness, one dominant object, and too near ones."""
        seen = preview(camera, self.solids)
        every = seen.shares()
        shares = {index: share for index, share in every.items() if index in self.loose}
        front = max((share for index, share in every.items() if index not in self.loose), default=0.0)
        by_category: dict[str, float] = {}
        for index, share in shares.items():
            by_category[self.loose[index]] = by_category.get(self.loose[index], 0.0) + share
        missed = seen.owner < 0
        sky, ground = (float((missed & (seen.rays[:, 2] * way > 0)).mean()) for way in (1, -1))
        terms = {
            "loose categories": sum(min(1.0, share / 0.02) for share in by_category.values()),
            "share of loose things": 10 * min(sum(shares.values()), 0.4),
            "empty sky or ground": -6 * (max(0.0, sky - 0.4) + max(0.0, ground - 0.5)),
            "filled by one thing": -8 * max(0.0, max(shares.values(), default=0.0) - 0.3),
            "filled by one front": -6 * max(0.0, front - 0.5),
            "too near": -10 * seen.share_within(1.4),
        }
        return ScoredCamera(camera, terms)


def obstacles(layout: StreetLayout) -> Boxes:
    """The boxes of all objects except the ground; of crowns overhead only the stem."""
    return stacked_boxes(
        (index, _foot(item) if item.category in OVERHEAD else item.boxes)
        for index, item in enumerate(layout.placements)
        if item.category not in GROUND
    )


def _foot(item: Placement) -> Floats:
    foot = item.location[:2]
    return np.array([[(*(foot - 0.3), item.low[2]), (*(foot + 0.3), item.high[2])]])
