"""Small arrangements on tables: a place setting, a pile of books, a bowl of fruit, a pair, a single object."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scenes import draw
from scenes.catalog import make
from scenes.craft.style import Style
from scenes.families.tabletop.packing import inside_of, sunk
from scenes.families.tabletop.placement import TOUCH, MeasuredModel, TopLayout, measured, on_top
from scenes.furnish.covers import place_mat
from scenes.mesh import Floats

__all__ = [
    "FRUIT_GAP",
    "Arranger",
    "Recipe",
    "filled_bowl",
    "pair",
    "pile",
    "row",
    "setting",
    "single",
    "tower",
    "with_mat",
]

# Direction of an object's front (-y), if it has one: roughly toward the near side of the table.
_FRONTED = frozenset({"laptop", "clock", "camera", "desk lamp", "phone", "notebook", "picture frame", "headphones"})
_SQUARE = frozenset({"book", "notebook", "laptop", "cutting board", "tray", "box"})  # mostly lie along the edges
_STANDING = frozenset(
    {"potted plant", "desk lamp", "laptop", "vase", "teapot", "kettle"}
)  # heavy: not moved by the physics simulation

FRUIT_GAP = 0.006  # metres: fruit is not spherical, and overlapping bodies fly apart

_ONCE = frozenset({"laptop", "desk lamp", "kettle", "potted plant", "headphones", "computer mouse", "tray", "camera"})


@dataclass(eq=False)
class Arranger:
    """Puts objects on a layout; those of one `kind` come from one stream, so that glasses of a set are alike."""

    rng: np.random.Generator
    style: Style
    layout: TopLayout
    allowed: tuple[str, ...]
    room: int  # how many more objects are allowed
    fruit_gap: float = FRUIT_GAP

    def make(self, category: str, seed: int | None = None) -> MeasuredModel:
        """A new object; with a `seed`, always the same one."""
        source = self.rng if seed is None else np.random.Generator(np.random.PCG64(seed))
        return measured(make(category, source, self.style))

    def may(self, *categories: str) -> bool:
        """Whether these are allowed and within the count, and none is a single of which the table has one."""
        return self.room > 0 and all(name in self.allowed and not self._enough(name) for name in categories)

    def _enough(self, category: str) -> bool:
        return category in _ONCE and bool(self.layout.of(category))

    def yaw(self, category: str) -> float | None:
        """The yaw of an object of the category, radians; None for any."""
        if category in _FRONTED:
            return draw.normal(self.rng, 0, 0.35)
        if category in _SQUARE and draw.chance(self.rng, 0.7):
            return draw.choice(self.rng, [0.0, np.pi / 2]) + draw.normal(self.rng, 0, 0.12)
        return None

    def put(
        self, model: MeasuredModel, around: Floats, *, spread: float, yaw: float | None = None, gap: float = 0.008
    ) -> int | None:
        """Put an object near a point and count it."""
        heading = self.yaw(model.model.category) if yaw is None else yaw
        added = self.layout.near(model, around, spread=spread, yaw=heading, gap=gap)
        return self._counted(added)

    def put_at(self, model: MeasuredModel, point: Floats, *, yaw: float) -> int | None:
        """Put an object at a point [2] and count it; None if it does not fit."""
        return self._counted(self.layout.at(model, point, yaw=yaw))

    def stack(self, model: MeasuredModel, on: int, *, offset: Floats, yaw: float) -> int:
        """Put an object on top of another."""
        base = self.layout[on]
        self.room -= 1
        return self.layout.add(
            on_top(model, base.point + offset, base.z + base.measured.height + TOUCH, yaw, support=on)
        )

    def _counted(self, added: int | None) -> int | None:
        if added is None:
            return None
        self.room -= 1
        if self.layout[added].category in _STANDING:
            self.layout.change(added, body="passive")
        return added


Recipe = Callable[[Arranger, Floats, float], None]


def single(*categories: str) -> Recipe:
    """One object of one of the categories."""

    def arrange(arranger: Arranger, around: Floats, spread: float) -> None:
        known = [category for category in categories if arranger.may(category)]
        if known:
            arranger.put(arranger.make(draw.choice(arranger.rng, known)), around, spread=spread)

    return arrange


def pair(category: str, *, most: int = 3, alike: float = 0.7) -> Recipe:
    """Two or more close together, mostly of one set."""

    def arrange(arranger: Arranger, around: Floats, spread: float) -> None:
        rng = arranger.rng
        seed = draw.integer(rng, 2**31) if draw.chance(rng, alike) else None
        point = around + rng.normal(0, spread, 2)
        for _ in range(draw.integer(rng, 2, most + 1)):
            if arranger.may(category):
                model = arranger.make(category, seed)
                arranger.put(model, point, spread=1.2 * model.radius, gap=0.01)

    return arrange


def row(category: str, *, most: int = 5) -> Recipe:
    """Objects side by side, roughly parallel: pencils, cutlery."""

    def arrange(arranger: Arranger, around: Floats, spread: float) -> None:
        rng = arranger.rng
        point, yaw = around + rng.normal(0, spread, 2), draw.uniform(rng, 0, 2 * np.pi)
        for _ in range(draw.integer(rng, 1, most + 1)):
            if arranger.may(category):
                arranger.put(
                    arranger.make(category), point, spread=0.03, yaw=yaw + draw.normal(rng, 0, 0.25), gap=0.006
                )

    return arrange


def setting(arranger: Arranger, around: Floats, spread: float) -> None:
    """A plate with cutlery beside it, on a mat or not, and a glass."""
    rng = arranger.rng
    if not arranger.may("plate", "fork", "knife"):
        return
    seeds = {
        name: int(value)
        for name, value in zip(("plate", "fork", "knife", "bowl"), rng.integers(2**31, size=4), strict=True)
    }
    plate = arranger.make("plate", seeds["plate"])
    side = draw.choice(rng, [0.0, np.pi])
    added = None
    for _ in range(30):
        point = around + rng.normal(0, spread + 0.05, 2)
        added = arranger.put_at(plate, point, yaw=side)
        if added is not None:
            break
    if added is None:
        return
    across = np.array([np.cos(side), np.sin(side)])
    for name, sign in (("fork", -1), ("knife", 1)):
        tool = arranger.make(name, seeds[name])
        width = plate.radius + 0.022 + draw.uniform(rng, 0, 0.012)
        _lay(arranger, tool, point + sign * width * across, side)
    if plate.radius > 0.1 and draw.chance(rng, 0.35) and arranger.may("bowl"):
        bowl = arranger.make("bowl", seeds["bowl"])
        if bowl.radius < 0.68 * plate.radius:
            # Hollow in the physics simulation too, so that the bowl rests in the well, not on the rim.
            arranger.layout.change(added, body="passive", collision="vessel")
            arranger.stack(bowl, added, offset=np.zeros(2), yaw=0.0)
    glass = draw.choice(rng, ["wine glass", "drinking glass", "mug"])
    if arranger.may(glass):
        ahead = np.array([-np.sin(side), np.cos(side)])
        arranger.put(
            arranger.make(glass), point + across * plate.radius * 0.8 + ahead * (plate.radius + 0.06), spread=0.02
        )


def _lay(arranger: Arranger, tool: MeasuredModel, point: Floats, side: float) -> None:
    """Cutlery along the setting's own y axis, whichever way it was modelled."""
    along = float(side + draw.normal(arranger.rng, 0, 0.05))
    if tool.box.size[0] > tool.box.size[1]:
        along += np.pi / 2
    if arranger.room > 0:
        arranger.put_at(tool, point, yaw=along)


