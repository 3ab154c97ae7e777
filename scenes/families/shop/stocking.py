"""Filling a shop's displays: facings on shelves, crates of produce, stacks of cases."""

from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.base import Vec3
from scenes.craft.style import Style
from scenes.families.shop.placing import TOUCH, ShopLayout
from scenes.families.warehouse.filling import FloorPose
from scenes.furnish.displays import Bed, Display, ShelfLevel
from scenes.furnish.goods import PRODUCE, THEMES, Assortment, packed
from scenes.measure import size_of
from scenes.model import ObjectSpec

__all__ = ["Stocker"]

MOST_OBJECTS = 1500  # keeps a scene quick to build and small to store
SEEN_INTO = 0.7  # metres: in lower levels a second row is visible from above
_STACKED = ("tin can", "case")


@dataclass(eq=False)
class Stocker:
    """Fills the displays of one shop from one range of products."""

    rng: np.random.Generator
    style: Style
    layout: ShopLayout
    fullness: float
    goods: Assortment = field(init=False)

    def __post_init__(self) -> None:
        self.goods = Assortment(self.rng, self.style)

    @property
    def is_full(self) -> bool:
        """Whether the scene holds as many objects as its budget allows."""
        return len(self.layout) > MOST_OBJECTS

    def shelve(self, display: Display, pose: FloorPose, theme: str, floor: int, *, rows: int = 2) -> None:
        """Add a display and fill all its levels with goods of a theme."""
        support = self.layout.build(display.model, pose, on=floor)
        for level in display.levels:
            self.face(level, pose, THEMES[theme], support, rows=rows if level.z < SEEN_INTO else 1)

    def face(self, level: ShelfLevel, pose: FloorPose, kinds: tuple[str, ...], under: int, *, rows: int = 2) -> None:
        """Blocks of one product side by side from the left end to the right, at the front edge, gaps between some."""
        u = level.left + draw.uniform(self.rng, 0.0, 0.04)
        misses = 0
        while misses < 6 and not self.is_full:
            kind = draw.choice(self.rng, kinds)
            model = self.goods.product(kind, level.clear)
            if model is None:
                misses += 1
                continue
            endways = np.pi / 2 if kind == "loaf of bread" else 0.0
            width, depth, height = size_of(model)
            width, depth = (depth, width) if endways else (width, depth)
            if depth > level.back - level.front or u + width > level.right:
                misses += 1
                continue
            count = int(np.clip(draw.uniform(self.rng, 0.22, 0.6) / width, 1, 8))
            high = 2 if kind in _STACKED and 2 * height + 0.01 < level.clear and draw.chance(self.rng, 0.6) else 1
            for _ in range(count):
                if u + width > level.right:
                    break
                self._column((u + width / 2, depth), level, pose, model, endways, under, (rows, high))
                u += width + draw.uniform(self.rng, 0.005, 0.014)
            u += draw.uniform(self.rng, 0.004, 0.03)

    def _column(
        self,
        slot: tuple[float, float],
        level: ShelfLevel,
        pose: FloorPose,
        model: ObjectSpec,
        endways: float,
        under: int,
        counts: tuple[int, int],
    ) -> None:
        """One facing: the first row may be sold, others stand behind it, some stacked."""
        u, depth = slot
        rows, high = counts
        for row in range(rows):
            v = level.front + depth / 2 + row * (depth + 0.006) + draw.uniform(self.rng, 0.002, 0.012)
            if v + depth / 2 > level.back or not draw.chance(self.rng, self.fullness if row == 0 else 0.4):
                continue
            z, below = level.z, under
            x, y = pose.world(u, v)
            for _ in range(high):
                twist = float(np.clip(draw.normal(self.rng, 0, 0.02), -0.04, 0.04))
                below = self.layout.put(model, x, y, z + TOUCH, pose.yaw + endways + twist, on=below)
                z += size_of(model)[2] + TOUCH

    def crates_on(self, display: Display, pose: FloorPose, floor: int, kinds: tuple[str, ...] = PRODUCE) -> None:
        """Add a display and fill all its levels with crates of produce, unless the scene is full."""
        if self.is_full:
            return
        support = self.layout.build(display.model, pose, on=floor)
        for level in display.levels:
            self.crates(level, pose, support, kinds)

    def crates(self, level: ShelfLevel, pose: FloorPose, under: int, kinds: tuple[str, ...] = PRODUCE) -> None:
        """Open crates of produce side by side on a level, as tilted as it is."""
        tilt = float(np.arctan(level.slope))
        count = int((level.right - level.left) / 0.6)
        if count == 0 or self.is_full:
            return
        step = (level.right - level.left) / count
        for k in range(count):
            if draw.chance(self.rng, self.fullness):
                v = level.front + 0.03
                u = level.left + (k + 0.5) * step
                self.crate(
                    pose, (u, v, level.z + (v - level.front) * level.slope), draw.choice(self.rng, kinds), under, tilt
                )

    def crate(self, pose: FloorPose, at: Vec3, kind: str, under: int, tilt: float = 0.0) -> None:
        """A crate of one sort with its front edge at `at` in the pose's axes, a price card in it."""
        models = self.goods.sort(kind)
        height = max(size_of(model)[2] for model in models)
        bed = self.goods.crate(tilt, max(0.13 - height, 0.03))
        self._fill(bed, pose, at, models, under, card=draw.chance(self.rng, 0.8))

    def _fill(self, bed: Bed, pose: FloorPose, at: Vec3, models: list[ObjectSpec], under: int, *, card: bool) -> None:
        x, y = pose.world(at[0], at[1])
        support = self.layout.build(bed.model, FloorPose(x, y, pose.yaw), at[2] + TOUCH, on=under)
        ticket = self.goods.one("price card") if card else None
        clear = (0.0, bed.front + bed.depth - 0.03)

        def put(model: ObjectSpec, u: float, v: float, up: float, yaw: float) -> None:
            middle = size_of(model)[2] / 2
            a, b, c = bed.at(u, v, bed.height + up + middle)
            px, py = pose.world(at[0] + a, at[1] + b)
            self.layout.put(model, px, py, at[2] + c - middle + TOUCH, pose.yaw + yaw, on=support)

        for model, u, v, up, yaw in packed(self.rng, models, (bed.width, bed.depth), self.fullness):
            if ticket is None or up > 0 or np.hypot(u - clear[0], bed.front + v - clear[1]) > 0.07:
                put(model, u, bed.front + v, up, yaw)
        if ticket is not None:
            put(ticket, *clear, 0.0, 0.0)

    def stack(self, model: ObjectSpec, pose: FloorPose, count: int, floor: int) -> None:
        """A stack of cases on the floor, if it is free."""
        *sides, height = size_of(model)
        reach = max(sides) / 2
        low = np.array([pose.x - reach, pose.y - reach, 0.05])
        high = np.array([pose.x + reach, pose.y + reach, count * (height + TOUCH)])
        if not self.layout.claim(np.array([[low, high]])):
            return
        below = floor
        for layer in range(count):
            yaw = pose.yaw + draw.normal(self.rng, 0, 0.02)
            below = self.layout.put(model, pose.x, pose.y, layer * (height + TOUCH) + TOUCH, yaw, on=below)

    def lay(self, level: ShelfLevel, pose: FloorPose, kinds: tuple[str, ...], under: int) -> None:
        """Baked goods in patches of one sort on an open shelf."""
        u = level.left
        while u + 0.2 < level.right and not self.is_full:
            width = min(draw.uniform(self.rng, 0.28, 0.5), level.right - u)
            models = self.goods.sort(draw.choice(self.rng, kinds))
            for model, du, v, up, yaw in packed(
                self.rng, models, (width, level.back - level.front), self.fullness, layers=1
            ):
                x, y = pose.world(u + width / 2 + du, level.front + v)
                self.layout.put(model, x, y, level.z + up + TOUCH, pose.yaw + yaw, on=under)
            u += width + 0.04
