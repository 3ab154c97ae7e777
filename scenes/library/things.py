"""The user's meshes in place of sampled objects: of the same category, else any that fits into the box."""

from dataclasses import dataclass
from itertools import count

import numpy as np

from scenes.library.assets import Asset, AssetLibrary
from scenes.measure import Bounds, bounds
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.scene import SceneObject, SceneSpec
from scenes.taxonomy import load_taxonomy

__all__ = ["replaced"]

LEAST_SCALE = 0.75  # an asset of the same category may shrink by this to fit: real objects vary by more
TALLER = 1.3  # an asset of another category may be so much higher than the object, and no wider
UPRIGHT = 1e-3  # largest x and y of the quaternion of an upright object
HANGERS = frozenset({"wall", "ceiling", "door", "window", "mirror"})
DENSITY = 300.0  # kg/m3 of its box: light enough for bottles, heavy enough to stay at rest


@dataclass(frozen=True, eq=False)
class _Choice:
    asset: Asset
    scale: float


def replaced(rng: np.random.Generator, spec: SceneSpec, library: AssetLibrary, share: float) -> SceneSpec:
    """The scene with about `share` of the objects that have a fitting asset replaced by it, in the same place.

    Only what stands upright on something and carries nothing is replaced, so nothing ends up floating; and nothing
    grows, so nothing overlaps.
    """
    if not library.assets:
        return spec
    fixed = {item.supported_by for item in spec.objects} | _hung(spec)
    loose = {item.id for item in spec.objects if _is_loose(item)}
    names = {item.name for item in spec.objects}
    objects = []
    for item in spec.objects:
        chance, pick = rng.random(), rng.random()
        choices = [] if item.id in fixed or not _is_upright(item) else _choices(item, library, loose)
        if choices and chance < share:
            choice = choices[int(pick * len(choices))]
            item = _swapped(item, choice.asset.model(rng, library.categories, choice.scale), names)
        objects.append(item)
    shown = len({item.model.category for item in objects})
    return spec.model_copy(
        update={"objects": tuple(objects), "min_categories": min(spec.min_categories, max(2, shown - 1))}
    )


def _is_loose(item: SceneObject) -> bool:
    return load_taxonomy()[item.model.category].is_loose


def _hung(spec: SceneSpec) -> set[int]:
    """The ids of objects that hang on others: a replacement of less depth would not touch its support."""
    hangers = {item.id for item in spec.objects if item.model.category in HANGERS}
    return {item.id for item in spec.objects if item.supported_by in hangers | {0}}


def _is_upright(item: SceneObject) -> bool:
    return abs(item.rotation[1]) < UPRIGHT and abs(item.rotation[2]) < UPRIGHT


def _choices(item: SceneObject, library: AssetLibrary, loose: set[int]) -> list[_Choice]:
    """Assets of the object's own category or of one placed like it.

    If there are none and the object is loose and stands on one that is not: any asset that fits.
    """
    if load_taxonomy()[item.model.category].kind == "stuff":
        return []
    room = bounds(item.model).size
    categories = {item.model.category} | {own.name for own in library.categories if own.like == item.model.category}
    alike = [_Choice(asset, _fit(asset, room)) for asset in library.assets if asset.category in categories]
    alike = [choice for choice in alike if choice.scale >= LEAST_SCALE]
    if alike or item.id not in loose or item.supported_by in loose:
        return alike
    room = room * np.array([1, 1, TALLER])
    fitting = (asset for asset in library.assets if _fit(asset, room) >= 1 and _fills(asset, room))
    return [_Choice(asset, 1.0) for asset in fitting if library.taxonomy.is_loose(asset.category)]


def _fit(asset: Asset, room: Floats) -> float:
    """The scale, at most 1, at which the asset goes into a box of this size."""
    return min(1.0, round(float((room / np.maximum(asset.size, 1e-6)).min()), 4))


def _fills(asset: Asset, room: Floats) -> bool:
    """Whether it is large enough for the box: a match does not replace a laptop."""
    return float(asset.size.max()) > 0.4 * float(room.max())


def _swapped(item: SceneObject, model: ObjectSpec, names: set[str]) -> SceneObject:
    name = item.name
    if model.category != item.model.category:
        tag = model.category.replace(" ", "-")
        name = next(f"{tag}-{k}" for k in count(1) if f"{tag}-{k}" not in names)
        names.add(name)
    box = bounds(model)
    return item.model_copy(
        update={
            "name": name,
            "model": model,
            "location": _base_point(item, bounds(item.model)),
            "collision": "hull",
            "mass": round(float(np.clip(DENSITY * np.prod(box.size), 0.01, 5.0)), 4),
        }
    )


def _base_point(item: SceneObject, box: Bounds) -> tuple[float, float, float]:
    """The middle of the old object's underside: not all models stand on z = 0 around their axis."""
    heading = 2 * np.arctan2(item.rotation[3], item.rotation[0])
    x, y = box.center[:2]
    cosine, sine = np.cos(heading), np.sin(heading)
    offset = np.array([cosine * x - sine * y, sine * x + cosine * y, box.low[2]])
    a, b, c = (round(float(value), 6) for value in np.array(item.location) + offset)
    return a, b, c
