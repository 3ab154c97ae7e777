"""Small arrangements people make on tables: a place setting, a pile of books, a bowl of fruit, a pair, a lone thing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from scenes import draw
from scenes.catalog import make
from scenes.craft.style import Style
from scenes.families.tabletop.layout import TOUCH, Layout, Measured, Placed, measured
from scenes.families.tabletop.packing import inside_of, sunk
from scenes.furnish.covers import place_mat
from scenes.mesh import Floats

__all__ = [
    "FRUIT_GAP",
    "Recipe",
    "Setter",
    "filled_bowl",
    "pair",
    "pile",
    "row",
    "setting",
    "single",
    "tower",
    "with_mat",
]

# Which way the front (-y) of a thing looks, where it has one: about toward the near side of the table.
_FRONTED = frozenset({"laptop", "clock", "camera", "desk lamp", "phone", "notebook", "picture frame", "headphones"})
_SQUARE = frozenset({"book", "notebook", "laptop", "cutting board", "tray", "box"})  # mostly lie along the edges
_STANDING = frozenset(
    {"potted plant", "desk lamp", "laptop", "vase", "teapot", "kettle"}
)  # heavy: physics leaves them be

FRUIT_GAP = 0.006  # metres: fruit is no sphere, and bodies that start inside each other fly apart

_ONCE = frozenset({"laptop", "desk lamp", "kettle", "potted plant", "headphones", "computer mouse", "tray", "camera"})


@dataclass(eq=False)
class Setter:
    """Sets things on a layout; things of one `kind` come from one stream, so that glasses of a set are alike."""

    rng: np.random.Generator
    style: Style
    layout: Layout
    allowed: tuple[str, ...]
    room: int  # how many more things may come
    fruit_gap: float = FRUIT_GAP

    def thing(self, category: str, seed: int | None = None) -> Measured:
        """A new thing; with a `seed`, always the same one."""
        source = self.rng if seed is None else np.random.Generator(np.random.PCG64(seed))
        return measured(make(category, source, self.style))

    def may(self, *categories: str) -> bool:
        """Whether there is room for these, they are wanted, and none is there that a table has only once."""
        return self.room > 0 and all(name in self.allowed and not self._enough(name) for name in categories)

    def _enough(self, category: str) -> bool:
        there = sum(entry.thing.model.category == category for entry in self.layout.placed)
        return category in _ONCE and there > 0

    def yaw(self, category: str) -> float | None:
        if category in _FRONTED:
            return draw.normal(self.rng, 0, 0.35)
        if category in _SQUARE and draw.chance(self.rng, 0.7):
            return draw.choice(self.rng, [0.0, np.pi / 2]) + draw.normal(self.rng, 0, 0.12)
        return None

    def put(
        self, thing: Measured, around: Floats, *, spread: float, yaw: float | None = None, gap: float = 0.008
    ) -> int | None:
        """On the layout near a point, counted."""
        turn = self.yaw(thing.model.category) if yaw is None else yaw
        number = self.layout.near(thing, around, spread=spread, yaw=turn, gap=gap)
        return self._counted(number)

    def put_at(self, thing: Measured, spot: Floats, *, yaw: float) -> int | None:
        return self._counted(self.layout.at(thing, spot, yaw=yaw))

    def stack(self, thing: Measured, on: int, *, offset: Floats, yaw: float) -> int:
        """On top of another thing."""
        base = self.layout.placed[on]
        entry = Placed(thing, base.spot + offset, base.z + base.thing.height + TOUCH, yaw, on=on)
        self.room -= 1
        return self.layout.add(entry)

    def _counted(self, number: int | None) -> int | None:
        if number is None:
            return None
        self.room -= 1
        entry = self.layout.placed[number]
        if entry.thing.model.category in _STANDING:
            self.layout.change(number, replace(entry, body="passive"))
        return number


Recipe = Callable[[Setter, Floats, float], None]


def single(*categories: str) -> Recipe:
    """One thing of one of the categories."""

    def arrange(setter: Setter, around: Floats, spread: float) -> None:
        known = [category for category in categories if setter.may(category)]
        if known:
            setter.put(setter.thing(draw.choice(setter.rng, known)), around, spread=spread)

    return arrange


def pair(category: str, *, most: int = 3, alike: float = 0.7) -> Recipe:
    """Two or more close together, mostly of one set."""

    def arrange(setter: Setter, around: Floats, spread: float) -> None:
        rng = setter.rng
        seed = draw.integer(rng, 2**31) if draw.chance(rng, alike) else None
        spot = around + rng.normal(0, spread, 2)
        for _ in range(draw.integer(rng, 2, most + 1)):
            if setter.may(category):
                thing = setter.thing(category, seed)
                setter.put(thing, spot, spread=1.2 * thing.radius, gap=0.01)

    return arrange


def row(category: str, *, most: int = 5) -> Recipe:
    """Things lying side by side, about parallel: pencils, cutlery."""

    def arrange(setter: Setter, around: Floats, spread: float) -> None:
        rng = setter.rng
        spot, yaw = around + rng.normal(0, spread, 2), draw.uniform(rng, 0, 2 * np.pi)
        for _ in range(draw.integer(rng, 1, most + 1)):
            if setter.may(category):
                setter.put(setter.thing(category), spot, spread=0.03, yaw=yaw + draw.normal(rng, 0, 0.25), gap=0.006)

    return arrange


def setting(setter: Setter, around: Floats, spread: float) -> None:
    """A plate with cutlery beside it, on a mat or not, and a glass."""
    rng = setter.rng
    if not setter.may("plate", "fork", "knife"):
        return
    seeds = {
        name: int(value)
        for name, value in zip(("plate", "fork", "knife", "bowl"), rng.integers(2**31, size=4), strict=True)
    }
    plate = setter.thing("plate", seeds["plate"])
    side = draw.choice(rng, [0.0, np.pi])
    number = None
    for _ in range(30):
        spot = around + rng.normal(0, spread + 0.05, 2)
        number = setter.put_at(plate, spot, yaw=side)
        if number is not None:
            break
    if number is None:
        return
    across = np.array([np.cos(side), np.sin(side)])
    for name, sign in (("fork", -1), ("knife", 1)):
        tool = setter.thing(name, seeds[name])
        width = plate.radius + 0.022 + draw.uniform(rng, 0, 0.012)
        _lay(setter, tool, spot + sign * width * across, side)
    if plate.radius > 0.1 and draw.chance(rng, 0.35) and setter.may("bowl"):
        bowl = setter.thing("bowl", seeds["bowl"])
        if bowl.radius < 0.68 * plate.radius:
            # A hollow for physics too, so that the bowl comes to stand in the well, not level with the rim.
            setter.layout.change(number, replace(setter.layout.placed[number], body="passive", collision="vessel"))
            setter.stack(bowl, number, offset=np.zeros(2), yaw=0.0)
    glass = draw.choice(rng, ["wine glass", "drinking glass", "mug"])
    if setter.may(glass):
        ahead = np.array([-np.sin(side), np.cos(side)])
        setter.put(setter.thing(glass), spot + across * plate.radius * 0.8 + ahead * (plate.radius + 0.06), spread=0.02)


def _lay(setter: Setter, tool: Measured, spot: Floats, side: float) -> None:
    """Cutlery along the setting's own y axis, whichever way it was modelled."""
    along = float(side + draw.normal(setter.rng, 0, 0.05))
    if tool.box.size[0] > tool.box.size[1]:
        along += np.pi / 2
    if setter.room > 0:
        setter.put_at(tool, spot, yaw=along)


