"""The surroundings of a table: a furnished corner of a room with decorated walls, or open ground."""

from dataclasses import dataclass, replace

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.families.tabletop.furniture import TableFurniture, free_span, furnish
from scenes.families.tabletop.placement import measured
from scenes.framing import Boxes
from scenes.furnish.surfaces import WallOpening, floor, ground, skirting, wall, wall_material
from scenes.furnish.tables import Table
from scenes.furnish.wallware import curtain, door, picture, shelf, window
from scenes.layout import NOTHING, Layout, Placement
from scenes.model import ObjectSpec

__all__ = ["Surroundings", "indoors", "outdoors"]

_SHELF = ("vase", "jar", "bowl", "mug", "potted plant", "candle", "bottle", "tin can", "clock")


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What is around a table, and the limits of cameras: walls stand at y = `back` and at x = `side` (0 for none).

    ground: the number of the floor or the ground in the layout. furniture: the boxes of chairs and furniture.
    """

    layout: Layout[Placement]
    ground: int
    furniture: Boxes
    back: float = 0.0
    side: float = 0.0


def outdoors(rng: np.random.Generator, style: Style, table: Table) -> Surroundings:
    """Open ground, with chairs at a table that has them."""
    furniture = TableFurniture(rng, style, table)
    furniture.draw_up_chairs()
    layout = Layout[Placement](decimals=5)
    under = layout.add(_at(finished(ground(rng, style)), 0, 0))
    layout.append(furniture, base=under)
    return Surroundings(layout, under, furniture.boxes())


def _at(
    model: ObjectSpec, x: float, y: float, z: float = 0.0, yaw: float = 0.0, *, support: int = NOTHING
) -> Placement:
    """A model whose own z = 0 lies at `z`, metres."""
    return Placement(model=model, location=np.array([x, y, z]), yaw=yaw, support=support)


def indoors(rng: np.random.Generator, style: Style, table: Table, clear: float) -> Surroundings:
    """A floor, a wall behind the table and maybe one beside it; what juts out over the top starts at height `clear`."""
    depth = float(table.outline[:, 1].max())
    back = depth + _gap(rng, table)
    height, material = draw.uniform(rng, 2.5, 3.1), wall_material(rng, style)
    side = 0.0
    if draw.chance(rng, 0.5):
        distance = float(table.outline[:, 0].max()) + draw.uniform(rng, 0.3, 1.6)
        side = distance if draw.chance(rng, 0.5) else -distance
    width = 11.0
    layout = Layout[Placement](decimals=5)
    under = layout.add(_at(finished(floor(rng, style, 14.0, 14.0)), 0, back - 6.9, -0.1))
    x = side - np.sign(side) * width / 2 if side else 0.0
    opening = _opening(rng, clear, side) if draw.chance(rng, 0.3) else None
    local = replace(opening, x=opening.x - x) if opening else None
    layout.add(_at(finished(wall(material, width, height, local)), x, back + 0.1))
    board = finished(skirting(rng, width)) if draw.chance(rng, 0.7) else None
    if board:
        layout.add(_at(board, x, back - 0.008))
    if side:
        yaw = np.pi / 2 if side < 0 else -np.pi / 2
        layout.add(_at(finished(wall(material, 10.0, height, None)), side + np.sign(side) * 0.1, back - 4.8, yaw=yaw))
        if board:
            layout.add(_at(board, side - np.sign(side) * 0.008, back - width / 2, yaw=yaw))
    if opening:
        frame = finished(window(rng, opening.width, opening.height))
        layout.add(_hung(frame, opening.x, back + 0.03, opening.z - 0.029))
    furniture = TableFurniture(rng, style, table, back, side)
    taken = furnish(furniture, [_span(opening)] if opening else [])
    layout.append(furniture, base=under)
    _hang_on_wall(rng, style, layout, (back, height, clear), opening, taken, near=back - depth < 0.2)
    return Surroundings(layout, under, furniture.boxes(), back, side)


def _gap(rng: np.random.Generator, table: Table) -> float:
    """Metres between a table and the wall behind it: none, little, or enough for furniture."""
    if table.against_wall:
        return 0.01
    near, far = draw.uniform(rng, 0.1, 0.4), draw.uniform(rng, 1.35 if table.kind == "coffee" else 0.6, 2.2)
    return float(near if draw.chance(rng, 0.4) else far)


def _span(opening: WallOpening) -> tuple[float, float]:
    """The stretch of the wall that a window and its frame take."""
    return opening.x - opening.width / 2 - 0.1, opening.x + opening.width / 2 + 0.1


def _hung(model: ObjectSpec, x: float, y: float, z: float) -> Placement:
    """A model whose back (+y side of its box) touches the plane y."""
    return _at(model, x, y - float(measured(model).box.high[1]) + 0.0005, z)


def _opening(rng: np.random.Generator, clear: float, side: float) -> WallOpening:
    """A window behind the table."""
    width, height = draw.uniform(rng, 0.9, 1.8), draw.uniform(rng, 0.9, 1.4)
    x = draw.normal(rng, 0, 0.5)
    if side:
        x = min(x, side - width / 2 - 0.3) if side > 0 else max(x, side + width / 2 + 0.3)
    return WallOpening(x, max(0.9, clear + 0.03), width, height)


def _hang_on_wall(
    rng: np.random.Generator,
    style: Style,
    layout: Layout[Placement],
    wall_at: tuple[float, float, float],
    opening: WallOpening | None,
    taken: list[tuple[float, float]],
    *,
    near: bool,
) -> None:
    """Pictures, a shelf, and where the table is not `near` a curtain beside a window and a door.

    wall_at: the wall's face (y), its height, and how high the objects on the table reach. taken: where something is
    along the wall.
    """
    back, wall_height, clear = wall_at
    if opening and not near and draw.chance(rng, 0.8):
        cloth = finished(curtain(rng, style, wall_height - 0.25))
        half = float(measured(cloth).box.size[0]) / 2
        x = opening.x + draw.choice(rng, [-1.0, 1.0]) * (opening.width / 2 + 0.6 * half)
        others = [span for span in taken if span != _span(opening)]  # it hangs before the window's edge
        if all(x + half < left or right < x - half for left, right in others):
            layout.add(_hung(cloth, x, back, 0.05))
            taken.append((x - half, x + half))
    if draw.chance(rng, 0.35):
        _add_shelf(rng, style, layout, (back, clear), taken)
    for _ in range(draw.integer(rng, 0, 4)):
        frame = finished(picture(rng, style))
        size = measured(frame).box.size
        middle = free_span(rng, float(size[0]) / 2, taken, limit=1.3)
        if middle is not None and clear + float(size[2]) < wall_height - 0.1:
            low = max(clear, 0.95) + draw.uniform(rng, 0.02, 0.3)
            layout.add(_hung(frame, middle, back, min(low, wall_height - 0.08 - float(size[2]))))
    if draw.chance(rng, 0.3) and not near:
        entrance = finished(door(rng, style))
        middle = free_span(rng, 0.55, taken, limit=2.2)
        if middle is not None:
            layout.add(_hung(entrance, middle, back, 0.0))


def _add_shelf(
    rng: np.random.Generator,
    style: Style,
    layout: Layout[Placement],
    wall_at: tuple[float, float],
    taken: list[tuple[float, float]],
) -> None:
    """A shelf over the table with a few objects; wall_at: the wall's face (y), and how high those below reach."""
    back, clear = wall_at
    board = finished(shelf(rng, style))
    box = measured(board).box
    middle = free_span(rng, float(box.size[0]) / 2, taken, limit=0.8)
    if middle is None:
        return
    base = _hung(board, middle, back, max(clear, 1.05) + draw.uniform(rng, 0.02, 0.15))
    support, x = layout.add(base), middle - float(box.size[0]) / 2 + 0.03
    top, end = base.z + float(box.high[2]), middle + float(box.size[0]) / 2 - 0.03
    for category in rng.permutation(_SHELF)[: draw.integer(rng, 2, 6)]:
        model = make(str(category), rng, style)
        size = measured(model)
        if size.height > 0.33 or 2 * size.radius > float(box.size[1]) - 0.02 or x + 2 * size.radius > end:
            continue
        layout.add(_at(model, x + size.radius, back - float(box.size[1]) / 2, top, support=support))
        x += 2 * size.radius + draw.uniform(rng, 0.02, 0.12)
