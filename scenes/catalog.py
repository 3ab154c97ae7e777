"""Objects by category: every module of `scenes.objects` names its CATEGORY and makes it from (rng, style).

A module may name its PLACE: floor, wall, ceiling, furniture, street, outdoors or shop; without one its things are
table-sized.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

import numpy as np

import scenes.objects
from scenes.base import SceneError, Vec3
from scenes.craft.style import Style
from scenes.measure import bounds
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.taxonomy import Category, load_taxonomy

__all__ = ["Maker", "finished", "make", "object_makers", "small_categories"]

Maker = Callable[[np.random.Generator, Style], ObjectSpec]


@cache
def object_makers() -> Mapping[str, Maker]:
    """Every category that can be made, in the order of their modules, so that a new name changes no scene."""
    return MappingProxyType({str(module.CATEGORY): module.make for module in _modules()})


@cache
def small_categories() -> tuple[str, ...]:
    """The categories that suit any table, in the order of their modules."""
    return tuple(str(module.CATEGORY) for module in _modules() if getattr(module, "PLACE", "table") == "table")


@cache
def _modules() -> tuple[Any, ...]:
    names = sorted(module.name for module in iter_modules(scenes.objects.__path__))
    return tuple(import_module(f"scenes.objects.{name}") for name in names)


def make(category: str, rng: np.random.Generator, style: Style) -> ObjectSpec:
    """An object of the category, standing on z = 0 round the z axis, with its size word."""
    if category not in object_makers():
        raise SceneError(f"No object {category!r}; there are {', '.join(object_makers())}.")
    return finished(object_makers()[category](rng, style))


def finished(model: ObjectSpec, *, center: bool = True, own: tuple[Category, ...] = ()) -> ObjectSpec:
    """The object with its numbers rounded, moved onto z = 0 and (`center`) over the axis, and its size word set.

    own: the user's categories, of which it may be.
    """
    model = model.rounded()
    box = bounds(model)
    shift = np.round([*(box.center[:2] if center else (0.0, 0.0)), box.low[2]], 7)
    parts = tuple(part.model_copy(update={"location": _shifted(part.location, shift)}) for part in model.parts)
    keypoints = tuple(point.model_copy(update={"at": _shifted(point.at, shift)}) for point in model.keypoints)
    word = model.size or load_taxonomy(own)[model.category].size_word(box.largest)
    return model.model_copy(update={"parts": parts, "keypoints": keypoints, "size": word})


def _shifted(point: Vec3, shift: Floats) -> Vec3:
    x, y, z = (float(value) for value in np.round(np.array(point) - shift, 7))
    return x, y, z
