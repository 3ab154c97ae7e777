"""A pair of curtains on a rod before a window; the wall is at +y, z = 0 the lower hem."""

import numpy as np

from scenes import draw
from scenes.colors import sample_color
from scenes.craft.build import part, plate_of, tube
from scenes.craft.finishes import finish, metal
from scenes.craft.style import Style
from scenes.mesh import Floats
from scenes.model import ObjectSpec
from scenes.shapes import Sphere

__all__ = ["curtains"]

OUT = 0.15  # metres from the wall to the rod: clear of sills and radiators


def curtains(rng: np.random.Generator, style: Style, width: float, height: float, closed: float) -> ObjectSpec:
    """Two cloths that cover the share `closed` of a rod `width` metres long."""
    color_name = style.color_name(rng, allowed=("white", "beige", "gray", "blue", "green", "teal", "white"), stray=0.25)
    material = finish(rng, "fabric", "fabric", sample_color(rng, color_name), scale=0.08, roughness=0.95)
    rod_material = metal(rng, style.metal)
    half_width, z = width / 2, height - 0.02
    rod = tube([(-half_width, -OUT, z), (half_width, -OUT, z)], 0.012, count=24)
    parts = [part("rod", rod, rod_material)]
    cloth_width = max(0.5 * closed * width, 0.2)
    for k, side in enumerate((-1, 1), 1):
        middle = side * (half_width - 0.05 - cloth_width / 2)
        folds = max(3, round(cloth_width / draw.uniform(rng, 0.07, 0.1)))
        outline = _wave(cloth_width, folds, draw.uniform(rng, 0.02, 0.032), draw.uniform(rng, 0, 6))
        parts.append(part(f"cloth {k}", plate_of(outline, height - 0.012), material, at=(middle, -OUT, 0)))
        parts.append(
            part(
                f"knob {k}",
                Sphere(radii=(0.02, 0.02, 0.02), segments=20),
                rod_material,
                at=(side * half_width, -OUT, z - 0.02),
            )
        )
        x = side * (half_width - 0.025)
        parts.append(part(f"bracket {k}", tube([(x, 0, z), (x, -OUT, z)], 0.008, count=4), rod_material))
    return ObjectSpec(category="curtain", parts=tuple(parts), color=color_name, material="fabric")


def _wave(width: float, folds: int, amplitude: float, phase: float) -> Floats:
    """The outline of a wavy band seen from above, 3 mm thick."""
    x = np.linspace(-width / 2, width / 2, 10 * folds + 1)
    y = amplitude * np.sin(2 * np.pi * folds * x / width + phase) * (1 + 0.25 * np.sin(9 * x + phase))
    front = np.round(np.stack([x, y], 1), 4)
    return np.concatenate([front, front[::-1] + np.array([0, 0.003])])
