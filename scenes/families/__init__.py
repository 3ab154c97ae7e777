"""Scene families by name: what each samples, and the parameters it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from encode.formulas.indices import SceneIndex
from scenes.base import Spec
from scenes.families import assets, blend, room, shapes, shop, street, tabletop, terrain, warehouse
from scenes.families.mix import Member, Mix
from scenes.scene import SceneSpec

__all__ = ["Family", "all_families"]


@dataclass(frozen=True)
class Family:
    """`sample(seed, index, attempt, views, parameters)` makes a scene; `parameters` is the type of the last.

    family_of: for a family of families, which of them (seed, index, parameters) belongs to.
    of_library: it shows the user's own assets, and takes the library as one more argument.
    """

    sample: Callable[..., SceneSpec]
    parameters: type[Spec]
    family_of: Callable[[int, SceneIndex, Any], str] | None = None
    of_library: bool = False


#: Families that the mix draws from, and their relative weights. Abstract shapes are for tests and ablations.
_MEMBERS = {
    "room": Member(room.sample, room.RoomParameters, weight=1.0),
    "shapes": Member(shapes.sample, shapes.ShapesParameters, weight=0.0),
    "shop": Member(shop.sample, shop.ShopParameters, weight=0.7),
    "street": Member(street.sample, street.StreetParameters, weight=0.8),
    "tabletop": Member(tabletop.sample, tabletop.TabletopParameters, weight=1.0),
    "terrain": Member(terrain.sample, terrain.TerrainParameters, weight=0.8),
    "warehouse": Member(warehouse.sample, warehouse.WarehouseParameters, weight=0.7),
}


@cache
def all_families() -> Mapping[str, Family]:
    """Every family, by name."""
    mix = Mix(_MEMBERS)
    single = {name: Family(member.sample, member.parameters) for name, member in _MEMBERS.items()}
    return MappingProxyType(
        {
            **single,
            "assets": Family(assets.sample, assets.AssetsParameters, of_library=True),
            "blend": Family(blend.sample, blend.BlendParameters, of_library=True),
            "mix": Family(mix.sample, mix.parameters, mix.family_of),
        }
    )
