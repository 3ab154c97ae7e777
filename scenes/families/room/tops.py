"""Small objects on tops: the arrangements of the tabletop family, at rest without physics."""

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.families.room.layout import RoomLayout
from scenes.families.tabletop.filling import Filling, fill
from scenes.families.tabletop.parameters import TabletopParameters
from scenes.furnish.tables import Table
from scenes.mesh import Floats
from scenes.model import PartRole
from scenes.objects.desk_lamp import CATEGORY as DESK_LAMP
from scenes.part_boxes import Body, body, moved

__all__ = ["dress", "part_box", "plain_top", "put_at_points"]


def plain_top(model: Body, *, kind: str = "desk") -> Table:
    """The top of a cabinet or desk, as a table."""
    (x0, y0), (x1, y1) = model.low[:2] + 0.01, model.high[:2] - 0.01
    outline = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    return Table(kind, model.model, float(model.high[2]), outline)


def part_box(model: Body, role: PartRole) -> Floats:
    """The box [2, 3] of the first part of the role, in the object's own axes; raises KeyError if none has it."""
    for part, box in zip(model.model.parts, model.boxes, strict=True):
        if part.role is role:
            return np.asarray(box)
    raise KeyError(role)


def dress(room: RoomLayout, support: int, theme: str, most: int, *, table: Table | None = None) -> None:
    """Put some of the theme's arrangements on top of an object, as many as the room's clutter allows."""
    count = round(most * room.clutter * draw.uniform(room.rng, 0.5, 1.2))
    if count < 1:
        return
    top = table or plain_top(room[support].own)
    filling = fill(
        room.rng,
        room.style,
        theme,
        top,
        TabletopParameters(min_objects=max(1, count - 1), max_objects=count),
        at_rest=True,
    )
    under = support
    if filling.cover is not None:
        cloth = room.new(filling.cover.model, whole=True)
        point = np.array([filling.cover.x, 0.0])
        under = _on(room, cloth, support, point, top.height + filling.cover.z, 0.0, support)
    _lay(room, support, top.height, filling, under)


def _lay(room: RoomLayout, support: int, height: float, filling: Filling, cloth: int) -> None:
    """Place what fits; objects whose support was left out are left out too."""
    laid: dict[int, int] = {}  # indices in the room by indices in the filling
    for k, item in enumerate(filling.placed):
        if item.support >= 0 and (item.support not in laid or item.z < filling.placed[item.support].z):
            continue  # the second case: fruit that did not come to rest in its bowl
        base = cloth if filling.cover and filling.cover.holds(item.point) else support
        model = body(item.model, whole=True)
        skip = frozenset({support, cloth, *laid.values()})
        under = laid.get(item.support, base)
        added = _on(room, model, support, item.point, height + item.z, item.yaw, under, skip=skip)
        if added >= 0:
            laid[k] = added


def _on(
    room: RoomLayout,
    model: Body,
    support: int,
    point: Floats,
    z: float,
    yaw: float,
    carrier: int,
    *,
    skip: frozenset[int] | None = None,
) -> int:
    """The object's index, or -1. Objects of one top already keep apart by their layout, so these are skipped."""
    base = room[support]
    location = base.location + base.matrix @ np.array([*point, z])
    rotation = base.matrix @ about_z(yaw)
    if skip is not None and not room.fits(moved(model.boxes, location, rotation), ignore=skip, reserved=False):
        return -1
    if model.model.category == DESK_LAMP:
        model = room.lamp(model)
    return room.put(model, location, rotation, on=carrier)


def put_at_points(
    room: RoomLayout, support: int, categories: tuple[str, ...], points: Floats, *, yaw: float = 0.0
) -> None:
    """One small object of the categories at each of the points [n, 2] on an object's top, if it fits."""
    for point in points:
        model = room.make(draw.choice(room.rng, categories), whole=True)
        room.on_top(model, support, point, yaw + draw.normal(room.rng, 0, 0.15))