def with_mat(setter: Setter, around: Floats, spread: float) -> None:
    """A mat with something to eat or drink from on it."""
    rng = setter.rng
    mat = measured(place_mat(rng, setter.style))
    number = setter.layout.near(mat, around, spread=spread, yaw=draw.normal(rng, 0, 0.05))
    if number is None:
        return
    setter.layout.change(number, replace(setter.layout.placed[number], body="passive"))
    for category in rng.permutation(["plate", "bowl", "mug", "teapot"]):
        if setter.may(str(category)):
            thing = setter.thing(str(category))
            if thing.radius < 0.9 * mat.box.size[:2].min() / 2:
                setter.stack(thing, number, offset=rng.normal(0, 0.01, 2), yaw=draw.uniform(rng, 0, 6.28))
                return


def pile(setter: Setter, around: Floats, spread: float) -> None:
    """Books lying on each other, larger ones below; now and then a small thing on top."""
    rng = setter.rng
    if not setter.may("book"):
        return
    count = min(draw.integer(rng, 2, 5), setter.room)
    books = sorted(
        (setter.thing("book") for _ in range(count)), key=lambda book: -float(book.box.size[0] * book.box.size[1])
    )
    yaw = draw.choice(rng, [0.0, np.pi / 2, np.pi]) + draw.normal(rng, 0, 0.25)
    base = setter.put(books[0], around, spread=spread, yaw=yaw)
    if base is None:
        return
    for book in books[1:]:
        base = setter.stack(book, base, offset=rng.normal(0, 0.006, 2), yaw=yaw + draw.normal(rng, 0, 0.12))
    small = [
        name
        for name in ("mug", "apple", "die", "camera", "headphones", "candle", "clock", "salt shaker")
        if setter.may(name)
    ]
    if small and draw.chance(rng, 0.4):
        top = setter.thing(draw.choice(rng, small))
        if top.radius < 0.45 * float(books[-1].box.size[:2].min()):
            setter.stack(top, base, offset=rng.normal(0, 0.008, 2), yaw=draw.uniform(rng, 0, 6.28))


