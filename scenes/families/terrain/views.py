"""Cameras on the land: a walker's, low ones in the grass, a drone's, close-ups, and long lenses."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenes import draw
from scenes.camera_search import ScoredCamera, first_accepted, search_cameras
from scenes.cameras import rounded_vec3
from scenes.families.terrain.placement import LandLayout, LandPlacement
from scenes.framing import Boxes, preview
from scenes.mesh import Floats
from scenes.nature.land import ground_height
from scenes.scene import Camera, View
from scenes.subject_views import SubjectSurroundings
from scenes.subjects import Subject, layout_subjects

__all__ = ["LandScenery", "land_subjects", "sample_view", "subject_surroundings"]

CANDIDATES = 6
DRAWS = 10
REACH = 26.0  # metres from the middle of the land within which subjects lie
SHOTS = ("walk", "low", "high", "close", "long")
_WEIGHTS = (0.36, 0.16, 0.18, 0.14, 0.16)
_FIRST = (0.5, 0.14, 0.16, 0.08, 0.12)
_SMALL = ("flower", "mushroom", "fern", "rock", "stump", "log", "bush", "cactus", "signpost")
_LARGE = ("tree", "hut", "tent", "boat", "rock", "bush", "cactus", "fence", "log")


@dataclass(frozen=True, eq=False)
class LandScenery:
    """What cameras on the land may see and must keep clear of. sun: the direction toward it."""

    layout: LandLayout
    sun: Floats
    faces_sun: bool  # whether cameras may look into a low sun

    @cached_property
    def things(self) -> list[LandPlacement]:
        """All objects on the land."""
        return self.layout.things

    @cached_property
    def solids(self) -> Boxes:
        """The boxes of the objects; their owners are indices in the layout."""
        return self.layout.boxes()

    def dazzles(self, toward: Floats) -> bool:
        """Whether a view in this direction would be glare and silhouettes."""
        level = self.sun[:2] @ toward[:2] / max(float(np.linalg.norm(self.sun[:2]) * np.linalg.norm(toward[:2])), 1e-6)
        return bool(not self.faces_sun and self.sun[2] < 0.5 and level > 0.45)

    def floor(self, points: Floats) -> Floats:
        """Ground or water, whichever is higher."""
        z = ground_height(self.layout.land, points)
        return np.maximum(z, 0.0) if self.layout.land.water is not None else z

    def is_free(self, eye: Floats, toward: Floats, ahead: float) -> bool:
        """Whether the eye is clear of objects, and the first metres of its line of sight clear the ground."""
        along = np.linspace(0.05, 1, 8)[:, None] * ahead
        line = eye + along * toward
        if np.any(line[:, 2] < self.floor(line[:, :2]) + 0.04):
            return False
        return all(_is_apart(eye, item) for item in self.things)


def _is_apart(eye: Floats, item: LandPlacement) -> bool:
    """Whether a camera here is far enough from an object; the crown of a tree is wider than its stem."""
    above_foot = eye[2] - item.location[2]
    crown = 0.22 * item.height if item.category == "tree" and above_foot > 0.25 * item.height else 0.0
    level = float(np.hypot(eye[0] - item.point[0], eye[1] - item.point[1])) - max(item.radius, crown)
    return above_foot - item.height > 0.3 or level > (0.9 if item.height > 0.6 else 0.3)


def sample_view(rng: np.random.Generator, scenery: LandScenery, azimuth: float, view_index: int) -> View:
    """The best of many cameras of one kind of shot first; the last is a walker's, which nearly always works."""
    shot = draw.choice(rng, SHOTS, p=_WEIGHTS if view_index else _FIRST)
    # The spread of the azimuths grows from draw to draw.
    ranked = search_cameras(
        rng,
        lambda k: _camera(rng, scenery, shot, azimuth + draw.normal(rng, 0, 0.12 + 0.04 * k)),
        lambda camera: _score(camera, scenery),
        tries=DRAWS,
        chance=0.5,
    )
    last = _camera(rng, scenery, "walk", azimuth + draw.normal(rng, 0, 1))
    return View(candidates=(*(rated.camera for rated in ranked[: CANDIDATES - 1]), last))


