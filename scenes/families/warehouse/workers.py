"""People at work in a hall: helmets and high-visibility vests, on free floor."""

import numpy as np

from scenes import draw
from scenes.catalog import finished
from scenes.families.warehouse.hall import Hall
from scenes.floor_layout import FloorLayout, FloorPose
from scenes.people.person import make_person

__all__ = ["add_workers"]

_POSES = ("walk", "stand", "phone", "folded")
ROOM = 0.2  # metres of free floor around a person


def add_workers(rng: np.random.Generator, layout: FloorLayout, hall: Hall, most: int) -> None:
    """Add up to `most` people, each where a box around them is free."""

    def anywhere() -> FloorPose:
        x, y = (draw.uniform(rng, -0.5, 0.5) * (side - 1.6) for side in (hall.x, hall.y))
        return FloorPose(x, y, draw.uniform(rng, 0, 2 * np.pi))

    for _ in range(draw.integer(rng, 0, most + 1)):
        model = finished(make_person(rng, draw.choice(rng, _POSES, p=(0.45, 0.3, 0.15, 0.1)), age="adult", role="work"))
        layout.stand_somewhere(model, anywhere, on=hall.floor, gap=ROOM, tries=30)
