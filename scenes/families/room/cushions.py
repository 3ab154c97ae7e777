"""Leaning pillows."""

import numpy as np

from encode.formulas.rotation import about_x, about_z
from scenes import draw
from scenes.families.room.layout import RoomLayout
from scenes.mesh import Floats
from scenes.objects.pillow import of_size as pillow_of_size
from scenes.part_boxes import TOUCH

__all__ = ["lean"]


def lean(
    room: RoomLayout, seat: int, size: tuple[float, float, float], rest: tuple[Floats, float], *, color_name: str = ""
) -> int | None:
    """A pillow on an object, tilted back by `rest[1]` radians from lying; `rest[0]` is (x, rear edge y, z) there."""
    (x, rear, z), tilt = rest
    cushion = room.new(pillow_of_size(room.rng, room.style, size, color_name=color_name), whole=True)
    tip = about_x(tilt) @ about_z(draw.normal(room.rng, 0, 0.05))
    corners = (
        np.array(
            [(i, j, k) for i in cushion.boxes[0, :, 0] for j in cushion.boxes[0, :, 1] for k in cushion.boxes[0, :, 2]]
        )
        @ tip.T
    )
    carrier = room[seat]
    soft = 0.12 * size[2] * np.sin(tilt)  # a pillow's seam is thin: its box ends before its cloth
    local = np.array([x, rear - corners[:, 1].max() + soft, z - corners[:, 2].min() - soft + TOUCH])
    return room.put(cushion, carrier.location + carrier.matrix @ local, carrier.matrix @ tip, on=seat)