def land_subjects(scenery: LandScenery) -> tuple[Subject, ...]:
    """What cameras may frame: what is not far from the middle of the land."""
    return layout_subjects(scenery.layout, lambda item: item.height > 0 and np.linalg.norm(item.point) < REACH)


def subject_surroundings(scenery: LandScenery) -> SubjectSurroundings:
    """The land for cameras that frame one subject: above ground and water, with nothing of the land before it."""

    def floor(point: Floats) -> float:
        return float(scenery.floor(point[None])[0])

    def is_free(eye: Floats, aim: Floats, _: float) -> bool:
        far = float(np.linalg.norm(aim - eye))
        return not scenery.dazzles(aim - eye) and scenery.is_free(eye, (aim - eye) / far, 0.85 * far)

    return SubjectSurroundings(scenery.layout, scenery.solids, floor, is_free)


def _score(camera: Camera, scenery: LandScenery) -> ScoredCamera:
    """Categories in view, the share they cover, and whether one blocks the view."""
    seen = preview(camera, scenery.solids)
    shares = seen.shares()
    by_category: dict[str, float] = {}
    for index, share in shares.items():
        category = scenery.layout[index].category
        by_category[category] = by_category.get(category, 0.0) + share
    largest = max(shares.values(), default=0.0)
    empty = float((seen.owner < 0).mean())
    terms = {
        "categories shown": sum(min(1.0, share / 0.015) for share in by_category.values()),
        "bare land or sky": -6 * max(0.0, empty - 0.75),
        "filled by one thing": -8 * max(0.0, largest - 0.25),
        "too near": -10 * max(0.0, seen.share_within(0.9) - 0.03),
    }
    return ScoredCamera(camera, terms)


@dataclass(frozen=True, eq=False)
class _Aim:
    """Where a camera stands, what it looks at, and its focal length in millimetres."""

    eye: Floats
    target: Floats
    focal_length: float

    @property
    def way(self) -> Floats:
        return self.target - self.eye


def _camera(rng: np.random.Generator, scenery: LandScenery, kind: str, azimuth: float) -> Camera:
    aim = first_accepted(_aims(rng, scenery, kind, azimuth), lambda aim: _is_good(scenery, aim))
    return Camera(
        location=rounded_vec3(aim.eye),
        target=rounded_vec3(aim.target),
        roll=round(draw.normal(rng, 0, 0.015), 4),
        focal_length=round(aim.focal_length, 2),
    )


def _is_good(scenery: LandScenery, aim: _Aim) -> bool:
    far = float(np.linalg.norm(aim.way))
    return not scenery.dazzles(aim.way) and scenery.is_free(aim.eye, aim.way / far, min(0.9 * far, 9.0))


def _aims(rng: np.random.Generator, scenery: LandScenery, kind: str, azimuth: float) -> Iterator[_Aim]:
    """The next azimuth to try: the opposite side after a view into the sun, a neighbouring one after other failures."""
    for _ in range(24):
        aim = _pose(rng, scenery, kind, azimuth)
        yield aim
        if scenery.dazzles(aim.way):
            azimuth += float(np.pi * draw.uniform(rng, 0.6, 1.4))
        else:
            azimuth += draw.normal(rng, 0, 0.35)


