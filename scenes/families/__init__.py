"""Scene families by name: what each samples, and the parameters it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from scenes.base import Spec
from scenes.families import shapes, tabletop
from scenes.scene import SceneSpec

__all__ = ["Family", "families"]


@dataclass(frozen=True)
class Family:
    """`sample(seed, index, attempt, views, parameters)` makes a scene; `parameters` is the type of the last."""

    sample: Callable[[int, int, int, int, Any], SceneSpec]
    parameters: type[Spec]


@cache
def families() -> Mapping[str, Family]:
    """Every family, by name."""
    return MappingProxyType(
        {
            "shapes": Family(shapes.sample, shapes.ShapesParameters),
            "tabletop": Family(tabletop.sample, tabletop.TabletopParameters),
        }
    )
