"""Furniture around a table: chairs, seats near a low one, pieces along the wall behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.catalog import make
from scenes.craft.style import Style
from scenes.craft.switch import switched
from scenes.families.tabletop.placement import TOUCH
from scenes.furnish.tables import Table, seats
from scenes.layout import NOTHING, Layout, Placement
from scenes.mesh import Floats
from scenes.part_boxes import TOUCH as OVERLAP
from scenes.part_boxes import Body, body, moved

__all__ = ["TableFurniture", "free_span", "furnish"]

BEHIND = 0.02  # metres that furniture keeps from a wall: its skirting board
PASSAGE = 0.45  # metres between a table and what stands behind it
LOW = 1.2  # metres; lower furniture carries ornaments
SEATED = ("dining", "round")  # kinds of table with seats
AT_WALL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dining": ("chest of drawers", "floor plant", "floor lamp", "tv stand", "wardrobe"),
        "round": ("chest of drawers", "floor plant", "floor lamp", "armchair"),
        "coffee": ("chest of drawers", "floor plant", "floor lamp", "tv stand", "armchair"),
        "desk": ("chest of drawers", "floor plant", "waste bin", "wardrobe", "nightstand", "floor lamp"),
        "counter": ("refrigerator", "waste bin", "floor plant", "refrigerator"),
        "sideboard": ("floor lamp", "floor plant", "armchair", "basket"),
    }
)
ORNAMENTS = ("vase", "potted plant", "clock", "candle", "bowl", "box", "teapot", "desk lamp", "gift", "camera")


@dataclass(frozen=True)
class _Corner:
    """The region before the walls at y = `back` and x = `side`, metres; 0 for none."""

    back: float
    side: float

    def holds(self, footprint: Floats) -> bool:
        low, high = footprint[:, 0].min(0), footprint[:, 1].max(0)
        beyond = self.side and max(abs(low[0]), abs(high[0])) > abs(self.side) and (low[0] + high[0]) * self.side > 0
        return not (beyond or (self.back and high[1] > self.back))


class TableFurniture(Layout[Placement]):
    """Furniture around a table at the origin; walls stand at y = `back` and x = `side` (0 for none, metres)."""

    def __init__(
        self, rng: np.random.Generator, style: Style, table: Table, back: float = 0.0, side: float = 0.0
    ) -> None:
        super().__init__(region=_Corner(back, side), clearance=-OVERLAP)
        self.rng, self.style, self.table = rng, style, table
        self.back = back
        self.occupy(body(table.model).boxes)

    def stand(self, piece: Body, point: Floats, yaw: float, *, z: float = 0.0, on: int = NOTHING) -> int | None:
        """Put a piece at a point [2], on the ground or `on` another; None if it would overlap anything."""
        location = np.array([*point, z])
        boxes = moved(piece.boxes, location, about_z(yaw))
        return self.place(Placement(model=piece.model, location=location, yaw=yaw, support=on, boxes=boxes))

    def draw_up_chairs(self) -> None:
        """Matching chairs at most seats of a table that has them; a chair before a desk."""
        rng, table = self.rng, self.table
        if table.kind in SEATED:
            wanted, seed = draw.choice(rng, [0.0, 0.55, 0.9]), draw.integer(rng, 2**31)
            for edge, heading in seats(table):
                if draw.chance(rng, wanted):
                    self._draw_up(_same("chair", seed, self.style), edge, heading)
        elif table.kind == "desk" and self.back and draw.chance(rng, 0.6):
            edge = np.array([draw.uniform(rng, -0.25, 0.25), float(table.outline[:, 1].min())])
            chair = body(make(draw.choice(rng, ["office chair", "office chair", "chair"]), rng, self.style))
            self._draw_up(chair, edge, np.pi + draw.normal(rng, 0, 0.3))

    def _draw_up(self, chair: Body, edge: Floats, heading: float) -> None:
        """Place the chair as far under the top as it fits, or back from it."""
        way = about_z(heading)[:2, :2] @ np.array([0.0, -1.0])
        first = draw.choice(self.rng, [0.2, 0.1, -0.15], p=[0.5, 0.3, 0.2])
        yaw = heading + draw.normal(self.rng, 0, 0.07)
        for tuck in (first, 0.05, -0.05, -0.2):
            if self.stand(chair, edge - way * (float(chair.size[1]) / 2 - tuck), yaw) is not None:
                return

    def seat_round(self) -> None:
        """Around a low table: a sofa behind it if it fits, armchairs or ottomans at its ends."""
        width, depth = (float(side) for side in self.table.outline.max(0))
        sofa = body(make("sofa", self.rng, self.style))
        gap = draw.uniform(self.rng, 0.28, 0.42)
        self.stand(sofa, np.array([draw.normal(self.rng, 0, 0.15), depth + gap + float(sofa.size[1]) / 2]), 0.0)
        for sign in (-1.0, 1.0):
            if draw.chance(self.rng, 0.4):
                chair = body(make(draw.choice(self.rng, ["armchair", "ottoman"]), self.rng, self.style))
                away = width + draw.uniform(self.rng, 0.3, 0.6) + float(chair.size[1]) / 2
                heading = sign * (-np.pi / 2 + draw.normal(self.rng, 0, 0.15))
                self.stand(chair, np.array([sign * away, draw.uniform(self.rng, -0.1, 0.4)]), heading)

    def along_the_wall(self, taken: list[tuple[float, float]]) -> None:
        """A few pieces with their backs to the wall behind the table; what they take of it is added to `taken`."""
        rng, edge = self.rng, self.table.outline.max(0)
        for category in rng.permutation(AT_WALL[self.table.kind])[: draw.integer(rng, 1, 4)]:
            piece = body(make(str(category), rng, self.style))
            half, depth = (float(value) / 2 for value in piece.size[:2])
            near = self.back - 2 * depth - BEHIND - PASSAGE < edge[1]
            spans = [*taken, (-float(edge[0]), float(edge[0]))] if near else list(taken)
            x = free_span(rng, half, spans, limit=float(edge[0]) + 1.3)
            if x is None:
                continue
            added = self.stand(piece, np.array([x, self.back - BEHIND - depth]), 0.0)
            if added is not None:
                taken.append((x - half, x + half))
                self._adorn(added, piece)

    def _adorn(self, support: int, piece: Body) -> None:
        """Switch a lamp, or put up to three ornaments on low furniture."""
        category = piece.model.category
        if category == "floor lamp":
            self.change(support, model=switched(self.rng, piece.model, on=draw.chance(self.rng, 0.4)))
        if category not in ("chest of drawers", "tv stand", "nightstand") or piece.size[2] > LOW:
            return
        x, y, _ = self[support].location
        for share in self.rng.permutation([-0.3, 0.0, 0.3])[: draw.integer(self.rng, 1, 4)]:
            ornament = body(make(draw.choice(self.rng, ORNAMENTS), self.rng, self.style), whole=True)
            if ornament.size[1] < piece.size[1] - 0.02 and ornament.size[0] < 0.28 * piece.size[0]:
                point = np.array([x + float(share) * float(piece.size[0]), y])
                self.stand(ornament, point, 0.0, z=float(piece.high[2]) + TOUCH, on=support)


def furnish(furniture: TableFurniture, taken: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Seats and furniture for the table's corner of a room; what is `taken` along the wall afterwards."""
    furniture.draw_up_chairs()
    if furniture.table.kind == "coffee":
        furniture.seat_round()
    if draw.chance(furniture.rng, 0.85):
        furniture.along_the_wall(taken)
    return taken


def _same(category: str, seed: int, style: Style) -> Body:
    return body(make(category, np.random.Generator(np.random.PCG64(seed)), style))


def free_span(rng: np.random.Generator, half: float, taken: list[tuple[float, float]], *, limit: float) -> float | None:
    """The middle of a free stretch of the wall, `half` metres to either side, at |x| < `limit`; it is then taken."""
    for _ in range(20):
        x = draw.uniform(rng, -limit, limit)
        if all(x + half + 0.06 < low or high < x - half - 0.06 for low, high in taken):
            taken.append((x - half, x + half))
            return x
    return None
