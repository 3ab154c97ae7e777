"""Wooden cable drums lying on a flange or standing on both, with cable wound on."""

import numpy as np

from scenes import draw
from scenes.base import Rgb
from scenes.craft.build import lathe, part
from scenes.craft.finishes import finish
from scenes.craft.paint import galvanised, rough_timber
from scenes.craft.style import Style
from scenes.material import Material
from scenes.model import ObjectSpec, Part
from scenes.shapes import Cylinder

__all__ = ["CATEGORY", "PLACE", "make"]

CATEGORY = "cable drum"
PLACE = "floor"


def make(rng: np.random.Generator, style: Style) -> ObjectSpec:
    """Draw a cable drum."""
    radius = draw.uniform(rng, 0.32, 0.65)
    width = radius * draw.uniform(rng, 0.75, 1.1)
    timber = rough_timber(rng, fresh=draw.uniform(rng, 0.2, 1.0))
    color: Rgb = ((0.05, 0.05, 0.05), (0.7, 0.3, 0.08), (0.1, 0.2, 0.45), (0.45, 0.45, 0.46))[draw.integer(rng, 4)]
    cable = finish(rng, "rubber", "rubber", color, roughness=0.45)
    rotation = (np.pi / 2, 0.0, 0.0) if draw.chance(rng, 0.5) else (0.0, 0.0, 0.0)
    parts = [_turned(component, rotation) for component in _upright(rng, radius, width, timber, cable)]
    return ObjectSpec(category=CATEGORY, parts=tuple(parts), material="wood")


def _upright(rng: np.random.Generator, radius: float, width: float, timber: Material, cable: Material) -> list[Part]:
    """The drum with its axle along z, from z = 0."""
    thickness = 0.045
    ring = [(0.04, 0.0), (radius, 0.0), (radius, thickness), (0.04, thickness)]
    flange = lathe(ring, segments=56, closed=True)
    parts = [part("flange 1", flange, timber), part("flange 2", flange, timber, at=(0, 0, width - thickness))]
    parts.append(
        part(
            "core",
            Cylinder(radius=0.42 * radius, height=width - 2 * thickness + 0.004, segments=40),
            timber,
            at=(0, 0, thickness - 0.002),
        )
    )
    if draw.chance(rng, 0.75):
        parts.append(
            part(
                "cable",
                lathe(
                    _wound(0.4 * radius, draw.uniform(rng, 0.6, 0.9) * radius, thickness, width - thickness),
                    segments=56,
                    closed=True,
                ),
                cable,
            )
        )
    nut_material = galvanised(rng)
    for k in range(4):
        angle = np.pi / 4 + k * np.pi / 2
        at = (0.62 * radius * float(np.cos(angle)), 0.62 * radius * float(np.sin(angle)), width - 0.004)
        parts.append(part(f"bolt {k + 1}", Cylinder(radius=0.018, height=0.014, segments=6), nut_material, at=at))
    return parts


def _wound(inner: float, outer: float, bottom: float, top: float) -> list[tuple[float, float]]:
    """The profile of turns of cable side by side."""
    count = max(5, int((top - bottom) / 0.028))
    step = (top - bottom) / count
    path = [(inner, bottom)]
    for k in range(count):
        z = bottom + k * step
        path += [
            (outer - 0.35 * step, z + 0.04 * step),
            (outer, z + 0.35 * step),
            (outer, z + 0.65 * step),
            (outer - 0.35 * step, z + 0.96 * step),
        ]
    return [*path, (inner, top)]


def _turned(component: Part, rotation: tuple[float, float, float]) -> Part:
    """The part as it lies when the whole drum is turned about the x axis."""
    if not rotation[0]:
        return component
    x, y, z = component.location
    return component.model_copy(update={"location": (x, -z, y), "rotation": rotation})
