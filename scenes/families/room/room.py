"""A room being furnished: pieces in place, and what still fits."""

from dataclasses import dataclass, field, replace

import numpy as np

from encode.formulas.rotation import about_z
from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.craft.switch import switched
from scenes.families.room.plan import Plan, Wall
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.part_boxes import TOUCH, Body, body, moved, overlap

__all__ = ["BEHIND", "Piece", "Room"]

BEHIND = 0.02  # metres that furniture keeps from a wall: its skirting board
FLAT = frozenset({"rug"})  # lie on the floor under other things


@dataclass(frozen=True, eq=False)
class Piece:
    """A thing in place. `on` is the number of the piece that carries it, -1 for none."""

    body: Body
    location: Floats
    rotation: Floats
    boxes: Floats  # of its parts in the room [p, 2, 3]
    on: int = -1

    @property
    def category(self) -> str:
        return self.body.model.category

    @property
    def low(self) -> Floats:
        return np.asarray(self.boxes[:, 0].min(0))

    @property
    def high(self) -> Floats:
        return np.asarray(self.boxes[:, 1].max(0))


@dataclass(eq=False)
class Room:
    """Pieces by number; zones [2, 3] that must stay free of everything; things come from `rng` in one `style`."""

    rng: np.random.Generator
    style: Style
    plan: Plan
    clutter: float
    dark: bool  # lamps are on
    pieces: list[Piece] = field(default_factory=list)
    zones: list[Floats] = field(default_factory=list)
    library: list[Body] = field(default_factory=list)  # books that its shelves draw from
    shell: int = 0  # how many pieces are walls, floor, ceiling: no obstacles
    _boxes: Floats = field(default_factory=lambda: np.zeros((0, 2, 3)))
    _owner: Floats = field(default_factory=lambda: np.zeros(0, np.int64))

    def thing(self, category: str, *, whole: bool = False) -> Body:
        """A new thing from the catalogue."""
        return body(make(category, self.rng, self.style), whole=whole)

    def same(self, category: str, seed: int) -> Body:
        """The thing that `seed` makes: chairs of one set are alike."""
        return body(make(category, np.random.Generator(np.random.PCG64(seed)), self.style))

    def lamp(self, entry: Body, *, lit: float = 0.12) -> Body:
        """The lamp switched on where the room is dark, else with the chance `lit`."""
        model = switched(self.rng, entry.model, on=self.dark or self.chance(lit))
        return Body(model, entry.boxes)

    def chance(self, share: float) -> bool:
        return draw.chance(self.rng, share)

    def put(
        self, entry: Body, location: Floats, rotation: Floats | None = None, *, on: int = -1, obstacle: bool = True
    ) -> int:
        """Take a piece as it is; its number."""
        turn = np.eye(3) if rotation is None else rotation
        boxes = moved(entry.boxes, location, turn)
        self.pieces.append(Piece(entry, np.asarray(location, np.float64), turn, boxes, on))
        number = len(self.pieces) - 1
        if obstacle and entry.model.category not in FLAT:
            self._boxes = np.concatenate([self._boxes, boxes])
            self._owner = np.concatenate([self._owner, np.full(len(boxes), number)])
        return number

    def shift(self, number: int, by: Floats) -> bool:
        """Move a piece on the floor that carries nothing by `by`, if it fits there."""
        piece = self.pieces[number]
        boxes = piece.boxes + by
        if not self.fits(boxes, skip=frozenset({number}), zones=False):
            return False
        self.pieces[number] = replace(piece, location=piece.location + by, boxes=boxes)
        self._boxes[self._owner == number] = boxes
        return True

    def keep_free(self, low: Floats, high: Floats) -> None:
        """Nothing that comes later may reach into this box."""
        self.zones.append(np.stack([np.minimum(low, high), np.maximum(low, high)]))

    def fits(self, boxes: Floats, *, skip: frozenset[int] = frozenset(), zones: bool = True) -> bool:
        """Whether boxes lie inside the room, clear of pieces but those to `skip`, and of the `zones`."""
        low, high = boxes[:, 0].min(0), boxes[:, 1].max(0)
        half = np.array([self.plan.width / 2, self.plan.depth / 2])
        if np.any(low[:2] < -half) or np.any(high[:2] > half) or high[2] > self.plan.height + TOUCH:
            return False
        others = self._boxes[~np.isin(self._owner, sorted(skip))] if skip else self._boxes
        if overlap(boxes, others):
            return False
        return not (zones and self.zones and overlap(boxes, np.array(self.zones)))

    def ground(self, boxes: Floats) -> float | None:
        """The floor's height under a thing: a rug's top where it stands on it whole, None where only in part."""
        low, high = boxes[:, 0].min(0)[:2], boxes[:, 1].max(0)[:2]
        for piece in self.pieces[self.shell :]:
            if piece.category in FLAT and np.all(low < piece.high[:2]) and np.all(high > piece.low[:2]):
                whole = np.all(low >= piece.low[:2]) and np.all(high <= piece.high[:2]) and _square(piece)
                return float(piece.high[2]) + TOUCH if whole else None
        return 0.0

    def stand(self, entry: Body, spot: Floats, yaw: float, *, clear: float = 0.0, zones: bool = True) -> int | None:
        """On the floor at `spot`, with `clear` metres free before its front; None where it does not fit."""
        turn = about_z(yaw)
        boxes = moved(entry.boxes, np.array([*spot, 0.0]), turn)
        level = self.ground(boxes)
        if level is None:
            return None
        boxes[..., 2] += level
        if not self.fits(boxes, zones=zones):
            return None
        if clear:
            front = np.array([(entry.low[0], entry.low[1] - clear, 0.02), (entry.high[0], entry.low[1], 1.2)])
            free = moved(front[None], np.array([*spot, 0.0]), turn)
            if not self.fits(free, zones=False):
                return None
            self.zones.append(free[0])
        return self.put(entry, np.array([*spot, level]), turn)

    def against(
        self,
        entry: Body,
        wall: Wall,
        *,
        near: float | None = None,
        spread: float = 0.0,
        clear: float = 0.0,
        gap: float = BEHIND,
    ) -> int | None:
        """With its back to a wall: about `near` along it, or anywhere; None where there is no room."""
        slack = wall.length / 2 - entry.size[0] / 2 - 0.02
        if slack < 0:
            return None
        for _ in range(24):
            s = draw.uniform(self.rng, -slack, slack) if near is None else near + draw.normal(self.rng, 0, 1) * spread
            s = float(np.clip(s, -slack, slack))
            spot = wall.point(s, gap + float(entry.high[1]))
            number = self.stand(entry, spot, wall.yaw, clear=clear)
            if number is not None:
                return number
            if near is not None and not spread:
                return None
        return None

    def anywhere(self, entry: Body, *, clear: float = 0.0, walls: tuple[Wall, ...] | None = None) -> int | None:
        """Against some wall, in random order."""
        choice = walls or self.plan.walls
        for k in self.rng.permutation(len(choice)):
            number = self.against(entry, choice[int(k)], clear=clear)
            if number is not None:
                return number
        return None

    def hang(self, model: ObjectSpec | Body, wall: Wall, s: float, z: float, *, zones: bool = True) -> int | None:
        """On a wall with its lower edge at `z`; None where something is in the way."""
        entry = model if isinstance(model, Body) else body(model)
        if abs(s) + entry.size[0] / 2 > wall.length / 2 - 0.02:
            return None
        spot = np.array([*wall.point(s, float(entry.high[1]) + TOUCH), z])
        boxes = moved(entry.boxes, spot, about_z(wall.yaw))
        if not self.fits(boxes, zones=zones):
            return None
        return self.put(entry, spot, about_z(wall.yaw))

    def hang_at(self, entry: Body, place: Floats) -> int | None:
        """In the air at `place`: what is fixed to the ceiling."""
        if not self.fits(moved(entry.boxes, place, np.eye(3)), zones=False):
            return None
        return self.put(entry, place)

    def on_top(self, entry: Body, number: int, spot: Floats, yaw: float, *, z: float | None = None) -> int | None:
        """On another piece, at `spot` in the carrier's own axes, on its top or at `z` in its axes."""
        carrier = self.pieces[number]
        height = float(carrier.body.high[2]) if z is None else z
        place = carrier.location + carrier.rotation @ np.array([*spot, height + TOUCH])
        turn = carrier.rotation @ about_z(yaw)
        if not self.fits(moved(entry.boxes, place, turn), skip=frozenset({number}), zones=False):
            return None
        return self.put(entry, place, turn, on=number)

    def new(self, model: ObjectSpec, *, whole: bool = False) -> Body:
        """A model made for this room, finished and measured."""
        return body(finished(model), whole=whole)


def _square(piece: Piece) -> bool:
    """Whether the piece covers its box: a round rug does not."""
    return len(piece.body.model.parts) > 0 and piece.body.model.parts[0].shape.kind == "loft"
