"""Close views inside a room: what lies together on a table, a worktop or a shelf, with the room behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64

from scenes import draw
from scenes.cameras import Orbit, orbit_camera
from scenes.families.room.room import Room
from scenes.framing import Boxes, Glance, glance
from scenes.mesh import Floats
from scenes.scene import Camera

__all__ = ["Things", "close_view", "things"]

DRAWS = 60
WANTED = 12  # cameras in free air to choose from
NEAR = 0.42  # metres round one thing within which others belong to the same picture
SPACE = 0.16  # metres from a camera to anything
FEWEST = 3  # things that make a picture
LEAST = 0.08  # share of the picture that they take, or else they are hidden


@dataclass(frozen=True, eq=False)
class Things:
    """What furniture carries: the middle and the radius (metres) of each, and which carrier and which category."""

    middles: Float64[np.ndarray, "n 3"]
    radii: Float64[np.ndarray, "n"]
    carriers: Int64[np.ndarray, "n"]
    kinds: Int64[np.ndarray, "n"]

    def round_one(self, number: int) -> Int64[np.ndarray, "near"]:
        """The numbers of those on the same carrier and near it, itself with them."""
        near = np.linalg.norm(self.middles - self.middles[number], axis=1) < NEAR
        return np.asarray(np.flatnonzero(near & (self.carriers == self.carriers[number])))


def things(room: Room, names: Sequence[str]) -> Things:
    """Everything in the room that stands on a piece of furniture, but people; `names` are the categories by number."""
    held = [piece for piece in room.pieces[room.shell :] if piece.on >= 0 and piece.category != "person"]
    low = np.array([piece.low for piece in held]).reshape(-1, 3)
    high = np.array([piece.high for piece in held]).reshape(-1, 3)
    radii = np.linalg.norm(high - low, axis=1) / 2
    carriers = np.array([piece.on for piece in held], np.int64)
    kinds = np.array([names.index(piece.category) for piece in held], np.int64)
    return Things((low + high) / 2, radii, carriers, kinds)


def close_view(rng: np.random.Generator, held: Things, boxes: Boxes, half: Floats, height: float) -> list[Camera]:
    """Cameras near groups of things, the best first; none where nothing lies together.

    boxes: all that is in the room; half: half its width and depth; high: its height, metres.
    """
    found: list[tuple[float, Camera]] = []
    for _ in range(DRAWS if len(held.middles) else 0):
        # Evenly by carrier: a bookshelf holds a hundred things, a table eight.
        carrier = rng.choice(np.unique(held.carriers))
        group = held.round_one(draw.choice(rng, np.flatnonzero(held.carriers == carrier)))
        if len(group) < FEWEST:
            continue
        camera = _draw(rng, held, group)
        spot = np.array(camera.location)
        if np.any(np.abs(spot[:2]) > half - SPACE) or spot[2] > height - SPACE or boxes.away(spot) < SPACE:
            continue
        seen = glance(camera, boxes)
        if np.isin(seen.owner, held.kinds[group]).mean() < LEAST:
            continue
        found.append((_worth(seen) + draw.normal(rng, 0, 0.7), camera))
        if len(found) == WANTED:
            break
    found.sort(key=lambda entry: -entry[0])
    return [camera for _, camera in found]


def _draw(rng: np.random.Generator, held: Things, group: Int64[np.ndarray, "near"]) -> Camera:
    """A camera that the group fills, from the height of a child's eyes beside it to nearly above."""
    middles, radii = held.middles[group], held.radii[group]
    focus = (middles.min(0) + middles.max(0)) / 2
    reach = float((np.linalg.norm(middles - focus, axis=1) + radii).max())
    orbit = Orbit(
        focus,
        float(np.clip(reach * draw.uniform(rng, 0.65, 1.1), 0.14, 0.5)),
        draw.uniform(rng, 0, 2 * np.pi),
        float(0.08 + 1.1 * rng.beta(1.4, 2.4)),
        draw.uniform(rng, 26, 60),
    )
    return orbit_camera(rng, orbit, roll=0.02)


def _worth(seen: Glance) -> float:
    """Kinds of things in view, and how far behind them the room goes on; less what stands right before the lens."""
    shares = seen.shares()
    shown = sum(min(1.0, share / 0.02) for share in shares.values())
    largest = max(shares.values(), default=1.0)
    behind = float(np.quantile(np.minimum(seen.distance, 6.0), 0.8))
    return float(shown) + 0.5 * behind - 6 * max(0.0, largest - 0.45) - 14 * seen.within(0.25)
