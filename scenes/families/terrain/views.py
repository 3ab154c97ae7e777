"""Cameras on the land: a walker's, low ones in the grass, a drone's, close-ups, and long lenses."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenes import draw
from scenes.cameras import triple
from scenes.families.terrain.placing import Stand
from scenes.framing import Boxes, glance
from scenes.mesh import Floats
from scenes.nature.land import ground_height
from scenes.nature.specs import Land
from scenes.scene import Camera, View

__all__ = ["Prospect", "sample_view"]

CANDIDATES = 6
DRAWS = 10
SHOTS = ("walk", "low", "high", "close", "long")
_WEIGHTS = (0.36, 0.16, 0.18, 0.14, 0.16)
_FIRST = (0.5, 0.14, 0.16, 0.08, 0.12)
_SMALL = ("flower", "mushroom", "fern", "rock", "stump", "log", "bush", "cactus", "signpost")
_LARGE = ("tree", "hut", "tent", "boat", "rock", "bush", "cactus", "fence", "log")


@dataclass(frozen=True, eq=False)
class Prospect:
    """The land with what stands on it."""

    land: Land
    stands: tuple[Stand, ...]
    sun: Floats  # toward the sun
    faces_sun: bool  # whether cameras may look into a low sun

    @cached_property
    def solids(self) -> Boxes:
        """The boxes of the things, each the number of its stand."""
        middle = np.array([stand.location for stand in self.stands])
        width = np.array([[stand.radius, stand.radius, 0.0] for stand in self.stands])
        height = np.array([[0.0, 0.0, stand.height] for stand in self.stands])
        return Boxes(middle - width, middle + width + height, np.arange(len(self.stands)))

    def dazzles(self, toward: Floats) -> bool:
        """Whether a view in this direction would be glare and silhouettes."""
        level = self.sun[:2] @ toward[:2] / max(float(np.linalg.norm(self.sun[:2]) * np.linalg.norm(toward[:2])), 1e-6)
        return bool(not self.faces_sun and self.sun[2] < 0.5 and level > 0.45)

    def floor(self, spots: Floats) -> Floats:
        """Ground or water, whichever is higher."""
        z = ground_height(self.land, spots)
        return np.maximum(z, 0.0) if self.land.water is not None else z

    def is_free(self, eye: Floats, toward: Floats, ahead: float) -> bool:
        """Whether the eye is clear of things, and the first metres of its line of sight clear the ground."""
        along = np.linspace(0.05, 1, 8)[:, None] * ahead
        line = eye + along * toward
        if np.any(line[:, 2] < self.floor(line[:, :2]) + 0.04):
            return False
        return all(_apart(eye, stand) for stand in self.stands)


def _apart(eye: Floats, stand: Stand) -> bool:
    over = eye[2] - stand.location[2] - stand.height
    crown = (
        0.22 * stand.height
        if stand.model.category == "tree" and eye[2] - stand.location[2] > 0.25 * stand.height
        else 0.0
    )
    level = float(np.hypot(eye[0] - stand.spot[0], eye[1] - stand.spot[1])) - max(stand.radius, crown)
    return over > 0.3 or level > (0.9 if stand.height > 0.6 else 0.3)


def sample_view(rng: np.random.Generator, prospect: Prospect, azimuth: float, number: int) -> View:
    """The best of many cameras of one kind of shot first; the last is a walker's, which nearly always works."""
    shot = draw.choice(rng, SHOTS, p=_WEIGHTS if number else _FIRST)
    ranked = _ranked(rng, prospect, shot, azimuth)
    last = _camera(rng, prospect, "walk", azimuth + draw.normal(rng, 0, 1))
    return View(candidates=(*ranked[: CANDIDATES - 1], last))


def _ranked(rng: np.random.Generator, prospect: Prospect, shot: str, azimuth: float) -> list[Camera]:
    """Cameras of a shot, those that show more first; the spread of their azimuths grows from draw to draw."""
    drawn = []
    for k in range(DRAWS):
        camera = _camera(rng, prospect, shot, azimuth + draw.normal(rng, 0, 0.12 + 0.04 * k))
        drawn.append((_worth(camera, prospect) + draw.normal(rng, 0, 0.5), camera))
    return [camera for _, camera in sorted(drawn, key=lambda entry: -entry[0])]


def _worth(camera: Camera, prospect: Prospect) -> float:
    """How many kinds of things are in view, how much of it they cover, and whether one stands in the way."""
    seen = glance(camera, prospect.solids)
    shares = seen.shares()
    kinds: dict[str, float] = {}
    for thing, share in shares.items():
        word = prospect.stands[thing].model.category
        kinds[word] = kinds.get(word, 0.0) + share
    shown = sum(min(1.0, share / 0.015) for share in kinds.values())
    largest = max(shares.values(), default=0.0)
    bare = float((seen.owner < 0).mean())
    return shown - 6 * max(0.0, bare - 0.75) - 8 * max(0.0, largest - 0.25) - 10 * max(0.0, seen.within(0.9) - 0.03)


