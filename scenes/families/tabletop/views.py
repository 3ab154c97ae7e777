"""Cameras that look at a table from its open side: all of it, a group, or one object close up."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.camera_search import first_accepted
from scenes.cameras import Orbit, orbit_camera
from scenes.families.tabletop.placement import TopPlacement
from scenes.families.tabletop.surroundings import Surroundings
from scenes.mesh import Floats
from scenes.scene import Camera, View

__all__ = ["TableSubject", "first_azimuth", "sample_view"]

CANDIDATES = 6
HIDDEN = 0.25  # share of the objects that furniture may hide


@dataclass(frozen=True, eq=False)
class TableSubject:
    """The subject of the cameras: objects on a top at `height`, in a room or outdoors."""

    placed: tuple[TopPlacement, ...]
    height: float
    surroundings: Surroundings

    @property
    def indoors(self) -> bool:
        """Whether there is a wall behind the table."""
        return self.surroundings.back > 0

    def center(self) -> Floats:
        """The middle of the objects, a little above the top."""
        points = np.array([item.point for item in self.placed])
        return np.array([*np.median(points, axis=0), self.height + 0.06])

    def middles(self) -> Floats:
        """The middle of each object [n, 3]."""
        return np.array([(*e.point, self.height + e.z + 0.5 * e.measured.height) for e in self.placed])

    def radius(self, center: Floats) -> float:
        """The distance within which most of the objects are."""
        away = [float(np.linalg.norm(item.point - center[:2])) + item.measured.radius for item in self.placed]
        return max(float(np.quantile(away, 0.8)), 0.15)


def first_azimuth(rng: np.random.Generator, subject: TableSubject) -> float:
    """Where the first camera stands: in front indoors, anywhere outdoors."""
    if not subject.indoors:
        return draw.uniform(rng, 0, 2 * np.pi)
    away = -float(np.sign(subject.surroundings.side))
    return -np.pi / 2 + draw.normal(rng, 0.25 * away, 0.4)


def sample_view(rng: np.random.Generator, subject: TableSubject, azimuth: float) -> View:
    """Candidates about one azimuth, from the one wanted to ever safer ones."""
    shot = draw.choice(rng, ["all", "group", "close"], p=[0.42, 0.4, 0.18])
    center = subject.center()
    whole_radius = subject.radius(center)
    focus, radius = _focus(rng, subject, shot, center, whole_radius)
    elevation = float(np.clip(0.18 + rng.beta(1.6, 2.6) * 1.05, 0.14, 1.2))
    focal = draw.uniform(rng, 28, 50) if shot == "all" else draw.uniform(rng, 35, 80)
    cameras = []
    for k in range(CANDIDATES):
        share = k / (CANDIDATES - 1)
        heading = azimuth + draw.normal(rng, 0, 0.02 + 0.12 * share)
        orbit = Orbit(
            focus + (center - focus) * share,
            (radius + (whole_radius - radius) * share) * (1 + 0.15 * share),
            heading,
            elevation + (0.6 - elevation) * 0.6 * share,
            focal + (35 - focal) * share,
        )
        cameras.append(_clear(rng, orbit, subject))
    return View(candidates=tuple(cameras))


def _focus(
    rng: np.random.Generator, subject: TableSubject, shot: str, center: Floats, whole: float
) -> tuple[Floats, float]:
    """The point to look at and the radius around it that should fill the frame."""
    item = draw.choice(rng, subject.placed)
    there = np.array([*item.point, subject.height + item.z + 0.45 * item.measured.height])
    match shot:
        case "all":
            return center, whole * draw.uniform(rng, 0.75, 1.6)
        case "group":
            return there + (center - there) * 0.4, max(whole * draw.uniform(rng, 0.45, 0.65), 0.16)
        case _:
            near = 1.5 * max(item.measured.radius, 0.5 * item.measured.height)
            return there, float(np.clip(near * draw.uniform(rng, 1.0, 1.6), 0.1, 0.35))


def _clear(rng: np.random.Generator, orbit: Orbit, subject: TableSubject) -> Camera:
    """A camera on the orbit, turned or moved in until it is in front of the walls and over nearby objects."""
    return first_accepted(_ever_safer(rng, orbit, subject), lambda camera: _inside(camera, subject))


def _ever_safer(rng: np.random.Generator, orbit: Orbit, subject: TableSubject) -> Iterator[Camera]:
    """Cameras on orbits that come nearer to the front of the table, rise, and take in more."""
    front = -np.pi / 2
    for _ in range(12):
        yield orbit_camera(rng, orbit, roll=0.02)
        azimuth = orbit.azimuth + 0.25 * float(np.arctan2(np.sin(front - orbit.azimuth), np.cos(front - orbit.azimuth)))
        focal = max(orbit.focal_length * 0.92, 26)
        turned = azimuth if subject.indoors else orbit.azimuth + 0.3
        orbit = Orbit(orbit.target, orbit.radius, turned, min(orbit.elevation + 0.05, 1.2), focal)


def _inside(camera: Camera, subject: TableSubject) -> bool:
    """Whether the camera is in the room, above the top, not inside or right before an object, and sees most of them."""
    location, surroundings = np.array(camera.location), subject.surroundings
    if subject.indoors and location[1] > surroundings.back - 0.25:
        return False
    if surroundings.side and (abs(surroundings.side) - location[0] * np.sign(surroundings.side)) < 0.25:
        return False
    if location[2] < subject.height + 0.07 or surroundings.furniture.distance_to(location) < 0.2:
        return False
    if surroundings.furniture.hides(location, subject.middles()).mean() > HIDDEN:
        return False
    return all(_away(location, item, subject.height) > 0.14 for item in subject.placed)


def _away(location: Floats, item: TopPlacement, height: float) -> float:
    """Distance from the cylinder that contains the object."""
    level = max(float(np.linalg.norm(location[:2] - item.point)) - item.measured.radius, 0.0)
    above = max(location[2] - (height + item.z + item.measured.height), 0.0)
    return float(np.hypot(level, above))
