"""Cameras in a street: at the wheel, on foot, at a window, near the ground, from above, close to an object."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.camera_search import ScoredCamera, first_accepted, search_cameras
from scenes.cameras import rounded_vec3
from scenes.families.street.plan import KERB, LANE, StreetPlan
from scenes.families.street.scenery import StreetScenery
from scenes.mesh import Floats
from scenes.scene import Camera, View
from scenes.subject_views import SubjectSurroundings
from scenes.subjects import Subject, layout_subjects

__all__ = ["sample_view", "street_subjects", "subject_surroundings"]

CANDIDATES = 6
DRAWS = 16
REACH = 30.0  # metres along the street within which subjects lie
_SHARES = {
    "driver": 0.18, "walker": 0.2, "across": 0.14, "close": 0.15,
    "window": 0.1, "above": 0.08, "low": 0.08, "long": 0.07,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class _CameraPose:
    """Where a camera stands, the unit vector along which it looks, its focal length in millimetres."""

    location: Floats
    toward: Floats
    focal: float

    def camera(self, rng: np.random.Generator) -> Camera:
        return Camera(
            location=rounded_vec3(self.location),
            target=rounded_vec3(self.location + 10 * self.toward),
            roll=round(draw.normal(rng, 0, 0.012), 4),
            focal_length=round(self.focal, 2),
        )


def sample_view(rng: np.random.Generator, scenery: StreetScenery, forward: bool) -> View:
    """The best of many cameras of one kind first, looking `forward` (+y) or back; the last stands in the open road."""
    kind = draw.choice(rng, list(_SHARES), p=list(_SHARES.values()))

    def score(pose: _CameraPose) -> ScoredCamera | None:
        return scenery.score(pose.camera(rng)) if scenery.is_clear(pose.location, pose.toward) else None

    ranked = search_cameras(
        rng,
        lambda _: _draw(rng, kind, scenery, forward),
        score,
        tries=3 * DRAWS,
        enough=DRAWS,
        chance=0.7,
        draw_all=True,
    )
    last = [_open_road(rng, scenery, forward) for _ in range(CANDIDATES - min(len(ranked), CANDIDATES - 1))]
    return View(candidates=(*(rated.camera for rated in ranked[: CANDIDATES - len(last)]), *last))


def street_subjects(scenery: StreetScenery) -> tuple[Subject, ...]:
    """What cameras may frame: what is near the middle of the street."""
    return layout_subjects(scenery.layout, lambda item: abs(item.y) < REACH)


def subject_surroundings(scenery: StreetScenery) -> SubjectSurroundings:
    """The street for cameras that frame one subject: on the road and the pavements, between the houses."""
    plan = scenery.plan

    def floor(point: Floats) -> float:
        return KERB if abs(point[0]) > plan.kerb(1 if point[0] > 0 else -1) else 0.0

    def is_free(eye: Floats, _: Floats, gap: float) -> bool:
        inside = abs(eye[0]) < plan.fronts(1 if eye[0] > 0 else -1) - gap and abs(eye[1]) < REACH + 8
        return bool(inside) and scenery.solids.distance_to(eye) > gap

    return SubjectSurroundings(scenery.layout, scenery.solids, floor, is_free)


def _open_road(rng: np.random.Generator, scenery: StreetScenery, forward: bool) -> Camera:
    """A driver's view, which has the fewest obstacles."""
    poses = (_draw(rng, "driver", scenery, forward) for _ in range(60))
    return first_accepted(poses, lambda pose: scenery.is_clear(pose.location, pose.toward)).camera(rng)


def _draw(rng: np.random.Generator, kind: str, scenery: StreetScenery, forward: bool) -> _CameraPose:
    near = [k for k in scenery.loose if abs(scenery.layout[k].y) < REACH]
    if kind == "close" and near:
        return _close(rng, scenery, near)
    return _pose(rng, kind, scenery.plan, forward)


