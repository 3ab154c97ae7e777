"""Buildings by style: `(rng, width, town) -> ObjectSpec`, the front in the plane y = 0, facing -y."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

import numpy as np

from scenes.families.street.buildings.block import build_block
from scenes.families.street.buildings.house import build_house
from scenes.families.street.buildings.materials import Town
from scenes.families.street.buildings.office import build_office
from scenes.families.street.buildings.terrace import build_terrace
from scenes.families.street.buildings.townhouse import build_townhouse
from scenes.model import ObjectSpec

__all__ = ["STYLES", "BuildingStyle"]


class BuildingStyle(Protocol):
    """Makes a building about `width` metres wide of the town's materials."""

    def __call__(self, rng: np.random.Generator, width: float, town: Town) -> ObjectSpec:
        """A building `width` metres wide, its front along x at y = 0, of the materials of a town."""
        ...


STYLES: Mapping[str, BuildingStyle] = MappingProxyType(
    {
        "terrace": build_terrace,
        "townhouse": build_townhouse,
        "block": build_block,
        "office": build_office,
        "house": build_house,
    }
)
