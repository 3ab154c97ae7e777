"""Close views inside a room: what lies together on a table, a worktop or a shelf, with the room behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64

from scenes import draw
from scenes.camera_search import ScoredCamera, search_cameras
from scenes.cameras import Orbit, orbit_camera
from scenes.families.room.layout import RoomLayout
from scenes.framing import Boxes, Preview, preview
from scenes.mesh import Floats
from scenes.scene import Camera

__all__ = ["CarriedThings", "carried_things", "close_view"]

DRAWS = 60
WANTED = 12  # cameras in free air to choose from
NEAR = 0.42  # metres around one object within which others belong to the same group
SPACE = 0.16  # metres from a camera to anything
FEWEST = 3  # objects that make a group
LEAST = 0.08  # share of the image that they must cover: less means that they are hidden


@dataclass(frozen=True, eq=False)
class CarriedThings:
    """What furniture carries: the middle and the radius (metres) of each, and which carrier and which category."""

    middles: Float64[np.ndarray, "n 3"]
    radii: Float64[np.ndarray, "n"]
    carriers: Int64[np.ndarray, "n"]
    categories: Int64[np.ndarray, "n"]

    def group_round(self, index: int) -> Int64[np.ndarray, "near"]:
        """The indices of the objects near one of them on the same carrier, including itself."""
        near = np.linalg.norm(self.middles - self.middles[index], axis=1) < NEAR
        return np.asarray(np.flatnonzero(near & (self.carriers == self.carriers[index])))


def carried_things(room: RoomLayout, names: Sequence[str]) -> CarriedThings:
    """Everything in the room on furniture except people; `names` are the categories by index."""
    held = [piece for piece in room.furnishings if piece.support >= 0 and piece.category != "person"]
    low = np.array([piece.low for piece in held]).reshape(-1, 3)
    high = np.array([piece.high for piece in held]).reshape(-1, 3)
    radii = np.linalg.norm(high - low, axis=1) / 2
    carriers = np.array([piece.support for piece in held], np.int64)
    categories = np.array([names.index(piece.category) for piece in held], np.int64)
    return CarriedThings((low + high) / 2, radii, carriers, categories)


def close_view(
    rng: np.random.Generator, held: CarriedThings, boxes: Boxes, half: Floats, height: float
) -> list[Camera]:
    """Cameras near groups of objects, the best first; none if there are no groups.

    boxes: all that is in the room; half: half its width and depth; high: its height, metres.
    """

    def propose(trial: int) -> _CloseCamera | None:
        # Evenly by carrier: a bookshelf holds a hundred objects, a table eight.
        carrier = rng.choice(np.unique(held.carriers))
        group = held.group_round(int(rng.choice(np.flatnonzero(held.carriers == carrier))))
        return _CloseCamera(_draw(rng, held, group), group) if len(group) >= FEWEST else None

    def score(proposal: _CloseCamera) -> ScoredCamera | None:
        point = np.array(proposal.camera.location)
        if np.any(np.abs(point[:2]) > half - SPACE) or point[2] > height - SPACE or boxes.distance_to(point) < SPACE:
            return None
        seen = preview(proposal.camera, boxes)
        hidden = np.isin(seen.owner, held.categories[proposal.group]).mean() < LEAST
        return None if hidden else ScoredCamera(proposal.camera, _terms(seen))

    tries = DRAWS if len(held.middles) else 0
    ranked = search_cameras(rng, propose, score, tries=tries, enough=WANTED, chance=0.7)
    return [rated.camera for rated in ranked]


@dataclass(frozen=True, eq=False)
class _CloseCamera:
    """A camera near a group of objects, given by their indices."""

    camera: Camera
    group: Int64[np.ndarray, "near"]


def _draw(rng: np.random.Generator, held: CarriedThings, group: Int64[np.ndarray, "near"]) -> Camera:
    """A camera whose image the group fills, from a child's eye level beside it to almost above it."""
    middles, radii = held.middles[group], held.radii[group]
    focus = (middles.min(0) + middles.max(0)) / 2
    radius = float((np.linalg.norm(middles - focus, axis=1) + radii).max())
    orbit = Orbit(
        focus,
        float(np.clip(radius * draw.uniform(rng, 0.65, 1.1), 0.14, 0.5)),
        draw.uniform(rng, 0, 2 * np.pi),
        float(0.08 + 1.1 * rng.beta(1.4, 2.4)),
        draw.uniform(rng, 26, 60),
    )
    return orbit_camera(rng, orbit, roll=0.02)


def _terms(seen: Preview) -> dict[str, float]:
    """Categories in view and the depth of the room behind them, less what stands right before the lens."""
    shares = seen.shares()
    return {
        "categories shown": float(sum(min(1.0, share / 0.02) for share in shares.values())),
        "depth of the room behind": 0.5 * float(np.quantile(np.minimum(seen.distance, 6.0), 0.8)),
        "filled by one thing": -6 * max(0.0, max(shares.values(), default=1.0) - 0.45),
        "too near": -14 * seen.share_within(0.25),
    }
