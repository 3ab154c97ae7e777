"""The user's texture sets in place of a scene's own patterns, kind for kind."""

from collections.abc import Mapping

import numpy as np

from scenes.library.assets import TextureSet
from scenes.material import Material
from scenes.model import ObjectSpec
from scenes.scene import SceneObject, SceneSpec
from scenes.shapes import Imported

__all__ = ["resurfaced"]


def resurfaced(rng: np.random.Generator, spec: SceneSpec, surfaces: tuple[TextureSet, ...], share: float) -> SceneSpec:
    """The scene with about `share` of its materials shown by texture sets; equal materials get the same set."""
    if not surfaces:
        return spec
    replacements: dict[Material, Material] = {}
    for material in dict.fromkeys(part.material for item in spec.objects for part in item.model.parts):
        replacements[material] = _shown(rng, material, surfaces, share)
    return spec.model_copy(update={"objects": tuple(_with(item, replacements) for item in spec.objects)})


def _shown(rng: np.random.Generator, material: Material, surfaces: tuple[TextureSet, ...], share: float) -> Material:
    fitting = [surface for surface in surfaces if surface.kind == material.kind]
    chance, pick = rng.random(), rng.random()
    if not fitting or chance >= share or material.cutout:
        return material
    surface = fitting[int(pick * len(fitting))]
    return material.model_copy(update={"textures": surface.digest, "scale": surface.width})


def _with(item: SceneObject, replacements: Mapping[Material, Material]) -> SceneObject:
    model = item.model
    unchanged = all(replacements[part.material] == part.material for part in model.parts)
    if isinstance(model.parts[0].shape, Imported) or unchanged:
        return item
    parts = tuple(part.model_copy(update={"material": replacements[part.material]}) for part in model.parts)
    # The colour name was sampled for the pattern and may not be that of the texture set.
    mine: ObjectSpec = model.model_copy(update={"parts": parts, "color": ""})
    return item.model_copy(update={"model": mine})
