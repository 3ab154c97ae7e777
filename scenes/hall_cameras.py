"""Cameras in halls and shops: kinds of camera with their ranges, drawn in free space, aimed at goods, then scored.

Each view has a kind of its own and looks another way than the last. Ray casting against the boxes of all objects
scores the cameras (`scenes/framing.py`).
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Bool, Int64

from scenes import draw
from scenes.camera_search import ScoredCamera, search_cameras
from scenes.cameras import rounded_vec3
from scenes.floor_layout import FloorArea, FloorLayout
from scenes.framing import Boxes, preview
from scenes.layout import Placement
from scenes.mesh import Floats
from scenes.scene import Camera, View
from scenes.subject_views import SubjectSurroundings
from scenes.taxonomy import load_taxonomy

__all__ = [
    "CameraKind",
    "CameraRules",
    "HallScenery",
    "ScoreWeights",
    "hall_scenery",
    "hall_surroundings",
    "hall_views",
]

CANDIDATES = 6
TURN = 2.2  # radians from one view's heading to the next: two or three views cover a hall


@dataclass(frozen=True)
class CameraKind:
    """What cameras of a kind are drawn from.

    height: over the floor, metres. focal_length: millimetres. distance: to what the camera looks at, metres.
    spread: standard deviation of the aim about the middle of that object, metres.
    pitch: rise of the line of sight, metres a metre; the camera aims halfway between this line and the object. None:
        at the object.
    headroom: least distance to the ceiling, metres.
    """

    height: tuple[float, float]
    focal_length: tuple[float, float]
    distance: tuple[float, float]
    spread: float = 0.12
    pitch: tuple[float, float] | None = None
    headroom: float = 0.5


@dataclass(frozen=True)
class ScoreWeights:
    """How much the terms of a camera's score count.

    goods: for the share of the view that loose objects cover, up to `most_goods`, each up to `most_of_one`. depth: for
    the logarithm of the ratio of the largest to the smallest distance. dominant: for the share of the largest object
    over `dominant_from`. near: for the share, over 4 %, that is much nearer than the rest. bare: for the share of
    bare surfaces over `bare_from`. heading: for the cosine between the camera's direction and the view's heading.
    """

    goods: float = 9.0
    most_goods: float = 0.5
    most_of_one: float = 1.0
    depth: float = 0.8
    dominant: float = -6.0
    dominant_from: float = 0.3
    near: float = -8.0
    bare: float = 0.0
    bare_from: float = 0.25
    heading: float = 1.5


@dataclass(frozen=True)
class CameraRules:
    """How the cameras of a family are drawn.

    kinds: by name; "eye" takes over where another kind finds too few. order: the kinds of a scene's views, shuffled.
    scored: how many cameras are scored for a view. clearance: metres of free space on all sides of a camera.
    nearest: least distance of what is in view, metres.
    """

    kinds: Mapping[str, CameraKind]
    order: tuple[str, ...]
    scored: int = 30
    clearance: float = 0.4
    nearest: float = 0.5
    weights: ScoreWeights = field(default_factory=ScoreWeights)


@dataclass(frozen=True, eq=False)
class HallScenery:
    """What rays hit: boxes whose owners are indices in the layout; by index, what it is to a camera."""

    layout: FloorLayout
    area: FloorArea
    boxes: Boxes
    loose: Bool[np.ndarray, "n"]
    bare: Bool[np.ndarray, "n"]
    categories: Int64[np.ndarray, "n"]


def hall_scenery(
    layout: FloorLayout,
    area: FloorArea,
    *,
    shown: Callable[[Placement], bool],
    backdrop: Set[str] = frozenset(),
    bare: Set[str] = frozenset(),
) -> HallScenery:
    """The layout as cameras see it.

    shown: whether rays hit the boxes of a placement; they pass through what is open, such as racks.
    backdrop: categories that no camera is aimed at. bare: categories of bare surfaces.
    """
    known = load_taxonomy()
    words = [item.category for item in layout.placements]
    names = sorted(set(words))
    return HallScenery(
        layout,
        area,
        layout.boxes(shown),
        np.array([known[word].is_loose and word not in backdrop for word in words]),
        np.array([word in bare for word in words]),
        np.array([names.index(word) for word in words]),
    )


def hall_surroundings(scenery: HallScenery) -> SubjectSurroundings:
    """The hall for cameras that frame one subject: on its free floor, not between the shelves of a rack."""
    area, layout, known = scenery.area, scenery.layout, load_taxonomy()
    whole = layout.whole_boxes(lambda item: known[item.category].kind == "thing")

    def is_free(eye: Floats, _: Floats, gap: float) -> bool:
        half = np.array([area.x, area.y]) / 2 - gap - 0.05
        inside = bool(np.all(np.abs(eye[:2]) < half)) and float(eye[2]) < area.z - gap
        return inside and whole.distance_to(eye) > 0.5 * gap and layout.is_clear(eye - gap, eye + gap)

    return SubjectSurroundings(layout, scenery.boxes, lambda _: 0.0, is_free)


def hall_views(
    stream: Callable[..., np.random.Generator], scenery: HallScenery, rules: CameraRules, count: int
) -> tuple[View, ...]:
    """The scene's views; `stream` gives the random generators of a scene by purpose."""
    rng = stream("views")
    order, heading = rng.permutation(len(rules.order)), draw.uniform(rng, 0, 2 * np.pi)
    kinds = [rules.order[int(order[k % len(order)])] for k in range(count)]
    return tuple(_view(stream("view", k), scenery, rules, kinds[k], heading + TURN * k) for k in range(count))


