"""Cameras in a hall: people's eyes, a driver's seat, high on a rack, low on the floor, close to a shelf.

Each candidate is one of many drawn; rays against the boxes of all objects tell which of them show something.
"""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.cameras import triple
from scenes.families.warehouse.hall import Hall
from scenes.families.warehouse.site import OPEN, Site
from scenes.framing import Boxes, glance
from scenes.scene import Camera, View
from scenes.taxonomy import load_taxonomy

__all__ = ["KINDS", "sample_view"]

CANDIDATES = 6
DRAWN = 30
KINDS = ("eye", "low", "close", "seat", "high", "eye")
#: Height of the camera, focal length, how far off the target may be.
_RANGES: dict[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "eye": ((1.45, 1.8), (20, 35), (3.0, 14.0)),
    "seat": ((1.9, 2.6), (20, 35), (4.0, 16.0)),
    "low": ((0.25, 0.7), (20, 40), (2.0, 9.0)),
    "close": ((0.6, 1.9), (35, 80), (1.3, 4.0)),
    "high": ((3.0, 5.2), (18, 30), (4.0, 16.0)),
}


@dataclass(frozen=True, eq=False)
class _Solids:
    """What rays meet, by box: whether it is a loose thing, and the number of its category."""

    boxes: Boxes
    loose: np.ndarray
    kinds: np.ndarray


def _solids(site: Site) -> _Solids:
    known = load_taxonomy()
    names = sorted({entry.model.category for entry in site.entries})
    solid = [k for k, entry in enumerate(site.entries) if entry.model.category not in OPEN]
    low, high = np.array([site.low[k] for k in solid]), np.array([site.high[k] for k in solid])
    return _Solids(
        Boxes(low, high, np.arange(len(solid))),
        np.array([known[site.entries[k].model.category].is_loose for k in solid]),
        np.array([names.index(site.entries[k].model.category) for k in solid]),
    )


def sample_view(rng: np.random.Generator, site: Site, hall: Hall, kind: str, heading: float) -> View:
    """The best six of many cameras, the best first; those that look along `heading` (radians) are liked better."""
    solids = _solids(site)
    found: list[tuple[float, Camera]] = []
    for trial in range(3 * DRAWN):
        if len(found) >= DRAWN:
            break
        camera = _draw(rng, site, hall, solids, kind if trial < 2 * DRAWN else "eye")
        if camera is not None:
            found.append((_score(camera, solids) + 1.5 * _along(camera, heading), camera))
    ranked = [camera for _, camera in sorted(found, key=lambda entry: -entry[0])][:CANDIDATES]
    spare = Camera(location=(0.0, round(-hall.y / 2 + 0.5, 3), 1.6), target=(0.0, 0.0, 1.2), focal_length=24.0)
    return View(candidates=tuple(ranked + [spare] * (CANDIDATES - len(ranked))))


def _draw(rng: np.random.Generator, site: Site, hall: Hall, solids: _Solids, kind: str) -> Camera | None:
    """A camera in free space that looks toward a loose thing it can see, or None."""
    (low, high), lens, reach = _RANGES[kind]
    margin = 0.45
    spot = np.array(
        [
            draw.uniform(rng, -hall.x / 2 + margin, hall.x / 2 - margin),
            draw.uniform(rng, -hall.y / 2 + margin, hall.y / 2 - margin),
            min(draw.uniform(rng, low, high), hall.z - 0.5 - 0.2 * (kind == "high")),
        ]
    )
    if not site.is_clear(spot - 0.4, spot + 0.4):
        return None
    centers = (solids.boxes.low + solids.boxes.high) / 2
    away = np.linalg.norm(centers - spot, axis=1)
    wanted = np.flatnonzero(solids.loose & (away > reach[0]) & (away < reach[1]))
    if len(wanted) == 0:
        return None
    aim = centers[draw.choice(rng, wanted)] + rng.normal(0, 0.12, 3) * (0.4 if kind == "close" else 1.0)
    if kind in ("eye", "seat", "low"):
        aim[2] = 0.5 * aim[2] + 0.5 * (spot[2] + draw.uniform(rng, -0.25, 0.12) * np.linalg.norm(aim - spot))
    if np.linalg.norm(aim[:2] - spot[:2]) < 0.3:
        return None
    return Camera(
        location=triple(spot),
        target=triple(aim),
        roll=round(draw.normal(rng, 0, 0.015), 4),
        focal_length=round(draw.uniform(rng, *lens), 2),
        shift=(round(draw.normal(rng, 0, 0.02), 4), round(draw.normal(rng, 0, 0.02), 4)),
    )


def _score(camera: Camera, solids: _Solids) -> float:
    """How much there is to see: kinds of loose things, how much of the view they cover, nothing too near."""
    view = glance(camera, solids.boxes)
    seen = view.owner >= 0
    if not seen.any() or view.distance.min() < 0.5:
        return -10.0
    distance, shares = view.distance[seen], view.shares()
    shown = np.array(list(shares))
    kinds = len(np.unique(solids.kinds[shown[solids.loose[shown]]]))
    every = len(np.unique(solids.kinds[shown]))
    share = sum(part for thing, part in shares.items() if solids.loose[thing])
    largest = max(shares.values())
    spread = float(np.log(distance.max() / distance.min()))
    near = float((distance < 0.25 * np.median(distance)).mean())
    return (
        kinds + 0.5 * every + 9 * min(share, 0.5) + 0.8 * spread - 6 * max(largest - 0.3, 0) - 8 * max(near - 0.04, 0)
    )


def _along(camera: Camera, heading: float) -> float:
    """The cosine between where the camera looks and a heading, seen from above."""
    ahead = np.array(camera.target[:2]) - np.array(camera.location[:2])
    return float(ahead @ (np.cos(heading), np.sin(heading)) / np.linalg.norm(ahead))
