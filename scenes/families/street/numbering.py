"""From fixtures to the scene's numbered objects."""

from collections import Counter

import numpy as np

from scenes.families.street.placing import Fixture
from scenes.scene import SceneObject

__all__ = ["numbered"]


def numbered(fixtures: list[Fixture]) -> tuple[SceneObject, ...]:
    """Objects with ids from 1 and names like car-3; each stands on the first of the category that carries it."""
    counts: Counter[str] = Counter()
    first: dict[str | Fixture, int] = {"": 0}
    found = []
    for number, entry in enumerate(fixtures, 1):
        category = entry.model.category
        counts[category] += 1
        first.setdefault(category, number)
        first[entry] = number
        half = entry.yaw / 2
        found.append(
            SceneObject(
                id=number,
                name=f"{category.replace(' ', '-')}-{counts[category]}",
                model=entry.model,
                location=(round(float(entry.x), 4), round(float(entry.y), 4), round(float(entry.z), 4)),
                rotation=(round(float(np.cos(half)), 6), 0.0, 0.0, round(float(np.sin(half)), 6)),
                supported_by=first.get(entry.on, 0),
            )
        )
    return tuple(found)