def _view(rng: np.random.Generator, scenery: HallScenery, rules: CameraRules, kind: str, heading: float) -> View:
    """The best six of many cameras, the best first; those that look along `heading` (radians) score higher."""
    chosen, eye, area = rules.kinds[kind], rules.kinds["eye"], scenery.area
    ranked = search_cameras(
        rng,
        lambda trial: _propose(rng, scenery, rules, chosen if trial < 2 * rules.scored else eye),
        lambda camera: _score(camera, scenery, rules, heading),
        tries=3 * rules.scored,
        enough=rules.scored,
    )[:CANDIDATES]
    spare = Camera(location=(0.0, round(-area.y / 2 + 0.5, 3), 1.6), target=(0.0, 0.0, 1.2), focal_length=24.0)
    return View(candidates=(*(rated.camera for rated in ranked), *[spare] * (CANDIDATES - len(ranked))))


def _propose(rng: np.random.Generator, scenery: HallScenery, rules: CameraRules, kind: CameraKind) -> Camera | None:
    """A camera in free space that looks toward a loose object, or None."""
    area, boxes = scenery.area, scenery.boxes
    margin = rules.clearance + 0.05
    location = np.array(
        [
            draw.uniform(rng, -area.x / 2 + margin, area.x / 2 - margin),
            draw.uniform(rng, -area.y / 2 + margin, area.y / 2 - margin),
            min(draw.uniform(rng, *kind.height), area.z - kind.headroom),
        ]
    )
    if not scenery.layout.is_clear(location - rules.clearance, location + rules.clearance):
        return None
    centers = (boxes.low + boxes.high) / 2
    away = np.linalg.norm(centers - location, axis=1)
    wanted = np.flatnonzero(scenery.loose[boxes.owner] & (away > kind.distance[0]) & (away < kind.distance[1]))
    if len(wanted) == 0:
        return None
    aim = centers[draw.choice(rng, wanted)] + rng.normal(0, kind.spread, 3)
    if kind.pitch is not None:
        line = location[2] + draw.uniform(rng, *kind.pitch) * np.linalg.norm(aim - location)
        aim[2] = 0.5 * aim[2] + 0.5 * line
    if np.linalg.norm(aim[:2] - location[:2]) < 0.3:
        return None
    return Camera(
        location=rounded_vec3(location),
        target=rounded_vec3(aim),
        roll=round(draw.normal(rng, 0, 0.015), 4),
        focal_length=round(draw.uniform(rng, *kind.focal_length), 2),
        shift=(round(draw.normal(rng, 0, 0.02), 4), round(draw.normal(rng, 0, 0.02), 4)),
    )


def _score(camera: Camera, scenery: HallScenery, rules: CameraRules, heading: float) -> ScoredCamera:
    """Categories of loose objects in view, the share they cover, and a penalty for too near ones."""
    view, weights = preview(camera, scenery.boxes), rules.weights
    along = weights.heading * _along(camera, heading)
    seen = view.owner >= 0
    if not seen.any() or view.distance.min() < rules.nearest:
        return ScoredCamera(camera, {"nothing to see or too near": -10.0, "along the heading": along})
    distance, shares = view.distance[seen], view.shares()
    shown = np.array(list(shares))
    near = float((distance < 0.25 * np.median(distance)).mean())
    goods = sum(min(part, weights.most_of_one) for index, part in shares.items() if scenery.loose[index])
    bare = sum(part for index, part in shares.items() if scenery.bare[index])
    terms = {
        "loose categories": float(len(np.unique(scenery.categories[shown[scenery.loose[shown]]]))),
        "all categories": 0.5 * len(np.unique(scenery.categories[shown])),
        "share of loose things": weights.goods * min(goods, weights.most_goods),
        "spread in depth": weights.depth * float(np.log(distance.max() / distance.min())),
        "filled by one thing": weights.dominant * max(max(shares.values()) - weights.dominant_from, 0),
        "nearer than the rest": weights.near * max(near - 0.04, 0),
        "bare surfaces": weights.bare * max(bare - weights.bare_from, 0),
        "along the heading": along,
    }
    return ScoredCamera(camera, terms)


def _along(camera: Camera, heading: float) -> float:
    """The cosine between the camera's direction and a heading, seen from above."""
    ahead = np.array(camera.target[:2]) - np.array(camera.location[:2])
    return float(ahead @ (np.cos(heading), np.sin(heading)) / np.linalg.norm(ahead))
