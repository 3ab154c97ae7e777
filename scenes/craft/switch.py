"""Lamps on and off: their bulbs and shades glow or do not."""

import numpy as np

from scenes.base import Rgb, Vec3
from scenes.craft.finishes import finish, tint
from scenes.material import GLOW, Material
from scenes.measure import euler_matrix, part_mesh
from scenes.model import ObjectSpec, Part, PartRole

__all__ = ["WARM", "is_lit", "light_spot", "switched"]

WARM: Rgb = (1.0, 0.91, 0.8)
_GLOWING = ("fabric", "paper", "emission")  # shades that let light through


def switched(rng: np.random.Generator, model: ObjectSpec, *, on: bool) -> ObjectSpec:
    """The lamp on or off; an opaque shade stays dark."""
    parts = tuple(_part(rng, part, on=on) for part in model.parts)
    return model.model_copy(update={"parts": parts})


def _part(rng: np.random.Generator, part: Part, *, on: bool) -> Part:
    material = part.material
    if part.role is PartRole.BULB:
        return part.model_copy(update={"material": _bulb(rng, on=on)})
    if on and part.role is PartRole.SHADE and material.kind in _GLOWING:
        glow = finish(rng, "emission", material.name, tint(material.color, WARM, 0.6), strength=1.3)
        return part.model_copy(update={"material": glow})
    return part


def _bulb(rng: np.random.Generator, *, on: bool) -> Material:
    if on:
        return finish(rng, "emission", "bulb", WARM, strength=GLOW)
    return finish(rng, "plastic", "bulb", (0.95, 0.94, 0.9), roughness=0.3)


def is_lit(model: ObjectSpec) -> bool:
    """Whether a bulb of the lamp emits light."""
    return any(part.role is PartRole.BULB and part.material.kind == "emission" for part in model.parts)


def light_spot(model: ObjectSpec) -> Vec3:
    """Just beyond the first bulb's tip, in the lamp's axes: light from within the bulb would not get out."""
    bulb = next(part for part in model.parts if part.role is PartRole.BULB)
    rotation = euler_matrix(bulb.rotation)
    along = (part_mesh(bulb).vertices - bulb.location) @ rotation[:, 2]
    x, y, z = (float(value) for value in np.array(bulb.location) + rotation[:, 2] * (along.max() + 0.03))
    return x, y, z
