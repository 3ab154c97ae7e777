"""Cameras in a street: at the wheel, on foot, at a window, near the ground; up the street or across it."""

from dataclasses import dataclass

import numpy as np

from scenes.cameras import triple
from scenes.families.street.placing import Box3, Fixture
from scenes.families.street.plan import KERB, LANE, Plan
from scenes.mesh import Floats
from scenes.scene import Camera, View

__all__ = ["Scenery", "obstacles", "sample_view"]

CANDIDATES = 6
GROUND = ("ground", "road", "pavement", "verge")
OVERHEAD = ("street tree", "street lamp")
KINDS = {"driver": 0.34, "walker": 0.34, "window": 0.14, "low": 0.1, "long": 0.08}


@dataclass(frozen=True, eq=False)
class Scenery:
    """The plan, and the boxes of all that cameras must keep clear of."""

    plan: Plan
    boxes: tuple[Box3, ...]

    def clear(self, spot: Floats, toward: Floats) -> bool:
        """Whether nothing is within arm's reach, nor right before the lens."""
        points = [(spot, 0.55), (spot + 1.2 * toward, 0.35), (spot + 2.6 * toward, 0.3)]
        return all(box.away(point) > room for point, room in points for box in self.boxes)


def obstacles(fixtures: list[Fixture]) -> tuple[Box3, ...]:
    """The boxes of all that stands; of what spreads overhead only the foot."""
    return tuple(_foot(entry) for entry in fixtures if entry.model.category not in GROUND)


def _foot(entry: Fixture) -> Box3:
    box = entry.box()
    if entry.model.category not in OVERHEAD:
        return box
    foot = np.array([entry.x, entry.y])
    return Box3(np.array([*(foot - 0.3), box.low[2]]), np.array([*(foot + 0.3), box.high[2]]))


def sample_view(rng: np.random.Generator, scenery: Scenery, forward: bool) -> View:
    """Candidates of one kind, looking `forward` (+y) or back, later ones plainer."""
    kind = str(rng.choice(list(KINDS), p=list(KINDS.values())))
    cameras = []
    for k in range(CANDIDATES):
        for attempt in range(60):
            # The last resort is to stand in the open road, which is hardest to spoil.
            wanted = kind if k < 4 and attempt < 25 else "driver"
            spot, toward, focal = _shot(rng, wanted, scenery.plan, forward)
            if scenery.clear(spot, toward):
                break
        cameras.append(
            Camera(
                location=triple(spot),
                target=triple(spot + 10 * toward),
                roll=round(float(rng.normal(0, 0.012)), 4),
                focal_length=round(focal, 2),
            )
        )
    return View(candidates=tuple(cameras))


def _shot(rng: np.random.Generator, kind: str, plan: Plan, forward: bool) -> tuple[Floats, Floats, float]:
    """Where the camera stands, where it looks, its focal length."""
    side = int(rng.choice([-1, 1]))
    y = float(rng.uniform(-22, 30))
    lane = side * LANE * (float(rng.integers(plan.lanes)) + 0.5)
    walk = side * (plan.kerb(side) + float(rng.uniform(0.5, 0.85)) * plan.pavement)
    way = np.pi / 2 if forward else -np.pi / 2
    inward = np.sign(walk) * (1.0 if forward else -1.0)  # turns a view up the street toward the other side
    match kind:
        case "driver":
            heading, pitch = way + rng.normal(0, 0.09), rng.normal(0.09, 0.04)
            return _place(lane, y, float(rng.uniform(1.2, 1.6)), heading, pitch, float(rng.uniform(22, 45)))
        case "walker":
            across = rng.random() < 0.4
            turn = rng.uniform(0.7, 1.4) if across else rng.uniform(0.05, 0.45)
            pitch = rng.normal(0.12 if across else 0.08, 0.05)
            focal = float(rng.uniform(18, 32) if across else rng.uniform(20, 42))
            return _place(walk, y, KERB + float(rng.uniform(1.45, 1.75)), way + inward * turn, pitch, focal)
        case "window":
            out = side * (plan.fronts(side) - float(rng.uniform(1.6, 2.3)))
            high, turn = float(rng.uniform(4.5, 10.5)), rng.uniform(0.25, 0.8)
            return _place(out, y, high, way + inward * turn, rng.uniform(-0.34, -0.1), float(rng.uniform(20, 35)))
        case "low":
            x = lane if rng.random() < 0.5 else walk
            turn = rng.uniform(0.0, 0.5)
            return _place(
                x,
                y,
                KERB + float(rng.uniform(0.3, 0.7)),
                way + inward * turn,
                rng.uniform(0.02, 0.12),
                float(rng.uniform(20, 40)),
            )
        case _:
            x = lane if rng.random() < 0.5 else walk
            return _place(
                x,
                y,
                KERB + float(rng.uniform(1.4, 1.7)),
                way + inward * rng.uniform(0.02, 0.2),
                rng.normal(0.02, 0.015),
                float(rng.uniform(50, 85)),
            )


def _place(x: float, y: float, z: float, heading: float, pitch: float, focal: float) -> tuple[Floats, Floats, float]:
    """A spot and a direction; heading counts from +x, pitch up from level."""
    toward = np.array([np.cos(heading) * np.cos(pitch), np.sin(heading) * np.cos(pitch), np.sin(pitch)])
    return np.array([x, y, z]), toward, focal
