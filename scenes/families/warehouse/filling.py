"""Goods on racks, shelves and pallets."""

from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.craft.style import Style
from scenes.families.warehouse.hall import Hall
from scenes.families.warehouse.stock import Stock
from scenes.floor_layout import SIDES, TOUCH, FloorLayout, FloorPose, FloorRectangle
from scenes.furnish.cartons import is_open
from scenes.furnish.racking import Rack
from scenes.measure import size_of
from scenes.model import ObjectSpec

__all__ = ["MOST_PARTS", "Filler"]

MOST_PARTS = 900  # of all models of a scene: keeps it quick to build and small to store
SMALL = ("box", "box", "box", "tote", "tote", "jerry can", "bucket", "toolbox", "tin can", "sack")


@dataclass(frozen=True)
class _Bay:
    """The space over one bay of a rack's level: a rectangle in the rack's axes, at height `z`, `clear` metres high.

    pose: where the rack stands. support: the placement that carries what is put there.
    """

    rectangle: FloorRectangle
    z: float
    clear: float
    pose: FloorPose
    support: int


@dataclass(eq=False)
class Filler:
    """Fills racks and floors of one hall from one stock."""

    rng: np.random.Generator
    style: Style
    layout: FloorLayout
    stock: Stock
    fullness: float

    @property
    def is_full(self) -> bool:
        """Whether the scene has as many parts as it may."""
        return self.layout.part_count > MOST_PARTS

    def pallet_rack(self, rack: Rack, pose: FloorPose, floor: int) -> int:
        """Add the rack and load its bays, level by level."""
        support = self.layout.put(rack.model, pose.x, pose.y, 0.0, pose.yaw, on=floor)
        for level, z in enumerate(rack.levels):
            clear = (rack.levels[level + 1] - z - 0.3) if level + 1 < len(rack.levels) else 1.9
            for left, right in rack.bays:
                if not self.is_full:
                    bay = FloorRectangle(left, 0.1 - rack.depth / 2, right, rack.depth / 2 - 0.1)
                    self._bay(_Bay(bay, z, clear, pose, support if level else floor))
        return support

    def _bay(self, bay: _Bay) -> None:
        """One bay of one level: pallets side by side, or loose goods in a row."""
        if bay.z > 0 and draw.chance(self.rng, 0.22):
            self._row(bay, ("box", "box", "tote", "crate"))
            return
        count = max(1, int(bay.rectangle.width / 1.28))
        pitch = bay.rectangle.width / count
        for k in range(count):
            if draw.chance(self.rng, self.fullness):
                u = bay.rectangle.left + (k + 0.5) * pitch + draw.normal(self.rng, 0, 0.02)
                x, y = bay.pose.world(u, draw.normal(self.rng, -0.02, 0.025))
                self.unit(x, y, bay.z, bay.pose.yaw + draw.normal(self.rng, 0, 0.012), bay.clear, bay.support)

    def unit(self, x: float, y: float, z: float, yaw: float, clear: float, under: int, *, loose: float = 0.3) -> None:
        """A loaded pallet, at most `clear` metres high in total."""
        kind = draw.choice(self.rng, ["load", "goods", "tank", "empty"], p=[0.92 - loose, loose, 0.04, 0.04])
        if kind == "tank":
            tank = self.stock.pick("IBC tank")
            if size_of(tank)[2] < clear:
                self.layout.put(tank, x, y, z + TOUCH, yaw, on=under)
                return
        board = self.stock.pick("pallet")
        pallet = self.layout.put(board, x, y, z + TOUCH, yaw, on=under)
        top = z + TOUCH + size_of(board)[2]
        left = clear - size_of(board)[2]
        if kind == "empty":
            for _ in range(draw.integer(self.rng, 1, max(2, int(left / 0.16)))):
                if size_of(board)[2] < left and not self.is_full:
                    pallet = self.layout.put(board, x, y, top + TOUCH, yaw + draw.normal(self.rng, 0, 0.02), on=pallet)
                    top, left = top + size_of(board)[2] + TOUCH, left - size_of(board)[2] - TOUCH
            return
        if kind == "load":
            goods = self.stock.pick("pallet load")
            if size_of(goods)[2] < left:
                self.layout.put(goods, x, y, top + TOUCH, yaw + draw.normal(self.rng, 0, 0.008), on=pallet)
                return
        self._on_pallet(FloorPose(x, y, yaw), top, left, pallet)

    def _on_pallet(self, pose: FloorPose, z: float, clear: float, under: int) -> None:
        """A case, drums, or cartons of one size in stacks, from the height `z` on."""
        kind = draw.choice(self.rng, ["crate", "barrel", "box", "sack", "tote"], p=[0.2, 0.2, 0.35, 0.1, 0.15])
        model = self.stock.pick(kind)
        width, depth, height = size_of(model)
        if height > clear or width > 1.2 or depth > 0.82:
            kind, model = "box", self.stock.pick("box")
            width, depth, height = size_of(model)
        columns, rows = max(1, int(1.2 / (width + 0.012))), max(1, int(0.8 / (depth + 0.012)))
        single = kind in ("crate", "barrel") or is_open(model)
        layers = 1 if single else max(1, min(int(clear / (height + 0.002)), draw.integer(self.rng, 1, 5)))
        step_x, step_y = min(1.2 / columns, width + 0.02), min(0.8 / rows, depth + 0.02)
        for i in range(columns):
            for j in range(rows):
                below, level = under, z
                for _ in range(layers - int(draw.chance(self.rng, 0.3))):
                    u = (i - (columns - 1) / 2) * step_x + draw.normal(self.rng, 0, 0.003)
                    v = (j - (rows - 1) / 2) * step_y + draw.normal(self.rng, 0, 0.003)
                    px, py = pose.world(u, v)
                    heading = draw.uniform(self.rng, 0, 6.28) if kind == "barrel" else pose.yaw
                    below = self.layout.put(model, px, py, level + TOUCH, heading, on=below)
                    level += height + TOUCH

    def _row(self, bay: _Bay, categories: tuple[str, ...]) -> None:
        """Goods of these categories side by side from left to right, set back a little unevenly, some stacked."""
        shelf = bay.rectangle
        u = shelf.left + draw.uniform(self.rng, 0.0, 0.1)
        series = 0
        model = self.stock.pick(draw.choice(self.rng, categories))
        while not self.is_full:
            if series <= 0:
                model, series = self.stock.pick(draw.choice(self.rng, categories)), draw.integer(self.rng, 1, 5)
            width, depth, height = size_of(model)
            series -= 1
            if u + width > shelf.right:
                return
            if height > bay.clear or depth > shelf.depth + 0.02:
                series = 0
                u += 0.08
                continue
            if draw.chance(self.rng, 0.5 + 0.5 * self.fullness):
                setback = 0.4 * draw.uniform(self.rng, 0.0, max(shelf.depth - depth, 0.001))
                x, y = bay.pose.world(u + width / 2, shelf.front + depth / 2 + setback)
                self._stack(model, x, y, bay.z, bay.pose.yaw, bay.clear, bay.support)
            u += width + draw.uniform(self.rng, 0.02, 0.055)

    def _stack(self, model: ObjectSpec, x: float, y: float, z: float, yaw: float, clear: float, under: int) -> None:
        """One object, or a stack of boxes or totes."""
        height = size_of(model)[2]
        flat = model.category in ("box", "tote", "sack", "crate") and not is_open(model)
        count = min(int(clear / (height + 0.01)), draw.choice(self.rng, [1, 2, 2, 3, 4]) if flat else 1)
        for _ in range(max(count, 1)):
            askew = draw.normal(self.rng, 0, 0.03 if model.category == "box" else 0.015)
            heading = yaw + float(np.clip(askew, -0.06, 0.06))  # limited by the gap to the next one
            under = self.layout.put(model, x, y, z + TOUCH, heading, on=under)
            z += height + TOUCH

    def shelving(self, rack: Rack, pose: FloorPose, floor: int, categories: tuple[str, ...] = SMALL) -> int:
        """Add the shelves and put small goods on them."""
        support = self.layout.put(rack.model, pose.x, pose.y, 0.0, pose.yaw, on=floor)
        for level, z in enumerate(rack.levels):
            clear = rack.levels[level + 1] - z - 0.06 if level + 1 < len(rack.levels) else 0.45
            for left, right in rack.bays:
                shelf = FloorRectangle(left, 0.01 - rack.depth / 2, right, rack.depth / 2 - 0.01)
                self._row(_Bay(shelf, z, clear, pose, support), categories)
        return support

    def scatter(self, categories: tuple[str, ...], count: int, area: FloorRectangle, floor: int) -> None:
        """Single objects on free floor within an area."""
        for category in self.rng.permutation(categories)[:count]:
            model = self.stock.pick(str(category))
            for _ in range(14):
                x, y = area.random_point(self.rng)
                yaw = draw.uniform(self.rng, 0, 2 * np.pi)
                if self.layout.is_free(model, x, y, yaw, gap=0.12):
                    self._stack(model, x, y, 0.0, yaw, 1.3, floor)
                    break

    def along(self, categories: tuple[str, ...], count: int, hall: Hall, floor: int) -> None:
        """Objects with their back to a wall, where the wall is free."""
        for category in self.rng.permutation(categories)[:count]:
            model = self.stock.pick(str(category))
            width, depth, _ = size_of(model)
            for _ in range(24):
                side = SIDES[draw.integer(self.rng, 4)]
                limit = max(hall.length(side) / 2 - width / 2 - 0.1, 0.05)
                s = draw.uniform(self.rng, -limit, limit)
                x, y, yaw = hall.at(side, s, depth / 2 + 0.03)
                if hall.keeps_clear(side, s, width) and self.layout.is_free(model, x, y, yaw, gap=0.02):
                    self._stack(model, x, y, 0.0, yaw, 1.6, floor)
                    break
