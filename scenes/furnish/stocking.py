"""Filling a shop's displays: facings on shelves, crates of produce, stacks of cases."""

from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.craft.style import Style
from scenes.floor_layout import TOUCH, FloorLayout, FloorPose
from scenes.furnish.displays import Display, ShelfLevel
from scenes.furnish.goods import PRODUCE, THEMES, Assortment, packed
from scenes.measure import size_of
from scenes.model import ObjectSpec

__all__ = ["Stocker"]

MOST_OBJECTS = 2300  # bounds the build and `scene.json`; the largest of 36 supermarkets had 2100
VISIBLE_FROM_ABOVE = 0.7  # metres: on lower levels people see a second row
CARD_ROOM = 0.07  # metres around a price card that stay free of produce
_STACKED = ("tin can", "case")


@dataclass(frozen=True)
class _Facing:
    """One product at one position of a shelf: `rows` behind each other, `layers` on each other."""

    model: ObjectSpec
    u: float
    depth: float
    yaw: float
    rows: int
    layers: int


@dataclass(eq=False)
class Stocker:
    """Fills the displays of one shop from one assortment."""

    rng: np.random.Generator
    style: Style
    layout: FloorLayout
    fullness: float
    goods: Assortment = field(init=False)

    def __post_init__(self) -> None:
        self.goods = Assortment(self.rng, self.style)

    @property
    def is_full(self) -> bool:
        """Whether the scene holds as many objects as its budget allows."""
        return len(self.layout) > MOST_OBJECTS

    def shelve(self, display: Display, pose: FloorPose, theme: str, floor: int, *, rows: int = 1) -> None:
        """Add a display and fill all its levels with goods of a theme, `rows` behind each other on the low ones."""
        support = self.layout.put_fixture(display.model, pose, on=floor)
        for level in display.levels:
            self.face(level, pose, THEMES[theme], support, rows=rows if level.z < VISIBLE_FROM_ABOVE else 1)

    def face(self, level: ShelfLevel, pose: FloorPose, kinds: tuple[str, ...], support: int, *, rows: int) -> None:
        """Blocks of one product side by side from the left end to the right, at the front edge, gaps between some."""
        u = level.left + draw.uniform(self.rng, 0.0, 0.04)
        misses = 0
        while misses < 6 and not self.is_full:
            kind = draw.choice(self.rng, kinds)
            model = self.goods.product(kind, level.clear)
            endways = np.pi / 2 if kind == "loaf of bread" else 0.0
            width, depth, height = size_of(model) if model else (np.inf, np.inf, np.inf)
            width, depth = (depth, width) if endways else (width, depth)
            if model is None or depth > level.back - level.front or u + width > level.right:
                misses += 1
                continue
            count = int(np.clip(draw.uniform(self.rng, 0.22, 0.6) / width, 1, 8))
            stacked = kind in _STACKED and 2 * height + 0.01 < level.clear and draw.chance(self.rng, 0.6)
            for _ in range(count):
                if u + width > level.right:
                    break
                self._column(_Facing(model, u + width / 2, depth, endways, rows, 1 + stacked), level, pose, support)
                u += width + draw.uniform(self.rng, 0.005, 0.014)
            u += draw.uniform(self.rng, 0.004, 0.03)

    def _column(self, facing: _Facing, level: ShelfLevel, pose: FloorPose, support: int) -> None:
        """The goods at one position; the first of the row may be sold."""
        for row in range(facing.rows):
            v = level.front + facing.depth / 2 + row * (facing.depth + 0.006) + draw.uniform(self.rng, 0.002, 0.012)
            if v + facing.depth / 2 > level.back or not draw.chance(self.rng, self.fullness if row == 0 else 0.4):
                continue
            self.stack(facing.model, pose.moved(facing.u, v), level.z, facing.layers, support, yaw=facing.yaw)

    def stack(
        self, model: ObjectSpec, pose: FloorPose, z: float, count: int, support: int, *, yaw: float = 0.0
    ) -> None:
        """`count` of a model on each other, each a little askew."""
        for _ in range(count):
            askew = float(np.clip(draw.normal(self.rng, 0, 0.02), -0.04, 0.04))
            support = self.layout.put_goods(model, pose.x, pose.y, z + TOUCH, pose.yaw + yaw + askew, on=support)
            z += size_of(model)[2] + TOUCH

    def stack_on_floor(self, model: ObjectSpec, pose: FloorPose, count: int, floor: int) -> None:
        """A stack of cases on the floor, if it is free."""
        width, depth, height = size_of(model)
        half = max(width, depth) / 2
        low, high = [pose.x - half, pose.y - half, 0.05], [pose.x + half, pose.y + half, count * (height + TOUCH)]
        if self.layout.claim(np.array([[low, high]])):
            self.stack(model, pose, 0.0, count, floor)

    def fill_crates(
        self, display: Display, pose: FloorPose, floor: int, kinds: tuple[str, ...] = PRODUCE
    ) -> int | None:
        """Add a display and fill all its levels with crates, unless the scene is full; its index."""
        if self.is_full:
            return None
        support = self.layout.put_fixture(display.model, pose, on=floor)
        for level in display.levels:
            self.crates(level, pose, support, kinds)
        return support

    def crates(self, level: ShelfLevel, pose: FloorPose, support: int, kinds: tuple[str, ...] = PRODUCE) -> None:
        """Open crates of produce side by side on a level, as tilted as it is; neighbours are of different kinds."""
        count, before = int((level.right - level.left) / 0.6), ""
        for k in range(count):
            if self.is_full or not draw.chance(self.rng, self.fullness):
                continue
            v = level.front + 0.03
            u = level.left + (k + 0.5) * (level.right - level.left) / count
            before = draw.choice(self.rng, [kind for kind in kinds if kind != before])
            at = (u, v, level.z + (v - level.front) * level.slope)
            self.crate(pose, at, before, support, float(np.arctan(level.slope)))

    def crate(self, pose: FloorPose, at: Vec3, kind: str, support: int, tilt: float = 0.0) -> None:
        """A crate of one sort with its front edge at `at` in the pose's axes, mostly with a price card in it."""
        models = self.goods.sort(kind)
        bed = self.goods.crate(tilt, max(0.13 - max(size_of(model)[2] for model in models), 0.03))
        crate = self.layout.put_fixture(bed.model, pose.moved(at[0], at[1]), at[2] + TOUCH, on=support)
        card = self.goods.one("price card") if draw.chance(self.rng, 0.8) else None
        back = bed.front + bed.depth - 0.03  # where the card is

        def put(model: ObjectSpec, u: float, v: float, up: float, yaw: float) -> None:
            middle = size_of(model)[2] / 2
            a, b, c = bed.at(u, v, bed.height + up + middle)
            x, y = pose.world(at[0] + a, at[1] + b)
            self.layout.put_goods(model, x, y, at[2] + c - middle + TOUCH, pose.yaw + yaw, on=crate)

        for item in packed(self.rng, models, (bed.width, bed.depth), self.fullness):
            if card is None or item.up > 0 or np.hypot(item.u, bed.front + item.v - back) > CARD_ROOM:
                put(item.model, item.u, bed.front + item.v, item.up, item.yaw)
        if card is not None:
            put(card, 0.0, back, 0.0, 0.0)

    def crate_on_floor(self, pose: FloorPose, kind: str, floor: int) -> None:
        """A crate on the floor with its front edge at the pose, if it is free there."""
        corners = np.array([pose.world(u, v) for u in (-0.32, 0.32) for v in (-0.05, 0.45)])
        low, high = np.array([*corners.min(0), 0.05]), np.array([*corners.max(0), 0.6])
        if self.layout.is_clear(low, high) and not self.is_full:
            self.crate(pose, (0.0, 0.0, 0.0), kind, floor)

    def lay(self, level: ShelfLevel, pose: FloorPose, kinds: tuple[str, ...], support: int) -> None:
        """Baked goods in patches of one sort on an open shelf."""
        u = level.left
        while u + 0.2 < level.right and not self.is_full:
            width = min(draw.uniform(self.rng, 0.28, 0.5), level.right - u)
            models = self.goods.sort(draw.choice(self.rng, kinds))
            for item in packed(self.rng, models, (width, level.back - level.front), self.fullness, layers=1):
                x, y = pose.world(u + width / 2 + item.u, level.front + item.v)
                self.layout.put_goods(item.model, x, y, level.z + TOUCH, pose.yaw + item.yaw, on=support)
            u += width + 0.04