def filled_bowl(setter: Setter, around: Floats, spread: float) -> None:
    """Fruit dropped into a wide bowl."""
    rng = setter.rng
    fruits = [name for name in ("apple", "orange") if setter.may(name)]
    if not fruits or not setter.may("bowl"):
        return
    for _ in range(8):
        bowl = setter.thing("bowl")
        if bowl.radius > 0.105:
            break
    else:
        return
    number = setter.put(bowl, around, spread=spread)
    if number is None:
        return
    base = replace(setter.layout.placed[number], body="passive", collision="vessel")
    setter.layout.change(number, base)
    kinds = [str(name) for name in rng.choice(fruits, size=draw.integer(rng, 1, 3))]
    things = [setter.thing(draw.choice(rng, kinds)) for _ in range(min(draw.integer(rng, 3, 7), setter.room))]
    radii = np.array([_ball_radius(thing) for thing in things])
    centers = sunk(rng, inside_of(bowl.model), radii)
    for rank, k in enumerate(k for k in np.argsort(centers[:, 2]) if not np.isnan(centers[k, 0])):
        setter.room -= 1
        turn = draw.uniform(rng, 0, 6.28)
        z = float(centers[k, 2] - radii[k]) + rank * setter.fruit_gap
        setter.layout.add(Placed(things[k], base.spot + centers[k, :2], z, turn, on=number))


def _ball_radius(fruit: Measured) -> float:
    """Half the fruit's width, and a hair."""
    return 0.5 * float(fruit.box.size[:2].max()) + 0.0003


def tower(setter: Setter, around: Floats, spread: float) -> None:
    """Toy blocks, some of them on others."""
    rng = setter.rng
    if not setter.may("toy block"):
        return
    spot = around + rng.normal(0, spread, 2)
    for _ in range(draw.integer(rng, 2, 5)):
        if not setter.may("toy block"):
            return
        block = setter.thing("toy block")
        number = setter.put(block, spot, spread=0.06, gap=0.004)
        if number is not None and draw.chance(rng, 0.4) and setter.room > 0 and block.height > 0.02:
            other = setter.thing("toy block")
            if other.radius < 1.05 * block.radius:
                setter.stack(other, number, offset=rng.normal(0, 0.002, 2), yaw=draw.uniform(rng, 0, 6.28))
