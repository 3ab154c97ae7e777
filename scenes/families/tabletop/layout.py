"""Where things go on a top: no two footprints meet, nothing hangs over the edge."""

from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.measure import Bounds, bounds, footprint, object_mesh
from scenes.mesh import Floats
from scenes.model import ObjectSpec

__all__ = ["TOUCH", "Layout", "Measured", "Placed", "measured"]

TOUCH = 0.0001  # metres between a thing and what carries it: no two surfaces in one plane
_ANGLES = np.linspace(0, np.pi, 32, endpoint=False)
_DIRECTIONS = np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], 1)


@dataclass(frozen=True, eq=False)
class Measured:
    """A model with its box and footprint, measured once."""

    model: ObjectSpec
    box: Bounds
    outline: Floats
    volume: float

    @property
    def radius(self) -> float:
        return float(np.linalg.norm(self.outline, axis=1).max())

    @property
    def height(self) -> float:
        return float(self.box.high[2])


def measured(model: ObjectSpec) -> Measured:
    mesh = object_mesh(model)
    return Measured(model, bounds(mesh), footprint(mesh), abs(mesh.volume()))


@dataclass(frozen=True, eq=False)
class Placed:
    """A thing at rest at (x, y, z), turned by `yaw`; `on` is the number of what carries it, -1 for the top."""

    thing: Measured
    spot: Floats
    z: float
    yaw: float
    on: int = -1
    body: str = "dynamic"
    collision: str = "hull"


@dataclass(eq=False)
class Layout:
    """A top being filled. `edge` is the usable outline, convex and counter-clockwise [n, 2]; z = 0 is the top."""

    rng: np.random.Generator
    edge: Floats
    placed: list[Placed] = field(default_factory=list)
    _spans: list[tuple[Floats, Floats]] = field(default_factory=list)

    def near(
        self, thing: Measured, around: Floats, *, spread: float, yaw: float | None = None, gap: float = 0.008
    ) -> int | None:
        """Put `thing` at a free spot about `around`, ever farther off; its number, or None where there is no room."""
        for trial in range(50):
            spot = around + self.rng.normal(0, spread * (0.5 + 0.03 * trial), 2)
            turn = draw.uniform(self.rng, 0, 2 * np.pi) if yaw is None else yaw
            number = self.at(thing, spot, yaw=turn, gap=gap)
            if number is not None:
                return number
        return None

    def at(self, thing: Measured, spot: Floats, *, yaw: float, gap: float = 0.004) -> int | None:
        """Put `thing` exactly there, or return None where it does not fit."""
        outline = _turned(thing.outline, yaw) + spot
        if not self._on_top(outline):
            return None
        shade = outline @ _DIRECTIONS.T
        span = (shade.min(0) - gap / 2, shade.max(0) + gap / 2)
        if any(np.all((span[0] < high) & (low < span[1])) for low, high in self._spans):
            return None
        self._spans.append(span)
        return self.add(Placed(thing, np.asarray(spot), TOUCH, yaw))

    def add(self, entry: Placed) -> int:
        """Take an entry as it is: what stands on or in something else."""
        self.placed.append(entry)
        return len(self.placed) - 1

    def change(self, number: int, entry: Placed) -> None:
        self.placed[number] = entry

    def _on_top(self, outline: Floats) -> bool:
        side = np.roll(self.edge, -1, 0) - self.edge
        offset = outline[:, None] - self.edge[None]
        return bool(np.all(side[None, :, 0] * offset[..., 1] - side[None, :, 1] * offset[..., 0] > 0))


def _turned(outline: Floats, yaw: float) -> Floats:
    cosine, sine = np.cos(yaw), np.sin(yaw)
    return np.asarray(outline @ np.array([[cosine, sine], [-sine, cosine]]))
