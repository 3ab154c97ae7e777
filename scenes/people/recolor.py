"""The same figure in other clothes' colours: what a crowd is filled up with."""

import numpy as np

from scenes import draw
from scenes.material import Material
from scenes.model import ObjectSpec
from scenes.people.colors import cloth_color

__all__ = ["recolored"]


def recolored(rng: np.random.Generator, model: ObjectSpec) -> ObjectSpec:
    """`model` with each of its cloths in another colour; shapes, skin and hair stay, so that it costs no new mesh."""
    fresh: dict[Material, Material] = {}
    for entry in model.parts:
        material = entry.material
        if material.kind in ("cloth", "striped_cloth") and material not in fresh:
            fresh[material] = material.model_copy(update={"color": _rounded(rng)})
    parts = tuple(
        entry.model_copy(update={"material": fresh.get(entry.material, entry.material)}) for entry in model.parts
    )
    return model.model_copy(update={"parts": parts})


def _rounded(rng: np.random.Generator) -> tuple[float, float, float]:
    red, green, blue = (round(value, 6) for value in cloth_color(rng, "tops" if draw.chance(rng, 0.6) else "bottoms"))
    return red, green, blue
