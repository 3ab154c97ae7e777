"""Tables with chairs at their edges and objects on top."""

from dataclasses import replace

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.catalog import finished
from scenes.families.room.layout import RoomLayout
from scenes.families.room.tops import dress
from scenes.furnish.tables import Table, sample_table, seats
from scenes.measure import bounds
from scenes.mesh import Floats
from scenes.part_boxes import Body, body

__all__ = ["dining_set", "put_table", "sideboard"]


def put_table(room: RoomLayout, kinds: tuple[str, ...], point: Floats, yaw: float) -> tuple[int, Table] | None:
    """A table on the floor."""
    table = _measured(sample_table(room.rng, room.style, kinds))
    added = room.stand(body(table.model), point, yaw)
    return None if added is None else (added, table)


def sideboard(room: RoomLayout) -> None:
    """A long low cabinet at a wall with objects on it."""
    table = _measured(sample_table(room.rng, room.style, ("sideboard",)))
    added = room.anywhere(body(table.model), clear=0.4)
    if added is not None:
        dress(room, added, "still life" if room.chance(0.5) else "living room", 8, table=replace(table, kind="desk"))


def _measured(table: Table) -> Table:
    model = finished(table.model, center=False)
    return Table(table.kind, model, float(bounds(model).high[2]), table.outline)


def dining_set(room: RoomLayout, point: Floats, yaw: float, theme: str, *, most: int = 9) -> int | None:
    """A table with matching chairs at its edges and objects on top."""
    added = put_table(room, ("dining", "dining", "round"), point, yaw)
    if added is None:
        return None
    support, table = added
    seed = draw.integer(room.rng, 2**31)
    room_before = len(room)
    for edge, heading in seats(table):
        _draw_up(room, support, room.same("chair", seed), edge, heading)
    if len(room) > room_before or room.chance(0.5):
        dress(room, support, theme, most, table=table)
    return support


def _draw_up(room: RoomLayout, table: int, chair: Body, edge: Floats, heading: float) -> None:
    """A chair at the edge, as far under the top as it fits; sometimes left out."""
    base = room[table]
    if room.chance(0.1):
        return
    way = about_z(heading)[:2, :2] @ np.array([0.0, -1.0])  # the direction of its front: inward
    jitter = draw.normal(room.rng, 0, 0.06)
    first = draw.choice(room.rng, [0.2, 0.12, -0.12], p=[0.5, 0.35, 0.15])
    for tuck in (first, 0.1, 0.02, -0.06, -0.15):
        middle = edge - way * (float(chair.size[1]) / 2 - tuck)
        point = base.location[:2] + base.matrix[:2, :2] @ middle
        yaw = float(np.arctan2(base.matrix[1, 0], base.matrix[0, 0])) + heading + jitter
        if room.stand(chair, point, yaw) is not None:
            return
