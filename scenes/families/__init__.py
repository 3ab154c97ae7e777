"""Scene families by name: what each samples, and the parameters it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from encode.formulas.indices import SceneIndex
from scenes.base import Spec
from scenes.families.assets.parameters import AssetsParameters
from scenes.families.blend.parameters import BlendParameters
from scenes.families.mix import Member, Mix
from scenes.families.room.parameters import RoomParameters
from scenes.families.shapes.parameters import ShapesParameters
from scenes.families.shop.parameters import ShopParameters
from scenes.families.street.parameters import StreetParameters
from scenes.families.tabletop.parameters import TabletopParameters
from scenes.families.terrain.parameters import TerrainParameters
from scenes.families.warehouse.parameters import WarehouseParameters

if TYPE_CHECKING:
    from scenes.scene import SceneSpec

__all__ = ["Family", "all_families"]


@dataclass(frozen=True)
class Family:
    """`sample(seed, index, attempt, views, parameters)` makes a scene; `parameters` is the type of the last.

    family_of: for a family of families, which of them (seed, index, parameters) belongs to.
    of_library: it shows the user's own assets, and takes the library as one more argument.
    """

    sample: Callable[..., "SceneSpec"]
    parameters: type[Spec]
    family_of: Callable[[int, SceneIndex, Any], str] | None = None
    of_library: bool = False


def _sampler(family: str) -> Callable[..., "SceneSpec"]:
    """`sample` of the family's module `sampler`, which is imported at the first scene: it needs most of `scenes`."""

    def sample(*arguments: Any) -> "SceneSpec":
        spec: SceneSpec = import_module(f"scenes.families.{family}.sampler").sample(*arguments)
        return spec

    return sample


#: Families that the mix draws from, and their relative weights. Abstract shapes are for tests and ablations.
_MEMBERS = {
    "room": Member(_sampler("room"), RoomParameters, weight=1.0),
    "shapes": Member(_sampler("shapes"), ShapesParameters, weight=0.0),
    "shop": Member(_sampler("shop"), ShopParameters, weight=0.7),
    "street": Member(_sampler("street"), StreetParameters, weight=0.8),
    "tabletop": Member(_sampler("tabletop"), TabletopParameters, weight=1.0),
    "terrain": Member(_sampler("terrain"), TerrainParameters, weight=0.8),
    "warehouse": Member(_sampler("warehouse"), WarehouseParameters, weight=0.7),
}


@cache
def all_families() -> Mapping[str, Family]:
    """Every family, by name."""
    mix = Mix(_MEMBERS)
    single = {name: Family(member.sample, member.parameters) for name, member in _MEMBERS.items()}
    return MappingProxyType(
        {
            **single,
            "assets": Family(_sampler("assets"), AssetsParameters, of_library=True),
            "blend": Family(_sampler("blend"), BlendParameters, of_library=True),
            "mix": Family(mix.sample, mix.parameters, mix.family_of),
        }
    )
