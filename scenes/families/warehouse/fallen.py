"""A few boxes that fell: they tumble from knee height and physics lets them lie as they come to rest."""

import numpy as np

from scenes.families.warehouse.filling import Filler
from scenes.families.warehouse.hall import Hall
from scenes.families.warehouse.site import size_of

__all__ = ["drop_boxes"]


def drop_boxes(filler: Filler, hall: Hall) -> bool:
    """Three to six boxes over a free piece of floor; False where there is none."""
    rng, site = filler.rng, filler.site
    for _ in range(40):
        x = float(rng.uniform(-hall.x / 2 + 1.2, hall.x / 2 - 1.2))
        y = float(rng.uniform(-hall.y / 2 + 1.2, hall.y / 2 - 1.2))
        if site.is_clear(np.array([x - 0.95, y - 0.95, 0.02]), np.array([x + 0.95, y + 0.95, 2.2])):
            break
    else:
        return False
    floor = site.entries[hall.floor - 1]
    site.entries[hall.floor - 1] = floor.model_copy(update={"body": "passive"})
    z = 0.02
    for _ in range(int(rng.integers(3, 7))):
        model = filler.stock.pick("box")
        number = site.put(
            model,
            x + float(rng.normal(0, 0.2)),
            y + float(rng.normal(0, 0.2)),
            z,
            0.0,
            on=hall.floor,
            body="dynamic",
            mass=3.0,
        )
        axis = rng.normal(0, 1, 3) * (0.25, 0.25, 1.0)
        angle = float(rng.uniform(0, np.pi))
        unit = axis / np.linalg.norm(axis)
        turn = (float(np.cos(angle / 2)), *(float(v) for v in unit * np.sin(angle / 2)))
        w, i, j, k = (round(value, 6) for value in turn)
        reach = 0.5 * float(np.linalg.norm(size_of(model)))
        entry = site.entries[number - 1]
        lifted = (entry.location[0], entry.location[1], round(z + reach, 4))
        site.entries[number - 1] = entry.model_copy(update={"rotation": (w, i, j, k), "location": lifted})
        site.low[number - 1] = np.array([x - 0.7, y - 0.7, 0.0])
        site.high[number - 1] = np.array([x + 0.7, y + 0.7, 0.6])
        z += 1.6 * reach
    return True
