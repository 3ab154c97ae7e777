"""From fixtures to the scene's numbered objects."""

from scenes.families.street.placing import Fixture
from scenes.numbering import Numbering
from scenes.quaternions import yaw_quaternion
from scenes.scene import SceneObject

__all__ = ["numbered"]


def numbered(fixtures: list[Fixture]) -> tuple[SceneObject, ...]:
    """Objects with ids from 1 and names like car-3; each stands on the first of the category that carries it."""
    numbering = Numbering()
    first: dict[str | Fixture, int] = {"": 0}
    found = []
    for entry in fixtures:
        category = entry.model.category
        number, name = numbering.next(category)
        first.setdefault(category, number)
        first[entry] = number
        found.append(
            SceneObject(
                id=number,
                name=name,
                model=entry.model,
                location=(round(float(entry.x), 4), round(float(entry.y), 4), round(float(entry.z), 4)),
                rotation=yaw_quaternion(entry.yaw),
                supported_by=first.get(entry.on, 0),
            )
        )
    return tuple(found)