def _pose(rng: np.random.Generator, kind: str, plan: StreetPlan, forward: bool) -> _CameraPose:
    side = draw.choice(rng, [-1, 1])
    y = draw.uniform(rng, -22, 30)
    lane = side * LANE * (draw.integer(rng, plan.lanes) + 0.5)
    walk = side * (plan.kerb(side) + draw.uniform(rng, 0.5, 0.85) * plan.pavement)
    way = np.pi / 2 if forward else -np.pi / 2
    inward = float(np.sign(walk)) * (1.0 if forward else -1.0)  # turns a view up the street toward the other side
    anywhere = lane if draw.chance(rng, 0.5) else walk
    match kind:
        case "walker":
            heading = way + inward * draw.uniform(rng, 0.05, 0.5)
            return _camera_pose(
                walk,
                y,
                KERB + draw.uniform(rng, 1.45, 1.75),
                heading,
                draw.normal(rng, 0.06, 0.05),
                draw.uniform(rng, 20, 42),
            )
        case "across":
            heading = way + inward * draw.uniform(rng, 0.7, 1.75)
            return _camera_pose(
                walk,
                y,
                KERB + draw.uniform(rng, 1.3, 1.75),
                heading,
                draw.normal(rng, 0.08, 0.06),
                draw.uniform(rng, 20, 45),
            )
        case "window":
            out = side * (plan.fronts(side) - draw.uniform(rng, 1.6, 2.3))
            heading = way + inward * draw.uniform(rng, 0.25, 0.9)
            return _camera_pose(
                out,
                y,
                draw.uniform(rng, 4.5, 10.5),
                heading,
                draw.uniform(rng, -0.42, -0.12),
                draw.uniform(rng, 20, 35),
            )
        case "above":
            across = draw.uniform(rng, -0.7, 0.7) * plan.kerb(side)
            heading = way + draw.uniform(rng, -0.9, 0.9)
            return _camera_pose(
                across, y, draw.uniform(rng, 9, 24), heading, -draw.uniform(rng, 0.4, 1.1), draw.uniform(rng, 24, 45)
            )
        case "low":
            heading = way + inward * draw.uniform(rng, 0.0, 0.6)
            height = KERB + draw.uniform(rng, 0.3, 0.7)
            return _camera_pose(anywhere, y, height, heading, draw.uniform(rng, 0.02, 0.12), draw.uniform(rng, 20, 40))
        case "long":
            heading = way + inward * draw.uniform(rng, 0.02, 0.2)
            height = KERB + draw.uniform(rng, 1.4, 1.7)
            return _camera_pose(anywhere, y, height, heading, draw.normal(rng, 0.02, 0.015), draw.uniform(rng, 50, 85))
        case _:
            heading = way + draw.normal(rng, 0, 0.09)
            return _camera_pose(
                lane, y, draw.uniform(rng, 1.2, 1.6), heading, draw.normal(rng, 0.09, 0.04), draw.uniform(rng, 22, 45)
            )


def _camera_pose(x: float, y: float, z: float, heading: float, pitch: float, focal: float) -> _CameraPose:
    """Heading counts from +x, pitch up from level."""
    toward = np.array([np.cos(heading) * np.cos(pitch), np.sin(heading) * np.cos(pitch), np.sin(pitch)])
    return _CameraPose(np.array([x, y, z]), toward, float(focal))


def _close(rng: np.random.Generator, scenery: StreetScenery, near: list[int]) -> _CameraPose:
    """An object from a few steps away on the road's side; all categories are equally likely, whatever their counts."""
    category = draw.choice(rng, sorted({scenery.loose[k] for k in near}))
    item = scenery.layout[draw.choice(rng, [k for k in near if scenery.loose[k] == category])]
    middle, size = item.center, float((item.high - item.low).max())
    inward = np.pi if middle[0] > 0 else 0.0
    heading = inward + draw.uniform(rng, -1.2, 1.2)
    away = 0.5 * size + draw.uniform(rng, 1.6, 2.5) + 0.6 * size * draw.uniform(rng, 0, 1)
    height = KERB + (draw.uniform(rng, 0.5, 1.0) if draw.chance(rng, 0.25) else draw.uniform(rng, 1.2, 1.75))
    location = np.array([*(middle[:2] + away * np.array([np.cos(heading), np.sin(heading)])), height])
    way = middle + rng.normal(0, 0.12 * size, 3) - location
    far = float(np.linalg.norm(way))
    focal = float(np.clip(36 * far / max(size, 0.8) * draw.uniform(rng, 0.35, 0.65), 22, 70))
    return _CameraPose(location, way / far, focal)