def with_mat(arranger: Arranger, around: Floats, spread: float) -> None:
    """A mat with something to eat or drink from on it."""
    rng = arranger.rng
    mat = measured(place_mat(rng, arranger.style))
    support = arranger.layout.near(mat, around, spread=spread, yaw=draw.normal(rng, 0, 0.05))
    if support is None:
        return
    arranger.layout.change(support, body="passive")
    for category in rng.permutation(["plate", "bowl", "mug", "teapot"]):
        if arranger.may(str(category)):
            model = arranger.make(str(category))
            if model.radius < 0.9 * mat.box.size[:2].min() / 2:
                arranger.stack(model, support, offset=rng.normal(0, 0.01, 2), yaw=draw.uniform(rng, 0, 6.28))
                return


def pile(arranger: Arranger, around: Floats, spread: float) -> None:
    """Books lying on each other, larger ones below; sometimes a small object on top."""
    rng = arranger.rng
    if not arranger.may("book"):
        return
    count = min(draw.integer(rng, 2, 5), arranger.room)
    books = sorted(
        (arranger.make("book") for _ in range(count)), key=lambda book: -float(book.box.size[0] * book.box.size[1])
    )
    yaw = draw.choice(rng, [0.0, np.pi / 2, np.pi]) + draw.normal(rng, 0, 0.25)
    base = arranger.put(books[0], around, spread=spread, yaw=yaw)
    if base is None:
        return
    for book in books[1:]:
        base = arranger.stack(book, base, offset=rng.normal(0, 0.006, 2), yaw=yaw + draw.normal(rng, 0, 0.12))
    small = [
        name
        for name in ("mug", "apple", "die", "camera", "headphones", "candle", "clock", "salt shaker")
        if arranger.may(name)
    ]
    if small and draw.chance(rng, 0.4):
        top = arranger.make(draw.choice(rng, small))
        if top.radius < 0.45 * float(books[-1].box.size[:2].min()):
            arranger.stack(top, base, offset=rng.normal(0, 0.008, 2), yaw=draw.uniform(rng, 0, 6.28))


