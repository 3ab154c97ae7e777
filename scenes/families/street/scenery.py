"""What cameras in a street must keep clear of, and what they may look at."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenes.families.street.placing import Box3, Fixture
from scenes.families.street.plan import Plan
from scenes.framing import Boxes, glance
from scenes.mesh import Floats
from scenes.scene import Camera
from scenes.taxonomy import load_taxonomy

__all__ = ["GROUND", "Scenery", "obstacles"]

GROUND = ("ground", "road", "pavement", "verge")
OVERHEAD = ("street tree", "street lamp")


@dataclass(frozen=True, eq=False)
class Scenery:
    """The plan with all that stands in it."""

    plan: Plan
    fixtures: tuple[Fixture, ...]  # without the ground

    @cached_property
    def solids(self) -> Boxes:
        """What blocks the way and the view; the owner is the fixture's number."""
        boxes = obstacles(self.fixtures)
        low, high = np.array([box.low for box in boxes]), np.array([box.high for box in boxes])
        return Boxes(low, high, np.arange(len(boxes)))

    @cached_property
    def loose(self) -> dict[int, str]:
        """The category of each thing that one could have put elsewhere, by its fixture's number."""
        known = load_taxonomy()
        words = [(k, entry.model.category) for k, entry in enumerate(self.fixtures)]
        return {k: word for k, word in words if known[word].is_loose}

    def clear(self, spot: Floats, toward: Floats) -> bool:
        """Whether nothing is within arm's reach, nor right before the lens."""
        points = [(spot, 0.55), (spot + 1.2 * toward, 0.35), (spot + 2.6 * toward, 0.3)]
        return all(self.solids.away(point) > room for point, room in points)

    def worth(self, camera: Camera) -> float:
        """How much there is to see: kinds of things and their size, less what is empty, of one thing, or too near."""
        seen = glance(camera, self.solids)
        every = seen.shares()
        shares = {thing: share for thing, share in every.items() if thing in self.loose}
        front = max((share for thing, share in every.items() if thing not in self.loose), default=0.0)
        kinds: dict[str, float] = {}
        for thing, share in shares.items():
            kinds[self.loose[thing]] = kinds.get(self.loose[thing], 0.0) + share
        shown = sum(min(1.0, share / 0.02) for share in kinds.values())
        together, largest = sum(shares.values()), max(shares.values(), default=0.0)
        missed = seen.owner < 0
        sky, ground = (float((missed & (seen.rays[:, 2] * way > 0)).mean()) for way in (1, -1))
        empty = max(0.0, sky - 0.4) + max(0.0, ground - 0.5)
        filled = 8 * max(0.0, largest - 0.3) + 6 * max(0.0, front - 0.5)
        return shown + 10 * min(together, 0.4) - 6 * empty - filled - 10 * seen.within(1.4)


def obstacles(fixtures: tuple[Fixture, ...]) -> tuple[Box3, ...]:
    """The boxes of all that stands; of what spreads overhead only the foot."""
    return tuple(_foot(entry) if entry.model.category in OVERHEAD else entry.box() for entry in fixtures)


def _foot(entry: Fixture) -> Box3:
    box = entry.box()
    foot = np.array([entry.x, entry.y])
    return Box3(np.array([*(foot - 0.3), box.low[2]]), np.array([*(foot + 0.3), box.high[2]]))
