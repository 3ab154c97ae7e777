"""Where people sit on sofas and chairs: seat height and backrest."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenes.measure import part_mesh
from scenes.mesh import Floats
from scenes.model import ObjectSpec, Part, PartRole
from scenes.part_boxes import Body

__all__ = ["SEATS", "SeatPlace", "places", "top_edges"]

SEATS = ("sofa", "armchair", "chair", "office chair")
HALF = 0.12  # metres measured to either side
STEP = 0.04  # metres: step in height
REST = (0.14, 0.44)  # metres over the seat where backs meet backs


@dataclass(frozen=True, eq=False)
class SeatPlace:
    """A place in the seat's own axes: its middle, its top, how far its cushions yield, and its back by height.

    rest: the least y of the back in steps from `REST[0]` over the seat, inf if it has no back.
    """

    x: float
    y: float
    top: float
    give: float
    rest: Floats

    @property
    def hips(self) -> float:
        """Approximate position of a sitter's hips along y."""
        backs = self.rest[np.isfinite(self.rest)]
        return float(backs.min()) - 0.13 if len(backs) else self.y + 0.02

    def depth(self, sitter: ObjectSpec) -> float:
        """The y at which the back of a sitter made for this height touches the back of the seat."""
        back = _profile(_points([sitter.parts[0]]), 0.0, self.top, np.max, -np.inf)
        gaps = (self.rest - back)[np.isfinite(self.rest) & np.isfinite(back)]
        return float(gaps.min()) + self.give if len(gaps) else self.y + 0.02


def places(model: Body) -> Iterator[SeatPlace]:
    """The places of a seat."""
    parts = model.model.parts
    seats = [part for part in parts if part.role is PartRole.SEAT_CUSHION]
    seats = seats or [part for part in parts if part.role is PartRole.PAD]
    seats = seats or [part for part in parts if part.role in (PartRole.SEAT, PartRole.SHELL)]
    points = _points(parts)
    for seat in seats:
        own = part_mesh(seat).vertices
        x = float(own[:, 0].min() + own[:, 0].max()) / 2
        y = float(own[:, 1].min()) + 0.22
        near = own[(np.abs(own[:, 0] - x) < HALF) & (np.abs(own[:, 1] - y) < HALF)]
        soft = any(modifier.kind == "subdivision" for modifier in seat.modifiers)
        top = float(near[:, 2].max() if len(near) else own[:, 2].max())
        rest = _profile(points[points[:, 1] > y], x, top, np.min, np.inf)
        yield SeatPlace(x, y, top - (0.025 if soft else 0.0), 0.02 if soft else 0.0, rest)


def top_edges(table: Body) -> Floats:
    """Points [n, 3] along the edges of a table's top, its widest part."""
    width = [float(np.prod((box[1] - box[0])[:2])) for box in table.boxes]
    return _points([table.model.parts[int(np.argmax(width))]])


def _points(parts: Sequence[Part]) -> Floats:
    """Points on the edges of all faces."""
    points = []
    for part in parts:
        mesh = part_mesh(part)
        start, end = (mesh.vertices[ends] for ends in mesh.half_edges().T)
        points += [start + share * (end - start) for share in (0.0, 0.25, 0.5, 0.75)]
    return np.concatenate(points)


def _profile(points: Floats, x: float, top: float, pick: Callable[..., Any], empty: float) -> Floats:
    """The least or greatest y of points near `x`, by steps of height over the seat."""
    near = points[np.abs(points[:, 0] - x) < HALF]
    level = np.floor((near[:, 2] - top - REST[0]) / STEP).astype(int)
    count = round((REST[1] - REST[0]) / STEP)
    return np.array([pick(near[level == k, 1], initial=empty) for k in range(count)])
