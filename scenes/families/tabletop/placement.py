"""Placements on a top: no two footprints overlap, nothing extends over the edge."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenes import draw
from scenes.layout import NOTHING, ConvexRegion, ExtentCollision, Layout, Placement, outline_extents
from scenes.measure import Bounds, bounds, footprint, object_mesh
from scenes.mesh import Floats
from scenes.model import ObjectSpec

__all__ = ["TOUCH", "MeasuredModel", "TopLayout", "TopPlacement", "measured", "on_top"]

TOUCH = 0.0001  # metres between an object and its support: no two surfaces in one plane
TRIES = 50  # points tried before an object is left out


@dataclass(frozen=True, eq=False)
class MeasuredModel:
    """A model with its box, the convex outline of its footprint [n, 2] and its volume, measured once; metres."""

    model: ObjectSpec
    box: Bounds
    outline: Floats
    volume: float

    @property
    def radius(self) -> float:
        """The radius of the circle around the z axis that contains its footprint."""
        return float(np.linalg.norm(self.outline, axis=1).max())

    @property
    def height(self) -> float:
        """How high it reaches over its own z = 0."""
        return float(self.box.high[2])


def measured(model: ObjectSpec) -> MeasuredModel:
    """The model with its measures."""
    mesh = object_mesh(model)
    return MeasuredModel(model, bounds(mesh), footprint(mesh), abs(mesh.volume()))


@dataclass(frozen=True, eq=False, kw_only=True)
class TopPlacement(Placement):
    """An object at rest on a top or on another object; its location's z = 0 is the top."""

    measured: MeasuredModel

    @property
    def point(self) -> Floats:
        """The location seen from above [2], metres."""
        return self.location[:2]


def on_top(
    model: MeasuredModel,
    point: Floats,
    z: float,
    yaw: float,
    *,
    support: int = NOTHING,
    body: Literal["dynamic", "passive"] = "dynamic",
) -> TopPlacement:
    """An object at a point [2] of the top, `z` metres over it; with `support=NOTHING` the top carries it."""
    location = np.array([point[0], point[1], z])
    return TopPlacement(model=model.model, measured=model, location=location, yaw=yaw, support=support, body=body)


class TopLayout(Layout[TopPlacement]):
    """A top being filled. `edge` is the usable outline, convex and counter-clockwise [n, 2], metres."""

    def __init__(self, rng: np.random.Generator, edge: Floats) -> None:
        super().__init__(collision=ExtentCollision())
        self.rng = rng
        self.top = ConvexRegion(edge)

    def near(
        self, model: MeasuredModel, around: Floats, *, spread: float, yaw: float | None = None, gap: float = 0.008
    ) -> int | None:
        """Put `model` at a free point near `around`, with growing distance; its index, or None if none is free."""
        for trial in range(TRIES):
            point = around + self.rng.normal(0, spread * (0.5 + 0.03 * trial), 2)
            heading = draw.uniform(self.rng, 0, 2 * np.pi) if yaw is None else yaw
            added = self.at(model, point, yaw=heading, gap=gap)
            if added is not None:
                return added
        return None

    def at(self, model: MeasuredModel, point: Floats, *, yaw: float, gap: float = 0.004) -> int | None:
        """Put `model` exactly there, with `gap` metres to others; None if it does not fit."""
        outline = _turned(model.outline, yaw) + point
        if not self.top.holds(outline):
            return None
        return self.place(on_top(model, point, TOUCH, yaw), outline_extents(outline, margin=gap / 2))


def _turned(outline: Floats, yaw: float) -> Floats:
    cosine, sine = np.cos(yaw), np.sin(yaw)
    return np.asarray(outline @ np.array([[cosine, sine], [-sine, cosine]]))