def _pose(rng: np.random.Generator, scenery: LandScenery, kind: str, azimuth: float) -> _Aim:
    """Eye, aim and focal length of a shot from about `azimuth` across the middle of the land."""
    if kind == "close":
        return _close(rng, scenery, azimuth)
    if kind == "long":
        return _long(rng, scenery, azimuth)
    distances, up, drop, focal = {
        "walk": ((5, 13), (1.5, 1.8), (-0.02, 0.1), (22, 38)),
        "low": ((3, 9), (0.3, 0.75), (-0.06, 0.03), (20, 35)),
        "high": ((18, 45), (9, 34), (0.22, 0.62), (20, 35)),
    }[kind]
    out = np.array([np.cos(azimuth), np.sin(azimuth)])
    point = out * draw.uniform(rng, *distances)
    eye = np.array([*point, float(scenery.floor(point[None])[0]) + draw.uniform(rng, *up)])
    past = _beyond(rng, scenery, point, out)
    level = float(np.linalg.norm(past - point))
    # On a slope the pitch follows half of it.
    there = float(scenery.floor(past[None])[0]) - float(scenery.floor(point[None])[0]) if kind != "high" else 0.0
    aim = np.array([*past, eye[2] + 0.5 * there - level * draw.uniform(rng, *drop)])
    return _Aim(eye, aim, draw.uniform(rng, *focal))


def _beyond(rng: np.random.Generator, scenery: LandScenery, point: Floats, out: Floats) -> Floats:
    """A point to look toward: between the middle of the land and an object on its far side."""
    middle = -out * 4 + rng.normal(0, 2.0, 2)
    ahead = [
        item.point
        for item in scenery.things
        if item.height > 0.3 and -16 < item.point @ out < 3 and np.linalg.norm(item.point - point) > 3
    ]
    if not ahead:
        return middle
    return np.asarray(middle + (draw.choice(rng, ahead) - middle) * draw.uniform(rng, 0.4, 1.0))


def _pick(rng: np.random.Generator, scenery: LandScenery, names: tuple[str, ...], far: float) -> LandPlacement:
    """An object of a random category within a distance."""
    near = [item for item in scenery.things if np.linalg.norm(item.point) < far]
    present = sorted({item.category for item in near} & set(names))
    if not present:
        return draw.choice(rng, scenery.things)
    wanted = draw.choice(rng, present)
    choice = [item for item in near if item.category == wanted]
    return draw.choice(rng, choice)


def _close(rng: np.random.Generator, scenery: LandScenery, azimuth: float) -> _Aim:
    """A small object from a step away, looking a little down, the land behind it."""
    item = _pick(rng, scenery, _SMALL, 16.0)
    size = float(np.clip(max(item.height, 2 * item.radius), 0.14, 2.5))
    focal = draw.uniform(rng, 28, 55)
    away = size * focal / 36 * draw.uniform(rng, 1.9, 3.4) + 0.15
    lift = draw.uniform(rng, 0.1, 0.55)
    middle = np.array([*item.point, item.location[2] + 0.55 * item.height])
    heading = azimuth + draw.normal(rng, 0, 0.8)
    eye = middle + away * np.array([np.cos(heading) * np.cos(lift), np.sin(heading) * np.cos(lift), np.sin(lift)])
    eye[2] = max(eye[2], float(scenery.floor(eye[None, :2])[0]) + 0.18)
    aim = middle + rng.normal(0, 0.12 * size, 3) + [0, 0, 0.2 * size]
    return _Aim(eye, aim, focal)


def _long(rng: np.random.Generator, scenery: LandScenery, azimuth: float) -> _Aim:
    """A tall object from across the land with a longer lens."""
    item = _pick(rng, scenery, _LARGE, 40.0)
    away = max(draw.uniform(rng, 9, 24), 2.2 * item.height)
    out = np.array([np.cos(azimuth), np.sin(azimuth)])
    toward = -item.point / max(float(np.linalg.norm(item.point)), 0.1)
    side = toward + 0.8 * out * draw.uniform(rng, 0, 1)
    point = item.point + away * side / np.linalg.norm(side)
    eye = np.array([*point, float(scenery.floor(point[None])[0]) + draw.uniform(rng, 1.4, 3.0)])
    aim = np.array([*item.point, item.location[2] + item.height * draw.uniform(rng, 0.35, 0.6)])
    focal = float(np.clip(draw.uniform(rng, 0.55, 0.95) * 36 * away / max(item.height, 2.5), 35, 85))
    return _Aim(eye, aim, focal)
