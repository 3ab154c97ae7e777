"""Plain solids with rounded edges, by name."""

from typing import Any

import numpy as np

from scenes.craft.build import lathe
from scenes.craft.curve import points2
from scenes.mesh import Floats
from scenes.shapes import Bevel, Box, Cylinder, Extrusion, Lathe, Sphere

__all__ = ["SOLIDS", "solid"]

SOLIDS = ("cube", "sphere", "cylinder", "cone", "torus", "pyramid", "capsule", "prism")


def solid(kind: str, size: float) -> dict[str, Any]:
    """The shape and modifiers of a solid whose largest dimension is `size` metres, as keyword arguments for `Part`."""
    half, bevel = size / 2, (Bevel(width=size * 0.03),)
    match kind:
        case "cube":
            return {"shape": Box(size=(size, size, size)), "modifiers": bevel}
        case "sphere":
            return {"shape": Sphere(radii=(half, half, half), segments=64)}
        case "cylinder":
            return {"shape": Cylinder(radius=half * 0.9, height=size), "modifiers": bevel}
        case "cone":
            return {"shape": lathe(_cone(half, size)), "modifiers": ()}
        case "torus":
            return {"shape": Lathe(profile=points2(_ring(half * 0.7, half * 0.3)), closed=True)}
        case "pyramid":
            shape = Cylinder(radius=half, height=size * 0.9, top_radius=half * 0.05, segments=4)
            return {"shape": shape, "modifiers": (Bevel(width=size * 0.012),)}
        case "capsule":
            return {"shape": Lathe(profile=points2(_capsule(half * 0.55, size)))}
        case _:
            return {"shape": Extrusion(outline=points2(_hexagon(half)), height=size * 0.8), "modifiers": bevel}


def _cone(radius: float, height: float) -> Floats:
    """A cone with a rounded foot and a blunt tip."""
    soft = 0.05 * radius
    return np.array(
        [
            (0.0, 0.0),
            (radius - 1.5 * soft, 0.0),
            (radius - 0.5 * soft, 0.15 * soft),
            (radius, 0.7 * soft),
            (radius - 0.2 * soft, 1.6 * soft),
            (0.06 * radius, 0.95 * height),
            (0.045 * radius, 0.975 * height),
            (0.025 * radius, 0.993 * height),
            (0.0, height),
        ]
    )


def _ring(radius: float, tube: float) -> Floats:
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    return np.stack([radius + tube * np.cos(angle), tube + tube * np.sin(angle)], 1)


def _capsule(radius: float, height: float) -> Floats:
    angle = np.linspace(-np.pi / 2, 0, 14)
    lower = np.stack([radius * np.cos(angle), radius + radius * np.sin(angle)], 1)
    lower[0, 0] = 0.0
    return np.concatenate([lower, lower[::-1] * [1, -1] + [0, height]])


def _hexagon(radius: float) -> Floats:
    angle = np.linspace(0, 2 * np.pi, 6, endpoint=False)
    return radius * np.stack([np.cos(angle), np.sin(angle)], 1)
