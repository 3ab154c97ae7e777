"""Boxes round the parts of things: what decides whether they fit beside, under or into each other."""

from dataclasses import dataclass

import numpy as np

from scenes.measure import part_mesh
from scenes.mesh import Floats, extremes
from scenes.model import ObjectSpec

__all__ = ["TOUCH", "Body", "body", "cellular", "moved", "overlap"]

TOUCH = 0.0005  # metres by which boxes may meet before they overlap, and between a thing and what carries it

_CORNERS = np.array([(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)])


@dataclass(frozen=True, eq=False)
class Body:
    """A model with the box of each part [p, 2, 3] (low, high) in its own axes, metres."""

    model: ObjectSpec
    boxes: Floats

    @property
    def low(self) -> Floats:
        """Least corner [3] of all boxes."""
        return np.asarray(self.boxes[:, 0].min(0))

    @property
    def high(self) -> Floats:
        """Greatest corner [3] of all boxes."""
        return np.asarray(self.boxes[:, 1].max(0))

    @property
    def size(self) -> Floats:
        """Extent of all boxes along x, y and z [3], metres."""
        return self.high - self.low


def body(model: ObjectSpec, *, whole: bool = False) -> Body:
    """The model with its parts' boxes, or one box round the `whole`."""
    meshes = [part_mesh(part).vertices for part in model.parts]
    boxes = np.array([extremes(vertices) for vertices in meshes])
    if whole:
        boxes = np.stack([boxes[:, 0].min(0), boxes[:, 1].max(0)])[None]
    return Body(model, boxes)


def cellular(model: ObjectSpec, side: float = 0.07) -> Body:
    """The model with a box round what each part has in each cell of a lattice: for what bends, like a person."""
    boxes = []
    for part in model.parts:
        points = part_mesh(part).vertices
        cells, which = np.unique(np.floor(points / side).astype(int), axis=0, return_inverse=True)
        low, high = np.full((len(cells), 3), np.inf), np.full((len(cells), 3), -np.inf)
        np.minimum.at(low, which, points)
        np.maximum.at(high, which, points)
        boxes.append(np.stack([low, high], 1))
    return Body(model, np.concatenate(boxes))


def moved(boxes: Floats, location: Floats, rotation: Floats) -> Floats:
    """The boxes [p, 2, 3] round boxes that are turned, then moved."""
    corners = np.stack([boxes[:, pick, (0, 1, 2)] for pick in _CORNERS], 1)
    placed = corners @ rotation.T + location
    return np.stack([placed.min(1), placed.max(1)], 1)


def overlap(boxes: Floats, others: Floats) -> bool:
    """Whether any of the boxes [p, 2, 3] reaches into any of the others [q, 2, 3]."""
    if not len(others):
        return False
    apart = np.maximum(boxes[:, None, 0] - others[None, :, 1], others[None, :, 0] - boxes[:, None, 1]).max(-1)
    return bool((apart < -TOUCH).any())
