"""What the table stands in: a corner of a room with things on its walls, or open ground."""

from dataclasses import dataclass

import numpy as np

from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.families.tabletop.layout import measured
from scenes.furnish.surfaces import floor, ground, skirting, wall, wall_material
from scenes.furnish.tables import Table
from scenes.furnish.wallware import curtain, door, picture, shelf, window
from scenes.model import ObjectSpec

__all__ = ["Fixture", "Room", "indoors", "outdoors"]


_SHELF = ("vase", "jar", "bowl", "mug", "potted plant", "candle", "bottle", "tin can", "clock")


@dataclass(frozen=True, eq=False)
class Fixture:
    """A piece of the setting: the model's own z = 0 at `z`, turned by `yaw`."""

    model: ObjectSpec
    x: float
    y: float
    z: float = 0.0
    yaw: float = 0.0
    on: str = ""  # name of the fixture's category that carries it


@dataclass(frozen=True, eq=False)
class Room:
    """Fixtures, and how far cameras may go: walls stand at y = `back` and at x = `side` (0 for none)."""

    fixtures: tuple[Fixture, ...]
    back: float = 0.0
    side: float = 0.0
    window: bool = False


def outdoors(rng: np.random.Generator, style: Style) -> Room:
    return Room((Fixture(finished(ground(rng, style)), 0, 0),))


def indoors(rng: np.random.Generator, style: Style, table: Table, clear: float) -> Room:
    """A floor, a wall behind the table and maybe one beside it; what juts out over the top starts at height `clear`."""
    depth = float(table.outline[:, 1].max())
    back = depth + (0.01 if table.against_wall else float(rng.choice([rng.uniform(0.1, 0.4), rng.uniform(0.5, 1.8)])))
    high, stuff = float(rng.uniform(2.5, 3.1)), wall_material(rng, style)
    side = 0.0
    if rng.random() < 0.5:
        reach = float(table.outline[:, 0].max()) + float(rng.uniform(0.3, 1.6))
        side = reach if rng.random() < 0.5 else -reach
    width = 11.0
    fixtures = [Fixture(finished(floor(rng, style, 14.0, 14.0)), 0, back - 6.9, -0.1)]
    x = side - np.sign(side) * width / 2 if side else 0.0
    opening = _opening(rng, clear, side) if rng.random() < 0.3 else None
    local = (opening[0] - x, opening[1], opening[2], opening[3]) if opening else None
    fixtures.append(Fixture(finished(wall(stuff, width, high, local)), x, back + 0.1))
    board = finished(skirting(rng, width)) if rng.random() < 0.7 else None
    if board:
        fixtures.append(Fixture(board, x, back - 0.008))
    if side:
        turn = np.pi / 2 if side < 0 else -np.pi / 2
        fixtures.append(
            Fixture(finished(wall(stuff, 10.0, high, None)), side + np.sign(side) * 0.1, back - 4.8, yaw=turn)
        )
        if board:
            fixtures.append(Fixture(board, side - np.sign(side) * 0.008, back - width / 2, yaw=turn))
    if opening:
        frame = finished(window(rng, opening[2], opening[3]))
        fixtures.append(_hung(frame, opening[0], back + 0.03, opening[1] - 0.029))
    fixtures += _hangings(rng, style, (back, high, clear), opening, near=back - depth < 0.2)
    return Room(tuple(fixtures), back, side, opening is not None)


def _hung(model: ObjectSpec, x: float, y: float, z: float) -> Fixture:
    """A model whose back (+y side of its box) touches the plane y."""
    return Fixture(model, x, y - float(measured(model).box.high[1]) + 0.0005, z)


def _opening(rng: np.random.Generator, clear: float, side: float) -> tuple[float, float, float, float]:
    """(x, z, width, height) of a window behind the table."""
    wide, high = float(rng.uniform(0.9, 1.8)), float(rng.uniform(0.9, 1.4))
    x = float(rng.normal(0, 0.5))
    if side:
        x = min(x, side - wide / 2 - 0.3) if side > 0 else max(x, side + wide / 2 + 0.3)
    return x, max(0.9, clear + 0.03), wide, high


def _hangings(
    rng: np.random.Generator,
    style: Style,
    wall_at: tuple[float, float, float],
    opening: tuple[float, float, float, float] | None,
    *,
    near: bool,
) -> list[Fixture]:
    """Pictures, a shelf, and where the table is not `near` a curtain beside a window and a door.

    wall_at: the wall's face (y), its height, and how high the things on the table reach.
    """
    back, high, clear = wall_at
    taken = [(opening[0] - opening[2] / 2 - 0.1, opening[0] + opening[2] / 2 + 0.1)] if opening else []
    found: list[Fixture] = []
    if opening and not near and rng.random() < 0.8:
        cloth = finished(curtain(rng, style, high - 0.25))
        half = float(measured(cloth).box.size[0]) / 2
        x = opening[0] + float(rng.choice([-1, 1])) * (opening[2] / 2 + 0.6 * half)
        found.append(_hung(cloth, x, back, 0.05))
        taken.append((x - half, x + half))
    if rng.random() < 0.35:
        found += _shelf(rng, style, back, clear, taken)
    for _ in range(int(rng.integers(0, 4))):
        frame = finished(picture(rng, style))
        size = measured(frame).box.size
        spot = _free(rng, float(size[0]) / 2, taken, reach=1.3)
        if spot is not None and clear + float(size[2]) < high - 0.1:
            low = max(clear, 0.95) + float(rng.uniform(0.02, 0.3))
            found.append(_hung(frame, spot, back, min(low, high - 0.08 - float(size[2]))))
    if rng.random() < 0.3 and not near:
        entrance = finished(door(rng, style))
        spot = _free(rng, 0.55, taken, reach=2.2)
        if spot is not None:
            found.append(_hung(entrance, spot, back, 0.0))
    return found


def _free(rng: np.random.Generator, half: float, taken: list[tuple[float, float]], *, reach: float) -> float | None:
    """A place along the wall that nothing else takes; it is then taken."""
    for _ in range(20):
        x = float(rng.uniform(-reach, reach))
        if all(x + half + 0.06 < low or high < x - half - 0.06 for low, high in taken):
            taken.append((x - half, x + half))
            return x
    return None


def _shelf(
    rng: np.random.Generator, style: Style, back: float, clear: float, taken: list[tuple[float, float]]
) -> list[Fixture]:
    """A shelf over the table with a few things on it."""
    board = finished(shelf(rng, style))
    box = measured(board).box
    spot = _free(rng, float(box.size[0]) / 2, taken, reach=0.8)
    if spot is None:
        return []
    base = _hung(board, spot, back, max(clear, 1.05) + float(rng.uniform(0.02, 0.15)))
    found, x = [base], spot - float(box.size[0]) / 2 + 0.03
    top, end = base.z + float(box.high[2]), spot + float(box.size[0]) / 2 - 0.03
    for category in rng.permutation(_SHELF)[: int(rng.integers(2, 6))]:
        thing = make(str(category), rng, style)
        size = measured(thing)
        if size.height > 0.33 or 2 * size.radius > float(box.size[1]) - 0.02 or x + 2 * size.radius > end:
            continue
        found.append(Fixture(thing, x + size.radius, back - float(box.size[1]) / 2, top, on="shelf"))
        x += 2 * size.radius + float(rng.uniform(0.02, 0.12))
    return found
