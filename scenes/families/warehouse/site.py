"""The hall being filled: numbered objects, the box each takes up, and what is free of them."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from scenes.measure import Bounds, bounds, object_mesh
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.scene import SceneObject

__all__ = ["Site", "size_of"]

OPEN = frozenset({"pallet rack", "storage shelving", "roof truss", "air duct", "safety railing", "floor marking"})
TOUCH = 0.0004  # metres between a thing and what carries it: no two surfaces in one plane


@lru_cache(maxsize=512)
def _hull(model: ObjectSpec) -> Floats:
    return object_mesh(model).vertices


@lru_cache(maxsize=512)
def _box(model: ObjectSpec) -> Bounds:
    return bounds(model)


def size_of(model: ObjectSpec) -> tuple[float, float, float]:
    """Width, depth and height of a model, not turned."""
    x, y, z = (float(value) for value in _box(model).size)
    return x, y, z


@dataclass(eq=False)
class Site:
    """Objects in place. `low` and `high` are their boxes, in the order of `entries`; the floor is z = 0."""

    entries: list[SceneObject] = field(default_factory=list)
    low: list[Floats] = field(default_factory=list)
    high: list[Floats] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)

    @property
    def parts(self) -> int:
        """How many parts all models have together: what a scene costs to write and to build."""
        return sum(len(entry.model.parts) for entry in self.entries)

    def put(
        self, model: ObjectSpec, x: float, y: float, z: float, yaw: float = 0.0, *, on: int = 0, **rest: Any
    ) -> int:
        """Place a model whose own floor comes to height `z`; returns its id."""
        self._counts[model.category] += 1
        number, half = len(self.entries) + 1, yaw / 2
        place = (round(float(x), 4), round(float(y), 4), round(float(z), 4))
        self.entries.append(
            SceneObject(
                id=number,
                name=f"{model.category.replace(' ', '-')}-{self._counts[model.category]}",
                model=model,
                location=place,
                rotation=(round(float(np.cos(half)), 6), 0.0, 0.0, round(float(np.sin(half)), 6)),
                supported_by=on,
                **rest,
            )
        )
        low, high = _turned_box(model, yaw)
        self.low.append(low + place)
        self.high.append(high + place)
        return number

    def stand(self, model: ObjectSpec, x: float, y: float, yaw: float = 0.0, *, on: int, **rest: Any) -> int:
        """Place a model on top of another object's box."""
        return self.put(model, x, y, float(self.high[on - 1][2]) + TOUCH, yaw, on=on, **rest)

    def is_free(self, model: ObjectSpec, x: float, y: float, yaw: float, *, z: float = 0.0, gap: float = 0.06) -> bool:
        """Whether the model's box with `gap` round it meets no other, but for what lies flat under it."""
        low, high = _turned_box(model, yaw)
        return self.is_clear(low + np.array([x - gap, y - gap, z + 0.02]), high + np.array([x + gap, y + gap, z]))

    def is_clear(self, low: Floats, high: Floats) -> bool:
        """Whether the box meets none in place."""
        return not bool(np.any(np.all((np.array(self.low) < high) & (np.array(self.high) > low), axis=1)))

    def of(self, *categories: str) -> list[int]:
        """Ids of everything of these categories."""
        return [entry.id for entry in self.entries if entry.model.category in categories]

    def center(self, number: int) -> Floats:
        return np.asarray((self.low[number - 1] + self.high[number - 1]) / 2)


def _turned_box(model: ObjectSpec, yaw: float) -> tuple[Floats, Floats]:
    """The axis-aligned box round the model turned by `yaw`."""
    cosine, sine = np.cos(yaw), np.sin(yaw)
    points = _hull(model) @ np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0], [0.0, 0.0, 1.0]])
    return points.min(0), points.max(0)
