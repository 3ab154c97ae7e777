"""The goods of one warehouse: a few models of each kind, each used many times."""

from dataclasses import dataclass, field

import numpy as np

from scenes import draw
from scenes.catalog import finished, make
from scenes.craft.style import Style
from scenes.furnish.cartons import carton
from scenes.model import ObjectSpec
from scenes.objects.crate import of_size as crate_of_size
from scenes.objects.pallet import of_size as pallet_of_size
from scenes.objects.pallet_load import load

__all__ = ["Stock"]

VARIANTS = {"box": 8, "pallet": 3, "pallet load": 6, "barrel": 3, "tote": 3, "sack": 2, "crate": 3, "traffic cone": 1}


@dataclass(eq=False)
class Stock:
    """Gives out models by category; the pool of each fills up first, then repeats."""

    rng: np.random.Generator
    style: Style
    pools: dict[str, list[ObjectSpec]] = field(default_factory=dict)

    def pick(self, category: str) -> ObjectSpec:
        """A model of the category, EUR-sized where there is a choice."""
        pool = self.pools.setdefault(category, [])
        if len(pool) < VARIANTS.get(category, 2):
            pool.append(self._new(category))
            return pool[-1]
        return draw.choice(self.rng, pool)

    def _new(self, category: str) -> ObjectSpec:
        match category:
            case "box":
                return finished(carton(self.rng))
            case "pallet":
                return finished(
                    pallet_of_size(self.rng, self.style, 1.2, 0.8 if len(self.pools[category]) != 1 else 1.0)
                )
            case "pallet load":
                most = (1.5, 0.9, 1.2)[len(self.pools[category]) % 3]
                return finished(load(self.rng, self.style, 1.16, 0.78, most))
            case "crate":
                length = draw.uniform(self.rng, 0.7, 1.15)
                return finished(
                    crate_of_size(self.rng, length, min(0.78, 0.8 * length), draw.uniform(self.rng, 0.45, 0.85))
                )
        return make(category, self.rng, self.style)
