"""Cameras in a hall: people's eyes, a driver's seat, high on a rack, low on the floor, close to a shelf.

Each candidate is one of many drawn; ray casting against the boxes of all objects scores them.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Int64

from scenes import draw
from scenes.camera_search import ScoredCamera, search_cameras
from scenes.cameras import rounded_vec3
from scenes.families.warehouse.hall import Hall
from scenes.families.warehouse.hall_layout import OPEN, HallLayout
from scenes.framing import Boxes, preview
from scenes.scene import Camera, View
from scenes.taxonomy import load_taxonomy

__all__ = ["KINDS", "sample_view"]

CANDIDATES = 6
DRAWN = 30
KINDS = ("eye", "low", "close", "seat", "high", "eye")
#: Height of the camera, focal length, largest distance of the target.
_RANGES: dict[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "eye": ((1.45, 1.8), (20, 35), (3.0, 14.0)),
    "seat": ((1.9, 2.6), (20, 35), (4.0, 16.0)),
    "low": ((0.25, 0.7), (20, 40), (2.0, 9.0)),
    "close": ((0.6, 1.9), (35, 80), (1.3, 4.0)),
    "high": ((3.0, 5.2), (18, 30), (4.0, 16.0)),
}


@dataclass(frozen=True, eq=False)
class _HallScenery:
    """What rays hit: boxes whose owners are indices in the layout; by index, whether it is loose and its category."""

    layout: HallLayout
    hall: Hall
    boxes: Boxes
    loose: Bool[np.ndarray, "n"]
    categories: Int64[np.ndarray, "n"]


def _scenery(layout: HallLayout, hall: Hall) -> _HallScenery:
    known = load_taxonomy()
    words = [item.category for item in layout.placements]
    names = sorted(set(words))
    return _HallScenery(
        layout,
        hall,
        layout.boxes(lambda item: item.category not in OPEN),
        np.array([known[word].is_loose for word in words]),
        np.array([names.index(word) for word in words]),
    )


def sample_view(rng: np.random.Generator, layout: HallLayout, hall: Hall, kind: str, heading: float) -> View:
    """The best six of many cameras, the best first; those that look along `heading` (radians) score higher."""
    scenery = _scenery(layout, hall)
    ranked = search_cameras(
        rng,
        lambda trial: _draw(rng, scenery, kind if trial < 2 * DRAWN else "eye"),
        lambda camera: _score(camera, scenery, heading),
        tries=3 * DRAWN,
        enough=DRAWN,
    )[:CANDIDATES]
    spare = Camera(location=(0.0, round(-hall.y / 2 + 0.5, 3), 1.6), target=(0.0, 0.0, 1.2), focal_length=24.0)
    return View(candidates=(*(rated.camera for rated in ranked), *[spare] * (CANDIDATES - len(ranked))))


def _draw(rng: np.random.Generator, scenery: _HallScenery, kind: str) -> Camera | None:
    """A camera in free space that looks toward a visible loose object, or None."""
    hall, boxes = scenery.hall, scenery.boxes
    (low, high), lens, reach = _RANGES[kind]
    margin = 0.45
    location = np.array(
        [
            draw.uniform(rng, -hall.x / 2 + margin, hall.x / 2 - margin),
            draw.uniform(rng, -hall.y / 2 + margin, hall.y / 2 - margin),
            min(draw.uniform(rng, low, high), hall.z - 0.5 - 0.2 * (kind == "high")),
        ]
    )
    if not scenery.layout.is_clear(location - 0.4, location + 0.4):
        return None
    centers = (boxes.low + boxes.high) / 2
    away = np.linalg.norm(centers - location, axis=1)
    wanted = np.flatnonzero(scenery.loose[boxes.owner] & (away > reach[0]) & (away < reach[1]))
    if len(wanted) == 0:
        return None
    aim = centers[draw.choice(rng, wanted)] + rng.normal(0, 0.12, 3) * (0.4 if kind == "close" else 1.0)
    if kind in ("eye", "seat", "low"):
        aim[2] = 0.5 * aim[2] + 0.5 * (location[2] + draw.uniform(rng, -0.25, 0.12) * np.linalg.norm(aim - location))
    if np.linalg.norm(aim[:2] - location[:2]) < 0.3:
        return None
    return Camera(
        location=rounded_vec3(location),
        target=rounded_vec3(aim),
        roll=round(draw.normal(rng, 0, 0.015), 4),
        focal_length=round(draw.uniform(rng, *lens), 2),
        shift=(round(draw.normal(rng, 0, 0.02), 4), round(draw.normal(rng, 0, 0.02), 4)),
    )


def _score(camera: Camera, scenery: _HallScenery, heading: float) -> ScoredCamera:
    """Categories of loose objects in view, the share they cover, and a penalty for too near ones."""
    view = preview(camera, scenery.boxes)
    along = 1.5 * _along(camera, heading)
    seen = view.owner >= 0
    if not seen.any() or view.distance.min() < 0.5:
        return ScoredCamera(camera, {"nothing to see or too near": -10.0, "along the heading": along})
    distance, shares = view.distance[seen], view.shares()
    shown = np.array(list(shares))
    near = float((distance < 0.25 * np.median(distance)).mean())
    terms = {
        "loose categories": float(len(np.unique(scenery.categories[shown[scenery.loose[shown]]]))),
        "all categories": 0.5 * len(np.unique(scenery.categories[shown])),
        "share of loose things": 9 * min(sum(part for index, part in shares.items() if scenery.loose[index]), 0.5),
        "spread in depth": 0.8 * float(np.log(distance.max() / distance.min())),
        "filled by one thing": -6 * max(max(shares.values()) - 0.3, 0),
        "nearer than the rest": -8 * max(near - 0.04, 0),
        "along the heading": along,
    }
    return ScoredCamera(camera, terms)


def _along(camera: Camera, heading: float) -> float:
    """The cosine between the camera's direction and a heading, seen from above."""
    ahead = np.array(camera.target[:2]) - np.array(camera.location[:2])
    return float(ahead @ (np.cos(heading), np.sin(heading)) / np.linalg.norm(ahead))
