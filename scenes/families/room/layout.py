"""A room during furnishing: its placements, and what still fits."""

from dataclasses import dataclass, replace

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.craft.switch import switched
from scenes.families.room.plan import RoomPlan, Wall
from scenes.layout import NOTHING, BoxRegion, Layout, Placement
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.part_boxes import TOUCH, Body, body, moved
from scenes.quaternions import matrix_quaternion
from scenes.scene import SceneObject

__all__ = ["BEHIND", "Furnishing", "RoomLayout"]

BEHIND = 0.02  # metres that furniture keeps from a wall: its skirting board
FLAT = frozenset({"rug"})  # lie on the floor under other objects


@dataclass(frozen=True, eq=False, kw_only=True)
class Furnishing(Placement):
    """An object in a room. own: its model with the box of each part in its own axes. matrix: its rotation [3, 3]."""

    own: Body
    matrix: Floats


class RoomLayout(Layout[Furnishing]):
    """A room being furnished: its objects come from `rng`, in one `style`, and stay clear of each other's parts.

    dark: whether lamps are on. clutter: how many small objects, 1 is usual.
    """

    def __init__(self, rng: np.random.Generator, style: Style, plan: RoomPlan, clutter: float, *, dark: bool) -> None:
        half = np.array([plan.width / 2, plan.depth / 2])
        region = BoxRegion(np.array([*-half, -np.inf]), np.array([*half, plan.height + TOUCH]))
        super().__init__(region=region, clearance=-TOUCH, decimals=5)
        self.rng, self.style, self.plan = rng, style, plan
        self.clutter, self.dark = clutter, dark
        self.books: list[Body] = []  # that its shelves draw from
        self.shell = 0  # how many objects are walls, floor and ceiling: no obstacles

    @property
    def furnishings(self) -> list[Furnishing]:
        """All objects but the shell."""
        return self.placements[self.shell :]

    def objects(self) -> tuple[SceneObject, ...]:
        """The room's objects; what stands on the floor or on a rug is carried by it."""
        floor = self.first("floor")
        for placed in range(self.shell, len(self)):
            if self[placed].support == NOTHING:
                self.change(placed, support=self._under(placed, floor))
        return super().objects()

    def _under(self, placed: int, floor: int) -> int:
        low = float(self[placed].low[2])
        if low < 0.002:
            return floor
        rugs = (k for k in self.of("rug") if k != placed and abs(float(self[k].high[2]) - low) < 0.002)
        return next(rugs, NOTHING)

    def make(self, category: str, *, whole: bool = False) -> Body:
        """A new object from the catalogue."""
        return body(make(category, self.rng, self.style), whole=whole)

    def same(self, category: str, seed: int) -> Body:
        """The object that `seed` gives: chairs of one set are alike."""
        return body(make(category, np.random.Generator(np.random.PCG64(seed)), self.style))

    def lamp(self, piece: Body, *, lit: float = 0.12) -> Body:
        """The lamp, switched on if the room is dark, else with the probability `lit`."""
        model = switched(self.rng, piece.model, on=self.dark or self.chance(lit))
        return Body(model, piece.boxes)

    def chance(self, share: float) -> bool:
        """True with the probability `share`."""
        return draw.chance(self.rng, share)

    def put(
        self, piece: Body, location: Floats, rotation: Floats | None = None, *, on: int = NOTHING, obstacle: bool = True
    ) -> int:
        """Add an object as it is, turned by the matrix `rotation`; its number."""
        matrix = np.eye(3) if rotation is None else rotation
        boxes = moved(piece.boxes, location, matrix)
        placement = Furnishing(
            model=piece.model,
            location=np.asarray(location, np.float64),
            rotation=matrix_quaternion(matrix),
            matrix=matrix,
            own=piece,
            boxes=boxes,
            support=on,
        )
        return self.add(placement, boxes if obstacle and placement.category not in FLAT else None)

    def shift(self, placed: int, by: Floats) -> bool:
        """Move an object on the floor that carries nothing by `by` [3] metres, if it fits there."""
        piece = self[placed]
        boxes = piece.boxes + by
        if not self.fits(boxes, ignore={placed}, reserved=False):
            return False
        self.move(placed, replace(piece, location=piece.location + by, boxes=boxes), boxes)
        return True

    def keep_free(self, low: Floats, high: Floats) -> None:
        """Reserve the box between two corners [3]: later objects may not reach into it."""
        self.reserve(np.stack([np.minimum(low, high), np.maximum(low, high)])[None])

    def ground(self, boxes: Floats) -> float | None:
        """The floor's height under an object: a rug's top if it stands wholly on it, None if only in part."""
        low, high = boxes[:, 0].min(0)[:2], boxes[:, 1].max(0)[:2]
        for piece in self.furnishings:
            if piece.category in FLAT and np.all(low < piece.high[:2]) and np.all(high > piece.low[:2]):
                whole = np.all(low >= piece.low[:2]) and np.all(high <= piece.high[:2]) and _is_square(piece)
                return float(piece.high[2]) + TOUCH if whole else None
        return 0.0

    def stand(self, piece: Body, point: Floats, yaw: float, *, clear: float = 0.0, reserved: bool = True) -> int | None:
        """Place it on the floor at `point`, with `clear` metres free before its front; None if it does not fit."""
        rotation = about_z(yaw)
        boxes = moved(piece.boxes, np.array([*point, 0.0]), rotation)
        level = self.ground(boxes)
        if level is None:
            return None
        boxes[..., 2] += level
        if not self.fits(boxes, reserved=reserved):
            return None
        if clear:
            front = np.array([(piece.low[0], piece.low[1] - clear, 0.02), (piece.high[0], piece.low[1], 1.2)])
            free = moved(front[None], np.array([*point, 0.0]), rotation)
            if not self.fits(free, reserved=False):
                return None
            self.reserve(free)
        return self.put(piece, np.array([*point, level]), rotation)

    def against(
        self,
        piece: Body,
        wall: Wall,
        *,
        near: float | None = None,
        spread: float = 0.0,
        clear: float = 0.0,
        gap: float = BEHIND,
    ) -> int | None:
        """Place it with its back to a wall, about `near` along it, or anywhere; None if nothing fits."""
        slack = wall.length / 2 - piece.size[0] / 2 - 0.02
        if slack < 0:
            return None
        for _ in range(24):
            s = draw.uniform(self.rng, -slack, slack) if near is None else near + draw.normal(self.rng, 0, 1) * spread
            s = float(np.clip(s, -slack, slack))
            point = wall.point(s, gap + float(piece.high[1]))
            added = self.stand(piece, point, wall.yaw, clear=clear)
            if added is not None:
                return added
            if near is not None and not spread:
                return None
        return None

    def anywhere(self, piece: Body, *, clear: float = 0.0, walls: tuple[Wall, ...] | None = None) -> int | None:
        """Place it against one of the walls, in random order; None if nothing fits."""
        choice = walls or self.plan.walls
        for k in self.rng.permutation(len(choice)):
            added = self.against(piece, choice[int(k)], clear=clear)
            if added is not None:
                return added
        return None

    def hang(self, model: ObjectSpec | Body, wall: Wall, s: float, z: float, *, reserved: bool = True) -> int | None:
        """Hang it on a wall with its lower edge at `z`; None if it does not fit."""
        piece = model if isinstance(model, Body) else body(model)
        if abs(s) + piece.size[0] / 2 > wall.length / 2 - 0.02:
            return None
        location = np.array([*wall.point(s, float(piece.high[1]) + TOUCH), z])
        boxes = moved(piece.boxes, location, about_z(wall.yaw))
        if not self.fits(boxes, reserved=reserved):
            return None
        return self.put(piece, location, about_z(wall.yaw))

    def hang_at(self, piece: Body, location: Floats) -> int | None:
        """Place what is fixed to the ceiling at `location`; None if it does not fit."""
        if not self.fits(moved(piece.boxes, location, np.eye(3)), reserved=False):
            return None
        return self.put(piece, location)

    def on_top(self, piece: Body, support: int, point: Floats, yaw: float, *, z: float | None = None) -> int | None:
        """Place it on another object, at `point` in the support's own axes, on its top or at `z` in its axes."""
        carrier = self[support]
        height = float(carrier.own.high[2]) if z is None else z
        location = carrier.location + carrier.matrix @ np.array([*point, height + TOUCH])
        rotation = carrier.matrix @ about_z(yaw)
        if not self.fits(moved(piece.boxes, location, rotation), ignore={support}, reserved=False):
            return None
        return self.put(piece, location, rotation, on=support)

    def new(self, model: ObjectSpec, *, whole: bool = False) -> Body:
        """A model made for this room, finished and measured."""
        return body(finished(model), whole=whole)


def _is_square(piece: Furnishing) -> bool:
    """Whether the piece covers its box: a round rug does not."""
    return piece.model.parts[0].shape.kind == "loft"
