"""Cameras inside a room: many are drawn, and scored by coarse ray casting against boxes.

Some come close to what lies on a table or a shelf (`details.py`).
"""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.camera_search import ScoredCamera, search_cameras
from scenes.cameras import rounded_vec3
from scenes.families.room.details import CarriedThings, carried_things, close_view
from scenes.families.room.layout import RoomLayout
from scenes.framing import Boxes, preview
from scenes.mesh import Floats
from scenes.scene import Camera, View
from scenes.subject_views import SubjectSurroundings

__all__ = ["RoomScenery", "room_scenery", "sample_view", "subject_surroundings"]

CANDIDATES = 6
CLOSE = 0.25  # share of close views
DRAWS = 48
SPACE = 0.28  # metres from a camera to anything
BARE = ("wall", "floor", "ceiling", "skirting board", "door", "curtain", "rug")


@dataclass(frozen=True, eq=False)
class RoomScenery:
    """Boxes of all objects with the index of their category, the room's half sizes and its height."""

    boxes: Boxes
    names: tuple[str, ...]
    half: Floats
    height: float
    focuses: Floats
    held: CarriedThings


def room_scenery(room: RoomLayout) -> RoomScenery:
    """The room as boxes."""
    names = tuple(dict.fromkeys(piece.category for piece in room.placements))
    boxes = np.concatenate([piece.boxes for piece in room.placements])
    kinds = np.concatenate([np.full(len(piece.boxes), names.index(piece.category)) for piece in room.placements])
    inside = [piece for piece in room.furnishings if piece.category not in BARE]
    focuses = np.array([(piece.low + piece.high) / 2 for piece in inside])
    half = np.array([room.plan.width / 2, room.plan.depth / 2])
    return RoomScenery(
        Boxes(boxes[:, 0], boxes[:, 1], kinds), names, half, room.plan.height, focuses, carried_things(room, names)
    )


def sample_view(rng: np.random.Generator, space: RoomScenery) -> View:
    """The best of many cameras first; some views start with close ones, followed by wide ones."""
    near = close_view(rng, space.held, space.boxes, space.half, space.height) if draw.chance(rng, CLOSE) else []
    return View(candidates=tuple((near[: CANDIDATES // 2] + _wide(rng, space))[:CANDIDATES]))


def subject_surroundings(room: RoomLayout) -> SubjectSurroundings:
    """The same room for cameras that frame one subject: these stay out from under tables too."""
    boxes, whole = room.boxes(), room.whole_boxes(lambda piece: piece.category not in BARE)
    half, height = np.array([room.plan.width / 2, room.plan.depth / 2]), room.plan.height

    def is_free(eye: Floats, _: Floats, gap: float) -> bool:
        inside = bool(np.all(np.abs(eye[:2]) < half - gap)) and float(eye[2]) < height - gap
        return inside and boxes.distance_to(eye) > gap and whole.distance_to(eye) > 0

    return SubjectSurroundings(room, boxes, lambda _: 0.0, is_free)


def _wide(rng: np.random.Generator, space: RoomScenery) -> list[Camera]:
    """The best of many cameras that look across the room."""
    ranked = search_cameras(
        rng,
        lambda _: _draw(rng, space),
        lambda camera: ScoredCamera(camera, _terms(camera, space)),
        tries=DRAWS * 6,
        enough=DRAWS,
        chance=0.8,
    )
    chosen = [rated.camera for rated in ranked[:CANDIDATES]]
    return chosen + [chosen[-1] if chosen else _fallback(space)] * (CANDIDATES - len(chosen))


def _fallback(space: RoomScenery) -> Camera:
    x, y = (float(side) - 0.3 for side in space.half)
    return Camera(location=(x, y, 1.7), target=(-x, -y, 0.8), focal_length=20)


def _draw(rng: np.random.Generator, space: RoomScenery) -> Camera | None:
    """A camera in free space that looks across the room at an object; None if there is no space."""
    heights = ((1.45, 1.75), (0.95, 1.25), (0.35, 0.7), (1.9, 2.25))
    low, high = draw.choice(rng, heights, p=[0.48, 0.27, 0.08, 0.17])
    location = np.array(
        [*(rng.uniform(-1, 1, 2) * (space.half - SPACE)), draw.uniform(rng, low, min(high, space.height - 0.2))]
    )
    if space.boxes.distance_to(location) < SPACE:
        return None
    focus = draw.choice(rng, space.focuses)
    flat = float(np.linalg.norm((focus - location)[:2]))
    if flat < 1.4:
        return None
    aim = focus + rng.normal(0, 0.15, 3)
    drop = float(np.clip((aim[2] - location[2]) / flat, -0.75, 0.12)) * draw.uniform(rng, 0.3, 0.95)
    aim[2] = location[2] + drop * flat
    return Camera(
        location=rounded_vec3(location),
        target=rounded_vec3(aim),
        roll=round(draw.normal(rng, 0, 0.012), 4),
        focal_length=round(float(18 + _span(space) * rng.beta(1.1, 3.0)), 2),
        shift=(0.0, round(draw.normal(rng, 0, 0.02), 4)),
    )


def _span(space: RoomScenery) -> float:
    """How much longer than 18 mm a lens may be: small rooms need wide ones."""
    return float(np.clip(14 * float(space.half.min()) - 8, 6, 32))


def _terms(camera: Camera, space: RoomScenery) -> dict[str, float]:
    """Categories in view, less penalties for bare walls, near objects and empty distance."""
    seen = preview(camera, space.boxes)
    names = np.array([*space.names, "outside"])[seen.owner]  # -1 is the last
    words, counts = np.unique(names, return_counts=True)
    shown = [min(1.0, count / 2) for word, count in zip(words, counts, strict=True) if word not in (*BARE, "outside")]
    flat = float(np.isin(names, ("wall", "ceiling")).mean())
    return {
        "categories shown": float(sum(shown)),
        "not bare": 8 * (1 - float(np.isin(names, BARE).mean())),
        "walls and ceiling": -8 * max(0.0, flat - 0.42),
        "too near": -14 * seen.share_within(0.7),
        "depth": 1.4 * float(np.median(np.minimum(seen.distance, 8.0))),
    }