def filled_bowl(arranger: Arranger, around: Floats, spread: float) -> None:
    """Fruit dropped into a wide bowl."""
    rng = arranger.rng
    fruits = [name for name in ("apple", "orange") if arranger.may(name)]
    if not fruits or not arranger.may("bowl"):
        return
    for _ in range(8):
        bowl = arranger.make("bowl")
        if bowl.radius > 0.105:
            break
    else:
        return
    support = arranger.put(bowl, around, spread=spread)
    if support is None:
        return
    base = arranger.layout.change(support, body="passive", collision="vessel")
    kinds = [str(name) for name in rng.choice(fruits, size=draw.integer(rng, 1, 3))]
    contents = [arranger.make(draw.choice(rng, kinds)) for _ in range(min(draw.integer(rng, 3, 7), arranger.room))]
    radii = np.array([_ball_radius(model) for model in contents])
    centers = sunk(rng, inside_of(bowl.model), radii)
    for rank, k in enumerate(k for k in np.argsort(centers[:, 2]) if not np.isnan(centers[k, 0])):
        arranger.room -= 1
        heading = draw.uniform(rng, 0, 6.28)
        z = float(centers[k, 2] - radii[k]) + rank * arranger.fruit_gap
        arranger.layout.add(on_top(contents[k], base.point + centers[k, :2], z, heading, support=support))


def _ball_radius(fruit: MeasuredModel) -> float:
    """Half the fruit's width and a small margin."""
    return 0.5 * float(fruit.box.size[:2].max()) + 0.0003


def tower(arranger: Arranger, around: Floats, spread: float) -> None:
    """Toy blocks, some of them on others."""
    rng = arranger.rng
    if not arranger.may("toy block"):
        return
    point = around + rng.normal(0, spread, 2)
    for _ in range(draw.integer(rng, 2, 5)):
        if not arranger.may("toy block"):
            return
        block = arranger.make("toy block")
        support = arranger.put(block, point, spread=0.06, gap=0.004)
        if support is not None and draw.chance(rng, 0.4) and arranger.room > 0 and block.height > 0.02:
            other = arranger.make("toy block")
            if other.radius < 1.05 * block.radius:
                arranger.stack(other, support, offset=rng.normal(0, 0.002, 2), yaw=draw.uniform(rng, 0, 6.28))
