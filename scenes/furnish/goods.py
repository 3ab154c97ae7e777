"""The goods of one shop: a few models of each product, produce by sort, and how they are packed side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.furnish.displays import Bed, produce_crate
from scenes.furnish.groceries import detergent, shelf_case
from scenes.measure import size_of
from scenes.model import ObjectSpec
from scenes.objects.box import printed_carton

__all__ = ["PASTRY", "PRODUCE", "SIGNS", "THEMES", "Assortment", "PackedItem", "packed"]

PRODUCTS = 5  # models of each kind of packaged goods
PRICES = 16  # models of price cards: neighbours rarely show the same
PRODUCE = (
    "apple", "apple", "orange", "tomato", "tomato", "cucumber", "carrot", "bell pepper", "bell pepper", "potato",
    "lemon", "pear", "banana", "aubergine", "cabbage", "melon",
)  # fmt: skip
PASTRY = ("croissant", "bread roll", "donut", "bread roll")
THEMES: Mapping[str, tuple[str, ...]] = {
    "dry": ("carton", "carton", "food packet"),
    "tins": ("tin can", "tin can", "jar"),
    "drinks": ("bottle", "bottle", "drink carton", "tin can"),
    "household": ("detergent", "detergent", "carton", "case"),
    "snacks": ("food packet", "food packet", "carton"),
    "cold": ("drink carton", "drink carton", "bottle", "tin can", "food packet"),
    "frozen": ("carton", "food packet"),
    "cases": ("case",),
    "bread": ("loaf of bread",),
}
SIGNS: Mapping[str, tuple[str, ...]] = {
    "dry": ("PASTA", "RICE", "CEREAL", "FLOUR", "TEA"),
    "tins": ("TINS", "SOUP", "BEANS", "JAM"),
    "drinks": ("DRINKS", "WATER", "JUICE", "WINE"),
    "household": ("CLEANING", "LAUNDRY", "PAPER"),
    "snacks": ("SNACKS", "CRISPS", "NUTS", "BISCUITS"),
    "cold": ("DAIRY", "CHILLED", "MILK", "FRESH", "COLD DRINKS"),
    "bread": ("BAKERY", "FRESH BREAD", "CAKES"),
}
_MAKERS: Mapping[str, Callable[[np.random.Generator, Style], ObjectSpec]] = {
    "carton": lambda rng, style: finished(printed_carton(rng, style)),
    "detergent": lambda rng, _: finished(detergent(rng)),
    "case": lambda rng, _: finished(shelf_case(rng)),
}


@dataclass(eq=False)
class Assortment:
    """The models that one shop sells, made at first use and shared by all its displays."""

    rng: np.random.Generator
    style: Style
    products: dict[str, list[ObjectSpec]] = field(default_factory=dict)
    sorts: dict[str, list[list[ObjectSpec]]] = field(default_factory=dict)
    beds: dict[tuple[float, float], list[Bed]] = field(default_factory=dict)

    def product(self, kind: str, clear: float = np.inf) -> ObjectSpec | None:
        """One of the shop's models of a kind of goods, at most `clear` metres high."""
        models = self.products.setdefault(kind, [])
        while len(models) < (PRICES if kind == "price card" else PRODUCTS):
            models.append(_MAKERS[kind](self.rng, self.style) if kind in _MAKERS else make(kind, self.rng, self.style))
        low = [model for model in models if size_of(model)[2] < clear]
        return low[draw.integer(self.rng, len(low))] if low else None

    def one(self, kind: str) -> ObjectSpec:
        """One of the shop's models of a kind of goods, however high."""
        model = self.product(kind)
        assert model is not None
        return model

    def sort(self, kind: str) -> list[ObjectSpec]:
        """One or two models of one colour, as a greengrocer sells them: one of the shop's two sorts of this kind."""
        sorts = self.sorts.setdefault(kind, [])
        if len(sorts) == 2:
            return sorts[draw.integer(self.rng, 2)]
        first, other = (make(kind, self.rng, self.style) for _ in range(2))
        sorts.append([first, other] if first.color == other.color else [first])
        return sorts[-1]

    def crate(self, tilt: float, fill: float) -> Bed:
        """One of the shop's two crates for produce of this height."""
        beds = self.beds.setdefault((round(tilt, 3), round(fill, 2)), [])
        if len(beds) < 2:
            beds.append(produce_crate(self.rng, tilt, round(fill, 2)))
            return beds[-1]
        return beds[draw.integer(self.rng, 2)]


@dataclass(frozen=True)
class PackedItem:
    """A model on an area: `u` from its middle, `v` behind its front edge, `up` over it, metres; yaw in radians."""

    model: ObjectSpec
    u: float
    v: float
    up: float
    yaw: float


def packed(
    rng: np.random.Generator, models: list[ObjectSpec], area: tuple[float, float], fullness: float, *, layers: int = 2
) -> list[PackedItem]:
    """Goods on an area (width, depth): staggered rows, from the second layer on in the hollows of the one below."""
    sizes = np.array([size_of(model) for model in models])
    width, depth, height = sizes.max(0) + 0.003
    is_round = width < 1.35 * depth
    if is_round:
        width = depth = float(np.hypot(width, depth)) * 0.75 if width > 1.1 * depth else max(width, depth)
    pitch = depth * (0.88 if is_round else 1.0)
    columns, rows = int(area[0] / width), int((area[1] - depth) / pitch) + 1
    items = []
    for layer in range(layers):
        for row in range(rows - layer):
            shifted = is_round and row % 2 == 1
            across = columns - (shifted and columns * width + width / 2 > area[0]) - layer
            for column in range(max(across, 0)):
                if not draw.chance(rng, fullness if layer == 0 else 0.3 * is_round):
                    continue
                u = (column + 0.5 + 0.5 * shifted + 0.5 * layer) * width - columns * width / 2
                v = depth / 2 + row * pitch + layer * 0.29 * depth
                yaw = draw.uniform(rng, 0, 2 * np.pi) if is_round else draw.choice(rng, (0.0, np.pi))
                model = models[draw.integer(rng, len(models))]
                items.append(PackedItem(model, float(u), float(v), float(layer * 0.84 * height), yaw))
    return items
