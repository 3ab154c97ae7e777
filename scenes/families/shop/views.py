"""Cameras in a shop: at eye level along an aisle, close to goods, from a basket's height."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.camera_search import ScoredCamera, search_cameras
from scenes.cameras import rounded_vec3
from scenes.families.shop.placing import ShopLayout
from scenes.families.shop.premises import Premises
from scenes.framing import Boxes, preview
from scenes.scene import Camera, View
from scenes.taxonomy import load_taxonomy

__all__ = ["KINDS", "sample_view"]

CANDIDATES = 6
DRAWN = 16
ROOM = 0.35  # metres of free space around a camera
KINDS = ("aisle", "close", "eye", "aisle", "close", "low")


@dataclass(frozen=True)
class _ShotKind:
    """Ranges of a kind of camera: its height, focal length (mm) and distance to what it looks at, metres."""

    height: tuple[float, float]
    lens: tuple[float, float]
    reach: tuple[float, float]


_KINDS = {
    "aisle": _ShotKind((1.45, 1.75), (20, 32), (3.0, 12.0)),
    "eye": _ShotKind((1.35, 1.75), (24, 40), (1.8, 7.0)),
    "close": _ShotKind((0.9, 1.65), (28, 50), (0.9, 2.2)),
    "low": _ShotKind((0.7, 1.1), (22, 35), (1.5, 6.0)),
}


@dataclass(frozen=True, eq=False)
class _ShopSight:
    """Boxes of placements, and of each whether it is loose or a bare wall, and the index of its category."""

    boxes: Boxes
    loose: np.ndarray
    bare: np.ndarray
    kinds: np.ndarray


def sample_view(rng: np.random.Generator, layout: ShopLayout, premises: Premises, kind: str, heading: float) -> View:
    """The best of many cameras of a kind; those that look along `heading` (radians) score higher."""
    sight = _sight(layout)
    wanted = [index for index in range(len(layout)) if sight.loose[index]]
    aims = np.array([layout[index].center for index in wanted])

    def propose(trial: int) -> Camera | None:
        return _proposal(rng, layout, premises, aims, _KINDS[kind if trial < 4 * DRAWN else "eye"])

    ranked = search_cameras(rng, propose, lambda camera: _scored(camera, sight, heading), tries=6 * DRAWN, enough=DRAWN)
    chosen = [rated.camera for rated in ranked[:CANDIDATES]]
    spare = Camera(location=(0.0, round(0.6 - premises.y / 2, 3), 1.6), target=(0.0, 0.0, 1.2), focal_length=24.0)
    return View(candidates=tuple(chosen + [spare] * (CANDIDATES - len(chosen))))


def _sight(layout: ShopLayout) -> _ShopSight:
    """Crates represent their contents."""
    names = sorted({item.category for item in layout.placements})
    is_loose, crates = load_taxonomy().is_loose, {*layout.of("crate", "basket")}
    return _ShopSight(
        layout.boxes(lambda item: item.support not in crates and item.category != "ceiling lamp"),
        np.array([is_loose(item.category) and item.category != "building" for item in layout.placements]),
        np.array([item.category in ("wall", "ceiling") for item in layout.placements]),
        np.array([names.index(item.category) for item in layout.placements]),
    )


def _proposal(
    rng: np.random.Generator, layout: ShopLayout, premises: Premises, aims: np.ndarray, kind: _ShotKind
) -> Camera | None:
    """A camera in free space that looks toward goods or people."""
    location = np.array(
        [
            draw.uniform(rng, -0.5, 0.5) * (premises.x - 0.9),
            draw.uniform(rng, -0.5, 0.5) * (premises.y - 0.9),
            draw.uniform(rng, *kind.height),
        ]
    )
    if not layout.is_clear(location - ROOM, location + ROOM):
        return None
    away = np.linalg.norm(aims - location, axis=1)
    near = np.flatnonzero((away > kind.reach[0]) & (away < kind.reach[1]))
    if len(near) == 0:
        return None
    aim = aims[draw.choice(rng, near)] + rng.normal(0, 0.08, 3)
    aim[2] = 0.6 * aim[2] + 0.4 * (location[2] - draw.uniform(rng, 0.0, 0.2) * np.linalg.norm(aim - location))
    if np.linalg.norm(aim[:2] - location[:2]) < 0.5:
        return None
    return Camera(
        location=rounded_vec3(location),
        target=rounded_vec3(aim),
        roll=round(draw.normal(rng, 0, 0.012), 4),
        focal_length=round(draw.uniform(rng, *kind.lens), 2),
    )


def _before(camera: Camera, boxes: Boxes) -> Boxes:
    """The boxes that reach in front of the camera."""
    location = np.array(camera.location)
    ahead = np.array(camera.target) - location
    shown = (np.where(ahead > 0, boxes.high, boxes.low) - location) @ ahead > 0
    return Boxes(boxes.low[shown], boxes.high[shown], boxes.owner[shown])


def _scored(camera: Camera, sight: _ShopSight, heading: float) -> ScoredCamera | None:
    view = preview(camera, _before(camera, sight.boxes))
    seen = view.owner >= 0
    if not seen.any() or view.distance.min() < 0.45:
        return None
    distance, shares = view.distance[seen], view.shares()
    shown = np.array(list(shares))
    ahead = np.array(camera.target[:2]) - np.array(camera.location[:2])
    return ScoredCamera(
        camera,
        {
            "categories of goods": float(len(np.unique(sight.kinds[shown[sight.loose[shown]]]))),
            "categories": 0.5 * len(np.unique(sight.kinds[shown])),
            "goods": 16 * min(sum(share for index, share in shares.items() if sight.loose[index]), 0.6),
            "bare": -9 * max(sum(share for index, share in shares.items() if sight.bare[index]) - 0.25, 0.0),
            "depth": 0.9 * float(np.log(distance.max() / distance.min())),
            "filled by one": -7 * max(max(shares.values()) - 0.22, 0.0),
            "too near": -8 * max(float((distance < 0.25 * np.median(distance)).mean()) - 0.04, 0.0),
            "heading": 1.5 * float(ahead @ (np.cos(heading), np.sin(heading)) / np.linalg.norm(ahead)),
        },
    )