def _camera(rng: np.random.Generator, prospect: Prospect, kind: str, azimuth: float) -> Camera:
    for _ in range(24):
        eye, aim, focal = _pose(rng, prospect, kind, azimuth)
        way = aim - eye
        far = float(np.linalg.norm(way))
        if prospect.dazzles(way):
            azimuth += float(np.pi * draw.uniform(rng, 0.6, 1.4))
        elif prospect.is_free(eye, way / far, min(0.9 * far, 9.0)):
            break
        else:
            azimuth += draw.normal(rng, 0, 0.35)
    return Camera(
        location=triple(eye),
        target=triple(aim),
        roll=round(draw.normal(rng, 0, 0.015), 4),
        focal_length=round(focal, 2),
    )


def _pose(rng: np.random.Generator, prospect: Prospect, kind: str, azimuth: float) -> tuple[Floats, Floats, float]:
    """Eye, aim and focal length of a shot from about `azimuth` across the middle of the land."""
    if kind == "close":
        return _close(rng, prospect, azimuth)
    if kind == "long":
        return _long(rng, prospect, azimuth)
    reach, up, drop, focal = {
        "walk": ((5, 13), (1.5, 1.8), (-0.02, 0.1), (22, 38)),
        "low": ((3, 9), (0.3, 0.75), (-0.06, 0.03), (20, 35)),
        "high": ((18, 45), (9, 34), (0.22, 0.62), (20, 35)),
    }[kind]
    out = np.array([np.cos(azimuth), np.sin(azimuth)])
    spot = out * draw.uniform(rng, *reach)
    eye = np.array([*spot, float(prospect.floor(spot[None])[0]) + draw.uniform(rng, *up)])
    past = _beyond(rng, prospect, spot, out)
    level = float(np.linalg.norm(past - spot))
    # Up or down a slope the eye follows it half way.
    there = float(prospect.floor(past[None])[0]) - float(prospect.floor(spot[None])[0]) if kind != "high" else 0.0
    aim = np.array([*past, eye[2] + 0.5 * there - level * draw.uniform(rng, *drop)])
    return eye, aim, draw.uniform(rng, *focal)


def _beyond(rng: np.random.Generator, prospect: Prospect, spot: Floats, out: Floats) -> Floats:
    """A point to look toward: the middle of the land, drawn to one of the things on its far side."""
    middle = -out * 4 + rng.normal(0, 2.0, 2)
    ahead = [
        stand.spot
        for stand in prospect.stands
        if stand.height > 0.3 and -16 < stand.spot @ out < 3 and np.linalg.norm(stand.spot - spot) > 3
    ]
    if not ahead:
        return middle
    return np.asarray(middle + (draw.choice(rng, ahead) - middle) * draw.uniform(rng, 0.4, 1.0))


def _pick(rng: np.random.Generator, prospect: Prospect, names: tuple[str, ...], far: float) -> Stand:
    """A thing of a random category among those within reach."""
    near = [stand for stand in prospect.stands if np.linalg.norm(stand.spot) < far]
    present = sorted({stand.model.category for stand in near} & set(names))
    if not present:
        return draw.choice(rng, prospect.stands)
    wanted = draw.choice(rng, present)
    choice = [stand for stand in near if stand.model.category == wanted]
    return draw.choice(rng, choice)


def _close(rng: np.random.Generator, prospect: Prospect, azimuth: float) -> tuple[Floats, Floats, float]:
    """Something small from a step away, looking a little down, the land behind it."""
    stand = _pick(rng, prospect, _SMALL, 16.0)
    size = float(np.clip(max(stand.height, 2 * stand.radius), 0.14, 2.5))
    focal = draw.uniform(rng, 28, 55)
    away = size * focal / 36 * draw.uniform(rng, 1.9, 3.4) + 0.15
    lift = draw.uniform(rng, 0.1, 0.55)
    middle = np.array([*stand.spot, stand.location[2] + 0.55 * stand.height])
    turn = azimuth + draw.normal(rng, 0, 0.8)
    eye = middle + away * np.array([np.cos(turn) * np.cos(lift), np.sin(turn) * np.cos(lift), np.sin(lift)])
    eye[2] = max(eye[2], float(prospect.floor(eye[None, :2])[0]) + 0.18)
    aim = middle + rng.normal(0, 0.12 * size, 3) + [0, 0, 0.2 * size]
    return eye, aim, focal


def _long(rng: np.random.Generator, prospect: Prospect, azimuth: float) -> tuple[Floats, Floats, float]:
    """Something tall from across the land by a longer lens."""
    stand = _pick(rng, prospect, _LARGE, 40.0)
    away = max(draw.uniform(rng, 9, 24), 2.2 * stand.height)
    out = np.array([np.cos(azimuth), np.sin(azimuth)])
    toward = -stand.spot / max(float(np.linalg.norm(stand.spot)), 0.1)
    side = toward + 0.8 * out * draw.uniform(rng, 0, 1)
    spot = stand.spot + away * side / np.linalg.norm(side)
    eye = np.array([*spot, float(prospect.floor(spot[None])[0]) + draw.uniform(rng, 1.4, 3.0)])
    aim = np.array([*stand.spot, stand.location[2] + stand.height * draw.uniform(rng, 0.35, 0.6)])
    focal = float(np.clip(draw.uniform(rng, 0.55, 0.95) * 36 * away / max(stand.height, 2.5), 35, 85))
    return eye, aim, focal
